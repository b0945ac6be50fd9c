import type { Choices } from '../choices.ts';
import { hundredths, oreOf, shareOf, vatOn, withoutVat } from '../wire/amounts.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import type { SalesKind } from './kinds.ts';

/**
 * What a sales document comes to. All amounts are öre (or cents) of its own currency, without VAT
 * unless they say otherwise.
 *
 * | Uncertain                                 | Chosen                                        |
 * |-------------------------------------------|-----------------------------------------------|
 * | VAT per rate or per row                   | Per rate (`vatRounding`)                      |
 * | VAT on freight and fee                    | 25 %, or none where the customer pays none    |
 * | Which currencies are rounded to whole     | SEK, where the company rounds off             |
 * | Discount as an amount                     | Off the whole row, not off each piece         |
 * | Freight and fee with `VATIncluded`        | Entered with VAT, like the rows               |
 */
export type Totals = {
  readonly rates: ReadonlyMap<number, RateTotal>;
  readonly netOre: number;
  readonly freightOre: number;
  readonly freightVatOre: number;
  readonly feeOre: number;
  readonly feeVatOre: number;
  readonly vatOre: number;
  readonly roundOffOre: number;
  readonly totalOre: number;
};

/** Net and VAT of all rows of one rate. */
type RateTotal = { readonly netOre: number; readonly vatOre: number };

export type TotalRules = {
  readonly vatRounding: Choices['vatRounding'];
  readonly roundsOff: boolean;
  /** Per cent on freight and fee. */
  readonly feeRate: number;
};

const ORE_PER_KRONA = 100;

/** The total of a row as it is entered: with VAT where the document has prices with VAT. */
export function rowTotalOre(row: Fields, quantityField: string): number {
  const quantity = hundredths(numberOf(row, quantityField));
  const gross = shareOf(oreOf(numberOf(row, 'Price')), quantity, 100);
  const discount = numberOf(row, 'Discount');
  if (textOf(row, 'DiscountType') === 'AMOUNT')
    return gross - Math.sign(quantity) * oreOf(discount);
  return shareOf(gross, 10_000 - hundredths(discount), 10_000);
}

export function totalsOf(
  kind: SalesKind,
  document: { readonly head: Fields; readonly rows: readonly Fields[] },
  rules: TotalRules,
): Totals {
  const { head, rows } = document;
  const isIncluded = head[kind.vatIncluded] === true;
  const rates = new Map<number, RateTotal>();
  for (const [rate, totals] of byRate(rows, kind.quantity)) {
    rates.set(rate, rateTotal(totals, { rate, isIncluded, rounding: rules.vatRounding }));
  }
  const fees = { rate: rules.feeRate, isIncluded };
  const [freightOre, freightVatOre] = feeOf(numberOf(head, 'Freight'), fees);
  const [feeOre, feeVatOre] = feeOf(numberOf(head, 'AdministrationFee'), fees);
  const netOre = sum([...rates.values()].map((rate) => rate.netOre));
  const vatOre = sum([...rates.values()].map((rate) => rate.vatOre)) + freightVatOre + feeVatOre;
  const exactOre = netOre + freightOre + feeOre + vatOre;
  const isRounded = rules.roundsOff && textOf(head, 'Currency') === 'SEK';
  const totalOre = isRounded ? shareOf(exactOre, 1, ORE_PER_KRONA) * ORE_PER_KRONA : exactOre;
  return {
    rates,
    netOre,
    freightOre,
    freightVatOre,
    feeOre,
    feeVatOre,
    vatOre,
    roundOffOre: totalOre - exactOre,
    totalOre,
  };
}

/** The entered totals of the rows, by VAT rate. */
function byRate(rows: readonly Fields[], quantityField: string): Map<number, number[]> {
  const totals = new Map<number, number[]>();
  for (const row of rows) {
    const rate = numberOf(row, 'VAT');
    const of = totals.get(rate) ?? [];
    of.push(rowTotalOre(row, quantityField));
    totals.set(rate, of);
  }
  return totals;
}

function rateTotal(
  totals: readonly number[],
  rule: {
    readonly rate: number;
    readonly isIncluded: boolean;
    readonly rounding: Choices['vatRounding'];
  },
): RateTotal {
  const entered = rule.rounding === 'per-row' ? totals : [sum(totals)];
  if (rule.isIncluded) {
    const netOre = sum(entered.map((ore) => withoutVat(ore, rule.rate)));
    return { netOre, vatOre: sum(entered) - netOre };
  }
  return { netOre: sum(entered), vatOre: sum(entered.map((ore) => vatOn(ore, rule.rate))) };
}

function feeOf(
  kronor: number,
  rule: { readonly rate: number; readonly isIncluded: boolean },
): [net: number, vat: number] {
  const ore = oreOf(kronor);
  if (!rule.isIncluded) return [ore, vatOn(ore, rule.rate)];
  const net = withoutVat(ore, rule.rate);
  return [net, ore - net];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, ore) => total + ore, 0);
}
