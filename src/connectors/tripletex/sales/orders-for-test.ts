import { day } from '../../../domain/date.ts';
import { money } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { SalesCustomer, SalesDocument, SalesRow } from '../../../domain/sales-document.ts';
import { Delivery, routed } from '../../../testing/target-contract/delivery.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import { withTripletex, type TripletexUnderTest } from '../bench-for-test.ts';
import type { TrialAt } from '../contract.ts';

export type OrderStep = Extract<Step, { readonly kind: 'enter-order' }>;

export const OLA: SalesCustomer = {
  name: 'Ola Hansen',
  orgNumber: null,
  vatNumber: null,
  endpoint: null,
  address: { street: 'Lyngveien 4', postcode: '4020', city: 'Stavanger', country: 'NO' },
  email: 'ola.hansen@example.no',
  number: 'W10552',
  knownBy: 'email',
  isBusiness: false,
  vat: 'domestic',
};

/** A kitchen for 24 500.00 with VAT 4 900.00, and a discount of 100.00 with VAT 20.00. */
const ROWS: readonly SalesRow[] = [
  rowOf('KJO', 'Kjøkkeninnredning', 24_500_00n),
  rowOf('RAB', 'Rabatt', -100_00n),
];

function rowOf(article: string, text: string, minor: bigint): SalesRow {
  return {
    ...{ article, text, isService: false, rate: 2500, account: '3000' },
    quantity: minor < 0n ? '-1' : '1',
    price: money(minor < 0n ? -minor : minor, 'NOK'),
    gross: money(minor, 'NOK'),
  };
}

/** An order of a kitchen dealer: a fifth of a quote. */
export function orderStep(
  change: Partial<SalesDocument> = {},
  of: string | null = null,
): OrderStep {
  const sale: SalesDocument = {
    reference: 'winner/winner/winner:24017:alt:3:cal:1',
    orderNumber: 'K24017',
    date: day('2026-05-08'),
    customer: OLA,
    deliverTo: null,
    rows: ROWS,
    total: money(24_400_00n, 'NOK'),
    vat: money(4_880_00n, 'NOK'),
    terms: null,
    ourReference: '',
    costCentre: '',
    project: '24017',
    projectName: 'Kjøkken Hansen',
    remarks: '24017-3 Forskudd ved bestilling',
    paidBy: null,
    ...change,
  };
  return { kind: 'enter-order', id: 'order-1', sale, change: of };
}

/** A company in whose Tripletex a plan is delivered. */
export function withOrder(
  step: Step,
  body: (bench: Bench, delivery: Delivery, under: TripletexUnderTest) => Promise<void>,
  at: TrialAt = {},
): Promise<void> {
  return withTripletex(at, async (bench, under) => {
    const writes = await routed(bench, [step]);
    await body(bench, new Delivery({ bench, writes, key: 'doc-1' }), under);
  });
}
