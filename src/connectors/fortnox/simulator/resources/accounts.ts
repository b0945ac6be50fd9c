import { created, deleted, found, listed, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerPage, checkParameters, readModified } from '../api/listing.ts';
import { accountIn, accountsOf, newAccount, setAccount, type Account } from '../books/chart.ts';
import { closingOf, openingOf, type FinancialYear } from '../books/year.ts';
import { kronorOf, oreOf } from '../wire/amounts.ts';
import { fieldTable } from '../wire/field-table.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { yearOf } from './year-asked.ts';

/**
 * Accounts, one set for each financial year.
 *
 * | Uncertain                          | Chosen                                               |
 * |------------------------------------|------------------------------------------------------|
 * | Year without `financialyear`       | The current one                                      |
 * | DELETE                             | Only an account that nothing was booked on that year |
 * | `VATCode` that is not one          | "Ogiltig Momskod" for what is not short and plain    |
 */
const SETTING = '(ALLOWED|MANDATORY|NOTALLOWED)';
const TABLE = fieldTable(
  `Active:b BalanceBroughtForward:m BalanceCarriedForward:n~ CostCenter:t
  CostCenterSettings:${SETTING} Description:t200* Number:i1000..9999* OpeningQuantities:[Quantities]
  Project:t ProjectSettings:${SETTING} QuantitySettings:t~ QuantityUnit:t~ SRU:i
  TransactionInformation:t TransactionInformationSettings:${SETTING} VATCode:t Year:i~`,
  { Quantities: fieldTable('Balance:n Project:t') },
);
const SCOPE = 'bookkeeping';
const PATH = '/3/accounts';
const VAT_CODE = /^[A-Z]{1,5}\d{0,2}$/;

export const ACCOUNT_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: SCOPE, act: list },
  { method: 'POST', path: PATH, scope: SCOPE, act: make },
  { method: 'GET', path: `${PATH}/{Number}`, scope: SCOPE, act: read },
  { method: 'PUT', path: `${PATH}/{Number}`, scope: SCOPE, act: update },
  { method: 'DELETE', path: `${PATH}/{Number}`, scope: SCOPE, act: erase },
  { method: 'GET', path: '/3/accountcharts', scope: SCOPE, act: listCharts },
];

/** The one list without `MetaInformation`. */
function listCharts(): Answer {
  const names = ['BAS 2024', 'BAS 2025', 'BAS K1', 'BAS K2'];
  return listed(
    'AccountCharts',
    names.map((Name) => ({ Name })),
    null,
  );
}

function list(call: Call): Answer {
  checkParameters(call, { texts: { sru: 'SRU' }, sorts: {} });
  const sortBy = call.query.get('sortby');
  if (sortBy !== undefined && sortBy !== 'number') refuse('bad-parameter', 'sortby');
  const year = yearOf(call);
  const modifiedMs = readModified(call);
  const sru = call.query.get('sru');
  const hits = accountsOf(year.chart).filter(
    (account) =>
      (modifiedMs === null || account.modifiedAtMs >= modifiedMs) &&
      (sru === undefined || String(account.sru) === sru),
  );
  if (call.query.get('sortorder') === 'descending') hits.reverse();
  const show = (account: Account): Fields => showHead(call, year, account);
  return answerPage(call, hits, { envelope: 'Accounts', show });
}

function read(call: Call): Answer {
  const year = yearOf(call);
  return found('Account', showOne(call, year, findOne(call, year)));
}

function make(call: Call): Answer {
  const sent = readBody(call, 'Account', { table: TABLE, isNew: true });
  const year = yearOf(call);
  const number = numberOf(sent, 'Number');
  if (accountIn(year.chart, number)) refuse('taken', `Konto ${number}`);
  const account = save(call, year, { account: newAccount(number, ''), sent });
  return created('Account', showOne(call, year, account), 'accounts');
}

function update(call: Call): Answer {
  const year = yearOf(call);
  const account = findOne(call, year);
  const sent = readBody(call, 'Account', { table: TABLE, isNew: false });
  return found('Account', showOne(call, year, save(call, year, { account, sent })));
}

function erase(call: Call): Answer {
  const year = yearOf(call);
  const { number } = findOne(call, year);
  const isUsed = year.movements.has(number) || openingOf(call.tenant.years, year, number) !== 0;
  if (isUsed) refuse('in-use', `Konto ${number}`);
  setAccount(year.chart, number, null);
  return deleted();
}

function save(
  call: Call,
  year: FinancialYear,
  { account, sent }: { readonly account: Account; readonly sent: Fields },
): Account {
  if ('VATCode' in sent && sent['VATCode'] !== null && !VAT_CODE.test(textOf(sent, 'VATCode'))) {
    refuse('vat-code-unknown');
  }
  const setting = (name: string, kept: Account['projectSettings']): typeof kept => {
    const value = sent[name];
    return value === 'ALLOWED' || value === 'MANDATORY' || value === 'NOTALLOWED' ? value : kept;
  };
  const text = (name: string, kept: string): string => (name in sent ? textOf(sent, name) : kept);
  const saved: Account = {
    ...account,
    name: text('Description', account.name),
    isActive: typeof sent['Active'] === 'boolean' ? sent['Active'] : account.isActive,
    vatCode: text('VATCode', account.vatCode),
    sru: 'SRU' in sent ? numberOf(sent, 'SRU') : account.sru,
    costCenter: text('CostCenter', account.costCenter),
    project: text('Project', account.project),
    costCenterSettings: setting('CostCenterSettings', account.costCenterSettings),
    projectSettings: setting('ProjectSettings', account.projectSettings),
    transactionInformation: text('TransactionInformation', account.transactionInformation),
    transactionInformationSettings: setting(
      'TransactionInformationSettings',
      account.transactionInformationSettings,
    ),
    modifiedAtMs: call.nowMs,
  };
  setAccount(year.chart, account.number, saved);
  if ('BalanceBroughtForward' in sent) {
    year.opening.set(account.number, oreOf(numberOf(sent, 'BalanceBroughtForward')));
  }
  return saved;
}

function findOne(call: Call, year: FinancialYear): Account {
  return accountIn(year.chart, Number(param(call, 0))) ?? refuse('account-not-found');
}

function showOne(call: Call, year: FinancialYear, account: Account): Fields {
  return {
    ...showHead(call, year, account),
    BalanceCarriedForward: kronorOf(closingOf(call.tenant.years, year, account.number)),
    OpeningQuantities: null,
    QuantitySettings: 'ALLOWED',
    QuantityUnit: '',
    TransactionInformation: account.transactionInformation,
    TransactionInformationSettings: account.transactionInformationSettings,
  };
}

function showHead(call: Call, year: FinancialYear, account: Account): Fields {
  return {
    '@url': `${urlOf('accounts', account.number)}?financialyear=${year.id}`,
    Active: account.isActive,
    BalanceBroughtForward: kronorOf(openingOf(call.tenant.years, year, account.number)),
    CostCenter: account.costCenter,
    CostCenterSettings: account.costCenterSettings,
    Description: account.name,
    Number: account.number,
    Project: account.project,
    ProjectSettings: account.projectSettings,
    SRU: account.sru,
    VATCode: account.vatCode,
    Year: year.id,
  };
}
