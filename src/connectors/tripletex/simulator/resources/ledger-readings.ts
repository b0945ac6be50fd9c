import type { LocalDate } from '../../../../domain/date.ts';
import { entitiesOf, referred } from '../company/company.ts';
import { showLoose } from '../company/show.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { isPosted } from '../books/enter.ts';
import { value, type Answer } from '../api/answer.ts';
import {
  filterOf,
  findOne,
  neededDay,
  needParameters,
  shown,
  type Call,
  type Route,
} from '../api/call.ts';
import { answerList, answerPage, type Pick, type Search } from '../api/listing.ts';
import { kronerOf, oreOf } from '../wire/amounts.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { Refused } from '../wire/refusals.ts';
import { javaDay } from '../clock.ts';

/**
 * What stands in the ledger: postings, open items, balances.
 *
 * | Uncertain                              | Chosen                                              |
 * |----------------------------------------|-----------------------------------------------------|
 * | Vouchers that were not sent to ledger  | their postings are in no list; read by id they are  |
 * | Balance before `dateFrom` in `/ledger` | of all earlier days, also for accounts of results   |
 */
const ABOUT: Readonly<Record<string, Pick>> = {
  accountId: { by: 'ids', field: 'account' },
  supplierId: { by: 'ids', field: 'supplier' },
  customerId: { by: 'ids', field: 'customer' },
  employeeId: { by: 'ids', field: 'employee' },
  departmentId: { by: 'ids', field: 'department' },
  projectId: { by: 'ids', field: 'project' },
  productId: { by: 'ids', field: 'product' },
  accountNumberFrom: { by: 'from', field: 'account.number' },
  accountNumberTo: { by: 'to', field: 'account.number' },
  accountingDimensionValue1Id: { by: 'ids', field: 'freeAccountingDimension1' },
  accountingDimensionValue2Id: { by: 'ids', field: 'freeAccountingDimension2' },
  accountingDimensionValue3Id: { by: 'ids', field: 'freeAccountingDimension3' },
  type: { by: 'equals' },
};

const POSTINGS: Search = {
  model: 'Posting',
  range: ['dateFrom', 'dateTo'],
  picks: {
    ...ABOUT,
    dateFrom: { by: 'from', field: 'date' },
    dateTo: { by: 'to', field: 'date' },
  },
};

function postedPostings({ company }: Call): Entity[] {
  return entitiesOf(company, 'Posting').filter(({ fields }) =>
    isPosted(referred(company, 'Voucher', idIn(fields, 'voucher'))),
  );
}

/** Items on accounts that can be closed, and are not, before a day. */
function listOpenPostings(call: Call): Answer {
  const date = neededDay(call, 'date');
  const open = postedPostings(call).filter(({ fields }) => {
    const account = referred(call.company, 'Account', idIn(fields, 'account'));
    const isOpen = fields['closeGroup'] === null && textOf(fields, 'date') < date;
    return isOpen && account.fields['isCloseable'] === true;
  });
  return answerList(call, { model: 'Posting', picks: ABOUT }, open);
}

/** Per account: what it held before the days, what moved on them, and what it holds after. */
function listLedger(call: Call): Answer {
  needParameters(call, ['dateFrom', 'dateTo']);
  const [from, to] = [neededDay(call, 'dateFrom'), neededDay(call, 'dateTo')];
  if (from >= to) {
    const about = [javaDay(from), javaDay(to)];
    throw new Refused('invalid', { problems: [{ field: null, sentence: 'empty-range', about }] });
  }
  const filter = filterOf(call, 'LedgerAccount');
  const byAccount = Map.groupBy(postedPostings(call), ({ fields }) => idIn(fields, 'account') ?? 0);
  const wanted = call.query.get('accountId');
  const accounts = entitiesOf(call.company, 'Account')
    .filter(({ id }) => byAccount.has(id) && (wanted === undefined || wanted === String(id)))
    .toSorted((a, b) => numberOf(a.fields, 'number') - numberOf(b.fields, 'number'));
  return answerPage(call, {
    hits: accounts,
    show: ({ id }) => {
      const fields = sumsOf(id, byAccount.get(id) ?? [], { from, to });
      return showLoose(call.company, { model: 'LedgerAccount', fields }, filter);
    },
  });
}

function sumsOf(
  account: number,
  postings: readonly Entity[],
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Fields {
  const before = postings.filter(({ fields }) => textOf(fields, 'date') < from);
  const within = postings.filter(
    ({ fields }) => from <= textOf(fields, 'date') && textOf(fields, 'date') < to,
  );
  const [opening, moved] = [sumOf(before), sumOf(within)];
  const [sum, start, end] = [moved, opening, opening + moved].map(kronerOf);
  return {
    account,
    currency: 1,
    sumAmount: sum,
    sumAmountCurrency: sum,
    openingBalance: start,
    openingBalanceCurrency: start,
    closingBalance: end,
    closingBalanceCurrency: end,
    balanceOutInAccountCurrency: end,
    postings: within.map(({ id }) => id),
  };
}

function sumOf(postings: readonly Entity[]): number {
  return postings.reduce((ore, { fields }) => ore + oreOf(numberOf(fields, 'amount')), 0);
}

export const LEDGER_READING_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/ledger/posting',
    act: (call) => answerList(call, POSTINGS, postedPostings(call)),
  },
  { method: 'GET', path: '/ledger/posting/openPost', act: listOpenPostings },
  {
    method: 'GET',
    path: '/ledger/posting/{id}',
    act: (call) => value(shown(call, findOne(call, 'Posting'))),
  },
  { method: 'GET', path: '/ledger', act: listLedger },
];
