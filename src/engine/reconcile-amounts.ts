import { leftBy, type Payout, type PayoutEntry } from '../domain/document/payout.ts';
import type { Order, Refund } from '../domain/document/sale.ts';
import { saleRole, tenderRole, vatRole } from '../domain/posting/account-roles.ts';
import type { Country } from '../domain/vat/rates.ts';
import { regionOf } from '../domain/vat/region.ts';
import { isTakenBack } from '../domain/posting/sale-timing.ts';

type Amounts = readonly (readonly [what: string, minor: bigint])[];

/** What an order or refund comes to per kind of money, straight from its lines. */
export function saleAmounts(sale: Order | Refund, home: Country): Amounts {
  // What is cancelled comes to nothing, whatever it was before.
  if (isTakenBack(sale)) return [];
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
export function payoutAmounts(payout: Payout): Amounts {
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
