import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { entitiesOf, pointed, type Company } from './company.ts';
import type { Entity } from './shelf.ts';

type Derive = (entity: Entity, company: Company) => Fields;

/**
 * Fields that follow from others whenever an object is shown. The forms of display names are
 * guesses, apart from that of a customer, which was seen in a posting's text.
 */
const DERIVED: Readonly<Record<string, Derive>> = {
  Account: ({ id, fields }, company) => ({
    numberPretty: textOf(fields, 'number'),
    displayName: `${textOf(fields, 'number')} ${textOf(fields, 'name')}`,
    isPostingsExist: entitiesOf(company, 'Posting').some((one) => one.fields['account'] === id),
  }),
  Address: ({ fields }) => ({ displayName: oneLine(fields), addressAsString: oneLine(fields) }),
  AccountingDimensionValue: ({ fields }) => ({
    nameAndNumber: `${textOf(fields, 'displayName')} ${textOf(fields, 'number')}`.trim(),
  }),
  Contact: ({ fields }) => ({ displayName: personName(fields) }),
  Currency: ({ fields }) => ({ displayName: textOf(fields, 'code') }),
  Customer: ({ fields }) => ({
    isCustomer: true,
    displayName: `${textOf(fields, 'name')} (${textOf(fields, 'customerNumber')})`,
  }),
  DeliveryAddress: ({ fields }) => ({
    displayName: oneLine(fields),
    addressAsString: oneLine(fields),
  }),
  Employee: ({ fields }, company) => ({
    displayName: personName(fields),
    allowInformationRegistration: true,
    isProxy: false,
    companyId: company.id,
  }),
  Order: ({ fields, ...rest }, company) => ({
    displayName: textOf(fields, 'number'),
    customerName: nameOf(pointed(company, { fields, ...rest }, ['customer', 'Customer'])),
  }),
  OrderLine: ({ fields }) => ({ displayName: textOf(fields, 'description') }),
  PaymentType: ({ fields }) => ({ displayName: textOf(fields, 'description') }),
  Posting: ({ fields }) => ({ systemGenerated: numberOf(fields, 'row') === 0 }),
  Product: ({ fields }) => ({
    displayName: `${textOf(fields, 'number')} ${textOf(fields, 'name')}`.trim(),
    displayNumber: textOf(fields, 'number'),
    isDeletable: false,
    stockOfGoods: 0,
    availableStock: 0,
    incomingStock: 0,
    outgoingStock: 0,
  }),
  ProductUnit: ({ fields }) => ({
    displayName: textOf(fields, 'name'),
    displayNameShort: textOf(fields, 'nameShort'),
  }),
  Project: (project, company) => ({
    displayName: `${textOf(project.fields, 'number')} ${textOf(project.fields, 'name')}`,
    hierarchyNameAndNumber: `${textOf(project.fields, 'number')} ${textOf(project.fields, 'name')}`,
    customerName: nameOf(pointed(company, project, ['customer', 'Customer'])),
    numberOfSubProjects: 0,
  }),
  Supplier: ({ fields }) => ({
    isSupplier: true,
    displayName: `${textOf(fields, 'name')} (${textOf(fields, 'supplierNumber')})`,
  }),
  VatType: ({ fields }) => ({
    displayName: `${textOf(fields, 'number')}: ${textOf(fields, 'name')}`,
  }),
  Voucher: ({ fields }) => {
    const number = numberOf(fields, 'number');
    const numberAsString = number > 0 ? `${number}-${textOf(fields, 'year')}` : '';
    return { numberAsString, displayName: numberAsString };
  },
};

export function derivedOf(company: Company, entity: Entity): Fields {
  const derive = DERIVED[entity.model];
  if (derive !== undefined) return derive(entity, company);
  return { displayName: textOf(entity.fields, 'displayName') || textOf(entity.fields, 'name') };
}

function nameOf(entity: Entity | null): string | null {
  return entity === null ? null : textOf(entity.fields, 'name');
}

function personName(fields: Fields): string {
  return `${textOf(fields, 'firstName')} ${textOf(fields, 'lastName')}`.trim();
}

function oneLine(fields: Fields): string {
  const place = `${textOf(fields, 'postalCode')} ${textOf(fields, 'city')}`.trim();
  const lines = [textOf(fields, 'addressLine1'), textOf(fields, 'addressLine2'), place];
  return lines.filter((line) => line !== '').join(', ');
}
