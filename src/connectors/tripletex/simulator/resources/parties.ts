import { entitiesOf, shelfOf, takeNumber } from '../company/company.ts';
import type { Entity } from '../company/shelf.ts';
import type { Call } from '../api/call.ts';
import { isSet, numberOf, type Fields } from '../wire/record.ts';
import type { Problem } from '../wire/refusals.ts';
import { isReferred, isTaken, refuseUsed, required } from './checks.ts';
import { routesOf, type Draft, type Register } from './register.ts';

/**
 * Customers, suppliers and contacts.
 *
 * | Uncertain                    | Chosen                                                  |
 * |------------------------------|---------------------------------------------------------|
 * | First numbers                | customers from 10001, as was seen; suppliers from 50001 |
 * | Same organisation number     | taken, as was seen: no refusal                          |
 */
const FIRST_CUSTOMER = 10_001;
const FIRST_SUPPLIER = 50_001;

const ADDRESSES = ['postalAddress', 'physicalAddress', 'deliveryAddress'];

const CUSTOMERS: Register = {
  path: '/customer',
  model: 'Customer',
  acts: ['list', 'get', 'post', 'put', 'delete', 'post-list', 'put-list'],
  addresses: ADDRESSES,
  plain: ['bankAccountPresentation'],
  search: {
    picks: {
      id: { by: 'ids' },
      customerAccountNumber: { by: 'ids', field: 'customerNumber' },
      organizationNumber: { by: 'equals' },
      email: { by: 'equals' },
      invoiceEmail: { by: 'equals' },
      customerName: { by: 'contains', field: 'name' },
      phoneNumberMobile: { by: 'equals' },
      isInactive: { by: 'flag' },
      accountManagerId: { by: 'ids', field: 'accountManager' },
      changedSince: { by: 'changed' },
    },
  },
  defaults: {
    isSupplier: false,
    isInactive: false,
    isPrivateIndividual: false,
    singleCustomerInvoice: false,
    invoiceSendMethod: 'EMAIL',
    emailAttachmentType: 'LINK',
    language: 'NO',
    invoicesDueIn: 14,
    invoicesDueInType: 'DAYS',
    currency: 1,
    bankAccounts: [],
    isFactoring: false,
    discountPercentage: 0,
  },
  check: (draft) => checkParty(draft, 'Customer', 'customerNumber'),
  complete: ({ call, fields }) =>
    numbered(call, fields, { field: 'customerNumber', from: FIRST_CUSTOMER }),
  checkRemoval: (call, customer) =>
    refuseUsed([
      [uses(call, 'Project', 'customer', customer), 'Prosjekter er registrert.'],
      [uses(call, 'Order', 'customer', customer), 'Ordrer er registrert.'],
      [uses(call, 'Invoice', 'customer', customer), 'Fakturaer er registrert.'],
      [uses(call, 'Posting', 'customer', customer), 'Posteringer er registrert på kunden.'],
    ]),
};

const SUPPLIERS: Register = {
  path: '/supplier',
  model: 'Supplier',
  acts: ['list', 'get', 'post', 'put', 'delete', 'post-list', 'put-list'],
  addresses: ADDRESSES,
  plain: ['bankAccountPresentation'],
  search: {
    picks: {
      id: { by: 'ids' },
      supplierNumber: { by: 'ids' },
      organizationNumber: { by: 'equals' },
      email: { by: 'equals' },
      invoiceEmail: { by: 'equals' },
      isInactive: { by: 'flag' },
      accountManagerId: { by: 'ids', field: 'accountManager' },
      changedSince: { by: 'changed' },
    },
  },
  defaults: {
    isCustomer: false,
    isInactive: false,
    isPrivateIndividual: false,
    showProducts: false,
    language: 'NO',
    currency: 1,
    bankAccounts: [],
  },
  check: (draft) => checkParty(draft, 'Supplier', 'supplierNumber'),
  complete: ({ call, fields }) =>
    numbered(call, fields, { field: 'supplierNumber', from: FIRST_SUPPLIER }),
  checkRemoval: (call, supplier) =>
    refuseUsed([
      [uses(call, 'Posting', 'supplier', supplier), 'Posteringer er registrert på leverandøren.'],
    ]),
};

const CONTACTS: Register = {
  path: '/contact',
  model: 'Contact',
  acts: ['list', 'get', 'post', 'put', 'post-list'],
  search: {
    picks: {
      id: { by: 'ids' },
      firstName: { by: 'contains' },
      lastName: { by: 'contains' },
      email: { by: 'contains' },
      customerId: { by: 'ids', field: 'customer' },
      departmentId: { by: 'ids', field: 'department' },
    },
  },
  defaults: { isInactive: false },
  check: ({ fields }) =>
    ['firstName', 'lastName', 'email'].some((name) => isSet(fields, name))
      ? []
      : required(fields, ['firstName']),
};

export const PARTY_ROUTES = [CUSTOMERS, SUPPLIERS, CONTACTS].flatMap(routesOf);

function checkParty(draft: Draft, model: string, number: string): Problem[] {
  const problems = required(draft.fields, ['name']);
  if (isTaken(draft, model, number) && numberOf(draft.fields, number) > 0) {
    problems.push({ field: number, sentence: 'number-in-use' });
  }
  return problems;
}

/** The next free number, unless one was sent; 0 asks for one. */
function numbered(
  { company }: Call,
  fields: Fields,
  { field, from }: { readonly field: string; readonly from: number },
): Fields {
  if (numberOf(fields, field) > 0) return {};
  if (!company.series.has(field)) company.series.set(field, from);
  const model = field === 'customerNumber' ? 'Customer' : 'Supplier';
  const isUsed = (number: number): boolean =>
    shelfOf(company, model)
      .values()
      .some(({ fields: kept }) => kept[field] === number);
  let number = takeNumber(company, field);
  while (isUsed(number)) number = takeNumber(company, field);
  return { [field]: number };
}

function uses(call: Call, ...[model, by, to]: [string, string, Entity]): boolean {
  return isReferred(entitiesOf(call.company, model), { by, to });
}
