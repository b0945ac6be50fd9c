import { file, found, json, listed, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerPage, checkParameters, readDay } from '../api/listing.ts';
import { parseLocalDate } from '../../../../domain/date.ts';
import { accountIn } from '../books/chart.ts';
import { exportSie } from '../books/sie.ts';
import { currentYear } from '../tenant/tenant.ts';
import { fieldTable } from '../wire/field-table.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { yearOf } from './year-asked.ts';

/** The company itself: who it is, what it books on by itself, and its books as a file. */
export const COMPANY_ROUTES: readonly Route[] = [
  get('/3/companyinformation', 'companyinformation', showInformation),
  get('/3/settings/company', 'settings', showSettings),
  get('/3/settings/lockedperiod', 'settings', showLocked),
  get('/3/me', 'profile', showMe),
  get('/api/warehouse/tenants-v4', 'warehouse', showWarehouse),
  get('/3/sie/{Type}', 'bookkeeping', showSie),
  get('/3/predefinedaccounts', 'settings', listAccounts),
  get('/3/predefinedaccounts/{name}', 'settings', readAccount),
  { method: 'PUT', path: '/3/predefinedaccounts/{name}', scope: 'settings', act: updateAccount },
  get('/3/predefinedvoucherseries', 'settings', listSeries),
  get('/3/predefinedvoucherseries/{Name}', 'settings', readSeries),
  {
    method: 'PUT',
    path: '/3/predefinedvoucherseries/{Name}',
    scope: 'settings',
    act: updateSeries,
  },
];

const ACCOUNT_TABLE = fieldTable('Account:t Name:t');
const SERIES_TABLE = fieldTable('Name:t VoucherSeries:t1*');

function get(path: string, scope: string, act: Route['act']): Route {
  return { method: 'GET', path, scope, act };
}

function showInformation({ tenant }: Call): Answer {
  const of = (name: string): string => textOf(tenant.company, name);
  return found('CompanyInformation', {
    Address: of('Address'),
    City: of('City'),
    CompanyName: of('Name'),
    CountryCode: of('CountryCode'),
    DatabaseNumber: tenant.id,
    OrganizationNumber: of('OrganizationNumber'),
    VisitAddress: of('VisitAddress'),
    VisitCity: of('VisitCity'),
    VisitCountryCode: of('VisitCountryCode'),
    VisitZipCode: of('VisitZipCode'),
    ZipCode: of('ZipCode'),
  });
}

function showSettings({ tenant }: Call): Answer {
  return found('CompanySettings', tenant.company);
}

/** Null when nothing is locked. */
function showLocked({ tenant }: Call): Answer {
  return found('LockedPeriod', { EndDate: tenant.lockedTo });
}

/** Without an envelope, as all of the warehouse's own API. */
function showWarehouse({ tenant }: Call): Answer {
  const { hasWarehouse: activated } = tenant.setup;
  return json(200, JSON.stringify({ activated, tenantId: tenant.id }));
}

function showMe({ user, tenant }: Call): Answer {
  return found('MeInformation', {
    Email: textOf(tenant.company, 'Email'),
    Id: user.id,
    Locale: 'sv-SE',
    Name: user.name,
    SysAdmin: true,
  });
}

function showSie(call: Call): Answer {
  const type = ([1, 2, 3, 4] as const).find((one) => String(one) === param(call, 0));
  if (type === undefined) refuse('not-found', 'SIE-typen');
  const year = yearOf(call);
  const from = parseLocalDate(readDay(call, 'fromdate') ?? '') ?? year.from;
  const to = parseLocalDate(readDay(call, 'todate') ?? '') ?? year.to;
  const hasAllAccounts = call.query.get('exportall') === 'true';
  const writtenOn = call.today;
  const bytes = exportSie(call.tenant, { type, year, from, to, hasAllAccounts, writtenOn });
  return file(bytes, 'text/plain');
}

function listAccounts(call: Call): Answer {
  checkParameters(call, { texts: {}, sorts: {} });
  const hits = [...call.tenant.predefinedAccounts].sort(([a], [b]) => (a < b ? -1 : 1));
  const show = ([name, account]: readonly [string, number]): Fields => showAccount(name, account);
  return answerPage(call, hits, { envelope: 'PreDefinedAccounts', show });
}

function readAccount(call: Call): Answer {
  const name = param(call, 0);
  const account = call.tenant.predefinedAccounts.get(name);
  if (account === undefined) refuse('predefined-account-not-found');
  return found('PreDefinedAccount', showAccount(name, account));
}

function updateAccount(call: Call): Answer {
  const name = param(call, 0);
  const { predefinedAccounts } = call.tenant;
  if (!predefinedAccounts.has(name)) refuse('predefined-account-not-found');
  const sent = readBody(call, 'PreDefinedAccount', { table: ACCOUNT_TABLE, isNew: false });
  const text = textOf(sent, 'Account');
  if (text === '') refuse('predefined-account-missing');
  if (!/^\d{4}$/.test(text)) refuse('account-not-4-digits');
  const account = accountIn(currentYear(call.tenant, call.today).chart, numberOf(sent, 'Account'));
  if (!account?.isActive) refuse('predefined-account-invalid');
  predefinedAccounts.set(name, account.number);
  return found('PreDefinedAccount', showAccount(name, account.number));
}

function showAccount(name: string, account: number): Fields {
  return { '@url': urlOf('predefinedaccounts', name), Account: account, Name: name };
}

function listSeries(call: Call): Answer {
  const all = [...call.tenant.predefinedSeries].sort(([a], [b]) => (a < b ? -1 : 1));
  return listed(
    'PreDefinedVoucherSeriesCollection',
    all.map(([name, series]) => showSeries(name, series)),
    { total: all.length, pages: 1, page: 1 },
  );
}

function readSeries(call: Call): Answer {
  const name = param(call, 0);
  const series = call.tenant.predefinedSeries.get(name);
  if (series === undefined) refuse('not-found', 'den förvalda verifikationsserien');
  return found('PreDefinedVoucherSeries', showSeries(name, series));
}

function updateSeries(call: Call): Answer {
  const name = param(call, 0);
  const { predefinedSeries } = call.tenant;
  if (!predefinedSeries.has(name)) refuse('not-found', 'den förvalda verifikationsserien');
  const sent = readBody(call, 'PreDefinedVoucherSeries', { table: SERIES_TABLE, isNew: true });
  const code = textOf(sent, 'VoucherSeries');
  if (!currentYear(call.tenant, call.today).series.has(code)) refuse('series-unknown');
  predefinedSeries.set(name, code);
  return found('PreDefinedVoucherSeries', showSeries(name, code));
}

function showSeries(name: string, series: string): Fields {
  return { '@url': urlOf('predefinedvoucherseries', name), Name: name, VoucherSeries: series };
}
