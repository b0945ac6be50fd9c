import { inSek, shareOf } from './amounts.ts';
import { numberOf, type Fields } from './record.ts';
import { refuse } from './refusals.ts';

/** Rates have six decimals; a smaller one would be no rate. */
const SCALE = 1_000_000;
const LEAST = 1 / SCALE;

/** @throws Refused when an amount could not be turned into kronor and back at the fields' rate */
export function checkRate(fields: Fields): void {
  for (const name of ['CurrencyRate', 'CurrencyUnit']) {
    if (numberOf(fields, name) < LEAST) refuse('bad-value', name);
  }
}

/** Öre of SEK of an amount in the currency of a document, at the document's rate. */
export function sekOf(document: Fields, ore: number): number {
  return inSek(ore, numberOf(document, 'CurrencyRate'), numberOf(document, 'CurrencyUnit'));
}

/** The amount in the currency of a document that some öre of SEK are, at the document's rate. */
export function currencyOf(document: Fields, sekOre: number): number {
  const rate = Math.round(numberOf(document, 'CurrencyRate') * SCALE);
  return shareOf(sekOre, Math.round(numberOf(document, 'CurrencyUnit') * SCALE), rate);
}
