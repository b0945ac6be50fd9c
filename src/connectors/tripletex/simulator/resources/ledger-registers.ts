import { accountFields } from '../company/accounts.ts';
import { change, entitiesOf } from '../company/company.ts';
import { isRegistered, vatSettings } from '../company/vat-settings.ts';
import { salesCodes, VAT_CODES } from '../company/vat-types.ts';
import { value, type Answer } from '../api/answer.ts';
import { checkVersion, findOne, readBody, shown, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject } from '../wire/read-object.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { invalid } from '../wire/refusals.ts';
import { isReferred, isTaken, refuseUsed, required } from './checks.ts';
import { routesOf, type Register } from './register.ts';

/** The chart of accounts, VAT codes, kinds of voucher, periods and free dimensions. */
const ACCOUNTS: Register = {
  path: '/ledger/account',
  model: 'Account',
  acts: ['list', 'get', 'post', 'put', 'delete', 'post-list', 'put-list'],
  search: {
    picks: {
      id: { by: 'ids' },
      number: { by: 'ids' },
      isBankAccount: { by: 'flag' },
      isInactive: { by: 'flag' },
      isApplicableForSupplierInvoice: { by: 'flag' },
      ledgerType: { by: 'equals' },
      saftCode: { by: 'equals' },
    },
  },
  check: (draft) => [
    ...required(draft.fields, ['number', 'name']),
    ...(isTaken(draft, 'Account', 'number')
      ? [{ field: 'number', sentence: 'number-in-use' } as const]
      : []),
  ],
  complete: ({ fields }): Fields => {
    const made = { number: numberOf(fields, 'number'), name: textOf(fields, 'name') };
    return { ...accountFields(made, {}), ...fields };
  },
  checkRemoval: ({ company }, to) =>
    refuseUsed([
      [
        isReferred(entitiesOf(company, 'Posting'), { by: 'account', to }),
        'Posteringer er registrert på kontoen.',
      ],
    ]),
};

const VOUCHER_TYPES: Register = {
  path: '/ledger/voucherType',
  model: 'VoucherType',
  acts: ['list', 'get'],
  search: { picks: { name: { by: 'contains' } } },
};

const PERIODS: Register = {
  path: '/ledger/accountingPeriod',
  model: 'AccountingPeriod',
  acts: ['list', 'get'],
  search: {
    count: 1400,
    picks: {
      id: { by: 'ids' },
      numberFrom: { by: 'from', field: 'number' },
      numberTo: { by: 'to', field: 'number' },
      startFrom: { by: 'from', field: 'start' },
      startTo: { by: 'to', field: 'start' },
      endFrom: { by: 'from', field: 'end' },
      endTo: { by: 'to', field: 'end' },
    },
  },
};

const PAYMENT_TYPES: Register = {
  path: '/invoice/paymentType',
  model: 'PaymentType',
  acts: ['list', 'get'],
  search: { picks: { id: { by: 'ids' }, description: { by: 'contains' } } },
};

const DIMENSIONS_MAX = 3;

const DIMENSION_NAMES: Register = {
  path: '/ledger/accountingDimensionName',
  model: 'AccountingDimensionName',
  acts: ['list', 'get', 'post', 'put', 'delete'],
  search: { picks: {} },
  defaults: { active: true },
  check: (draft) => {
    const kept = entitiesOf(draft.call.company, 'AccountingDimensionName');
    if (isTaken(draft, 'AccountingDimensionName', 'dimensionName')) {
      return [{ field: null, sentence: 'name-in-use' }];
    }
    return draft.kept === null && kept.length >= DIMENSIONS_MAX
      ? [{ field: null, sentence: 'dimensions-max' }]
      : required(draft.fields, ['dimensionName']);
  },
  complete: ({ call }) => {
    const kept = entitiesOf(call.company, 'AccountingDimensionName');
    const used = new Set(kept.map(({ fields }) => numberOf(fields, 'dimensionIndex')));
    return { dimensionIndex: [1, 2, 3].find((index) => !used.has(index)) ?? null };
  },
};

const DIMENSION_VALUES: Register = {
  path: '/ledger/accountingDimensionValue',
  model: 'AccountingDimensionValue',
  acts: ['get', 'post', 'delete', 'put-list'],
  search: { picks: {} },
  defaults: { active: true, showInVoucherRegistration: true },
  check: ({ fields }) => required(fields, ['displayName', 'dimensionIndex']),
};

function searchDimension(register: Register): Route {
  const { path, model } = register;
  const picks = { dimensionIndex: { by: 'equals' } } as const;
  return {
    method: 'GET',
    path: `${path}/search`,
    act: (call) => answerList(call, { model, picks }, entitiesOf(call.company, model)),
  };
}

/** Which codes there are depends on what they are for, and on the company's registration. */
function listVatTypes(call: Call): Answer {
  const kinds = ['OUTGOING', 'INCOMING', 'INCOMING_INVOICE', 'PROJECT', 'LEDGER', ''];
  const kind = call.query.get('typeOfVat') ?? '';
  if (!kinds.includes(kind)) invalid('typeOfVat', 'wrong-type');
  const allowed = new Set(codesFor(kind, isRegistered(call.company)));
  const types = entitiesOf(call.company, 'VatType').filter(({ id }) => allowed.has(id));
  const picks = { id: { by: 'ids' }, number: { by: 'ids' } } as const;
  return answerList(call, { model: 'VatType', picks }, types);
}

function codesFor(kind: string, isVatRegistered: boolean): readonly number[] {
  const incoming = VAT_CODES.filter(
    ({ direction }) => direction === 'none' || (direction === 'incoming' && isVatRegistered),
  );
  if (kind === 'OUTGOING' || kind === 'PROJECT') {
    return salesCodes(isVatRegistered).map(({ number }) => number);
  }
  return (kind.startsWith('INCOMING') ? incoming : VAT_CODES).map(({ number }) => number);
}

function putVatSettings(call: Call): Answer {
  const { company, choices, moment } = call;
  const kept = vatSettings(company);
  const sent = readObject(modelOf('VatSettings'), readBody(call), { company, choices });
  checkVersion(kept, sent.version);
  change(company, kept, { moment, fields: sent.fields });
  return value(shown(call, kept));
}

/** Open items are closed against each other: of one party, on one account, summing to zero. */
function listCloseGroups(call: Call): Answer {
  const model = 'CloseGroup';
  const range = ['dateFrom', 'dateTo'] as const;
  const picks = {
    id: { by: 'ids' },
    dateFrom: { by: 'from', field: 'date' },
    dateTo: { by: 'to', field: 'date' },
  } as const;
  return answerList(call, { model, range, picks }, entitiesOf(call.company, model));
}

export const LEDGER_REGISTER_ROUTES: readonly Route[] = [
  ...[ACCOUNTS, VOUCHER_TYPES, PERIODS, PAYMENT_TYPES, DIMENSION_NAMES, DIMENSION_VALUES].flatMap(
    routesOf,
  ),
  searchDimension(DIMENSION_NAMES),
  searchDimension(DIMENSION_VALUES),
  { method: 'GET', path: '/ledger/vatType', act: listVatTypes },
  {
    method: 'GET',
    path: '/ledger/vatType/{id}',
    act: (call) => value(shown(call, findOne(call, 'VatType'))),
  },
  {
    method: 'GET',
    path: '/ledger/vatSettings',
    act: (call) => value(shown(call, vatSettings(call.company))),
  },
  { method: 'PUT', path: '/ledger/vatSettings', act: putVatSettings },
  { method: 'GET', path: '/ledger/closeGroup', act: listCloseGroups },
  {
    method: 'GET',
    path: '/ledger/closeGroup/{id}',
    act: (call) => value(shown(call, findOne(call, 'CloseGroup'))),
  },
];
