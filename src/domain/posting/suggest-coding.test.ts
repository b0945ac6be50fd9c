import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { day } from '../date.ts';
import { suggestCoding, type CodedInvoice } from './suggest-coding.ts';

function coded(
  number: string,
  date: string,
  costs: Readonly<Record<string, bigint>>,
): CodedInvoice {
  const rows = Object.entries(costs).map(([account, minor]) => ({ account, minor }));
  return { number, date: day(date), costs: rows };
}

describe('suggestCoding', () => {
  it('is the account that most invoices stand on, and tells of the others', () => {
    const suggestion = suggestCoding(
      [
        coded('1', '2026-01-31', { 6550: 100n }),
        coded('2', '2026-02-28', { 5010: 900n }),
        coded('3', '2026-03-31', { 6550: 100n }),
      ],
      'hub',
    );
    assert.deepEqual(suggestion, {
      account: '6550',
      invoices: 2,
      of: 3,
      from: 'hub',
      latest: { number: '3', date: '2026-03-31' },
      others: [{ account: '5010', invoices: 1 }],
    });
  });

  it('counts an invoice where most of it stands, also a credit note', () => {
    const note = coded('1', '2026-01-31', { 5010: -40n, 6550: -900n });
    assert.equal(suggestCoding([note], 'ledger')?.account, '6550');
    const split = coded('2', '2026-01-31', { 5010: 500n, 6550: 400n });
    assert.equal(suggestCoding([split], 'ledger')?.account, '5010');
  });

  it('is the account used last when as many stand on another', () => {
    const older = coded('1', '2026-01-31', { 5010: 1n });
    const newer = coded('2', '2026-02-28', { 6550: 1n });
    for (const earlier of [
      [older, newer],
      [newer, older],
    ]) {
      assert.equal(suggestCoding(earlier, 'hub')?.account, '6550');
    }
  });

  it('is none when nothing was booked before', () => {
    assert.equal(suggestCoding([], 'hub'), null);
    assert.equal(suggestCoding([coded('1', '2026-01-31', {})], 'hub'), null);
  });
});
