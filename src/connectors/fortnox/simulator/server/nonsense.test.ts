import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../../lib/json.ts';
import { CUSTOMER_PAYMENT, SUPPLIER_PAYMENT } from '../payments/payment-kind.ts';
import { REGISTERS } from '../registers/all.ts';
import { ROUTES } from '../resources/all.ts';
import { CONTRACT, INVOICE, OFFER, ORDER } from '../sales/kinds.ts';
import type { FortnoxSimulator } from '../simulator.ts';
import { ask, companyIn, startTestSimulator, type Company } from '../test-client.ts';
import type { FieldTable } from '../wire/field-table.ts';
import type { Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
  company = companyIn(simulator);
  await company.post('customers', { Customer: { Name: 'Kund', CustomerNumber: '100' } });
  await company.post('suppliers', { Supplier: { Name: 'Lev', SupplierNumber: '100' } });
  await company.post('articles', { Article: { Description: 'Vara', ArticleNumber: '1' } });
});
after(() => simulator.stop());

/** Something that can be made, and what it takes at least. */
type Target = {
  readonly path: string;
  readonly envelope: string;
  readonly names: readonly string[];
  readonly rows: readonly string[];
  readonly least: Fields;
};

const TARGETS: readonly Target[] = [
  ...[INVOICE, ORDER, OFFER, CONTRACT].map((kind) => ({
    path: kind.shelf,
    envelope: kind.single,
    names: [...kind.table.keys()],
    rows: [...kind.rowTable.keys()],
    least: { CustomerNumber: '100' },
  })),
  ...REGISTERS.map((register) => ({
    path: register.shelf,
    envelope: register.single,
    names: [...register.table.keys()],
    rows: ['Id'],
    least: requiredOf(register.table),
  })),
  ...[CUSTOMER_PAYMENT, SUPPLIER_PAYMENT].map((kind) => ({
    path: kind.shelf,
    envelope: kind.single,
    names: [...kind.table.keys()],
    rows: 'AccountNumber Amount CostCenter'.split(' '),
    least: { InvoiceNumber: 1, Amount: 1 },
  })),
  {
    path: 'vouchers',
    envelope: 'Voucher',
    names: 'Comments CostCenter Description Project TransactionDate VoucherRows'.split(' '),
    rows: 'Account Debit Credit CostCenter Quantity TransactionInformation'.split(' '),
    least: {
      Description: 'a',
      TransactionDate: '2025-05-01',
      VoucherSeries: 'A',
      VoucherRows: [{ Account: 1930 }],
    },
  },
  {
    path: 'supplierinvoices',
    envelope: 'SupplierInvoice',
    names: 'Total VAT Freight RoundOffValue CurrencyRate VATType SupplierInvoiceRows'.split(' '),
    rows: 'Account Debit Credit Code Price Quantity ArticleNumber'.split(' '),
    least: { SupplierNumber: '100', Total: 100 },
  },
];

function requiredOf(table: FieldTable): Fields {
  const required = [...table.values()].filter((field) => field.isRequired);
  return Object.fromEntries(required.map((field) => [field.name, 'a']));
}

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('1', 'A', 1, 0, -1, true, 'API_BLANK', '', null, '2025-05-01', 1930, 'SEK'),
  fc.constantFrom<Json>(1e14, -1e14, 1e15, 1e300, 5e-324, 0.005, '1e5', 'NaN', '-0', [], {}, [[]]),
  fc.constantFrom<Json>('CASHINVOICE', 'CASH', 'green', 'PERCENT', 'AMOUNT', 'EUR', 25, 99.995),
  fc.string({ maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

function fieldsOf(names: readonly string[]): fc.Arbitrary<Fields> {
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2 });
}

/** What is needed, some fields with anything in them, and rows where the object has rows. */
function bodyOf({ names, rows, least }: Target): fc.Arbitrary<Fields> {
  const lists = names.filter((name) => /Rows$|^WriteOffs$/.test(name));
  const list = fc.array(fieldsOf(rows), { maxLength: 3 });
  return fc
    .tuple(fieldsOf(names), fc.option(list))
    .map(([some, given]) => ({ ...least, ...some, ...rowsIn(lists[0], given) }));
}

function rowsIn(name: string | undefined, rows: readonly Fields[] | null): Fields {
  return name === undefined || rows === null ? {} : { [name]: rows };
}

const writing = fc.constantFrom(...TARGETS).chain((target) =>
  fc
    .record({ number: fc.constantFrom('', '/1', '/2'), fields: bodyOf(target) })
    .map(({ number, fields }) => ({
      method: number === '' ? 'POST' : 'PUT',
      path: target.path + number,
      body: JSON.stringify({ [target.envelope]: fields }),
    })),
);

const parts = fc.constantFrom('1', '2', 'A', 'B', '%', 'å', 'inbox_v', '1930', 'X');
const query = fc.constantFrom('', '?financialyear=2', '?limit=0', '?filter=x', '?page=9', '?a=%zz');

/** Any operation, with or without a body that is meant for another. */
const anything = fc
  .record({ route: fc.constantFrom(...ROUTES), part: parts, query, body: fieldsOf(['Voucher']) })
  .map(({ route, part, query: asked, body }) => ({
    method: route.method,
    path: route.path.slice('/3/'.length).replaceAll(/\{\w+\}/g, () => part) + asked,
    body: JSON.stringify(body),
  }));

describe('nonsense', () => {
  test('is refused or done, and never brings the simulator down or its books off', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(writing, anything), async ({ method, path, body }) => {
        const reply = await ask(`${simulator.apiUrl}/3/${path}`, {
          method,
          token: company.token,
          patienceMs: 10_000,
          ...(method === 'POST' || method === 'PUT' ? { body } : {}),
        });
        assert.ok(reply.status < 500, `${reply.status} ${reply.text}`);
        if (reply.status === 201) made += 1;
      }),
      { numRuns: 4_000, seed: 20_250_514 },
    );
    assert.deepEqual(company.tenant.ledger().problems, []);
    assert.ok(made > 50, `${made} objects were made`);
  });
});
