import { saleAmounts, type SaleTerms } from './reconcile-sales.ts';
import { cashDifferenceOf } from '../domain/posting/rules/day-report-checks.ts';
import type { CustomerEntry } from '../domain/document/customer-entry.ts';
import type { DayReport, DayReportLine } from '../domain/document/day-report.ts';
import type { Document } from '../domain/document/document.ts';
import { ratesOf, type SalesInvoice } from '../domain/document/sales-invoice.ts';
import { leftBy, type Payout, type PayoutEntry } from '../domain/document/payout.ts';
import { agencyRole, salesRole, tenderRole, vatRole } from '../domain/posting/account-roles.ts';
import { soldWithCode } from '../domain/vat/rates.ts';

type Amounts = readonly (readonly [what: string, minor: bigint])[];

/**
 * What a document comes to per kind of money, straight from its lines and without the posting
 * rules, so that an error in a rule shows as a difference.
 */
export function amountsOf(document: Document, terms: SaleTerms): Amounts {
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
    case 'order-news':
    case 'article':
    case 'article-cards':
    case 'stock-balance':
    // What orders and refunds say is counted with them, each by itself.
    case 'sales-day':
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
    case 'quote':
      return []; // It is invoiced from the ledger, and booked there.
    case 'sales-invoice':
      return invoiceAmounts(document);
    case 'customer-entry':
      return entryAmounts(document);
    case 'payout':
      return payoutAmounts(document);
    case 'order':
    case 'refund':
      return saleAmounts(document, terms);
  }
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

function invoiceAmounts(invoice: SalesInvoice): Amounts {
  const { type, lines, rounding, gross } = invoice;
  const sign = type === 'credit-note' ? -1n : 1n;
  const coded = lines.map((line) => {
    const sold = soldWithCode('NO', line.vatCode ?? '', invoice.date);
    return [line.account ?? sold?.role ?? '', -sign * line.net.minor] as const;
  });
  const vat = ratesOf(invoice).map((one) => [vatRole(one.rate), -sign * one.vat.minor] as const);
  // What is rounded counts with what is owed: the ledger may have rounded it too.
  const owed = ['customers', sign * (gross.minor - rounding.minor)] as const;
  return [owed, ...coded, ...vat];
}

/** The rate is not told: it is the whole per cent that net and VAT come nearest to. */
function entryAmounts({ entry, gross, net, vat }: CustomerEntry): Amounts {
  if (entry === 'payment') {
    return [
      ['bank', gross.minor],
      ['customers', -gross.minor],
    ];
  }
  const rate = Math.round((Number(vat.minor) / Number(net.minor || 1n)) * 100) * 100;
  return [
    ['customers', gross.minor],
    [salesRole(rate), -net.minor],
    [vatRole(rate), -vat.minor],
  ];
}

/** What each kind of entry is booked as; fees apart. */
const GROSS: Readonly<Record<PayoutEntry['kind'], string>> = {
  sale: 'payment',
  refund: 'payment',
  carried: 'payment',
  fee: 'payout.fee',
  chargeback: 'payout.dispute',
  reserve: 'payout.reserve',
  conversion: 'payout.conversion',
  adjustment: 'payout.adjustment',
};

/** What a payout comes to per kind of money, straight from its rows. */
function payoutAmounts(payout: Payout): Amounts {
  const entries = payout.entries.flatMap(({ kind, gross, fee, feeVat }): [string, bigint][] => [
    [payoutWhat(GROSS[kind], payout), -gross.minor],
    [payoutWhat('payout.fee', payout), fee.minor],
    ['vat.input', feeVat?.minor ?? 0n],
  ]);
  const transfers = payout.transfers.map(({ amount }): [string, bigint] => {
    return ['payout', amount.minor];
  });
  return [...transfers, ...entries, ['payment', leftBy(payout).minor]];
}

/**
 * What a row of a payout's voucher counts as. A fee is one whoever accounts for its VAT. Where
 * customers have paid in other currencies, the file does not know what their orders were booked as:
 * payment, fee and exchange then count together.
 */
export function payoutWhat(what: string, { entries }: Payout): string {
  const fee = what === 'purchases' ? 'payout.fee' : what;
  const isForeign = entries.some(({ original }) => original !== null);
  const isExchanged = isForeign && ['payout.fee', 'fx.loss', 'fx.gain'].includes(fee);
  return isExchanged ? 'payment' : fee;
}
