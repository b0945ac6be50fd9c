import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import type { Step } from '../../domain/plan.ts';
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
import { withTripletex } from './bench-for-test.ts';
import {
  ATTACH_STEP,
  creditStep,
  CUSTOMER_INVOICE_STEP,
  KEEP_STEP,
  SUPPLIER_INVOICE_STEP,
} from './invoice-plan-for-test.ts';
import {
  creditStep as creditSaleStep,
  ORDERED_STEPS,
  PAID_STEPS,
} from './sales/invoice-plan-for-test.ts';
import { orderStep } from './sales/orders-for-test.ts';
import { isRecord, listOf, objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * Everything the connector sends, held against Tripletex's own description of its API (2.74.00).
 * The description is not ours to copy: without it the tests are skipped.
 */
const SPEC = sharedPath('specs', 'tripletex.openapi.json');
const skip = skipWithout(SPEC);

type Sent = {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly template: string;
  readonly operation: WireObject;
};

let spec: WireObject = {};
const all: Sent[] = [];

describe('requests of the connector', { skip }, () => {
  before(async () => {
    spec = JSON.parse(readFileSync(SPEC, 'utf8')) as WireObject;
    const settings = { collectiveCustomer: '10001', collectiveSupplier: '50001' };
    await withTripletex({ settings }, async (bench, { company }) => {
      company.set({
        customers: [{ name: 'Kontantkunder', customerNumber: 10_001 }],
        suppliers: [{ name: 'Diverse', supplierNumber: 50_001 }],
      });
      await driveEverything(bench);
      company.endSessions();
      await bench.target.survey(bothYears(bench));
      all.push(...bench.sent.map(({ request }) => described(request, bench)));
    });
  });

  test('are these', () => {
    const calls = all.map(({ request, template }) => `${request.method} ${template}`);
    assert.deepEqual([...new Set(calls)].sort(), [
      'GET /company/>withLoginAccess',
      'GET /company/{id}',
      'GET /currency',
      'GET /customer',
      'GET /customer/{id}',
      'GET /department',
      'GET /invoice',
      'GET /invoice/paymentType',
      'GET /invoice/{id}',
      'GET /ledger',
      'GET /ledger/account',
      'GET /ledger/accountingPeriod',
      'GET /ledger/posting/openPost',
      'GET /ledger/vatSettings',
      'GET /ledger/vatType',
      'GET /ledger/voucher',
      'GET /ledger/voucher/>externalVoucherNumber',
      'GET /ledger/voucher/{id}',
      'GET /ledger/voucherType',
      'GET /order',
      'GET /order/{id}',
      'GET /product',
      'GET /project',
      'GET /supplier',
      'GET /token/session/>whoAmI',
      'POST /customer',
      'POST /ledger/voucher',
      'POST /ledger/voucher/{voucherId}/attachment',
      'POST /order',
      'POST /product',
      'POST /project',
      'POST /supplier',
      'POST /token/session/:create',
      'PUT /customer/{id}',
      'PUT /invoice/{id}/:createCreditNote',
      'PUT /invoice/{id}/:payment',
      'PUT /order/{id}',
      'PUT /order/{id}/:invoice',
    ]);
  });

  test('ask with parameters that are described, and give those that are needed', () => {
    for (const { request, url, template, operation } of all) {
      const known = listOf(operation, 'parameters').filter((one) => one['in'] === 'query');
      const names = new Set(known.map((one) => textOf(one, 'name')));
      const where = `${request.method} ${template}`;
      for (const name of url.searchParams.keys()) assert.ok(names.has(name), `${where} ${name}`);
      for (const one of known.filter((parameter) => parameter['required'] === true)) {
        assert.ok(url.searchParams.has(textOf(one, 'name')), `${where} ${textOf(one, 'name')}`);
      }
    }
  });

  test('carry bodies of the described shape: no other field, none that Tripletex sets', () => {
    const ajv = newValidator();
    const schemas = new Set<string>();
    for (const { request, template, operation } of all) {
      const type = request.headers?.['content-type'] ?? '';
      if (typeof request.body !== 'string' || !type.startsWith('application/json')) continue;
      const name = schemaOf(operation);
      schemas.add(name);
      const validate = present(ajv.getSchema(`spec#/components/schemas/${name}`), name);
      assert.ok(
        validate(JSON.parse(request.body)),
        `${template}: ${ajv.errorsText(validate.errors)}`,
      );
    }
    assert.deepEqual([...schemas].sort(), [
      'Customer',
      'Order',
      'PostSessionTokenBody',
      'Product',
      'Project',
      'Supplier',
      'Voucher',
    ]);
  });

  test('are held against types, unknown fields and fields that only Tripletex sets', () => {
    const validate = present(newValidator().getSchema('spec#/components/schemas/Voucher'), '');
    const voucher = { date: '2026-05-31', postings: [{ row: 1, amountGross: 1 }] };
    assert.ok(validate(voucher));
    for (const wrong of [
      { ...voucher, number: 1 },
      { ...voucher, invented: 1 },
      { ...voucher, postings: [{ row: '1' }] },
      { ...voucher, postings: [{ row: 1, systemGenerated: true }] },
    ]) {
      assert.ok(!validate(wrong), JSON.stringify(wrong));
    }
  });

  test('upload a file as one part of a form', () => {
    const upload = present(
      all.find(({ template }) => template.endsWith('/attachment')),
      'an upload',
    );
    const content = objectOf(objectOf(upload.operation, 'requestBody'), 'content');
    assert.deepEqual(Object.keys(content), ['multipart/form-data']);
    const body = Buffer.from(upload.request.body ?? '').toString();
    assert.match(body, /content-disposition: form-data; name="file"; filename="[^"]+\.pdf"\r\n/);
  });
});

async function driveEverything(bench: Bench): Promise<void> {
  const { target, ledger } = bench;
  await bench.run.arrange({ kind: 'cost-centres', codes: ['21'] });
  await bench.run.arrange({ kind: 'projects', codes: ['P7'] });
  const voucher = testVoucher(ledger, {
    text: 'Dagsrapport '.repeat(100),
    rows: [
      ['1500', 125_00n, { text: 'På konto '.repeat(100) }],
      ['3000', -100_00n, { costCentre: '21', project: 'P7' }],
      ['2700', -25_00n],
      ['2400', -10_00n],
      [ledger.accounts.money, 10_00n],
    ],
  });
  await makeAndFind(bench, await routed(bench, stepsFor(bench, voucher)));
  for (const step of [SUPPLIER_INVOICE_STEP, CUSTOMER_INVOICE_STEP]) {
    const key = `doc-${step.kind}`;
    const made = await makeAndFind(bench, await routed(bench, [step, ATTACH_STEP]), key);
    await makeAndFind(bench, await routed(bench, [creditStep(step, made)]), `${key}-2`);
  }
  await makeAndFind(bench, await routed(bench, [KEEP_STEP]), 'doc-customer');
  await driveOrders(bench);
  await driveSaleInvoices(bench);
  await target.readClaims?.(ledger.day);
  await target.readOpening?.(ledger.day);
  await target.survey(bothYears(bench));
  await target.readLedger(bothYears(bench));
  await target.examine(bothYears(bench), [null]);
}

async function driveOrders(bench: Bench): Promise<void> {
  const deliverTo = { street: 'Torget 2', postcode: '5004', city: 'Bergen', country: 'NO' };
  const of = { deliverTo, costCentre: '21', ourReference: 'Kari' };
  const made = await makeAndFind(bench, await routed(bench, [orderStep(of)]), 'doc-order');
  const { id } = present(made.get('order-1.in'), 'the order');
  await makeAndFind(bench, await routed(bench, [orderStep(of, id)]), 'doc-order-2');
}

async function driveSaleInvoices(bench: Bench): Promise<void> {
  const make = async (steps: readonly Step[], key: string): Promise<Delivery> => {
    const delivery = new Delivery({ bench, writes: await routed(bench, steps), key });
    await delivery.make(0);
    return delivery;
  };
  const paid = await make(PAID_STEPS, 'doc-sale');
  expectFound(await paid.find(paid.writes.findIndex(({ id }) => id === 'invoice-1.in')));
  const { results } = await make(PAID_STEPS.slice(0, 1), 'doc-sale-2');
  const credited = await make([creditSaleStep(results)], 'doc-sale-3');
  expectFound(await credited.find(0));
  await make(ORDERED_STEPS, 'doc-sale-4');
}

async function makeAndFind(
  bench: Bench,
  writes: readonly Write[],
  key = 'doc-1',
): Promise<ReadonlyMap<string, Remote>> {
  const delivery = new Delivery({ bench, writes, key });
  for (const at of writes.keys()) {
    await delivery.make(at, at + 1);
    expectFound(await delivery.find(at));
  }
  return delivery.results;
}

/** The operation of the description that a request is. The longest path without braces first. */
function described(request: HttpRequest, bench: Bench): Sent {
  const url = new URL(request.url);
  const base = new URL(String(bench.run.settings['apiUrl'])).pathname;
  const path = decodeURIComponent(url.pathname.slice(base.length));
  const templates = Object.keys(objectOf(spec, 'paths')).sort(
    (a, b) => Number(a.includes('{')) - Number(b.includes('{')),
  );
  const template = templates.find((one) =>
    new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  assert.ok(template !== undefined, `${request.method} ${path} is not described`);
  const operation = objectOf(objectOf(spec, 'paths'), template)[request.method.toLowerCase()];
  assert.ok(isRecord(operation), `${template} has no ${request.method}`);
  return { request, url, template, operation };
}

function schemaOf(operation: WireObject): string {
  const content = objectOf(objectOf(operation, 'requestBody'), 'content');
  const [described] = Object.values(content).filter(isRecord);
  return (
    textOf(objectOf(described ?? {}, 'schema'), '$ref')
      .split('/')
      .at(-1) ?? ''
  );
}

/** The described schemas, with no room for other fields, nor for those that Tripletex sets. */
function newValidator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const name of ['int32', 'int64', 'float', 'double', 'date', 'byte', 'date-time', 'binary']) {
    ajv.addFormat(name, true);
  }
  const schemas = Object.entries(objectOf(objectOf(spec, 'components'), 'schemas'));
  const closed = schemas.map(([name, schema]) => {
    if (!isRecord(schema) || !isRecord(schema['properties'])) return [name, schema];
    const properties = Object.entries(schema['properties']).filter(
      ([, one]) => !isRecord(one) || one['readOnly'] !== true,
    );
    const own = { properties: Object.fromEntries(properties), additionalProperties: false };
    return [name, { ...schema, ...own }];
  });
  ajv.addSchema({ $id: 'spec', components: { schemas: Object.fromEntries(closed) } });
  return ajv;
}
