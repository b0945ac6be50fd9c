import type { DayReport, DayReportLine } from '../domain/document/day-report.ts';
import type { Document } from '../domain/document/document.ts';
import type { Order, Refund } from '../domain/document/sale.ts';
import {
  agencyRole,
  saleRole,
  salesRole,
  tenderRole,
  vatRole,
} from '../domain/posting/account-roles.ts';
import { cashDifferenceOf } from '../domain/posting/rules/day-report-checks.ts';
import type { Country } from '../domain/vat/rates.ts';
import { regionOf } from '../domain/vat/region.ts';

/**
 * What a document comes to per kind of money, straight from its lines and without the posting
 * rules, so that an error in a rule shows as a difference.
 */
export function amountsOf(
  document: Document,
  home: Country,
): readonly (readonly [what: string, minor: bigint])[] {
  switch (document.kind) {
    case 'day-report':
      return [...document.lines.flatMap((line) => lineAmounts(line)), ...cashAmounts(document)];
    case 'ready-voucher':
      return document.rows.map((row) => [row.account, row.amount.minor]);
    case 'credit-purchases':
      return document.purchases.flatMap(({ gross: { minor } }) => [
        ['customers', minor],
        ['tender.credit', -minor],
      ]);
    case 'customer':
    case 'account-statement':
      // Held against the ledger by its balances, day by day: see `reconcile-statements`.
      return [];
    case 'supplier-invoice': {
      const { total, rounding, prepaid } = document;
      return [
        ['purchases', total.net.minor],
        ['vat.input', total.vat.minor],
        ['rounding', rounding.minor],
        ['supplier-prepayments', -prepaid.minor],
        ['suppliers', -total.payable.minor],
      ];
    }
    case 'order':
    case 'refund':
      return saleAmounts(document, home);
  }
}

function saleAmounts(
  sale: Order | Refund,
  home: Country,
): readonly (readonly [what: string, minor: bigint])[] {
  const region = regionOf(sale, home);
  const sold = sale.lines.flatMap(({ kind, parts }) =>
    parts.flatMap(({ rate, net, vat }): [string, bigint][] => {
      if (kind === 'gift-card') return [['gift-card.sold', -net.minor]];
      const vatAt = region === 'oss' || rate === null ? 'vat.oss' : vatRole(rate);
      return [
        [saleRole(kind, region, rate), -net.minor],
        [vatAt, -vat.minor],
      ];
    }),
  );
  const paid = sale.settlements.map(({ means, amount }): [string, bigint] => {
    return [means === 'gift-card' ? tenderRole('gift-card') : 'payment', amount.minor];
  });
  return [...paid, ...sold, ['rounding', -sale.rounding.minor]];
}

function lineAmounts(line: DayReportLine): readonly (readonly [string, bigint])[] {
  const gross = line.gross.minor;
  switch (line.kind) {
    case 'sale':
      return withVat(line, line.rate === null ? '' : salesRole(line.rate), -1n);
    case 'deposit-sold':
      return withVat(line, 'deposit.sold', -1n);
    case 'deposit-returned':
      return withVat(line, 'deposit.returned', 1n);
    case 'tender':
      return [[tenderRole(line.means), gross]];
    case 'agency-sold':
      return [[agencyRole(line.scheme), -gross]];
    case 'agency-paid-out':
      return [[agencyRole(line.scheme), gross]];
    case 'gift-card-sold':
      return [['gift-card.sold', -gross]];
    case 'cash-rounding':
      return [['rounding', gross]];
    case 'paid-in':
      return [['paid-in', -gross]];
    case 'paid-out':
      return [['paid-out', gross]];
    case 'bank-deposit':
      return [
        ['bank', gross],
        ['cash', -gross],
      ];
    case 'cash-count':
    case 'cash-difference':
    case 'info':
      return [];
  }
}

function withVat(
  line: Extract<DayReportLine, { readonly vat: unknown }>,
  role: string,
  sign: bigint,
): readonly (readonly [string, bigint])[] {
  const vat = line.vat?.minor ?? 0n;
  const net = [role, sign * (line.gross.minor - vat)] as const;
  return line.rate === null ? [net] : [net, [vatRole(line.rate), sign * vat]];
}

/** Cash stands in the books as counted; what it differs by stands beside it. */
function cashAmounts(report: DayReport): readonly (readonly [string, bigint])[] {
  const difference = cashDifferenceOf(report)?.minor ?? 0n;
  if (difference === 0n) return [];
  return [
    ['tender.cash', difference],
    [difference < 0n ? 'cash.shortage' : 'cash.surplus', -difference],
  ];
}
