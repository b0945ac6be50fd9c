import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { ask, companyIn, startTestSimulator, voucherBody, type Company } from '../test-client.ts';
import type { Fields } from './record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
  company = companyIn(simulator);
});
after(() => simulator.stop());

const LONG = 'a'.repeat(201);

describe('a body', () => {
  const bodies: readonly (readonly [name: string, body: string, code: number])[] = [
    ['is not JSON', '{"Voucher":', 2002115],
    ['is empty', '', 2001392],
    ['has the wrong wrapper', '{"voucher":{}}', 2001392],
    ['has an array in its wrapper', '{"Voucher":[]}', 2001392],
  ];
  for (const [name, body, code] of bodies) {
    test(`that ${name} is refused`, async () => {
      const url = `${simulator.apiUrl}/3/vouchers`;
      const reply = await ask(url, { method: 'POST', token: company.token, body });
      assert.equal(reply.status, 400);
      assert.equal(reply.code, code);
      assert.ok(reply.text.startsWith('{"ErrorInformation":{"error":1,"message":'));
    });
  }

  test('in another format than JSON is refused', async () => {
    const reply = await ask(`${simulator.apiUrl}/3/vouchers`, {
      method: 'POST',
      token: company.token,
      headers: { 'content-type': 'application/xml' },
      body: '<Voucher/>',
    });
    assert.equal(reply.code, 1000031);
  });

  const fields: readonly (readonly [name: string, fields: Fields, code: number])[] = [
    ['an unknown field', { Nonsense: 1 }, 2001399],
    ['an unknown field in a row', { VoucherRows: [{ Konto: 1930 }] }, 2001399],
    ['text for a number', { VoucherRows: [{ Account: 'kassa' }] }, 2000108],
    ['an object for text', { Comments: {} }, 2000106],
    ['a text that is too long', { Description: LONG }, 2000107],
    ['a forbidden character', { Comments: 'fel [hakar]' }, 2000359],
    ['an emoji', { Comments: 'tack 🙂' }, 2000359],
    ['a day that does not exist', { TransactionDate: '2025-02-30' }, 2009109],
  ];
  for (const [name, extra, code] of fields) {
    test(`with ${name} is refused`, async () => {
      const reply = await company.post('vouchers', voucherBody(extra));
      assert.equal(reply.code, code, reply.text);
    });
  }

  test('is told of names first, then types, lengths, characters and what is missing', async () => {
    const worst = { Description: LONG, Comments: '[', VoucherRows: [{ Account: 'x', Nope: 1 }] };
    const codes = [];
    for (const body of [
      { Voucher: worst },
      { Voucher: { ...worst, VoucherRows: [{ Account: 'x' }] } },
      { Voucher: { ...worst, VoucherRows: [] } },
      { Voucher: { Description: 'a', Comments: '[' } },
      { Voucher: { Description: 'a' } },
    ]) {
      codes.push((await company.post('vouchers', body)).code);
    }
    assert.deepEqual(codes, [2001399, 2000108, 2000107, 2000359, 2009106]);
  });

  test('may have numbers as text, and read-only fields, which are passed over', async () => {
    const reply = await company.post(
      'vouchers',
      voucherBody({
        '@url': 'x',
        VoucherNumber: 99,
        VoucherRows: [
          { Account: '1930', Debit: '10.005' },
          { Account: 3001, Credit: 10.01 },
        ],
      }),
    );
    assert.equal(reply.status, 201);
    assert.notEqual(reply.one('Voucher')['VoucherNumber'], 99);
  });

  test('may be refused its read-only fields, by choice', async () => {
    simulator.setChoices({ readOnlyFields: 'refused' });
    assert.equal((await company.post('vouchers', voucherBody({ Year: 2 }))).code, 2009107);
    simulator.setChoices({ readOnlyFields: 'ignored' });
  });

  test('may say false where a boolean belongs, and nothing else', async () => {
    const bad = await company.post('customers', { Customer: { Name: 'A', Active: 'nej' } });
    assert.equal(bad.code, 2000134);
    const good = await company.post('customers', { Customer: { Name: 'A', Active: 'false' } });
    assert.equal(good.one('Customer')['Active'], false);
  });
});

describe('a PUT', () => {
  async function cleared(sent: Fields): Promise<unknown> {
    const made = await company.post('customers', {
      Customer: { Name: 'A', Comments: 'Ring först', InvoiceDiscount: 5 },
    });
    const number = String(made.one('Customer')['CustomerNumber']);
    const reply = await company.put(`customers/${number}`, { Customer: sent });
    const { Name, Comments, InvoiceDiscount } = reply.one('Customer');
    return [Name, Comments, InvoiceDiscount];
  }

  test('changes what is sent and nothing else', async () => {
    assert.deepEqual(await cleared({ Name: 'B' }), ['B', 'Ring först', 5]);
  });

  test('keeps a field that is sent empty or null', async () => {
    assert.deepEqual(await cleared({ Comments: '', InvoiceDiscount: null }), [
      'A',
      'Ring först',
      5,
    ]);
  });

  test('clears a text and a number with API_BLANK', async () => {
    const sent = { Comments: 'API_BLANK', InvoiceDiscount: 'API_BLANK' };
    assert.deepEqual(await cleared(sent), ['A', null, null]);
  });

  test('clears with null too, by choice', async () => {
    simulator.setChoices({ nullInPut: 'clears' });
    assert.deepEqual(await cleared({ Comments: null }), ['A', null, 5]);
    simulator.setChoices({ nullInPut: 'not-sent' });
  });
});
