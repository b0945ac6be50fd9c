import { entitiesOf, entityOf, referred } from '../company/company.ts';
import { showLoose } from '../company/show.ts';
import { value, type Answer } from '../api/answer.ts';
import { filterOf, findOne, neededDay, shown, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { textOf } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { routesOf, type Register } from './register.ts';

/** Who asks, about which company, and what the world outside has: currencies and countries. */
const CURRENCIES: Register = {
  path: '/currency',
  model: 'Currency',
  acts: ['list', 'get'],
  search: { picks: { id: { by: 'ids' }, code: { by: 'list' } } },
};

const COUNTRIES: Register = {
  path: '/country',
  model: 'Country',
  acts: ['list', 'get'],
  search: { picks: { id: { by: 'ids' }, code: { by: 'list', field: 'isoAlpha2Code' } } },
};

function whoAmI(call: Call): Answer {
  const { company, moment } = call;
  const fields = {
    employeeId: moment.employeeId,
    actualEmployeeId: moment.employeeId,
    employee: moment.employeeId,
    companyId: company.id,
    company: company.id,
    language: company.setup.language === 'nb' ? 'no' : 'en',
    loggedInWithConnect: false,
    employeeIsProxy: false,
  };
  const filter = filterOf(call, 'LoggedInUserInfo');
  return value(showLoose(company, { model: 'LoggedInUserInfo', fields }, filter));
}

/** Only the own company is shown; 0 stands for it. */
function readCompany(call: Call): Answer {
  const { company } = call;
  const asked = Number(call.params[0]);
  if (asked === 0) return value(shown(call, referred(company, 'Company', company.id)));
  return value(shown(call, findOne(call, 'Company')));
}

function listClients(call: Call): Answer {
  return answerList(call, { model: 'Client', picks: {} }, entitiesOf(call.company, 'Client'));
}

/** The same on every day: rates are what a test sets them to. */
function exchangeRate(call: Call): Answer {
  const { company } = call;
  const currency = findOne(call, 'Currency');
  const date = neededDay(call, 'date');
  const rate = company.setup.rates.get(textOf(currency.fields, 'code')) ?? refuse('no-object');
  const nok = entityOf(company, 'Currency', 1);
  const fields = {
    sourceCurrency: currency.id,
    targetCurrency: nok?.id ?? null,
    rate,
    source: 'NORGES_BANK',
    date,
  };
  const filter = filterOf(call, 'CurrencyExchangeRate');
  return value(showLoose(company, { model: 'CurrencyExchangeRate', fields }, filter));
}

export const COMPANY_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/token/session/>whoAmI', act: whoAmI },
  { method: 'GET', path: '/company/{id}', act: readCompany },
  { method: 'GET', path: '/company/>withLoginAccess', act: listClients },
  { method: 'GET', path: '/currency/{id}/rate', act: exchangeRate },
  ...[CURRENCIES, COUNTRIES].flatMap(routesOf),
];
