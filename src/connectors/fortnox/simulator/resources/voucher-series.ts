import { created, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerPage, checkParameters } from '../api/listing.ts';
import { newSeries, type FinancialYear, type Series } from '../books/year.ts';
import { fieldTable } from '../wire/field-table.ts';
import { textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { yearOf } from './year-asked.ts';

/** A new series is manual unless it is said not to be: nothing else could use it. [chosen] */
const TABLE = fieldTable(
  'Approver:{Approver} Code:t10* Description:t200 Manual:b NextVoucherNumber:i~ Year:i~',
  { Approver: fieldTable('Id:i Name:t') },
);
const SCOPE = 'bookkeeping';
const PATH = '/3/voucherseries';

export const VOUCHER_SERIES_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: SCOPE, act: list },
  { method: 'POST', path: PATH, scope: SCOPE, act: make },
  { method: 'GET', path: `${PATH}/{Code}`, scope: SCOPE, act: read },
  { method: 'PUT', path: `${PATH}/{Code}`, scope: SCOPE, act: update },
];

function list(call: Call): Answer {
  checkParameters(call, { texts: {}, sorts: {} });
  const year = yearOf(call);
  const series = [...year.series.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const show = (one: Series): Fields => showHead(year, one);
  return answerPage(call, series, { envelope: 'VoucherSeriesCollection', show });
}

function read(call: Call): Answer {
  const year = yearOf(call);
  return found('VoucherSeries', showOne(year, findOne(call, year)));
}

function make(call: Call): Answer {
  const sent = readBody(call, 'VoucherSeries', { table: TABLE, isNew: true });
  const year = yearOf(call);
  const code = textOf(sent, 'Code');
  if (year.series.has(code)) refuse('taken', 'Verifikationsserien');
  const isManual = sent['Manual'] !== false;
  const series = newSeries({ code, description: textOf(sent, 'Description'), isManual });
  year.series.set(code, series);
  return created('VoucherSeries', showOne(year, series), 'voucherseries');
}

function update(call: Call): Answer {
  const year = yearOf(call);
  const series = findOne(call, year);
  const sent = readBody(call, 'VoucherSeries', { table: TABLE, isNew: false });
  if ('Description' in sent) series.description = textOf(sent, 'Description');
  if (typeof sent['Manual'] === 'boolean') series.isManual = sent['Manual'];
  return found('VoucherSeries', showOne(year, series));
}

function findOne(call: Call, year: FinancialYear): Series {
  return year.series.get(param(call, 0)) ?? refuse('not-found', 'verifikationsserien');
}

function showOne(year: FinancialYear, series: Series): Fields {
  return { ...showHead(year, series), NextVoucherNumber: series.next };
}

function showHead(year: FinancialYear, series: Series): Fields {
  return {
    '@url': urlOf('voucherseries', series.code),
    Approver: null,
    Code: series.code,
    Description: series.description,
    Manual: series.isManual,
    Year: year.id,
  };
}
