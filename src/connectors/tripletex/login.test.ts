import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withTripletex } from './bench-for-test.ts';
import { book, bothYears, failureOf } from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';

/** The session of a trial ends as the first of June begins in Norway, two hours before UTC. */
const TO_SIX_MINUTES_BEFORE = (12 * 60 - 6) * 60_000;

describe('the session', () => {
  test('is renewed five minutes before its day begins in Norway, and lasts two days', async () => {
    await withTripletex({}, async ({ target, run, shelf, ledger }) => {
      run.advance(TO_SIX_MINUTES_BEFORE);
      await target.survey({ from: ledger.day, to: ledger.day });
      assert.equal(shelf.renewals, 0);
      run.advance(2 * 60_000);
      await target.survey({ from: ledger.day, to: ledger.day });
      assert.equal(shelf.renewals, 1);
      assert.equal(shelf.stored['sessionEndsOn'], '20260602');
    });
  });

  test('is renewed once also where a proxy says 403 of one that is dead', async () => {
    await withTripletex({}, async (bench, { simulator, company }) => {
      simulator.setChoices({ deadSession: 'proxy' });
      company.endSessions();
      await book(bench, testVoucher(bench.ledger), 'key-1');
      assert.equal(bench.shelf.renewals, 1);
    });
  });

  test('asks a person when tokens that open nothing are answered by a validation', async () => {
    await withTripletex({}, async (bench, { simulator, company }) => {
      simulator.setChoices({ unknownTokens: 'invalid' });
      company.withdraw();
      const failure = await failureOf(bench, bench.target.readBooks(bothYears(bench)));
      assert.equal(failure.kind, 'reconnect');
    });
  });

  test('is for a client of the accountant whose token it is', async () => {
    await withTripletex({}, async (bench, { simulator, company }) => {
      const office = simulator.companies.add({ name: 'Regnskap AS', clients: [company.id] });
      bench.shelf.stored = { ...office.credentials };
      const period = { from: bench.ledger.day, to: bench.ledger.day };
      const [own] = await bench.another().examine(period, [null]);
      assert.match(own?.facts['name'] ?? '', /^Regnskap AS /);
      assert.match(own?.facts['others'] ?? '', /^1001 Prøvebut/);
      const settings = { ...bench.run.settings, clientCompany: String(company.id) };
      Object.assign(bench.run, { settings });
      const items = await bench.another().examine(period, [null]);
      assert.match(items[0]?.facts['name'] ?? '', new RegExp(`, ${company.id}$`));
    });
  });
});

describe('the rate limit', () => {
  test('is kept to as the headers tell it: no call is made that would be refused', async () => {
    // A survey takes two calls: of vouchers and of orders.
    const rate = { requests: 4, windowMs: 60_000 };
    await withTripletex({ rate }, async (bench) => {
      const { day: on } = bench.ledger;
      const ask = () => bench.target.survey({ from: on, to: on });
      for (let surveys = 0; surveys < 2; surveys += 1) await ask();
      const sent = bench.sent.length;
      const failure = await failureOf(bench, ask());
      assert.deepEqual(failure, { kind: 'busy', waitMs: 60_000 });
      assert.equal(bench.sent.length, sent, 'nothing is sent');
      bench.run.advance(60_000);
      await ask();
      assert.ok(bench.sent.every(({ response }) => response?.status !== 429));
    });
  });

  test('begins no voucher that could not be read back', async () => {
    // Five calls plan and look up; the voucher and its reading would be the sixth and seventh.
    const rate = { requests: 6, windowMs: 60_000 };
    await withTripletex({ rate }, async (bench) => {
      const failure = await failureOf(bench, book(bench, testVoucher(bench.ledger), 'key-1'));
      assert.equal(failure.kind, 'busy');
      assert.equal(bench.run.booked().length, 0);
    });
  });
});
