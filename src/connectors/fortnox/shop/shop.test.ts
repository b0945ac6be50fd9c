import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Order } from '../../../domain/document/sale.ts';
import { present } from '../../../lib/assert.ts';
import { kr } from '../../../testing/day-reports.ts';
import { refund, soldLine } from '../../../testing/sales.ts';
import type { Bench } from '../../../testing/target-contract/bench.ts';
import { contextOf, done } from '../../../testing/target-contract/delivery.ts';
import { makeOne, withPlan } from '../invoice-bench-for-test.ts';
import { createWrite } from '../register-writes.ts';
import type { RegisterName } from '../registers.ts';
import { isRecord, listOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import { articleNumber } from './articles.ts';
import { annasOrder, invoiceFor, orderedSteps, paidSteps } from './shop-plan-for-test.ts';

const PAID = paidSteps(invoiceFor(annasOrder()));

/** Coffee for 100.00 without VAT, to an address abroad. */
function abroad(country: string, vatNumber: string | null): Order {
  const { customer } = annasOrder();
  const parts = [{ rate: null, net: kr('100'), vat: kr('0') }];
  return annasOrder({
    vatCountry: null,
    isBusiness: vatNumber !== null,
    customer: {
      ...customer,
      vatNumber,
      address: { street: 'Gate 1', postcode: '0150', city: 'By', country },
    },
    lines: [soldLine('Kaffe', '100', '0', { parts })],
  });
}

describe('an invoice of a shop', () => {
  test('takes nothing from the card of the customer, who is found and left alone', () =>
    withPlan(PAID, async (bench, delivery) => {
      const card = {
        CustomerNumber: '77',
        Name: 'Anna A',
        Email: 'Anna@Example.test',
        City: 'Luleå',
        DeliveryCity: 'Kiruna',
        InvoiceDiscount: 10,
        InvoiceFreight: '49',
        InvoiceAdministrationFee: '29',
      };
      await create(bench, 'customer', {
        ...card,
        CustomerNumber: '76',
        Email: 'joanna@example.test',
      });
      await create(bench, 'customer', card);
      await delivery.make(0);
      const invoice = await read(bench, '/3/invoices/1', 'Invoice');
      const fields = ['CustomerNumber', 'City', 'DeliveryCity', 'Total', 'Freight', 'Booked'];
      assert.deepEqual(
        fields.map((field) => textOf(invoice, field)),
        ['77', 'Stockholm', '', '100', '0', 'true'],
      );
      assert.equal(textOf(await read(bench, '/3/customers/77', 'Customer'), 'City'), 'Luleå');
    }));

  test('of somebody without e-mail asks for nobody', () => {
    const { customer } = annasOrder();
    const steps = paidSteps(invoiceFor(annasOrder({ customer: { ...customer, email: '' } })));
    return withPlan(steps, async (bench, delivery) => {
      await create(bench, 'customer', { CustomerNumber: '1', Name: 'Den första' });
      await delivery.make(0, 1);
      assert.match(delivery.results.get('invoice-1.who')?.id ?? '', /^W[0-9A-F]{10}$/);
      assert.ok(bench.sent.every(({ request }) => !request.url.includes('email=')));
    });
  });

  test('makes a customer whose number was burnt under another', () =>
    withPlan(PAID, async (bench, delivery) => {
      await delivery.make(0, 1);
      const { id } = present(delivery.results.get('invoice-1.who'), 'the customer');
      await send(bench, 'DELETE', `/3/customers/${id}`);
      await delivery.make(0, 1);
      assert.equal(delivery.results.get('invoice-1.who')?.id, `${id}-2`);
    }));

  for (const [name, country, vatNumber, type, account] of [
    ['a business in the union', 'DE', 'DE123456789', 'EUREVERSEDVAT', '3108'],
    ['somebody outside the union', 'NO', null, 'EXPORT', '3105'],
  ] as const) {
    test(`to ${name} has no VAT, and the account of such sales`, () =>
      withPlan(paidSteps(invoiceFor(abroad(country, vatNumber))), async (bench, delivery) => {
        await delivery.make(0);
        const invoice = await read(bench, '/3/invoices/1', 'Invoice');
        const [row] = listOf(invoice, 'InvoiceRows');
        assert.deepEqual(
          [
            textOf(invoice, 'Total'),
            textOf(invoice, 'TotalVAT'),
            textOf(row ?? {}, 'AccountNumber'),
          ],
          ['100', '0', account],
        );
        const number = textOf(invoice, 'CustomerNumber');
        const customer = await read(bench, `/3/customers/${number}`, 'Customer');
        assert.deepEqual(
          [textOf(customer, 'VATType'), textOf(customer, 'CountryCode')],
          [type, country],
        );
      }));
  }

  test('of a refund is below zero, and its payment too', () =>
    withPlan(paidSteps(invoiceFor(refund({}))), async (bench, delivery) => {
      await delivery.make(0);
      const invoice = await read(bench, '/3/invoices/1', 'Invoice');
      const fields = ['Total', 'TotalVAT', 'Balance', 'Remarks', 'YourOrderNumber'];
      assert.deepEqual(
        fields.map((field) => textOf(invoice, field)),
        ['-100', '-20', '0', 'Avser retur av order 1001', '1001'],
      );
    }));

  test('that is booked already is not booked again', () =>
    withPlan(PAID, async (bench, delivery) => {
      await delivery.make(0, 4);
      const outcome = await makeOne(bench, delivery, 3);
      assert.equal(outcome.kind === 'done' && outcome.remote.label, 'B 1');
      assert.equal(bench.run.booked().length, 1);
    }));

  test('whose VAT Fortnox reckons otherwise is told from what was meant', () => {
    const { sale, voucher, payments } = invoiceFor(annasOrder());
    const steps = paidSteps({ sale: { ...sale, vat: kr('19.99') }, voucher, payments });
    return withPlan(steps, async (bench, delivery) => {
      await delivery.make(0, 2);
      const outcome = await makeOne(bench, delivery, 2);
      const differs = { code: 'read-back-differs', what: 'invoice', id: '1' };
      assert.deepEqual(outcome.kind === 'done' && outcome.differences, [
        { ...differs, sent: 'TotalVAT 19.99', booked: 'TotalVAT 20' },
      ]);
    });
  });

  test('made of an order has the day it was shipped, and the rows of the order', () =>
    withPlan(orderedSteps(invoiceFor(annasOrder())), async (bench, delivery) => {
      await delivery.make(0);
      const invoice = await read(bench, '/3/invoices/1', 'Invoice');
      assert.deepEqual(
        ['InvoiceDate', 'OrderReference', 'Total', 'ExternalInvoiceReference1'].map((field) =>
          textOf(invoice, field),
        ),
        ['2026-05-04', '1', '100', 'doc-1-invoice-1-in'],
      );
      assert.equal(listOf(invoice, 'InvoiceRows').length, 1);
    }));
});

describe('articleNumber', () => {
  for (const [sku, number] of [
    ['KAFFE-1', /^KAFFE-1$/],
    ['a.b_c/d+e', /^a\.b_c\/d\+e$/],
    ['Glöd lampa', /^Gl-d-lampa-[0-9a-f]{6}$/],
    ['x'.repeat(51), /^x{43}-[0-9a-f]{6}$/],
  ] as const) {
    test(`is ${String(number)} of ${sku.slice(0, 12)}`, () => {
      assert.match(articleNumber(sku), number);
      assert.ok(articleNumber(sku).length <= 50);
    });
  }

  test('is another for another article', () => {
    assert.notEqual(articleNumber('å b'), articleNumber('ä b'));
  });
});

async function create(bench: Bench, register: RegisterName, body: WireObject): Promise<void> {
  const json = body as Parameters<typeof createWrite>[2];
  const key = `before-${textOf(body, 'CustomerNumber')}`;
  await done(bench.target, createWrite(key, register, json), contextOf(key));
}

async function read(bench: Bench, path: string, envelope: string): Promise<WireObject> {
  const object = (JSON.parse(await send(bench, 'GET', path)) as WireObject)[envelope];
  assert.ok(isRecord(object), path);
  return object;
}

async function send(bench: Bench, method: 'GET' | 'DELETE', path: string): Promise<string> {
  const { settings, secrets } = bench.run;
  const headers = { authorization: `Bearer ${secrets['accessToken'] ?? ''}` };
  const url = `${String(settings['apiUrl'])}${path}`;
  const request = { method, url, headers } as Parameters<ReturnType<Bench['http']>['send']>[0];
  const { body } = await bench.http(settings).send(request);
  return Buffer.from(body).toString();
}
