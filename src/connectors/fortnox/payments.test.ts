import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money, type Money } from '../../domain/money.ts';
import { present } from '../../lib/assert.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, expectFound, routed } from '../../testing/target-contract/delivery.ts';
import { makeOne, withPlan } from './invoice-bench-for-test.ts';
import { SUPPLIER_INVOICE_STEP } from './invoice-plan-for-test.ts';
import { openInvoice, paymentStep } from './payment-plan-for-test.ts';

/** A company in which the invoice of 12 500.09 is booked, and the payment of it. */
function withBooked(
  body: (bench: Bench, payment: Delivery) => Promise<void>,
  amount?: Money,
): Promise<void> {
  return withPlan([SUPPLIER_INVOICE_STEP], async (bench, delivery) => {
    await delivery.make(0);
    await body(bench, await paymentOf(bench, { amount }));
  });
}

async function paymentOf(
  bench: Bench,
  of: { readonly key?: string; readonly amount?: Money | undefined },
): Promise<Delivery> {
  const writes = await routed(bench, [await paymentStep(bench, of.amount)]);
  return new Delivery({ bench, writes, key: of.key ?? 'pay-1' });
}

/** The rows of the latest voucher: `account minor`. */
function lastRows({ run }: Bench): string[] {
  const rows = run.booked().at(-1)?.rows ?? [];
  return rows.map(({ account, debit, credit }) => `${account} ${debit - credit}`);
}

describe('payments of supplier invoices', () => {
  test('close the invoice with a voucher of Fortnox’s own, which is read back', () =>
    withBooked(async (bench, payment) => {
      await payment.make(0);
      assert.deepEqual(lastRows(bench), ['1930 -1250009', '2440 1250009']);
      assert.equal(payment.results.get('payment-1')?.label, 'E 1');
      assert.deepEqual((await bench.target.readPurchaseLedger?.([]))?.invoices, []);
    }));

  test('in part leave the rest open', () =>
    withBooked(
      async (bench, payment) => {
        await payment.make(0);
        const { balance } = await openInvoice(bench);
        // 12 500.09 − 500.09 = 12 000.00
        assert.deepEqual(balance, money(12_000_00n, 'SEK'));
      },
      money(500_09n, 'SEK'),
    ));

  test('of equal parts on one day are told apart by their keys', () =>
    withBooked(
      async (bench, first) => {
        await first.make(0);
        const second = await paymentOf(bench, { key: 'pay-2', amount: money(100n, 'SEK') });
        assert.deepEqual(await second.find(0), []);
        await second.make(0);
        const labels = [first, second].map(({ results }) => results.get('payment-1')?.label);
        assert.deepEqual(labels, ['E 1', 'E 2']);
      },
      money(100n, 'SEK'),
    ));

  for (const at of [0, 1]) {
    test(`are found after the answer to call ${at} was lost, and made once`, () =>
      withBooked(async (bench, payment) => {
        await payment.make(0, at);
        const { call } = present(payment.writes[at], `write ${at}`);
        bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call });
        assert.equal((await payment.fail(at)).kind, 'unanswered');
        payment.keep(at, expectFound(await payment.find(at, bench.another())));
        await payment.make(at + 1);
        assert.equal(bench.run.booked().length, 2);
      }));
  }

  test('that another hub has entered and not booked are taken up, not entered again', () =>
    withBooked(async (bench, payment) => {
      await payment.make(0, 1);
      const again = await paymentOf(bench, {});
      await again.make(0);
      assert.equal(again.results.get('payment-1.in')?.id, '1');
      assert.equal(bench.run.booked().length, 2);
    }));

  test('that lead to another account than planned are told with both', () =>
    withBooked(async (bench) => {
      const step = await paymentStep(bench);
      const rows = step.voucher.rows.map((row) =>
        row.account === '1930' ? { ...row, account: '1940' } : row,
      );
      const writes = await routed(bench, [{ ...step, voucher: { ...step.voucher, rows } }]);
      const payment = new Delivery({ bench, writes, key: 'pay-1' });
      await payment.make(0, 1);
      const outcome = await makeOne(bench, payment, 1);
      assert.equal(outcome.kind, 'done');
      assert.deepEqual(outcome.kind === 'done' && outcome.differences, [
        {
          code: 'read-back-differs',
          what: 'voucher',
          id: 'E 1',
          sent: '1940 -12500.09',
          booked: '1930 -12500.09',
        },
      ]);
    }));

  test('of an invoice that somebody has paid meanwhile are refused', () =>
    withBooked(async (bench, payment) => {
      const other = await paymentOf(bench, { key: 'pay-2' });
      await other.make(0);
      const outcome = await makeOne(bench, payment, 0);
      assert.equal(outcome.kind === 'refused' && outcome.refusals[0]?.code, 'target-refused');
    }));
});

describe('readPurchaseLedger', () => {
  test('knows invoices by number, and by OCR when it is asked for one', () =>
    withBooked(async ({ target }) => {
      const byNumber = await target.readPurchaseLedger?.(['F-2026/117']);
      assert.deepEqual(
        byNumber?.invoices.map(({ number, references, balance, supplier }) => {
          return [number, references, balance.minor, supplier];
        }),
        [['F-2026/117', [], 12_500_09n, 'Grossisten ’Norr’ AB']],
      );
      assert.equal(byNumber?.paysFrom['1930'], 'BG');
      const byReference = await target.readPurchaseLedger?.(['1234566']);
      assert.deepEqual(
        byReference?.invoices.map(({ references }) => references),
        [['1234566']],
      );
    }));
});
