import { created, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerPage, checkParameters, readDay } from '../api/listing.ts';
import { day } from '../../../../domain/date.ts';
import { newYear, type FinancialYear } from '../books/year.ts';
import { fieldTable } from '../wire/field-table.ts';
import { textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/** Clients write it in lower case, the specification with a capital. */
const DATES = ['date', 'Date'] as const;
const SEARCH = { texts: { date: 'FromDate', Date: 'FromDate' }, sorts: {} };
const TABLE = fieldTable(
  'AccountChartType:t AccountingMethod:(ACCRUAL|CASH) FromDate:d* Id:i~ ToDate:d*',
);
const SCOPE = 'bookkeeping';
const PATH = '/3/financialyears';

export const FINANCIAL_YEAR_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: SCOPE, act: list },
  { method: 'POST', path: PATH, scope: SCOPE, act: make },
  { method: 'GET', path: `${PATH}/{Id}`, scope: SCOPE, act: read },
];

const SORTS: Readonly<Record<string, (year: FinancialYear) => number | string>> = {
  id: (year) => year.id,
  fromdate: (year) => year.from,
  todate: (year) => year.to,
};

function list(call: Call): Answer {
  checkParameters(call, SEARCH);
  const date = DATES.map((name) => readDay(call, name)).find((day) => day !== null) ?? null;
  const key = SORTS[call.query.get('sortby') ?? 'id'] ?? refuse('bad-parameter', 'sortby');
  const hits = call.tenant.years
    .filter((year) => date === null || (year.from <= date && date <= year.to))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (call.query.get('sortorder') === 'descending') hits.reverse();
  return answerPage(call, hits, { envelope: 'FinancialYears', show });
}

function read(call: Call): Answer {
  const id = Number(param(call, 0));
  const year = call.tenant.years.find((one) => one.id === id);
  return found('FinancialYear', show(year ?? refuse('not-found', 'räkenskapsåret')));
}

function make(call: Call): Answer {
  const sent = readBody(call, 'FinancialYear', { table: TABLE, isNew: true });
  const { years } = call.tenant;
  const [from, to] = [day(textOf(sent, 'FromDate')), day(textOf(sent, 'ToDate'))];
  if (to < from) refuse('bad-date', 'ToDate');
  if (years.some((year) => year.from <= to && from <= year.to)) refuse('year-overlaps');
  const year = newYear({
    id: Math.max(0, ...years.map((one) => one.id)) + 1,
    from,
    to,
    method: sent['AccountingMethod'] === 'CASH' ? 'CASH' : 'ACCRUAL',
  });
  years.push(year);
  years.sort((a, b) => (a.from < b.from ? -1 : 1));
  return created('FinancialYear', show(year), 'financialyears');
}

function show(year: FinancialYear): Fields {
  return {
    '@url': urlOf('financialyears', year.id),
    AccountChartType: year.chartType,
    AccountingMethod: year.method,
    FromDate: year.from,
    Id: year.id,
    ToDate: year.to,
  };
}
