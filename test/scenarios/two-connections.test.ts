import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addRigSource } from '../../src/app/demo/rig.ts';
import {
  addPlayer,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';

describe('two connections of one system into one ledger', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  /** A company whose reports come by two ways, as while it changes from one to the other. */
  async function twoWays(name: string): Promise<readonly [Player, Player]> {
    const first = await addPlayer(stage, { name });
    const choices = { attachFile: false, series: 'K' };
    const of = { connector: 'minbutik', name: 'minbutik-2', choices };
    return [first, { ...first, ...(await addRigSource(stage, first, of)) }];
  }

  it('bring a report that says the same once', async () => {
    const [first, second] = await twoWays('Två vägar AB');
    const content = tillFile(smallDay({ day: DAY }));
    await take(first, { name: 'a.csv', content });
    await untilQuiet(first);
    assert.equal((await take(second, { name: 'b.csv', content })).kind, 'read');
    await untilQuiet(first);
    assert.deepEqual((await statesOf(first)).toSorted(), ['done', 'skipped']);
    assert.equal(ledgerOf(first).length, 1);
  });

  it('have a person asked when one corrects what the other has brought', async () => {
    const [first, second] = await twoWays('Två rättelser AB');
    const report = smallDay({ day: DAY });
    await take(first, { name: 'a.csv', content: tillFile(report) });
    await untilQuiet(first);
    await take(second, { name: 'a.csv', content: tillFile(report) });
    // 500.00 with VAT 100.00 in place of 1 000.00 with 200.00.
    const rows = ['sale;50;Hygien;25;500,00;100,00', 'tender;KORT;Kontokort;;500,00;'];
    await take(second, { name: 'b.csv', content: tillFile({ ...report, rows }) });
    await untilQuiet(first);
    assert.deepEqual((await statesOf(first)).toSorted(), [
      'done',
      'held report-overlaps',
      'skipped',
    ]);
    assert.equal(ledgerOf(first).length, 1);
  });

  it('have a person asked when they say otherwise', async () => {
    const [first, second] = await twoWays('Två ord AB');
    await take(first, { name: 'a.csv', content: tillFile(smallDay({ day: DAY })) });
    await untilQuiet(first);
    const content = tillFile(smallDay({ day: DAY })).replaceAll('Kontokort', 'Kort');
    await take(second, { name: 'b.csv', content });
    await untilQuiet(first);
    assert.deepEqual((await statesOf(first)).toSorted(), ['done', 'held report-overlaps']);
    await settle(first, { kind: 'skip', why: 'the same' });
    assert.equal(ledgerOf(first).length, 1);
  });
});
