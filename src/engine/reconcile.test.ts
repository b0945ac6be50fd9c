import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DayReport } from '../domain/document/day-report.ts';
import { postDayReport } from '../domain/posting/rules/day-report.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { LedgerVoucher } from '../ports/target.ts';
import { choices, dayReport, sale, tender } from '../testing/day-reports.ts';
import { reconcile, type ReconcileDocument } from './reconcile.ts';

// 1 000 kr sold at 25 %, 600 by card and 400 in cash. Debit 1580 600.00 and 1910 400.00; credit
// 3001 800.00 and 2611 200.00.
const ROWS: readonly (readonly [account: string, minor: bigint])[] = [
  ['1580', 60_000n],
  ['1910', 40_000n],
  ['3001', -80_000n],
  ['2611', -20_000n],
];

function vouchersOf(report: DayReport): readonly Voucher[] {
  const outcome = postDayReport(report, choices(), []);
  assert.equal(outcome.kind, 'vouchers');
  return outcome.vouchers;
}

function booked(change: Partial<ReconcileDocument> = {}): ReconcileDocument {
  const document = dayReport();
  return {
    id: '1',
    document,
    state: 'done',
    labels: ['K 1'],
    sent: vouchersOf(document),
    ...change,
  };
}

function inLedger(rows = ROWS, label = 'K 1'): LedgerVoucher {
  return {
    id: label,
    label,
    date: dayReport().businessDate,
    text: 'Dagsrapport',
    rows: rows.map(([account, minor]) => ({ account, minor, text: '' })),
  };
}

describe('reconcile', () => {
  test('says which documents a figure is made of', () => {
    // The same day twice, from two tills; the ledger lacks the second voucher.
    const result = reconcile({
      documents: [booked(), booked({ id: '2', labels: ['K 2'] })],
      ledger: [inLedger()],
      keys: ['bb1'],
      home: 'SE',
    });
    const ofCard = <T extends { readonly what: string }>(all: readonly T[]) =>
      all.filter(({ what }) => what === 'tender.card');
    assert.deepEqual(
      ofCard(result.rows).map((row) => [row.source, row.hub, row.ledger]),
      [[120_000n, 120_000n, 60_000n]],
    );
    assert.deepEqual(
      ofCard(result.parts).map((part) => [part.documentId, part.source, part.hub, part.ledger]),
      [
        ['1', 60_000n, 60_000n, 60_000n],
        ['2', 60_000n, 60_000n, 0n],
      ],
    );
  });

  test('finds no difference when source, hub and ledger agree', () => {
    const result = reconcile({
      documents: [booked()],
      ledger: [inLedger()],
      keys: ['bb1'],
      home: 'SE',
    });
    assert.deepEqual(result.differences, []);
    assert.deepEqual(
      result.rows.map((row) => [row.what, row.source, row.hub, row.ledger]),
      [
        ['sales.25', -80_000n, -80_000n, -80_000n],
        ['tender.card', 60_000n, 60_000n, 60_000n],
        ['tender.cash', 40_000n, 40_000n, 40_000n],
        ['vat.25', -20_000n, -20_000n, -20_000n],
      ],
    );
    assert.deepEqual(result.counts, { documents: 1, booked: 1, open: 0, skipped: 0, vouchers: 1 });
    assert.equal(result.trialBalance, 0n);
  });

  test('names the voucher and the amounts when the ledger was changed by hand', () => {
    const changed: typeof ROWS = [
      ['1580', 50_000n],
      ['1910', 50_000n],
      ['3001', -80_000n],
      ['2611', -20_000n],
    ];
    const result = reconcile({
      documents: [booked()],
      ledger: [inLedger(changed)],
      keys: [],
      home: 'SE',
    });
    assert.deepEqual(
      result.differences.map((difference) => difference.kind),
      ['voucher-differs', 'amount', 'amount'],
    );
    const [first] = result.differences;
    assert.equal(first?.kind, 'voucher-differs');
    assert.deepEqual(first.sent, ['1580 60000', '1910 40000', '2611 -20000', '3001 -80000']);
    assert.deepEqual(first.booked, ['1580 50000', '1910 50000', '2611 -20000', '3001 -80000']);
    assert.equal(result.trialBalance, 0n);
  });

  test('names a voucher that is not in the ledger', () => {
    const result = reconcile({ documents: [booked()], ledger: [], keys: [], home: 'SE' });
    const [first] = result.differences;
    assert.deepEqual(first, {
      kind: 'voucher-missing',
      document: 'minbutik/1234/2026-05-04:ALL:Z-000412',
      label: 'K 1',
    });
  });

  test('names what the hub booked otherwise than the source says', () => {
    const lines = [sale('1 000', '200', 2500), tender('card', '700'), tender('cash', '300')];
    const document = booked({ document: dayReport({ lines }) });
    const result = reconcile({ documents: [document], ledger: [inLedger()], keys: [], home: 'SE' });
    assert.deepEqual(
      result.differences.map((difference) =>
        difference.kind === 'amount'
          ? [difference.row.what, difference.row.source, difference.row.hub]
          : difference.kind,
      ),
      [
        ['tender.card', 70_000n, 60_000n],
        ['tender.cash', 30_000n, 40_000n],
      ],
    );
  });

  test('lets stand what a person has decided to book beside the figures of the source', () => {
    // 1 000 kr sold, 900 by card and 50 in cash: 50 kr are missing, and a person puts them on 6991.
    const document = dayReport({
      lines: [sale('1000', '200', 2500), tender('card', '900'), tender('cash', '50')],
    });
    const outcome = postDayReport(document, choices(), [
      { kind: 'book-difference', account: '6991' },
    ]);
    assert.equal(outcome.kind, 'vouchers');
    const rows: typeof ROWS = [
      ['3001', -80_000n],
      ['2611', -20_000n],
      ['1580', 90_000n],
      ['1910', 5_000n],
      ['6991', 5_000n],
    ];
    const documents = [booked({ document, sent: outcome.vouchers })];
    const result = reconcile({ documents, ledger: [inLedger(rows)], keys: ['bb1'], home: 'SE' });
    assert.deepEqual(result.differences, []);
    assert.deepEqual(
      result.rows.filter((row) => row.what === 'difference').map((row) => [row.source, row.hub]),
      [[0n, 5_000n]],
    );
    const changed: typeof ROWS = [...rows.slice(0, 4), ['6991', 4_000n]];
    const wrong = reconcile({ documents, ledger: [inLedger(changed)], keys: ['bb1'], home: 'SE' });
    assert.ok(wrong.differences.some(({ kind }) => kind === 'voucher-differs'));
  });

  test('names a key that stands in the ledger more than once', () => {
    const keys = ['bb1', 'bb2', 'bb1', 'bb1'];
    const result = reconcile({ documents: [booked()], ledger: [inLedger()], keys, home: 'SE' });
    assert.deepEqual(result.differences, [{ kind: 'booked-twice', key: 'bb1', times: 3 }]);
  });

  test('lists what is held or under way as open, and no difference', () => {
    const documents = [
      booked(),
      booked({ state: 'held', labels: [], sent: [] }),
      booked({ state: 'in doubt', labels: [], sent: [] }),
      booked({ state: 'skipped', labels: [], sent: [] }),
    ];
    const result = reconcile({ documents, ledger: [inLedger()], keys: [], home: 'SE' });
    assert.deepEqual(result.differences, []);
    assert.deepEqual(result.counts, { documents: 4, booked: 1, open: 2, skipped: 1, vouchers: 1 });
    assert.deepEqual(
      result.open.map((open) => open.state),
      ['held', 'in doubt'],
    );
  });

  test('counts a document, its reversal and its correction as what it is now', () => {
    const before = dayReport();
    const lines = [sale('1 250', '250', 2500), tender('card', '850'), tender('cash', '400')];
    const now = dayReport({ lines });
    const [was] = vouchersOf(before);
    const [is] = vouchersOf(now);
    assert.ok(was !== undefined && is !== undefined);
    const rows = was.rows.map((row) => ({
      ...row,
      amount: { ...row.amount, minor: -row.amount.minor },
    }));
    const reversed = ROWS.map(([account, minor]) => [account, -minor] as const);
    const right: typeof ROWS = [
      ['1580', 85_000n],
      ['1910', 40_000n],
      ['3001', -100_000n],
      ['2611', -25_000n],
    ];
    const result = reconcile({
      documents: [
        booked({ document: now, labels: ['K 1', 'K 2', 'K 3'], sent: [was, { ...was, rows }, is] }),
      ],
      ledger: [inLedger(), inLedger(reversed, 'K 2'), inLedger(right, 'K 3')],
      keys: [],
      home: 'SE',
    });
    assert.deepEqual(result.differences, []);
    assert.equal(result.counts.vouchers, 3);
  });

  test('tells that the ledger itself does not balance', () => {
    const broken: typeof ROWS = [...ROWS.slice(0, 3), ['2611', -19_900n]];
    const result = reconcile({ documents: [], ledger: [inLedger(broken)], keys: [], home: 'SE' });
    assert.equal(result.trialBalance, 100n);
  });
});
