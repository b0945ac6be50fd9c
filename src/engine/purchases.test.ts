import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PurchaseLedger } from '../domain/purchase-ledger.ts';
import { dayReport } from '../testing/day-reports.ts';
import { entry, openInvoice, purchaseLedger, statement } from '../testing/statements.ts';
import { readPurchases } from './purchases.ts';

/** A ledger that keeps what it is asked for. */
function ledger(answer: PurchaseLedger = purchaseLedger(openInvoice())) {
  const asked: (readonly string[])[] = [];
  const readPurchaseLedger = async (names: readonly string[]): Promise<PurchaseLedger> => {
    asked.push(names);
    return answer;
  };
  return { asked, readPurchaseLedger };
}

const choices = { bookedOnArrival: [] };
const paying = statement({
  entries: [entry('invoice', '-1', { reference: '7004 5128', invoices: ['17'] })],
});

describe('readPurchases', () => {
  test('asks the ledger only for statements that pay invoices', async () => {
    const target = ledger();
    const fee = statement({ entries: [entry('fee', '-1')] });
    for (const document of [dayReport(), fee, statement({ entries: [] })]) {
      assert.equal(await readPurchases(target, { document, choices }), null);
    }
    const bookedOnArrival = [paying.accountId];
    const asked = { document: paying, choices: { bookedOnArrival } };
    assert.equal(await readPurchases(target, asked), null);
    assert.equal(await readPurchases({}, { document: paying, choices }), null);
    assert.deepEqual(target.asked, []);
  });

  test('asks for what the entries name, without blanks', async () => {
    const target = ledger();
    assert.notEqual(await readPurchases(target, { document: paying, choices }), null);
    assert.deepEqual(target.asked, [['70045128', '17']]);
  });

  test('takes what was read a moment ago when that answers', async () => {
    const target = ledger();
    const part = { ...purchaseLedger(openInvoice({ number: '17' })), isWhole: false };
    const whole = { ...part, isWhole: true };
    assert.equal(await readPurchases(target, { document: paying, choices }, whole), whole);
    await readPurchases(target, { document: paying, choices }, part);
    assert.equal(target.asked.length, 1);
    const named = { ...part, invoices: [openInvoice({ number: '17', references: ['70045128'] })] };
    assert.equal(await readPurchases(target, { document: paying, choices }, named), named);
    assert.equal(target.asked.length, 1);
  });
});
