import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../domain/date.ts';
import { withTripletex } from './bench-for-test.ts';
import type { StateChange } from './simulator/server/state-change.ts';

const MAY = { from: day('2026-05-31'), to: day('2026-05-31') };

async function cardAfter(change: StateChange): Promise<readonly string[]> {
  let card: readonly string[] = [];
  await withTripletex({}, async ({ target }, { company }) => {
    company.set(change);
    const items = await target.examine(MAY, [null]);
    card = items
      .filter(({ state }) => state !== 'ok')
      .map(({ item, state, says }) => `${state} ${item}: ${says}`);
  });
  return card;
}

describe('examine', () => {
  test('has nothing to say of a company that is as it should be', async () => {
    assert.deepEqual(await cardAfter({}), []);
  });

  test('names the last day of the months that are closed', async () => {
    assert.deepEqual(await cardAfter({ closedTo: '2026-05-31' }), [
      'problem locked period: locked up to 2026-05-31: nothing can be booked before 2026-05-31. ' +
        'Open it there.',
    ]);
    assert.deepEqual(await cardAfter({ closedTo: '2026-04-30' }), []);
  });

  test('says that vouchers with VAT are refused where the company is not registered', async () => {
    assert.deepEqual(await cardAfter({ isVatRegistered: false }), [
      'warning VAT: the company is not registered for VAT (VAT_NOT_REGISTERED): vouchers with ' +
        'VAT are refused by Tripletex',
    ]);
  });

  test('names a kind of voucher that is gone', async () => {
    assert.deepEqual(await cardAfter({ voucherTypes: { Kassebilag: false } }), [
      'problem kind of voucher: there is no kind of voucher Kassebilag. Choose another.',
    ]);
  });

  test("names an accountant's client that the login does not have", async () => {
    await withTripletex({ settings: { clientCompany: '999999' } }, async ({ target }) => {
      const items = await target.examine(MAY, [null]);
      assert.deepEqual(
        items.map(({ item, state }) => `${state} ${item}`),
        ['problem connection'],
      );
    });
  });
});
