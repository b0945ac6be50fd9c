import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { day } from '../domain/date.ts';
import type {
  BookedClaim,
  BookedSettlement,
  ClearingBooks,
} from '../domain/document/clearing-books.ts';
import { kr } from '../testing/day-reports.ts';
import { claim, entry, payout } from '../testing/payouts.ts';
import type { LedgerVoucher } from '../ports/target.ts';
import { reconcileClearing } from './reconcile-clearing.ts';

const MAY = { from: day('2026-05-01'), to: day('2026-05-31') };

function order(number: string, amount: string, on = '2026-05-25'): BookedClaim {
  return { ...claim(number, amount, { date: day(on) }), account: '1581', on: day(on) };
}

/** A payout of whole orders, as the posting rule books it. */
function settlement(
  orders: readonly (readonly [string, string])[],
  clearing: bigint,
): BookedSettlement {
  const entries = orders.map(([number, gross]) =>
    entry('sale', gross, { id: `txn_${number}`, references: [`ch_${number}`], fee: kr('2') }),
  );
  return { payout: payout(entries), on: day('2026-05-28'), clearing: { '1581': clearing } };
}

function voucher(label: string, date: string, minor: bigint): LedgerVoucher {
  const rows = [
    { account: '1581', minor, text: '' },
    { account: '3001', minor: -minor, text: '' },
  ];
  return { id: label, label, date: day(date), text: '', rows };
}

function reconciled(
  books: Omit<ClearingBooks, 'kinds'>,
  ledger: readonly LedgerVoucher[],
  opening: bigint | null = 0n,
) {
  const kinds = new Map(
    ledger.flatMap(({ label }) => {
      const kind = { O: 'order', P: 'payout', T: 'other' }[label[0] ?? ''] as 'order' | undefined;
      return kind === undefined ? [] : [[label, kind] as const];
    }),
  );
  return reconcileClearing({
    books: { ...books, kinds },
    period: MAY,
    ledger,
    opening: opening === null ? null : { '1581': opening },
    lateAfterDays: 14,
  });
}

describe('reconcileClearing', () => {
  it('stands at zero when payouts have cleared their orders', () => {
    const claims = [order('1', '100'), order('2', '50')];
    const settlements = [
      settlement(
        [
          ['1', '100'],
          ['2', '50'],
        ],
        -15_000n,
      ),
    ];
    const ledger = [voucher('O 1', '2026-05-25', 15_000n), voucher('P 1', '2026-05-28', -15_000n)];
    const { accounts, differences } = reconciled({ claims, settlements }, ledger);
    assert.deepEqual(differences, []);
    assert.deepEqual(accounts, [
      {
        ...{ account: '1581', methods: ['stripe'], opening: 0n, orders: 15_000n, refunds: 0n },
        ...{ payouts: -15_000n, fees: 400n, others: 0n, byHand: 0n, balance: 0n, items: [] },
      },
    ]);
  });

  it('names the order that is not paid out, and the row that has no order', () => {
    const claims = [order('1', '100')];
    const settlements = [settlement([['9', '30']], -3_000n)];
    const ledger = [voucher('O 1', '2026-05-25', 10_000n), voucher('P 1', '2026-05-28', -3_000n)];
    const { accounts, differences } = reconciled({ claims, settlements }, ledger);
    assert.deepEqual(differences, []);
    assert.equal(accounts[0]?.balance, 7_000n);
    assert.deepEqual(
      accounts[0].items.map(({ what, name, minor }) => [what, name, minor]),
      [
        ['payout', 'payouts/stripe/po_1', -3_000n],
        ['unpaid', '1', 10_000n],
      ],
    );
  });

  it('names what an order was paid too little', () => {
    const claims = [order('1', '100')];
    const settlements = [settlement([['1', '90']], -9_000n)];
    const ledger = [voucher('O 1', '2026-05-25', 10_000n), voucher('P 1', '2026-05-28', -9_000n)];
    const [account] = reconciled({ claims, settlements }, ledger).accounts;
    assert.deepEqual(
      account?.items.map(({ what, minor }) => [what, minor]),
      [['paid otherwise', 1_000n]],
    );
  });

  it('tells orders that are late, of providers whose payouts come', () => {
    const claims = [
      order('1', '100', '2026-05-17'),
      order('2', '100', '2026-05-18'),
      { ...order('3', '100', '2026-05-02'), method: 'bacs' },
    ];
    const settlements = [settlement([['9', '1']], -100n)];
    const ledger = [voucher('O 1', '2026-05-18', 30_000n), voucher('P 1', '2026-05-28', -100n)];
    const { differences } = reconciled({ claims, settlements }, ledger);
    assert.deepEqual(
      differences.map((one) => one.kind === 'payment-late' && [one.item.name, one.days]),
      [['1', 14]],
    );
  });

  it('tells when an order stands on another account than its payout clears', () => {
    const claims = [{ ...order('1', '100'), account: '1580' }];
    const settlements = [settlement([['1', '100']], -10_000n)];
    const rows = [
      { account: '1580', minor: 10_000n, text: '' },
      { account: '3001', minor: -10_000n, text: '' },
    ];
    const ledger = [
      { ...voucher('O 1', '2026-05-25', 0n), rows },
      voucher('P 1', '2026-05-28', -10_000n),
    ];
    const { accounts, differences } = reconciled({ claims, settlements }, ledger);
    assert.deepEqual(differences, [
      {
        ...{ kind: 'clearing-unexplained', account: '1580', moved: 10_000n, explained: 0n },
        difference: 10_000n,
      },
    ]);
    assert.deepEqual(
      accounts[1]?.items.map(({ what, minor }) => [what, minor]),
      [['payout', -10_000n]],
    );
  });

  it('keeps what others have booked there apart, and takes no start for a difference', () => {
    const claims = [order('1', '100')];
    const settlements = [settlement([['1', '100']], -10_000n)];
    const ledger = [
      voucher('O 1', '2026-05-25', 10_000n),
      voucher('P 1', '2026-05-28', -10_000n),
      voucher('T 1', '2026-05-26', 500n),
      voucher('A 1', '2026-05-27', 25n),
    ];
    const { accounts, differences } = reconciled({ claims, settlements }, ledger, 1_000n);
    assert.deepEqual(differences, []);
    const [account] = accounts;
    assert.deepEqual(
      [account?.opening, account?.others, account?.byHand, account?.balance],
      [1_000n, 500n, 25n, 1_525n],
    );
  });

  it('tells when the ledger has lost a voucher of an order', () => {
    const claims = [order('1', '100')];
    const settlements = [settlement([['1', '100']], -10_000n)];
    const ledger = [voucher('P 1', '2026-05-28', -10_000n)];
    const { differences } = reconciled({ claims, settlements }, ledger);
    assert.deepEqual(differences, [
      {
        ...{ kind: 'clearing-unexplained', account: '1581', moved: -10_000n, explained: 0n },
        difference: -10_000n,
      },
    ]);
  });
});
