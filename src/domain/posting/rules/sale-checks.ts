import type { Order, Refund, SaleLine, SalePart } from '../../document/sale.ts';
import { absolute, add, isZero, subtract, sum } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';
import { isRateInForce, vatOnNet } from '../../vat/rates.ts';
import { destinationOf, regionOf } from '../../vat/region.ts';
import { schemeOf } from './sale-schemes.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';

type Choices = Pick<PostingChoices, 'country' | 'vatTolerance' | 'accounts' | 'saleSchemes'>;

/** Reasons in the order or refund itself not to book it, all of them. */
export function checkSale(sale: Order | Refund, choices: Choices): Refusal[] {
  return [
    ...checkCurrency(sale, choices),
    ...checkTotals(sale),
    ...checkRounding(sale, choices),
    ...sale.lines.flatMap((line) =>
      line.parts.flatMap((p) => checkPart(sale, { line, p }, choices)),
    ),
    ...checkUntaxed(sale, choices),
  ];
}

function checkCurrency({ currency }: Order | Refund, { country }: Choices): Refusal[] {
  const books = BOOK_CURRENCY[country];
  return currency === books ? [] : [{ code: 'currency-not-booked', currency, books }];
}

/** Lines and settlements both have to come to the total. */
function checkTotals({ lines, rounding, total, settlements, currency }: Order | Refund): Refusal[] {
  const parts = lines.flatMap((line) => line.parts);
  const sold = sum(
    parts.map((part) => add(part.net, part.vat)),
    currency,
  );
  const paid = sum(
    settlements.map((one) => one.amount),
    currency,
  );
  const sums = [
    ['lines', add(sold, rounding)],
    ['settlements', paid],
  ] as const;
  return sums.flatMap(([which, summed]): Refusal[] => {
    const difference = subtract(total, summed);
    if (isZero(difference)) return [];
    return [{ code: 'order-total-differs', total: which, stated: total, summed, difference }];
  });
}

/** A shop rounds by öre on each line, or to whole kronor: more than that is something else. */
function checkRounding({ rounding }: Order | Refund, { vatTolerance }: Choices): Refusal[] {
  if (absolute(rounding).minor <= vatTolerance.minor) return [];
  return [{ code: 'order-rounding-large', rounding, limit: vatTolerance }];
}

function checkPart(
  sale: Order | Refund,
  { line, p: { rate, net, vat } }: { readonly line: SaleLine; readonly p: SalePart },
  { country, vatTolerance: tolerance }: Choices,
): Refusal[] {
  if (rate === null) return [];
  const refusals: Refusal[] = [];
  const date = sale.kind === 'refund' ? sale.of.date : sale.date;
  const isHome = sale.vatCountry === country;
  if (isHome && !isRateInForce(country, rate, date)) {
    refusals.push({ code: 'vat-rate-not-in-force', line: line.text, rate, date });
  }
  const expected = vatOnNet(net, rate);
  const difference = subtract(vat, expected);
  if (absolute(difference).minor > tolerance.minor) {
    const numbers = { stated: vat, expected, difference, tolerance };
    refusals.push({ code: 'vat-differs', line: line.text, rate, ...numbers });
  }
  return refusals;
}

/**
 * Without VAT, and neither to a business in the union nor out of it: a person knows why. An article
 * that the company has given an account of its own for sales without VAT is explained by that.
 */
function checkUntaxed(sale: Order | Refund, choices: Choices): Refusal[] {
  const { country, accounts } = choices;
  if (['eu-business', 'export'].includes(regionOf(sale, country))) return [];
  const untaxed = sale.lines.filter(
    ({ kind, sku, parts }) =>
      kind !== 'gift-card' &&
      schemeOf(sku, choices) === null &&
      !(`sales.0/${sku}` in accounts) &&
      parts.some(({ rate, net }) => rate === null && !isZero(net)),
  );
  if (untaxed.length === 0) return [];
  const net = sum(
    untaxed.flatMap((line) => line.parts.map((part) => part.net)),
    sale.currency,
  );
  const lines = untaxed.map((line) => line.text);
  return [{ code: 'vat-not-charged', country: destinationOf(sale)?.country ?? '', lines, net }];
}
