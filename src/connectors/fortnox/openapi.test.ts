import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { present } from '../../lib/assert.ts';
import type { HttpRequest } from '../../ports/http.ts';
import { sharedPath, skipWithout } from '../../testing/shared.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import {
  bothYears,
  Delivery,
  expectFound,
  routed,
  stepsFor,
} from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import type { Remote, Write } from '../../ports/target.ts';
import { withFortnox } from './bench-for-test.ts';
import {
  ATTACH_STEP,
  creditStep,
  CUSTOMER_INVOICE_STEP,
  KEEP_STEP,
  SUPPLIER_INVOICE_STEP,
} from './invoice-plan-for-test.ts';
import { paymentStep } from './payment-plan-for-test.ts';
import { annasOrder, invoiceFor, orderedSteps, paidSteps } from './shop/shop-plan-for-test.ts';
import { REGISTER_PLAN } from './register-plan-for-test.ts';
import { REGISTERS } from './registers.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * Everything the connector sends, held against Fortnox's own description of its API. The
 * description is not ours to copy: without it the tests are skipped.
 */
const SPEC = sharedPath('specs', 'fortnox.openapi.json');
const skip = skipWithout(SPEC);
/** What is known beyond the description, such as the fields that cannot be set. */
const FACTS = sharedPath('specs', 'fortnox.facts.json');

/**
 * Where the description is known to be wrong, and what is right.
 *
 * | Where                     | It says            | Right            | Known from       |
 * |---------------------------|--------------------|------------------|------------------|
 * | `Voucher`                 | `Year` is required | Fortnox sets it  | its SDK's tests  |
 * | `ArticleNumber` in a path | integer            | text             | recorded answers |
 * | `ProjectNumber` in a path | integer            | text             | recorded answers |
 * | `/3/sie/{Type}`           | `financialYear`    | `financialyear`  | documentation    |
 */
const NOT_REQUIRED: Readonly<Record<string, readonly string[]>> = { fortnox_Voucher: ['Year'] };
const TEXT_IN_PATHS: ReadonlySet<string> = new Set(['ArticleNumber', 'ProjectNumber']);

/** Parameters that the documentation gives for all lists; the description hardly has them. */
const GLOBAL_PARAMETERS: ReadonlySet<string> = new Set([
  'page',
  'limit',
  'fromdate',
  'todate',
  'financialyear',
  'financialyeardate',
]);

/** Parameters that we send though nothing describes them; README.md says what if they are wrong. */
const UNDESCRIBED = [
  'GET /3/inbox path',
  'GET /3/supplierinvoicefileconnections supplierinvoicenumber',
  'GET /3/supplierinvoicepayments invoicenumber',
  'GET /3/supplierinvoices suppliernumber',
  'GET /3/suppliers organisationnumber',
  'GET /3/voucherfileconnections vouchernumber',
  'GET /3/voucherfileconnections voucherseries',
  'GET /3/voucherfileconnections voucheryear',
];

type Sent = {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly template: string;
  readonly operation: WireObject;
  readonly params: Readonly<Record<string, string>>;
};

let spec: WireObject = {};
const all: Sent[] = [];

describe('requests of the connector', { skip }, () => {
  before(async () => {
    spec = JSON.parse(readFileSync(SPEC, 'utf8')) as WireObject;
    await withFortnox(async (bench) => {
      await driveEverything(bench);
      const { apiUrl } = bench.run.settings;
      for (const { request, response } of bench.sent) {
        if (!request.url.startsWith(String(apiUrl))) continue;
        assert.ok((response?.status ?? 0) < 500);
        all.push(described(request));
      }
    });
  });

  test('cover every kind of write', () => {
    const writes = callsMade().filter((call) => !call.startsWith('GET'));
    for (const { path } of Object.values(REGISTERS)) assert.ok(writes.includes(`POST ${path}`));
    assert.deepEqual(writes, [
      'POST /3/articles',
      'POST /3/costcenters',
      'POST /3/customers',
      'POST /3/inbox',
      'POST /3/invoicepayments',
      'POST /3/invoices',
      'POST /3/orders',
      'POST /3/projects',
      'POST /3/supplierinvoicefileconnections',
      'POST /3/supplierinvoicepayments',
      'POST /3/supplierinvoices',
      'POST /3/suppliers',
      'POST /3/voucherfileconnections',
      'POST /3/vouchers',
      'PUT /3/customers/{CustomerNumber}',
      'PUT /3/invoicepayments/{Number}/bookkeep',
      'PUT /3/invoices/{DocumentNumber}',
      'PUT /3/invoices/{DocumentNumber}/bookkeep',
      'PUT /3/invoices/{DocumentNumber}/credit',
      'PUT /3/orders/{DocumentNumber}/createinvoice',
      'PUT /3/supplierinvoicepayments/{Number}/bookkeep',
      'PUT /3/supplierinvoices/{GivenNumber}',
      'PUT /3/supplierinvoices/{GivenNumber}/bookkeep',
      'PUT /3/supplierinvoices/{GivenNumber}/credit',
    ]);
  });

  test('cover every kind of reading', () => {
    const readings = callsMade().filter((call) => call.startsWith('GET'));
    assert.deepEqual(readings, [
      'GET /3/accounts',
      'GET /3/articles/{ArticleNumber}',
      'GET /3/companyinformation',
      'GET /3/costcenters',
      'GET /3/costcenters/{Code}',
      'GET /3/customers',
      'GET /3/customers/{CustomerNumber}',
      'GET /3/financialyears',
      'GET /3/inbox',
      'GET /3/invoicepayments',
      'GET /3/invoicepayments/{Number}',
      'GET /3/invoices',
      'GET /3/invoices/{DocumentNumber}',
      'GET /3/modesofpayments',
      'GET /3/orders',
      'GET /3/orders/{DocumentNumber}',
      'GET /3/predefinedaccounts',
      'GET /3/projects',
      'GET /3/projects/{ProjectNumber}',
      'GET /3/settings/lockedperiod',
      'GET /3/sie/{Type}',
      'GET /3/supplierinvoicefileconnections',
      'GET /3/supplierinvoicefileconnections/{FileId}',
      'GET /3/supplierinvoicepayments',
      'GET /3/supplierinvoicepayments/{Number}',
      'GET /3/supplierinvoices',
      'GET /3/supplierinvoices/{GivenNumber}',
      'GET /3/suppliers',
      'GET /3/suppliers/{SupplierNumber}',
      'GET /3/termsofpayments/{Code}',
      'GET /3/voucherfileconnections',
      'GET /3/voucherfileconnections/{FileId}',
      'GET /3/vouchers',
      'GET /3/vouchers/sublist/{VoucherSeries}',
      'GET /3/vouchers/{VoucherSeries}/{VoucherNumber}',
      'GET /3/voucherseries',
    ]);
  });

  test('name in their paths what can stand there', () => {
    for (const { template, params } of all) {
      for (const [name, value] of Object.entries(params)) {
        const type = typeOfPathParameter(template, name);
        assert.ok(type !== 'integer' || /^\d+$/.test(value), `${template}: ${name} = ${value}`);
      }
    }
  });

  test('ask with parameters that are described, and with few that are not', () => {
    const undescribed = new Set<string>();
    for (const { request, url, template, operation } of all) {
      const described = new Set(
        listOf(operation['parameters']).map((one) => textOf(one, 'name').toLowerCase()),
      );
      for (const name of url.searchParams.keys()) {
        assert.equal(name, name.toLowerCase());
        if (described.has(name) || GLOBAL_PARAMETERS.has(name)) continue;
        undescribed.add(`${request.method} ${template} ${name}`);
      }
    }
    assert.deepEqual([...undescribed].sort(), UNDESCRIBED);
  });

  test('give parameters that are described as numbers a number', () => {
    let numbers = 0;
    for (const { url, template, operation } of all) {
      const described = listOf(operation['parameters']).filter(
        ({ in: place }) => place === 'query',
      );
      for (const parameter of described) {
        const value = url.searchParams.get(textOf(parameter, 'name').toLowerCase());
        if (value === null || textOf(at(parameter, 'schema'), 'type') !== 'integer') continue;
        assert.match(value, /^\d+$/, `${template}: ${textOf(parameter, 'name')}`);
        numbers += 1;
      }
    }
    assert.ok(numbers > 0);
  });

  test('carry bodies of the described shape, and no field besides', () => {
    const ajv = newValidator();
    for (const { method, template, body, schema } of bodiesSent()) {
      const validate = present(ajv.getSchema(`spec#/components/schemas/${schema}`), schema);
      // A change leaves what it does not name as it is, needed or not.
      const isAsked = (error: { readonly keyword: string }): boolean =>
        method === 'POST' || error.keyword !== 'required';
      const wrong = validate(body) ? [] : (validate.errors ?? []).filter(isAsked);
      assert.deepEqual(wrong, [], template);
    }
    assert.deepEqual([...new Set(bodiesSent().map(({ schema }) => schema))].sort(), [
      'fortnox_Article_Wrap',
      'fortnox_CostCenter_Wrap',
      'fortnox_Customer_Wrap',
      'fortnox_InvoicePayload_Wrap',
      'fortnox_InvoicePayment_Wrap',
      'fortnox_Order_Wrap',
      'fortnox_Project_Wrap',
      'fortnox_SupplierInvoiceFileConnection_Wrap',
      'fortnox_SupplierInvoicePayment_Wrap',
      'fortnox_SupplierInvoice_Wrap',
      'fortnox_Supplier_Wrap',
      'fortnox_VoucherFileConnection_Wrap',
      'fortnox_Voucher_Wrap',
    ]);
  });

  test('are held against lengths, types, needed and unknown fields', () => {
    const ajv = newValidator();
    const validate = present(ajv.getSchema('spec#/components/schemas/fortnox_Voucher_Wrap'), '');
    const sent = bodiesSent().find(({ schema }) => schema === 'fortnox_Voucher_Wrap');
    const voucher = at(sent?.body, 'Voucher');
    const { Description: _, ...nameless } = voucher;
    const wrong: readonly WireObject[] = [
      nameless,
      { ...voucher, Description: 'x'.repeat(201) },
      { ...voucher, Comments: 'x'.repeat(1_001) },
      { ...voucher, TransactionDate: '2 maj' },
      { ...voucher, Invented: 1 },
      { ...voucher, VoucherRows: [{ Account: '1930', Debit: 1, Credit: 0 }] },
    ];
    assert.ok(validate({ Voucher: voucher }));
    for (const one of wrong) assert.ok(!validate({ Voucher: one }), JSON.stringify(one));
  });

  test('set no field that only Fortnox sets', { skip: skipWithout(FACTS) }, () => {
    const facts = JSON.parse(readFileSync(FACTS, 'utf8')) as WireObject;
    for (const { template, body } of bodiesSent()) {
      for (const [name, value] of Object.entries(isRecord(body) ? body : {})) {
        assert.ok(Object.keys(at(facts, 'entities', name, 'fields')).length > 0, name);
        assert.deepEqual(readOnlyIn(facts, { entity: name, value }), [], template);
      }
    }
    const value = { Year: 1, VoucherRows: [{ Account: 1930, Removed: false }] };
    assert.deepEqual(readOnlyIn(facts, { entity: 'Voucher', value }), [
      'Voucher.Year',
      'Voucher_VoucherRow.Removed',
    ]);
  });

  test('send a body where one is described, and none where none is', () => {
    for (const { request, template, operation } of all) {
      // Actions are described with a body that nobody sends.
      const isAction = request.method === 'PUT' && !template.endsWith('}');
      const wants = operation['requestBody'] !== undefined && !isAction;
      assert.equal(request.body !== undefined, wants, `${request.method} ${template}`);
    }
  });

  test('upload a file as one part of a form', () => {
    const upload = present(
      all.find(({ request, template }) => request.method === 'POST' && template === '/3/inbox'),
      'an upload',
    );
    const content = at(upload.operation, 'requestBody', 'content');
    assert.deepEqual(Object.keys(content), ['multipart/form-data']);
    assert.match(
      upload.request.headers?.['content-type'] ?? '',
      /^multipart\/form-data; boundary=/,
    );
    const body = Buffer.from(upload.request.body ?? '').toString();
    assert.match(body, /content-disposition: form-data; name="file"; filename="[^"]+"\r\n/);
  });
});

function callsMade(): readonly string[] {
  return [...new Set(all.map(({ request, template }) => `${request.method} ${template}`))].sort();
}

/** The JSON that was sent, and the name of the schema that describes it. */
function bodiesSent(): readonly {
  readonly method: string;
  readonly template: string;
  readonly schema: string;
  readonly body: unknown;
}[] {
  return all.flatMap(({ request, template, operation }) => {
    const type = request.headers?.['content-type'] ?? '';
    if (typeof request.body !== 'string' || !type.startsWith('application/json')) return [];
    const schema = at(operation, 'requestBody', 'content', '*/*', 'schema');
    const name = textOf(schema, '$ref').split('/').at(-1) ?? '';
    const { method } = request;
    return [{ method, template, schema: name, body: JSON.parse(request.body) as unknown }];
  });
}

/** The fields of an object, and of the rows in it, that are known to be set by Fortnox alone. */
function readOnlyIn(
  facts: WireObject,
  { entity, value }: { readonly entity: string; readonly value: unknown },
): readonly string[] {
  return Object.entries(isRecord(value) ? value : {}).flatMap(([name, inner]) => {
    const field = at(facts, 'entities', entity, 'fields', name);
    if (field['readOnly'] !== undefined) return [`${entity}.${name}`];
    const rows = textOf(field, 'items');
    return listOf(inner).flatMap((row) => readOnlyIn(facts, { entity: rows, value: row }));
  });
}

/** Every write, what looks for each, and every reading. */
async function driveEverything(bench: Bench): Promise<void> {
  const { target, ledger } = bench;
  await bench.run.arrange({ kind: 'cost-centres', codes: ['21'] });
  await bench.run.arrange({ kind: 'projects', codes: ['P7'] });
  const voucher = testVoucher(ledger, {
    text: 'Dagsrapport '.repeat(100),
    rows: [
      [ledger.accounts.money, 100_07n, { text: 'Kontokort '.repeat(100) }],
      [ledger.accounts.sales, -100_07n, { costCentre: '21', project: 'P7' }],
    ],
  });
  await makeAndFind(bench, await routed(bench, stepsFor(bench, voucher)));
  await makeAndFind(bench, REGISTER_PLAN);
  for (const step of [SUPPLIER_INVOICE_STEP, CUSTOMER_INVOICE_STEP]) {
    const key = `doc-${step.kind}`;
    const made = await makeAndFind(bench, await routed(bench, [step, ATTACH_STEP]), key);
    await makeAndFind(bench, await routed(bench, [creditStep(step, made)]), `${key}-2`);
  }
  await makeAndFind(bench, await routed(bench, [await paymentStep(bench)]), 'doc-payment');
  const shop = invoiceFor(annasOrder({ deliverTo: annasOrder().customer.address }));
  await makeAndFind(bench, await routed(bench, paidSteps(shop)), 'doc-shop');
  await makeAndFind(bench, await routed(bench, orderedSteps(shop)), 'doc-order');
  await target.readOpening?.(ledger.day);
  await makeAndFind(bench, await routed(bench, [KEEP_STEP]), 'doc-customer');
  await target.survey(bothYears(bench));
  await target.readLedger(bothYears(bench));
  await target.examine(bothYears(bench), [null]);
}

async function makeAndFind(
  bench: Bench,
  writes: readonly Write[],
  key = 'doc-1',
): Promise<ReadonlyMap<string, Remote>> {
  const delivery = new Delivery({ bench, writes, key });
  for (const number of writes.keys()) {
    await delivery.make(number, number + 1);
    expectFound(await delivery.find(number));
  }
  // A file that is tied to its voucher is looked for there.
  for (const number of writes.keys()) expectFound(await delivery.find(number));
  return delivery.results;
}

/** The operation of the description that a request is. */
function described(request: HttpRequest): Sent {
  const url = new URL(request.url);
  const paths = at(spec, 'paths');
  for (const [template, path] of Object.entries(paths)) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const match = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(url.pathname);
    if (match === null || !isRecord(path)) continue;
    const operation = path[request.method.toLowerCase()];
    assert.ok(isRecord(operation), `${template} has no ${request.method}`);
    const values = match.slice(1).map(decodeURIComponent);
    const params = Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
    return { request, url, template, operation, params };
  }
  assert.fail(`${request.method} ${url.pathname} is not described`);
}

function typeOfPathParameter(template: string, name: string): string {
  if (TEXT_IN_PATHS.has(name)) return 'string';
  const operations = Object.values(at(spec, 'paths', template)).filter(isRecord);
  const parameters = operations.flatMap((operation) => listOf(operation['parameters']));
  const found = parameters.find((one) => one['name'] === name && one['in'] === 'path');
  return textOf(at(found ?? {}, 'schema'), 'type');
}

/** The described schemas with what is known to be wrong put right, and no room for other fields. */
function newValidator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const name of ['int32', 'int64', 'float', 'double']) ajv.addFormat(name, true);
  ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
  const schemas = Object.entries(at(spec, 'components', 'schemas')).map(([name, schema]) => {
    const { required, ...rest } = isRecord(schema) ? schema : {};
    const needed = (Array.isArray(required) ? required : []).filter(
      (field) => !NOT_REQUIRED[name]?.includes(String(field)),
    );
    const closed = rest['properties'] === undefined ? {} : { additionalProperties: false };
    return [name, { ...rest, ...closed, ...(needed.length > 0 ? { required: needed } : {}) }];
  });
  ajv.addSchema({ $id: 'spec', components: { schemas: Object.fromEntries(schemas) } });
  return ajv;
}

function at(object: unknown, ...path: readonly string[]): WireObject {
  let value = object;
  for (const name of path) value = isRecord(value) ? value[name] : undefined;
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly WireObject[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
