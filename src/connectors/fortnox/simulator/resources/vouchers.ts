import { created, deleted, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerPage, checkParameters, readDay, readModified } from '../api/listing.ts';
import { day } from '../../../../domain/date.ts';
import { accountIn } from '../books/chart.ts';
import { enterVoucher, takeOut } from '../books/enter.ts';
import type { Voucher, VoucherRow } from '../books/voucher.ts';
import { vouchersBetween, vouchersOf, type FinancialYear, type Series } from '../books/year.ts';
import { currentYear } from '../tenant/tenant.ts';
import { kronorOf, oreOf } from '../wire/amounts.ts';
import { fieldTable } from '../wire/field-table.ts';
import { numberOf, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { yearAsked, yearOf } from './year-asked.ts';

/**
 * | Uncertain                                 | Chosen                                        |
 * |-------------------------------------------|-----------------------------------------------|
 * | Year without `financialyear`, in a POST   | That of TransactionDate (`voucherYear`)       |
 * | The same in a list or a GET               | The current year                              |
 * | Debit and credit on one row               | Refused                                       |
 * | Negative debit or credit                  | Refused (`negativeVoucherAmounts`)            |
 * | DELETE                                    | The last of its series, if it was entered by  |
 * |                                           | hand; the number is reused                    |
 * | `ReferenceType` of a voucher by hand      | MANUAL                                        |
 */
const TABLE = fieldTable(
  `ApprovalState:i~ Comments:t1000 CostCenter:t Description:t200* Project:t ReferenceNumber:t~
  ReferenceType:t~ TransactionDate:d* VoucherNumber:i~ VoucherRows:[Rows] VoucherSeries:t10*
  Year:i~`,
  {
    Rows: fieldTable(
      `Account:a* CostCenter:t Credit:m Debit:m Description:t Project:t Quantity:n Removed:b~
      TransactionInformation:t100`,
    ),
  },
);

const SCOPE = 'bookkeeping';
const SEARCH = {
  texts: { costcenter: 'CostCenter', voucherseries: 'VoucherSeries' },
  date: 'TransactionDate',
  sorts: {},
};
const NOT_FOR_APPROVAL = 0;

export const VOUCHER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/3/vouchers', scope: SCOPE, act: (call) => list(call, null) },
  { method: 'POST', path: '/3/vouchers', scope: SCOPE, act: make },
  { method: 'GET', path: '/3/vouchers/sublist', scope: SCOPE, act: (call) => list(call, null) },
  {
    method: 'GET',
    path: '/3/vouchers/sublist/{VoucherSeries}',
    scope: SCOPE,
    act: (call) => list(call, param(call, 0)),
  },
  { method: 'GET', path: '/3/vouchers/{VoucherSeries}/{VoucherNumber}', scope: SCOPE, act: read },
  {
    method: 'DELETE',
    path: '/3/vouchers/{VoucherSeries}/{VoucherNumber}',
    scope: 'deletevoucher',
    act: erase,
  },
];

function make(call: Call): Answer {
  const sent = readBody(call, 'Voucher', { table: TABLE, isNew: true });
  const voucher = enterVoucher(
    call.tenant,
    {
      series: textOf(sent, 'VoucherSeries'),
      date: day(textOf(sent, 'TransactionDate')),
      text: textOf(sent, 'Description'),
      comments: textOf(sent, 'Comments'),
      costCenter: textOf(sent, 'CostCenter'),
      project: textOf(sent, 'Project'),
      rows: rowsOf(sent, 'VoucherRows').map((row, index) => readRow(call, row, index)),
      referenceType: 'MANUAL',
      referenceNumber: '',
    },
    { year: yearOfPost(call), isByHand: true, atMs: call.nowMs, today: call.today },
  );
  const year = call.tenant.years.find((one) => one.id === voucher.year) ?? yearOf(call);
  return created('Voucher', showOne(year, voucher), 'vouchers');
}

function yearOfPost(call: Call): FinancialYear | null {
  const asked = yearAsked(call);
  if (asked !== null || call.choices.voucherYear === 'by-date') return asked;
  return currentYear(call.tenant, call.today);
}

function readRow(call: Call, row: Fields, index: number): VoucherRow {
  const debitOre = oreOf(numberOf(row, 'Debit'));
  const creditOre = oreOf(numberOf(row, 'Credit'));
  const isNegative = debitOre < 0 || creditOre < 0;
  const isRefused = isNegative && call.choices.negativeVoucherAmounts === 'refused';
  if (isRefused || (debitOre !== 0 && creditOre !== 0)) refuse('voucher-row-amount', index + 1);
  return {
    account: numberOf(row, 'Account'),
    debitOre,
    creditOre,
    costCenter: textOf(row, 'CostCenter'),
    project: textOf(row, 'Project'),
    text: textOf(row, 'TransactionInformation'),
    quantity: numberOf(row, 'Quantity'),
  };
}

function list(call: Call, seriesCode: string | null): Answer {
  checkParameters(call, SEARCH);
  if (call.query.has('filter')) refuse('bad-filter');
  if (call.query.has('sortby')) refuse('bad-parameter', 'sortby');
  const year = yearOf(call);
  const from = readDay(call, 'fromdate');
  const to = readDay(call, 'todate');
  const modifiedMs = readModified(call);
  const series = seriesCode ?? call.query.get('voucherseries') ?? null;
  const costCenter = call.query.get('costcenter')?.toLowerCase() ?? null;
  const visibleMs = call.nowMs - call.lagMs;
  const hits: Voucher[] = [];
  const isBounded = from !== null || to !== null;
  const candidates = isBounded
    ? vouchersBetween(year, from ?? year.from, to ?? year.to)
    : vouchersOf(year);
  for (const voucher of candidates) {
    const isHit =
      (series === null || voucher.series === series) &&
      (modifiedMs === null || voucher.registeredAtMs >= modifiedMs) &&
      (costCenter === null || voucher.costCenter.toLowerCase().includes(costCenter)) &&
      (call.lagMs === 0 || voucher.registeredAtMs <= visibleMs);
    if (isHit) hits.push(voucher);
  }
  if (call.query.get('sortorder') === 'descending') hits.reverse();
  const show = (voucher: Voucher): Fields => showListed(call, voucher);
  return answerPage(call, hits, { envelope: 'Vouchers', show });
}

function read(call: Call): Answer {
  const { year, voucher } = findOne(call);
  return found('Voucher', showOne(year, voucher));
}

function erase(call: Call): Answer {
  const { year, series, voucher } = findOne(call);
  if (voucher.referenceType !== 'MANUAL') refuse('in-use', 'Verifikationen');
  takeOut(year, series, voucher);
  return deleted();
}

function findOne(call: Call): { year: FinancialYear; series: Series; voucher: Voucher } {
  const year = yearOf(call);
  const series = year.series.get(param(call, 0));
  const voucher = series?.vouchers.get(Number(param(call, 1)));
  return series && voucher ? { year, series, voucher } : refuse('not-found', 'verifikationen');
}

function showOne(year: FinancialYear, voucher: Voucher): Fields {
  return {
    ...showHead(voucher),
    Comments: voucher.comments,
    CostCenter: voucher.costCenter,
    Project: voucher.project,
    VoucherRows: voucher.rows.map((row) => ({
      Account: row.account,
      CostCenter: row.costCenter,
      Credit: kronorOf(row.creditOre),
      Debit: kronorOf(row.debitOre),
      Description: accountIn(year.chart, row.account)?.name ?? '',
      Project: row.project,
      Quantity: row.quantity,
      Removed: false,
      TransactionInformation: row.text,
    })),
  };
}

function showListed(call: Call, voucher: Voucher): Fields {
  return call.choices.commentsInVoucherList === 'shown'
    ? { ...showHead(voucher), Comments: voucher.comments }
    : showHead(voucher);
}

function showHead(voucher: Voucher): Fields {
  const { series, number, year, referenceNumber } = voucher;
  return {
    '@url': `${urlOf('vouchers', series, number)}?financialyear=${year}`,
    ApprovalState: NOT_FOR_APPROVAL,
    Description: voucher.text,
    ReferenceNumber: referenceNumber === '' ? null : referenceNumber,
    ReferenceType: voucher.referenceType,
    TransactionDate: voucher.date,
    VoucherNumber: number,
    VoucherSeries: series,
    Year: year,
  };
}
