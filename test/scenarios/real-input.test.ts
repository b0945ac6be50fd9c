import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { sharedPath, skipWithout } from '../../src/testing/shared.ts';
import { addPlayer, startStage, statesOf, take, untilQuiet, type Stage } from './stage.ts';

const REPORTS = sharedPath('data', 'sie', 'sie4j', 'Transaktioner per Z-rapport.se');
const BOOKS = sharedPath('data', 'sie', 'sie4j', 'Arousells_Visning_AB.SE');

/** What the till's file names and the standard chart has not. */
const ACCOUNTS = [
  { number: 1925, name: 'Swish' },
  { number: 1932, name: 'Kort' },
  { number: 2610, name: 'Moms 25%' },
  { number: 2620, name: 'Moms 12%' },
  { number: 3210, name: 'MAT' },
  { number: 3320, name: 'LÄSK VATTEN' },
  { number: 3330, name: 'CIDER' },
  { number: 3340, name: 'ÖL' },
  { number: 3350, name: 'VIN' },
  { number: 3360, name: 'SPRIT' },
] as const;

describe('ten real Z reports', { skip: skipWithout(REPORTS) }, () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  // A till wrote the reports 64–73 of 5–16 May 2021; another accounting program took them in and
  // exported its year. Its file holds these ten vouchers and no others: series A, numbers
  // 110000051–110000060 of that program's own numbering.
  it('stand in the ledger as another accounting program has booked them', async () => {
    const years = [{ from: '2021-01-01', to: '2021-12-31' }];
    const player = await addPlayer(stage, { name: 'Övningskund AB', accounts: ACCOUNTS, years });
    await take(player, { name: 'z.se', content: readFileSync(REPORTS) });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), Array(10).fill('done'));

    const theirs = vouchersIn(readFileSync(BOOKS, 'utf8'));
    const ours = vouchersIn(cp437(await exportSie(stage, player.tenantId)));
    assert.deepEqual(theirs.slice(0, 1), [
      [
        '20210505 nr. 64',
        '1932 2040.00 Kort',
        '2610 -51.80 Moms 25%',
        '2620 -190.82 Moms 12%',
        '3210 -1355.36 MAT',
        '3320 -234.82 L?SK VATTEN',
        '3340 -207.20 ?L',
      ],
    ]);
    assert.equal(theirs.length, 10);
    assert.deepEqual(ours, theirs);
  });
});

/** What a person gets who exports the year from Fortnox. */
async function exportSie(stage: Stage, tenantId: number): Promise<Uint8Array> {
  const { accessToken } = stage.simulator.tenants.get(tenantId).grant();
  const response = await fetch(`${stage.simulator.apiUrl}/3/sie/4?financialyear=1`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  assert.equal(response.status, 200);
  return new Uint8Array(await response.arrayBuffer());
}

/** Bytes of code page 437; a letter that is not of ASCII is as good as any other here. */
function cp437(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/**
 * Each voucher as `day text`, then its rows as `account amount text`. Read by a pattern, so that
 * nothing of ours reads both sides. Letters outside ASCII became one replacement character each in
 * the other program's file: they are a question mark on both sides.
 */
function vouchersIn(sie: string): string[][] {
  const vouchers: string[][] = [];
  for (const line of sie.replace(/[^\n\r\x20-\x7e]/g, '?').split(/\r?\n/)) {
    const head = /^#VER \S+ \S+ (\d{8}) "([^"]*)"/.exec(line);
    if (head !== null) vouchers.push([`${head[1]} ${(head[2] ?? '').trim()}`]);
    const row = /^\s*#TRANS (\d+) \{\} (-?[\d.]+) \S+ "([^"]*)"/.exec(line);
    if (row !== null) vouchers.at(-1)?.push(`${row[1]} ${row[2]} ${row[3]}`);
  }
  return vouchers;
}
