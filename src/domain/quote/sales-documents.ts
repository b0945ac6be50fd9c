import { decodeJson, encodeJson, sha256 } from '../../lib/json.ts';
import type { LocalDate } from '../date.ts';
import type { Quote } from '../document/quote.ts';
import { refKey } from '../document/source-ref.ts';
import { absolute, add, subtract, sum, type Money } from '../money.ts';
import { salesRole } from '../posting/account-roles.ts';
import type { FlowChoices } from '../posting/choices.ts';
import { ledgerFigures } from '../posting/rules/sale-invoice-rows.ts';
import { answerFirst } from '../posting/rules/sale.ts';
import type { Refusal } from '../refusal.ts';
import type { SalesCustomer, SalesDocument, SalesRow } from '../sales-document.ts';
import { isRateInForce } from '../vat/rates.ts';
import { ordersOf, type QuoteOrder } from './orders.ts';

/** The orders of a quote as the ledger's register of sales keeps them; or why there are none. */
export type QuoteSales =
  | { readonly kind: 'sales'; readonly sales: readonly QuoteSale[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** An order, by its place in the payment calendar. */
export type QuoteSale = {
  readonly seq: number;
  readonly order: QuoteOrder;
  readonly sale: SalesDocument;
};

/** What the orders of a quote depend on besides the company's choices. */
export type QuoteTerms = {
  readonly on: LocalDate;
  readonly vatRounding: 'per-rate' | 'per-row';
  readonly invoiced: readonly QuoteOrder[];
};

/** An order as it is kept with what was made of it. */
export function orderInMemo(memo: string): QuoteOrder {
  return decodeJson(memo) as QuoteOrder; // Written by `documentOf`.
}

/** Enough that no two customers of a dealer share it. */
const HASH_CHARS = 10;

/**
 * What an accepted quote is to be in the ledger: an order for each line of its payment calendar.
 * Prices hold their VAT, which the ledger reckons itself: where that is not the quote's within the
 * company's tolerance, a person is asked.
 *
 * @param terms - `on`: the day of orders whose quote does not say when it was accepted; `invoiced`:
 *   orders of an earlier version that are invoiced, which stand as they are and are not among these
 */
export function salesOf(quote: Quote, choices: FlowChoices, terms: QuoteTerms): QuoteSales {
  const { on, vatRounding, invoiced } = terms;
  const divided = ordersOf(quote, choices.quotes, invoiced);
  if (divided.kind === 'refused') return { kind: 'refused', refusals: [divided.refusal] };
  const date = quote.date ?? on;
  const refusals = [...ratesRefused(quote, choices, date)];
  const open = divided.orders.filter(({ seq, lines }) => {
    return lines.length > 0 && !invoiced.some((one) => one.seq === seq);
  });
  const sales = open.map((order): QuoteSale => {
    const rows = order.lines.map((line) => rowOf(line, choices));
    const figures = ledgerFigures(rows, vatRounding);
    const { currency } = quote;
    const vat = sum(
      figures.map((one) => one.vat),
      currency,
    );
    refusals.push(...vatRefused(quote, { order, vat, choices }));
    return { seq: order.seq, order, sale: documentOf(quote, { order, rows, vat, date, choices }) };
  });
  return refusals.length > 0 ? { kind: 'refused', refusals } : { kind: 'sales', sales };
}

function ratesRefused(quote: Quote, { country }: FlowChoices, date: LocalDate): Refusal[] {
  return quote.groups
    .filter(({ rate }) => rate !== 0 && !isRateInForce(country, rate, date))
    .map(({ name: line, rate }) => ({ code: 'vat-rate-not-in-force', line, rate, date }));
}

function vatRefused(
  quote: Quote,
  of: { readonly order: QuoteOrder; readonly vat: Money; readonly choices: FlowChoices },
): Refusal[] {
  const { order, vat: expected, choices } = of;
  const stated = sum(
    order.lines.map((line) => line.vat),
    quote.currency,
  );
  const difference = subtract(stated, expected);
  const { vatTolerance: tolerance } = choices;
  if (absolute(difference).minor <= tolerance.minor) return [];
  const [first] = order.lines;
  const about = { line: order.label || quote.number, rate: first?.rate ?? 0 };
  return [{ code: 'vat-differs', ...about, stated, expected, difference, tolerance }];
}

function rowOf(line: QuoteOrder['lines'][number], choices: FlowChoices): SalesRow {
  const gross = add(line.net, line.vat);
  const answer = answerFirst({ role: salesRole(line.rate), codes: [line.article] }, choices);
  return {
    article: line.article === '' ? null : line.article,
    isService: false,
    text: line.text,
    quantity: gross.minor < 0n ? '-1' : '1',
    price: absolute(gross),
    gross,
    rate: line.rate,
    account: answer?.account ?? '',
  };
}

function documentOf(
  quote: Quote,
  of: {
    readonly order: QuoteOrder;
    readonly rows: readonly SalesRow[];
    readonly vat: Money;
    readonly date: LocalDate;
    readonly choices: FlowChoices;
  },
): SalesDocument {
  const { order, rows, vat, date, choices } = of;
  const due = order.dueDate === null ? '' : ` (${order.dueDate})`;
  return {
    reference: `${refKey(quote.ref)}:cal:${order.seq}`,
    orderNumber: quote.contract ?? quote.number,
    date,
    customer: customerOf(quote, choices),
    deliverTo: quote.deliverTo,
    rows,
    total: order.total,
    vat,
    terms: null,
    ourReference: choices.invoicing.ourReference,
    costCentre: choices.invoicing.costCentre,
    project: quote.project.number,
    projectName: quote.project.name,
    remarks: `${quote.number} ${order.label}${due}`.trim(),
    paidBy: null,
    memo: encodeJson(order),
  };
}

/** Known by organisation number or e-mail; else by the quoting system's own number, marked. */
function customerOf({ ref, customer, isBusiness }: Quote, choices: FlowChoices): SalesCustomer {
  const { email, orgNumber } = customer;
  const { customerPrefix } = choices.quotes;
  const own = [customer.name, email ?? '', orgNumber ?? ''].join('\n');
  const number =
    customer.number === null
      ? `${customerPrefix}${sha256(`${ref.account}\n${own}`).slice(0, HASH_CHARS).toUpperCase()}`
      : `${customerPrefix}${customer.number}`;
  const about = { ...customer, isBusiness, number, vat: 'domestic' } as const;
  if (isBusiness && orgNumber !== null) return { ...about, knownBy: 'org-number' };
  if (email !== null) return { ...about, knownBy: 'email' };
  return { ...about, knownBy: 'none' };
}
