import { change, put, referred, type Company, type Moment } from '../company/company.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { kronerOf, oreOf } from '../wire/amounts.ts';
import { numberOf } from '../wire/record.ts';

/**
 * What an invoice is still owed, from its claim and what has met it. When nothing is left its
 * postings are closed against each other, of which subscribers hear.
 */
export function settle(
  company: Company,
  moment: Moment,
  { invoice, postings }: { readonly invoice: Entity; readonly postings: readonly number[] },
): void {
  const entities = postings.map((id) => referred(company, 'Posting', id));
  const left = entities.reduce(
    (ore, { fields }) => ore + oreOf(numberOf(fields, 'amountCurrency')),
    0,
  );
  const outstanding = kronerOf(left);
  change(company, invoice, {
    moment,
    fields: {
      postings,
      amountOutstanding: outstanding,
      amountCurrencyOutstanding: outstanding,
      amountOutstandingTotal: outstanding,
      amountCurrencyOutstandingTotal: outstanding,
    },
  });
  if (left === 0) close(company, moment, entities);
  else reopen(entities);
}

function close(company: Company, moment: Moment, entities: readonly Entity[]): void {
  const isClosed = entities.every(({ fields }) => idIn(fields, 'closeGroup') !== null);
  if (entities.length < 2 || isClosed) return;
  const postings = entities.map(({ id }) => id);
  const group = put(company, moment, {
    model: 'CloseGroup',
    fields: { date: moment.today, postings },
  });
  for (const entity of entities) {
    entity.fields = { ...entity.fields, closeGroup: group.id, matched: true };
  }
}

function reopen(entities: readonly Entity[]): void {
  for (const entity of entities) {
    entity.fields = { ...entity.fields, closeGroup: null, matched: false };
  }
}
