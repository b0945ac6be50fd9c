import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../domain/date.ts';
import type { AccountStatement } from '../domain/document/account-statement.ts';
import type { DeliveryState } from '../ports/store.ts';
import type { LedgerVoucher } from '../ports/target.ts';
import { kr } from '../testing/day-reports.ts';
import { entry, statement } from '../testing/statements.ts';
import { reconcileStatements, type StatementSides } from './reconcile-statements.ts';

/** A day that begins with 1 000.00 unless it says otherwise. */
function on(
  date: string,
  [opening, closing]: readonly [string, string],
  more: { readonly state?: DeliveryState; readonly entries?: AccountStatement['entries'] } = {},
) {
  const { state = 'done', entries = [] } = more;
  const balances = { opening: kr(opening), closing: kr(closing) };
  const document = statement({ date: day(date), ...balances, entries });
  return { document, state, labels: [`K ${date}`] };
}

function voucher(label: string, date: string, minor: bigint): LedgerVoucher {
  const rows = [{ account: '1940', minor, text: '' }];
  return { id: label, label, date: day(date), text: '', rows };
}

function reconcile(change: Partial<StatementSides>) {
  return reconcileStatements({
    documents: [],
    ledger: [],
    opening: { '1940': 100_000n },
    accountOf: () => '1940',
    isBookedOnArrival: () => false,
    ...change,
  });
}

describe('reconcileStatements', () => {
  test('finds nothing where ledger and statement agree after every day', () => {
    const result = reconcile({
      documents: [on('2026-05-05', ['1500', '1400']), on('2026-05-04', ['1000', '1500'])],
      ledger: [voucher('K 2', '2026-05-05', -10_000n), voucher('K 1', '2026-05-04', 50_000n)],
    });
    assert.deepEqual(result.differences, []);
    assert.deepEqual(
      result.days.map(({ day: date, statement: stated, ledger }) => [date, stated, ledger]),
      [
        ['2026-05-04', 150_000n, 150_000n],
        ['2026-05-05', 140_000n, 140_000n],
      ],
    );
  });

  test('names the first day on which they part, and where that changes', () => {
    const result = reconcile({
      documents: [
        on('2026-05-04', ['1000', '1500']),
        on('2026-05-05', ['1500', '1400']),
        on('2026-05-06', ['1400', '1300']),
        on('2026-05-07', ['1300', '1200']),
      ],
      // 5 May: 0.50 too little. 7 May: 100.50 put in by hand, and so 0.00 again.
      ledger: [
        voucher('K 1', '2026-05-04', 50_000n),
        voucher('K 2', '2026-05-05', -10_050n),
        voucher('K 3', '2026-05-06', -10_000n),
        voucher('K 4', '2026-05-07', -9_950n),
      ],
    });
    assert.deepEqual(
      result.differences.map((one) =>
        one.kind === 'statement-differs' ? [one.day.day, one.difference, one.before] : one.kind,
      ),
      [
        ['2026-05-05', 50n, 0n],
        ['2026-05-07', 0n, 50n],
      ],
    );
  });

  test('tells where a statement does not begin as the one before ended', () => {
    const { differences } = reconcile({
      opening: null,
      documents: [on('2026-05-04', ['1000', '1500']), on('2026-05-08', ['1400', '1300'])],
    });
    assert.deepEqual(differences, [
      {
        kind: 'statement-gap',
        account: 'KEDJEKONTO-1234',
        day: '2026-05-08',
        closing: 150_000n,
        opening: 140_000n,
      },
    ]);
  });

  test('lists the entries of days that wait for a person', () => {
    const entries = [entry('invoice', '-500', { id: '2' })];
    const { unbooked } = reconcile({
      documents: [on('2026-05-04', ['1000', '500'], { state: 'held', entries })],
    });
    assert.deepEqual(unbooked, [
      {
        account: 'KEDJEKONTO-1234',
        day: '2026-05-04',
        id: '2',
        kind: 'invoice',
        minor: -50_000n,
      },
    ]);
  });

  test('moves invoices that were booked on arrival to the day of the statement', () => {
    const entries = [entry('invoice', '-500', { id: '1' })];
    const sides = {
      documents: [
        on('2026-05-04', ['1000', '1000']),
        on('2026-05-14', ['1000', '500'], { entries }),
      ],
      ledger: [voucher('D 1', '2026-05-04', -50_000n)],
    };
    const arrived = reconcile({ ...sides, isBookedOnArrival: () => true });
    assert.deepEqual(arrived.differences, []);
    assert.equal(reconcile(sides).differences.length, 2);
  });

  test('compares nothing with a ledger that does not tell its balances', () => {
    const { days, differences } = reconcile({
      opening: null,
      documents: [on('2026-05-04', ['1000', '1500'])],
    });
    assert.deepEqual(differences, []);
    assert.equal(days[0]?.ledger, null);
  });
});
