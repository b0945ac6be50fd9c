import { entitiesOf, takeNumber } from '../company/company.ts';
import { isRegistered } from '../company/vat-settings.ts';
import { salesCodes, vatCode } from '../company/vat-types.ts';
import { idIn } from '../company/shelf.ts';
import { priceWith, priceWithout } from '../wire/amounts.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import type { Problem } from '../wire/refusals.ts';
import { value } from '../api/answer.ts';
import { shown, type Route } from '../api/call.ts';
import { refuse } from '../wire/refusals.ts';
import { isReferred, isTaken, refuseUsed, required } from './checks.ts';
import { PROJECT_MANAGER } from './people.ts';
import { routesOf, type Draft, type Register } from './register.ts';

const UNITS: Register = {
  path: '/product/unit',
  model: 'ProductUnit',
  acts: ['list', 'get', 'post', 'put', 'delete'],
  search: {
    picks: {
      id: { by: 'ids' },
      name: { by: 'list' },
      nameShort: { by: 'list' },
      commonCode: { by: 'list' },
    },
  },
  defaults: { isDeletable: true },
  check: ({ fields }) => required(fields, ['name', 'nameShort']),
};

const PRODUCTS: Register = {
  path: '/product',
  model: 'Product',
  acts: ['list', 'get', 'post', 'put', 'delete', 'post-list', 'put-list'],
  search: {
    picks: {
      // Deprecated, and takes whole numbers only: `P-7` is refused.
      number: { by: 'ids' },
      ids: { by: 'ids', field: 'id' },
      productNumber: { by: 'list', field: 'number' },
      name: { by: 'contains' },
      ean: { by: 'equals' },
      isInactive: { by: 'flag' },
      isStockItem: { by: 'flag' },
      supplierId: { by: 'equals', field: 'supplier' },
      currencyId: { by: 'equals', field: 'currency' },
      vatTypeId: { by: 'equals', field: 'vatType' },
      productUnitId: { by: 'equals', field: 'productUnit' },
      departmentId: { by: 'equals', field: 'department' },
      accountId: { by: 'equals', field: 'account' },
    },
  },
  defaults: {
    priceExcludingVatCurrency: 0,
    costExcludingVatCurrency: 0,
    isInactive: false,
    isStockItem: false,
    currency: 1,
  },
  check: checkProduct,
  complete: priced,
  checkRemoval: ({ company }, to) =>
    refuseUsed([
      [
        isReferred(entitiesOf(company, 'OrderLine'), { by: 'product', to }),
        'Ordrer er registrert.',
      ],
    ]),
};

function checkProduct(draft: Draft): readonly Problem[] {
  const { fields, call } = draft;
  const problems = required(fields, ['name']);
  if (isTaken(draft, 'Product', 'number')) {
    const about = [textOf(fields, 'number')];
    problems.push({ field: 'number', sentence: 'product-number-in-use', about });
  }
  const vat = idIn(fields, 'vatType');
  const allowed = salesCodes(isRegistered(call.company)).map(({ number }) => number);
  if (vat !== null && !allowed.includes(vat)) {
    problems.push({ field: '@vatTypeId', sentence: 'vat-code' });
  }
  return problems;
}

/** Whichever price was sent gives the other. */
function priced({ fields, sent }: Draft): Fields {
  const rate = vatCode(idIn(fields, 'vatType'))?.percentage ?? 0;
  const including = numberOf(fields, 'priceIncludingVatCurrency');
  if (isSet(sent.fields, 'priceExcludingVatCurrency') || including === 0) {
    const price = numberOf(fields, 'priceExcludingVatCurrency');
    return { priceIncludingVatCurrency: priceWith(price, rate) };
  }
  return { priceExcludingVatCurrency: priceWithout(including, rate) };
}

const PROJECTS: Register = {
  path: '/project',
  model: 'Project',
  acts: ['list', 'get', 'post', 'put', 'delete'],
  addresses: ['deliveryAddress'],
  search: {
    picks: {
      id: { by: 'ids' },
      name: { by: 'contains' },
      number: { by: 'equals' },
      isOffer: { by: 'flag' },
      projectManagerId: { by: 'ids', field: 'projectManager' },
      departmentId: { by: 'ids', field: 'department' },
      startDateFrom: { by: 'from', field: 'startDate' },
      startDateTo: { by: 'to', field: 'startDate' },
      endDateFrom: { by: 'from', field: 'endDate' },
      endDateTo: { by: 'to', field: 'endDate' },
      isClosed: { by: 'flag' },
      isFixedPrice: { by: 'flag' },
      customerId: { by: 'equals', field: 'customer' },
      externalAccountsNumber: { by: 'contains' },
    },
  },
  defaults: {
    isClosed: false,
    isInternal: false,
    isOffer: false,
    isFixedPrice: false,
    isReadyForInvoicing: false,
    fixedprice: 0,
    currency: 1,
    displayNameFormat: 'NAME_STANDARD',
  },
  check: checkProject,
  complete: (draft) => (isSet(draft.fields, 'number') ? {} : { number: freeNumber(draft) }),
  checkRemoval: ({ company }, to) =>
    refuseUsed([
      [isReferred(entitiesOf(company, 'Order'), { by: 'project', to }), 'Ordrer er registrert.'],
      [
        isReferred(entitiesOf(company, 'Posting'), { by: 'project', to }),
        'Posteringer er registrert på prosjektet.',
      ],
    ]),
};

/** Name, start and leader must be there; the leader must have been given that right. */
function checkProject(draft: Draft): readonly Problem[] {
  const { fields, call } = draft;
  const problems = required(fields, ['name', 'startDate']);
  const manager = idIn(fields, 'projectManager');
  if (manager === null) problems.push({ field: null, sentence: 'no-project-manager' });
  else if (!mayLead(draft, manager)) {
    const { fields: person = {} } =
      entitiesOf(call.company, 'Employee').find(({ id }) => id === manager) ?? {};
    const about = [`${textOf(person, 'firstName')} ${textOf(person, 'lastName')}`];
    problems.push({ field: 'projectManager.id', sentence: 'not-project-manager', about });
  }
  if (isTaken(draft, 'Project', 'number')) {
    problems.push({ field: 'number', sentence: 'number-in-use' });
  }
  // Codes that order lines take were refused on the project itself, every time it was tried.
  if (isSet(fields, 'vatType')) problems.push({ field: 'vatType.id', sentence: 'vat-code' });
  return problems;
}

function mayLead({ call }: Draft, employee: number): boolean {
  return entitiesOf(call.company, 'Entitlement').some(
    ({ fields }) => fields['employee'] === employee && fields['name'] === PROJECT_MANAGER,
  );
}

function freeNumber({ call: { company } }: Draft): string {
  const taken = new Set(entitiesOf(company, 'Project').map(({ fields }) => fields['number']));
  let number = String(takeNumber(company, 'project'));
  while (taken.has(number)) number = String(takeNumber(company, 'project'));
  return number;
}

const PROJECT_BY_NUMBER: Route = {
  method: 'GET',
  path: '/project/number/{number}',
  act: (call) => {
    const project = entitiesOf(call.company, 'Project').find(
      ({ fields }) => fields['number'] === call.params[0],
    );
    return value(shown(call, project ?? refuse('no-object')));
  },
};

export const GOODS_ROUTES: readonly Route[] = [
  ...[UNITS, PRODUCTS, PROJECTS].flatMap(routesOf),
  PROJECT_BY_NUMBER,
];
