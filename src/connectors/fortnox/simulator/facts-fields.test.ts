import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ARTICLES } from './registers/articles.ts';
import { CUSTOMERS } from './registers/customers.ts';
import { PLAIN_REGISTERS } from './registers/plain.ts';
import { SUPPLIERS } from './registers/suppliers.ts';
import { CUSTOMER_PAYMENT, SUPPLIER_PAYMENT } from './payments/payment-kind.ts';
import { ROUTES } from './resources/all.ts';
import { CONTRACT, INVOICE, OFFER, ORDER } from './sales/kinds.ts';
import type { FortnoxSimulator } from './simulator.ts';
import { PREDEFINED_ACCOUNTS, PREDEFINED_SERIES } from './tenant/predefined.ts';
import { companyIn, startTestSimulator, type Company } from './test-client.ts';
import { type FieldTable } from './wire/field-table.ts';
import { isFields, rowsOf, textOf } from './wire/record.ts';
import { factsAt, skip, textsOf } from './known-facts.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
  company = companyIn(simulator);
});
after(() => simulator.stop());

/** Values without their remarks: `UNDEFINED (old)`. */
function plain(values: readonly string[]): string[] {
  return values.map((value) => value.split(' ')[0] ?? '');
}

describe('enumerations', { skip }, () => {
  const enums = factsAt('enums');
  const choicesOf = (table: FieldTable | null | undefined, field: string): string[] =>
    [...(table?.get(field)?.choices ?? [])].sort();
  const inner = (table: FieldTable, field: string): FieldTable | null | undefined =>
    table.get(field)?.table;

  const fields: readonly (readonly [
    name: string,
    table: FieldTable | null | undefined,
    field: string,
  ])[] = [
    ['Customer.VATType', CUSTOMERS.table, 'VATType'],
    ['Customer.Type', CUSTOMERS.table, 'Type'],
    ['deliveryType', inner(CUSTOMERS.table, 'DefaultDeliveryTypes'), 'Invoice'],
    ['Supplier.VATType', SUPPLIERS.table, 'VATType'],
    ['Invoice.InvoiceType', INVOICE.table, 'InvoiceType'],
    ['Invoice.PaymentWay', INVOICE.table, 'PaymentWay'],
    ['Order.DeliveryState', ORDER.table, 'DeliveryState'],
    ['Project.Status', PLAIN_REGISTERS.find((one) => one.shelf === 'projects')?.table, 'Status'],
  ];
  for (const [name, table, field] of fields) {
    test(name, () => assert.deepEqual(choicesOf(table, field), plain(textsOf(enums, name)).sort()));
  }

  test('names of predefined accounts and series', () => {
    assert.deepEqual(
      Object.keys(PREDEFINED_ACCOUNTS).sort(),
      textsOf(enums, 'predefinedAccounts').sort(),
    );
    const series = factsAt('behaviours', 'predefinedSeries');
    assert.equal(Object.keys(PREDEFINED_SERIES).length, series['count']);
    assert.equal(PREDEFINED_SERIES['INVOICE'], series['INVOICE']);
  });

  test('numbers of predefined accounts', () => {
    const known = factsAt('behaviours', 'bookingDefaultsBAS');
    for (const [name, number] of Object.entries(PREDEFINED_ACCOUNTS)) {
      if (name in known) assert.equal(number, known[name], name);
    }
  });

  test('folders of the inbox', async () => {
    const folders = rowsOf((await company.get('inbox')).one('Folder'), 'Folders');
    const known = Object.keys(factsAt('enums', 'inboxFolders')).filter(
      (folder) => folder !== 'root',
    );
    assert.deepEqual(folders.map((folder) => textOf(folder, 'Id')).sort(), known.sort());
  });

  test('filters', async () => {
    for (const resource of Object.keys(factsAt('enums', 'filter'))) {
      if (resource === 'assets') continue;
      for (const filter of textsOf(factsAt('enums', 'filter'), resource)) {
        const reply = await company.get(`${resource}?filter=${filter}`);
        assert.equal(reply.status, 200, `${resource} ${filter}: ${reply.text}`);
      }
      assert.equal((await company.get(`${resource}?filter=nonsense`)).code, 2000587, resource);
    }
  });

  test('orders to sort in', async () => {
    for (const resource of Object.keys(factsAt('enums', 'sortby'))) {
      for (const words of textsOf(factsAt('enums', 'sortby'), resource)) {
        for (const sortBy of words.replaceAll(/\(\w+\)/g, '').split('|')) {
          const reply = await company.get(`${resource}?sortby=${sortBy.trim()}`);
          assert.equal(reply.status, 200, `${resource} ${sortBy}: ${reply.text}`);
        }
      }
    }
  });

  test('search parameters of the SDK', async () => {
    const parameters = factsAt('enums', 'extraSearchParamsFromSdk');
    const dates = new Set(['financialyeardate', 'fromdate', 'todate', 'lastmodified']);
    for (const resource of Object.keys(parameters)) {
      if (resource === 'assets') continue;
      for (const name of textsOf(parameters, resource)) {
        const value = dates.has(name) ? '2025-01-01' : '1';
        const reply = await company.get(`${resource}?${name}=${value}`);
        assert.equal(reply.status, 200, `${resource} ${name}: ${reply.text}`);
      }
    }
  });

  test('search parameters of the specification', async () => {
    for (const [resource, described] of Object.entries(factsAt('resources'))) {
      const path = `/3/${resource}`;
      if (!isFields(described) || !ROUTES.some((route) => route.path === path)) continue;
      const list = rowsOf(described, 'endpoints').find(
        (one) => one['method'] === 'GET' && one['path'] === path,
      );
      for (const name of Object.keys(isFields(list?.['query']) ? list['query'] : {})) {
        const value = valueFor(name);
        if (value === null) continue;
        const reply = await company.get(`${resource}?${name}=${value}`);
        assert.notEqual(reply.code, 2000588, `${resource} ${name}: ${reply.text}`);
      }
    }
  });

  function valueFor(name: string): string | null {
    if (name === 'filter' || name === 'sortby') return null;
    if (/date|modified/i.test(name)) return '2025-01-01';
    return /accountnumber/.test(name) ? '3001' : '1';
  }
});

describe('fields', { skip }, () => {
  const tables: readonly (readonly [entity: string, table: FieldTable | null | undefined])[] = [
    ['Customer', CUSTOMERS.table],
    ['Article', ARTICLES.table],
    ['Supplier', SUPPLIERS.table],
    ['Invoice', INVOICE.table],
    ['InvoicePayload', INVOICE.table],
    ['Invoice_InvoiceRow', INVOICE.rowTable],
    ['Order', ORDER.table],
    ['Order_OrderRow', ORDER.rowTable],
    ['Offer', OFFER.table],
    ['Offer_OfferRow', OFFER.rowTable],
    ['Contract', CONTRACT.table],
    ['Contract_InvoiceRow', CONTRACT.rowTable],
    ['InvoicePayment', CUSTOMER_PAYMENT.table],
    ['SupplierInvoicePayment', SUPPLIER_PAYMENT.table],
    ...PLAIN_REGISTERS.map((register) => [register.single, register.table] as const),
  ];

  for (const [entity, table] of tables) {
    test(`of ${entity}, with their lengths`, () => {
      for (const [name, described] of Object.entries(factsAt('entities', entity, 'fields'))) {
        if (name.startsWith('@') || !isFields(described)) continue;
        const field = table?.get(name);
        assert.ok(field, `${name} is taken`);
        const max = Number(described['maxLength'] ?? Infinity);
        if (field.max !== Infinity && max !== Infinity && field.type === 'text') {
          assert.ok(field.max <= max, `${name} is ${max} at most`);
        }
      }
    });
  }

  test('and no field that is not known', () => {
    for (const [entity, table] of tables) {
      if (entity === 'InvoicePayload') continue;
      const known = Object.keys(factsAt('entities', entity, 'fields'));
      const beyond = [...(table?.keys() ?? [])].filter((name) => !known.includes(name));
      const allowed = new Set([
        'InvoiceReference',
        'Status',
        'Cost',
        'VATCode',
        'CommodityCode',
        'Language',
      ]);
      assert.deepEqual(
        beyond.filter((name) => !allowed.has(name)),
        [],
        entity,
      );
    }
  });
});
