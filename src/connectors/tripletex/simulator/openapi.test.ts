import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { present } from '../../../lib/assert.ts';
import { sharedPath, skipWithout } from '../../../testing/shared.ts';
import { newRouter } from './api/router.ts';
import { ROUTES } from './resources/all.ts';
import type { TripletexSimulator } from './simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client, type Reply } from './test-client.ts';
import { MODELS } from './wire/models/all.ts';
import type { FieldKind } from './wire/model.ts';
import { isFields, objectOf, rowsOf, textOf, type Fields, type Value } from './wire/record.ts';

/**
 * The simulator held against Tripletex' own description of its API, 2.74.00. The description is
 * not ours to copy: without it the tests are skipped.
 */
const SPEC = sharedPath('specs', 'tripletex.openapi.json');
const skip = skipWithout(SPEC);

/** Operations that were seen at work, or are documented elsewhere, and are not described. */
const UNDESCRIBED: readonly string[] = [];

let spec: Fields = {};
let simulator: TripletexSimulator;
before(async () => {
  if (skip === false) spec = JSON.parse(readFileSync(SPEC, 'utf8')) as Fields;
  simulator = await startTestSimulator();
});
after(() => simulator.stop());

function schemasOf(): Fields {
  return objectOf(objectOf(spec, 'components'), 'schemas');
}

describe('the models', { skip }, () => {
  for (const [name, model] of MODELS) {
    test(`${name} has the described fields, of the described types`, () => {
      const properties = objectOf(objectOf(schemasOf(), name), 'properties');
      assert.deepEqual([...model.fields.keys()].toSorted(), Object.keys(properties).toSorted());
      for (const [field, { kind, isReadOnly }] of model.fields) {
        const property = objectOf(properties, field);
        assert.equal(isReadOnly, property['readOnly'] === true, `${name}.${field}`);
        assert.deepEqual(typeOf(kind), describedType(property), `${name}.${field}`);
      }
    });
  }
});

function typeOf(kind: FieldKind): unknown {
  switch (kind.kind) {
    case 'text':
    case 'date':
      return 'string';
    case 'whole':
      return 'integer';
    case 'flag':
      return 'boolean';
    case 'texts':
      return 'array of string';
    case 'choice':
      return [...kind.of];
    case 'one':
      return kind.model;
    case 'many':
      return `array of ${kind.model}`;
    case 'number':
    case 'raw':
      return kind.kind;
  }
}

function describedType(property: Fields): unknown {
  const reference = textOf(property, '$ref');
  if (reference !== '') return reference.split('/').at(-1);
  if (property['enum'] !== undefined) return property['enum'];
  if (property['type'] !== 'array') return property['type'];
  return `array of ${String(describedType(objectOf(property, 'items')))}`;
}

describe('the operations', { skip }, () => {
  test('are all described', () => {
    const described = newRouter(describedOperations());
    const odd = ROUTES.filter(
      ({ method, path }) =>
        described.find(method, path.replaceAll(/\{\w+\}/g, '1')).kind !== 'route',
    ).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(odd, UNDESCRIBED);
  });
});

type Operation = { readonly method: string; readonly path: string; readonly operation: Fields };

function describedOperations(): readonly Operation[] {
  return Object.entries(objectOf(spec, 'paths')).flatMap(([path, operations]) =>
    Object.entries(isFields(operations) ? operations : {}).flatMap(([method, operation]) =>
      isFields(operation) ? [{ method: method.toUpperCase(), path, operation }] : [],
    ),
  );
}

describe('refusals', { skip }, () => {
  test('have statuses and codes of the description', async () => {
    const client = clientIn(simulator);
    const text = textOf(objectOf(spec, 'info'), 'description');
    const replies = [
      await client.get('/customer?fields=nothing'),
      await client.get('/customer/1'),
      await client.get('/customer?sorting=nothing'),
      await client.post('/supplier', {}),
      await client.post('/incomingInvoice', {}),
      await client.put('/supplierInvoice/voucher/1/postings', []),
      await client.post('/customer', []),
    ];
    for (const { status, body } of replies) {
      const section = present(text.split(`**${status} `)[1], `${status}`).split('\n-   ')[0] ?? '';
      assert.ok(
        section.includes(`**${String(body['code'])}**`),
        `${status} ${String(body['code'])}`,
      );
      const envelope = [
        'code',
        'developerMessage',
        'link',
        'message',
        'requestId',
        'status',
        'validationMessages',
      ];
      assert.deepEqual(Object.keys(body).toSorted(), envelope);
    }
  });
});

describe('answers', { skip }, () => {
  test('have the described shape, and no field besides', async () => {
    const seen: Seen[] = [];
    await driveEverything(recorded(clientIn(simulator), seen));
    const described = newRouter(describedOperations());
    const ajv = newValidator();
    for (const { method, path, reply } of seen) {
      assert.ok(reply.status < 300, `${method} ${path}: ${reply.text}`);
      if (reply.text === '' || !String(reply.headers['content-type']).includes('json')) continue;
      const found = described.find(method, path.split('?')[0] ?? '');
      assert.ok(found.kind === 'route', `${method} ${path}`);
      const schema = schemaOf(found.route.operation, reply.status);
      const validate = present(validatorOf(ajv, schema), `${method} ${path} ${schema}`);
      const shape = withoutNulls(reply.body);
      assert.ok(validate(shape), `${method} ${path}: ${JSON.stringify(validate.errors)}`);
    }
    assert.ok(new Set(seen.map(({ method, path }) => method + path)).size > 50);
  });
});

type Seen = { readonly method: string; readonly path: string; readonly reply: Reply };

function recorded(client: Client, seen: Seen[]): Client {
  const keep = async (method: string, path: string, going: Promise<Reply>): Promise<Reply> => {
    const reply = await going;
    seen.push({ method, path, reply });
    return reply;
  };
  return {
    ...client,
    get: (path) => keep('GET', path, client.get(path)),
    post: (path, body) => keep('POST', path, client.post(path, body)),
    put: (path, body) => keep('PUT', path, client.put(path, body)),
    delete: (path) => keep('DELETE', path, client.delete(path)),
    upload: (path, file) =>
      keep(path.includes(':attach') ? 'PUT' : 'POST', path, client.upload(path, file)),
  };
}

function schemaOf(operation: Fields, status: number): string {
  const response = objectOf(objectOf(operation, 'responses'), String(status));
  const [content] = Object.values(objectOf(response, 'content'));
  const schema = objectOf(isFields(content) ? content : {}, 'schema');
  return textOf(schema, '$ref').split('/').at(-1) ?? '';
}

function validatorOf(ajv: Ajv, schema: string): ValidateFunction | undefined {
  return ajv.getSchema(`spec#/components/schemas/${schema}`);
}

/** Null stands for a field that is missing, which the description allows of all. */
function withoutNulls(value: Value): Value {
  if (Array.isArray(value)) return value.map((one: Value) => withoutNulls(one));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      inner === null || inner === undefined ? [] : [[name, withoutNulls(inner)]],
    ),
  );
}

function newValidator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const name of ['int32', 'int64', 'float', 'double', 'binary', 'byte']) {
    ajv.addFormat(name, true);
  }
  const schemas = Object.entries(schemasOf()).map(([name, schema]) => {
    const fields = isFields(schema) ? schema : {};
    const closed = fields['properties'] === undefined ? {} : { additionalProperties: false };
    return [name, { ...fields, ...closed }];
  });
  ajv.addSchema({ $id: 'spec', components: { schemas: Object.fromEntries(schemas) } });
  return ajv;
}

const PDF = new TextEncoder().encode('%PDF-1.4\n%%EOF\n');

/** Every kind of object made, shown whole, listed and changed. */
async function driveEverything(client: Client): Promise<void> {
  const made = await driveRegisters(client);
  await driveSales(client, made);
  await driveLedger(client, made);
  for (const path of [
    '/token/session/>whoAmI?fields=*,employee(*),company(*)',
    '/company/0?fields=*,address(*,country(*))',
    '/company/>withLoginAccess',
    '/ledger/account?fields=*,vatType(*),legalVatTypes(*),currency(*)',
    '/ledger/account?number=1920',
    '/ledger/vatType?typeOfVat=OUTGOING',
    '/ledger/vatSettings',
    '/ledger/voucherType?name=faktura',
    '/ledger/accountingPeriod?sorting=-start',
    '/currency?code=EUR,NOK',
    '/currency/5/rate?date=2026-03-19',
    '/country?code=NO',
    '/employee/entitlement',
    '/employee?fields=*,department(*)',
    '/invoice/paymentType?fields=*,debitAccount(*)',
    '/product/unit',
    '/event',
    '/event/order.create',
  ]) {
    await client.get(path);
  }
}

type Made = { readonly customer: number; readonly project: number; readonly product: number };

async function driveRegisters(client: Client): Promise<Made> {
  const address = { addressLine1: 'Storgata 1', postalCode: '0155', city: 'Oslo' };
  const party = {
    postalAddress: address,
    deliveryAddress: { ...address, name: 'Lager' },
    bankAccountPresentation: [{ bban: '15032080119' }],
  };
  const customer = idOf(await client.post('/customer', { name: 'Kunde AS', ...party }));
  const supplier = idOf(await client.post('/supplier', { name: 'Leverandør AS', ...party }));
  await client.put(`/customer/${customer}`, { version: 0, phoneNumber: '22000000' });
  await client.get(`/customer/${customer}?fields=*,postalAddress(*),deliveryAddress(*),changes`);
  await client.get('/customer?organizationNumber=1');
  await client.get(`/supplier/${supplier}`);
  await client.post('/contact', { firstName: 'Per', customer: { id: customer } });
  await client.post('/department/list', [{ name: 'A', departmentNumber: '10' }]);
  const product = idOf(
    await client.post('/product', { name: 'Vare', number: 'V1', priceExcludingVatCurrency: 100 }),
  );
  await client.get(`/product/${product}?fields=*,stockOfGoods`);
  const project = idOf(
    await client.post('/project', {
      name: 'Bygg',
      startDate: '2026-03-01',
      projectManager: { id: client.company.employeeId },
      customer: { id: customer },
    }),
  );
  await client.get(`/project/${project}?fields=*,customer(*),projectManager(*)`);
  const dimension = { dimensionName: 'Region' };
  await client.post('/ledger/accountingDimensionName', dimension);
  const value = { displayName: 'Nord', dimensionIndex: 1, number: 'N' };
  await client.post('/ledger/accountingDimensionValue', value);
  await client.get('/ledger/accountingDimensionValue/search?dimensionIndex=1');
  return { customer, project, product };
}

async function driveSales(client: Client, made: Made): Promise<void> {
  const order = await client.post('/order', {
    customer: { id: made.customer },
    project: { id: made.project },
    deliveryComment: 'bokbro:1',
    orderLines: [
      { product: { id: made.product }, count: 2 },
      { description: 'Frakt', count: 1, unitPriceExcludingVatCurrency: 49.5 },
    ],
  });
  const path = `/order/${idOf(order)}`;
  await client.get(`${path}?fields=*,orderLines(*,product(*)),customer(*)`);
  await client.get('/order?orderDateFrom=2026-01-01&orderDateTo=2027-01-01&deliveryComment=bokbro');
  await client.upload(`${path}/:attach`, { name: 'ordre.pdf', bytes: PDF });
  const query = 'invoiceDate=2026-03-19&sendToCustomer=false';
  const invoice = idOf(await client.put(`${path}/:invoice?${query}`));
  const [type] = (await client.get('/invoice/paymentType')).values;
  const paid = `paymentDate=2026-03-19&paymentTypeId=${String(type?.['id'])}&paidAmount=100`;
  await client.put(`/invoice/${invoice}/:payment?${paid}`);
  await client.get(`/invoice/${invoice}?fields=*,orders(*),orderLines(*),postings(*),voucher(*)`);
  await client.put(`/invoice/${invoice}/:createCreditNote?date=2026-03-19&sendToCustomer=false`);
  await client.put(`/invoice/${invoice}/:send?sendType=MANUAL`);
  await client.get('/invoice?invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01');
  const event = { event: 'order.create', targetUrl: 'https://example.test/hook' };
  const subscription = idOf(await client.post('/event/subscription', event));
  await client.get(`/event/subscription/${subscription}`);
  await client.get('/event/subscription');
  await client.delete(`/event/subscription/${subscription}`);
}

async function driveLedger(client: Client, { project }: Made): Promise<void> {
  const account = async (number: number): Promise<Fields> => ({ id: await client.account(number) });
  const rows = [
    { row: 1, account: await account(1920), amountGross: 125, amountGrossCurrency: 125 },
    {
      row: 2,
      account: await account(3000),
      amountGross: -125,
      amountGrossCurrency: -125,
      vatType: { id: 3 },
      project: { id: project },
    },
  ];
  const body = { date: '2026-03-19', description: 'Dagsoppgjør', postings: rows };
  const external = { externalVoucherNumber: 'bokbro:2' };
  const id = idOf(await client.post('/ledger/voucher', { ...body, ...external }));
  const path = `/ledger/voucher/${id}`;
  await client.upload(`${path}/attachment`, { name: 'z.pdf', bytes: PDF });
  await client.get(`${path}?fields=*,postings(*,account(*),vatType(*)),attachment(*)`);
  await client.get('/ledger/voucher?dateFrom=2026-01-01&dateTo=2027-01-01');
  await client.get('/ledger/voucher/>externalVoucherNumber?externalVoucherNumber=bokbro:2');
  await client.put(`${path}/:reverse?date=2026-03-19`);
  const waiting = idOf(await client.post('/ledger/voucher?sendToLedger=false', body));
  await client.get('/ledger/voucher/>nonPosted?includeNonApproved=true');
  await client.put(`/ledger/voucher/${waiting}`, { version: 0, description: 'Endret' });
  const range = 'dateFrom=2026-01-01&dateTo=2027-01-01';
  await client.get(`/ledger/posting?${range}&fields=*,account(*)`);
  await client.get('/ledger/posting/openPost?date=2027-01-01');
  await client.get(`/ledger?${range}&fields=*,account(*),postings(*)`);
  await client.get(`/ledger/closeGroup?${range}`);
  const type = (await client.get('/ledger/voucherType?name=Leverandør')).values[0]?.['id'];
  const suppliers = (await client.get('/supplier')).values;
  const supplier = { id: present(suppliers[0], 'a supplier')['id'] };
  const postings = [
    { ...rows[0], account: await account(6300), supplier, vatType: { id: 1 } },
    { ...rows[1], account: await account(2400), supplier, vatType: { id: 0 } },
  ];
  const typed = { voucherType: { id: type }, vendorInvoiceNumber: 'F-1' };
  await client.post('/ledger/voucher', { ...body, ...typed, postings });
  const invoices = await client.get(
    '/supplierInvoice?invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01&fields=*,voucher(*)',
  );
  assert.equal(rowsOf(invoices.body, 'values').length, 1);
}
