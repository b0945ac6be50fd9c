import type { Quote } from '../domain/document/quote.ts';
import { add, money, subtract, type Money } from '../domain/money.ts';
import type { PlanOutcome, Step } from '../domain/plan.ts';
import { withoutAccepted } from '../domain/posting/decisions.ts';
import { salesOf } from '../domain/quote/sales-documents.ts';
import { stableJson } from '../lib/json.ts';
import type { PlanInput } from './plan-input.ts';

/**
 * What becomes of an accepted quote: an order in the ledger for each line of its payment calendar.
 * Orders that are there stay as they are, for some of them may be invoiced: other figures are asked
 * about.
 */
export function planQuote(quote: Quote, input: PlanInput): PlanOutcome {
  const { choices, books, booked, doubts, decisions, today } = input;
  const before = booked?.document?.kind === 'quote' ? booked.document : null;
  if (booked !== null && before !== null) {
    if (figuresOf(before) === figuresOf(quote)) return planOf([], 'unchanged');
    const [was, is] = [totalOf(before), totalOf(quote)];
    const numbers = { before: was, after: is, difference: subtract(is, was) };
    const refusal = { code: 'quote-revised', quote: quote.number, bookedAs: booked.label } as const;
    return { kind: 'held', refusals: [{ ...refusal, ...numbers }], draft: [], notices: [] };
  }
  const vatRounding = books.invoices?.vatRounding ?? 'per-rate';
  const made = salesOf(quote, choices, { on: today, vatRounding });
  const found = made.kind === 'refused' ? [...doubts, ...made.refusals] : doubts;
  const refusals = withoutAccepted(found, decisions);
  if (made.kind === 'refused' || refusals.length > 0) {
    return { kind: 'held', refusals, draft: [], notices: [] };
  }
  return planOf(
    made.sales.map(({ seq, sale }): Step => {
      return { kind: 'enter-order', id: `order-${seq}`, sale, change: null };
    }),
  );
}

function planOf(steps: readonly Step[], idle?: string): PlanOutcome {
  const why = idle === undefined ? {} : { idle };
  return { kind: 'plan', plan: { vouchers: [], steps, notices: [], ...why } };
}

/** What of a quote its orders are made of. */
function figuresOf({ groups, calendar, total, project, currency }: Quote): string {
  return stableJson([groups, calendar, total, project.number, currency]);
}

function totalOf({ groups, currency }: Quote): Money {
  return groups.reduce((all, { net, vat }) => add(all, add(net, vat)), money(0n, currency));
}
