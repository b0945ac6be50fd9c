import type { Order, Refund } from '../domain/document/sale.ts';
import { giftCardRole, saleRole, tenderRole, vatRole } from '../domain/posting/account-roles.ts';
import { singleUses } from '../domain/posting/rules/sale-schemes.ts';
import { isTakenBack } from '../domain/posting/sale-timing.ts';
import type { Country } from '../domain/vat/rates.ts';
import { regionOf } from '../domain/vat/region.ts';

/** What sales are counted by, beside what they say themselves. */
export type SaleTerms = { readonly home: Country; readonly singlePurposeCards: readonly string[] };

/** What a sale comes to per kind of money, straight from its lines. */
export function saleAmounts(
  sale: Order | Refund,
  terms: SaleTerms,
): readonly (readonly [what: string, minor: bigint])[] {
  // What is cancelled comes to nothing, whatever it was before.
  if (isTakenBack(sale)) return [];
  const region = regionOf(sale, terms.home);
  const sold = sale.lines.flatMap(({ kind, parts }) =>
    parts.flatMap(({ rate, net, vat }): [string, bigint][] => {
      if (kind === 'gift-card' && rate === null) return [['gift-card.sold', -net.minor]];
      const vatAt = region === 'oss' || rate === null ? 'vat.oss' : vatRole(rate);
      return [
        [kind === 'gift-card' ? giftCardRole(rate) : saleRole(kind, region, rate), -net.minor],
        [vatAt, -vat.minor],
      ];
    }),
  );
  const paid = sale.settlements.map(({ means, amount }): [string, bigint] => {
    return [means === 'gift-card' ? tenderRole('gift-card') : 'payment', amount.minor];
  });
  const used = singleUses(sale, terms).uses.flatMap(({ method, amount, vat, rate }) =>
    sale.settlements
      .filter((one) => one.method === method)
      .flatMap(({ means }): [string, bigint][] => [
        [means === 'gift-card' ? tenderRole('gift-card') : 'payment', -amount.minor],
        ['gift-card.single-used', amount.minor - vat.minor],
        [vatRole(rate), vat.minor],
      ]),
  );
  return [...paid, ...sold, ...used, ['rounding', -sale.rounding.minor]];
}
