import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Payout } from '../../../domain/document/payout.ts';
import { formatMoney } from '../../../domain/money.ts';
import { kr } from '../../../testing/day-reports.ts';
import { sharedPath, skipWithout } from '../../../testing/shared.ts';
import type { Reading } from '../../../ports/source.ts';
import { problemsOf, standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, readAll } from '../read-for-test.ts';

const NOTIFIED = fixture('insattningar-054-2026-05-06.xml').toString('utf8');
const SAMPLE = sharedPath('data', 'settlements', 'camt054_sample.xml');
const ACCOUNT = 'SE4550000000058398257466';

function payoutsOf(readings: readonly Reading[]): readonly Payout[] {
  return standing(readings).flatMap(({ document }) =>
    document.kind === 'payout' ? [document] : [],
  );
}

/** `sale 725.62 of 1001 (SW0506A1)` of each payment. */
function told({ provider, date, entries, transfers }: Payout): readonly string[] {
  const payments = entries.map(({ kind, gross, order, references }) => {
    return `${kind} ${formatMoney(gross)} of ${order ?? '–'} (${references.join(', ')})`;
  });
  const arrived = transfers.map(({ reference, amount }) => `${reference} ${formatMoney(amount)}`);
  return [`${provider} ${date}`, ...payments, ...arrived];
}

describe('a notification of payments', () => {
  it('is a payout for each entry of money that has come, with its payments', async () => {
    // 725.62 + 725.62 − 100.00 = 1 351.24
    assert.deepEqual(payoutsOf(await readAll(NOTIFIED)).map(told), [
      [
        'swish 2026-05-06',
        'sale 725.62 of 1001 (SW0506A1)',
        'sale 725.62 of – (SW0506A2)',
        'refund -100.00 of 1001 (SW0506A3)',
        'B506-SWISH 1351.24',
      ],
      ['bank 2026-05-06', 'sale 725.62 of 1003 ()', 'B506-77 725.62'],
    ]);
  });

  it('holds no name of a payer', async () => {
    assert.ok(!JSON.stringify(payoutsOf(await readAll(NOTIFIED)), shown).includes('Öberg'));
  });

  it('counts what has not come, and leaves what goes out to the statement', async () => {
    const notices = (await readAll(NOTIFIED)).flatMap((one) =>
      one.kind === 'notice' ? [one.notice] : [],
    );
    assert.deepEqual(notices, [
      { code: 'entries-pending', account: ACCOUNT, count: 1, total: kr('50') },
      { code: 'debits-left-out', account: ACCOUNT, count: 1, total: kr('-4500') },
    ]);
  });

  it('takes one payment for all when those that it names do not come to it', async () => {
    const cut = NOTIFIED.replace('<Amt Ccy="SEK">100.00</Amt>', '<Amt Ccy="SEK">90.00</Amt>');
    const [first] = payoutsOf(await readAll(cut));
    assert.deepEqual(
      first?.entries.map(({ gross }) => formatMoney(gross)),
      ['1351.24'],
    );
  });

  it('takes no number for an order when the payer has written two', async () => {
    const two = NOTIFIED.replace('order #1003 tack', 'order 1003 kundnr 88123');
    assert.equal(payoutsOf(await readAll(two))[1]?.entries[0]?.order, null);
  });

  it('is unreadable where an amount is, and the others stand', async () => {
    const broken = NOTIFIED.replace(
      '<Amt Ccy="SEK">725.62</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>',
      '<Amt Ccy="SEK">7x</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>',
    );
    const readings = await readAll(broken);
    assert.deepEqual(
      problemsOf(readings).map(({ code }) => code),
      ['not-a-number'],
    );
    assert.equal(payoutsOf(readings).length, 1);
  });

  it('of another company’s account is not taken', async () => {
    const readings = await readAll(NOTIFIED, { accounts: ['SE11'] });
    assert.deepEqual(
      problemsOf(readings).map(({ code }) => code),
      ['unknown-value'],
    );
  });

  it('that a bank has published is read', { skip: skipWithout(SAMPLE) }, async () => {
    const [payout, ...others] = payoutsOf(await readAll(readFileSync(SAMPLE)));
    assert.deepEqual(others, []);
    assert.deepEqual(payout === undefined ? [] : told(payout), [
      'bank 2022-01-26',
      'sale 5.00 of 000000000000000000000000003 (15180015077602405, ENDTOENDID-01, ' +
        'MIB InstrId305-312MM20211231v1, 000000000000000000000000003)',
      '98888208N8 5.00',
    ]);
  });
});

function shown(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
