import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { day } from '../../src/domain/date.ts';
import { balancesOf } from '../../src/hub/customer-balances.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import {
  addPlayer,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Stage,
} from './stage.ts';

const FIXTURES = join(import.meta.dirname, '../../src/connectors/minbutik/fixtures');
const REPORT = readFileSync(join(FIXTURES, 'dagsrapport-1234-2026-05-02.csv'));
const CREDIT = readFileSync(join(FIXTURES, 'kreditkop-1234-2026-05.csv'));
const MAY = { from: day('2026-05-01'), to: day('2026-05-31') };

/** The report sells for 6 215.00 on account: 1 185.00 to a school, 5 030.00 to a haulier. */
describe('purchases on account', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  it('become an invoice for each customer, and nothing is left on 1518', async () => {
    const player = await addPlayer(stage, { name: 'Kreditlivs AB', stores: ['1234'] });
    await take(player, { name: 'dag.csv', content: REPORT });
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done', 'done']);

    const rows = ledgerOf(player).flatMap((voucher) => voucher.slice(1));
    const of1518 = rows.filter((row) => row.startsWith('1518 ')).map((row) => row.split(' ')[1]);
    assert.equal(
      of1518.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0),
      0,
    );
    const claims = rows.filter((row) => row.startsWith('1510 ')).map((row) => row.split(' ')[1]);
    assert.deepEqual(new Set(claims), new Set(['1185.00', '5030.00']));
    const invoices = ledgerOf(player).filter((voucher) => voucher.join().includes('1510 '));
    const vatOrRevenue = invoices.flat().filter((row) => /^(26\d\d|3\d\d\d) /.test(row));
    assert.deepEqual(vatOrRevenue, []);

    const { company, flow } = player;
    const result = await reconcileFlow(stage.hub, { company, flow, period: MAY });
    assert.deepEqual(result.differences, []);
    assert.deepEqual(result.credit, [
      { store: '1234', day: '2026-05-02', reported: 621_500n, invoiced: 621_500n },
    ]);
  });

  it('stand in the balances that the till gets back, invoiced or not yet', async () => {
    const player = await addPlayer(stage, { name: 'Saldo AB', stores: [], mode: 'review' });
    await take(player, { name: 'kredit.csv', content: CREDIT });
    const { company, flow } = player;
    const owed = async () => {
      const { snapshot } = await balancesOf(stage.hub, { company, flow });
      return snapshot.customers.map(({ number, balance }) => [number, balance]);
    };
    const all = [
      ['10017', 118_500n],
      ['10044', 503_000n],
    ];
    assert.deepEqual(await owed(), all);
    await settle(player, { kind: 'again', decision: null });
    assert.deepEqual(await statesOf(player), ['done', 'done']);
    assert.deepEqual(await owed(), all);
    const { file } = await balancesOf(stage.hub, { company, flow });
    const lines = Buffer.from(file.bytes).toString('utf8').trimEnd().split('\r\n').slice(1);
    assert.deepEqual(
      lines.map((line) => line.split(';').slice(2, 5)),
      [
        ['10017', 'Exempelkommun Skola', '1185,00'],
        ['10044', 'Åkeriet Öst AB', '5030,00'],
      ],
    );
  });

  it('that lack a receipt are told with both numbers', async () => {
    const player = await addPlayer(stage, { name: 'Kvittolöst AB', stores: ['1234'] });
    const [head = '', ...lines] = CREDIT.toString('utf8').trimEnd().split('\n');
    await take(player, { name: 'dag.csv', content: REPORT });
    await take(player, {
      name: 'kredit.csv',
      content: [head, ...lines.slice(0, -1), ''].join('\n'),
    });
    await untilQuiet(player);
    const { company, flow } = player;
    const { differences } = await reconcileFlow(stage.hub, { company, flow, period: MAY });
    assert.deepEqual(differences, [
      {
        kind: 'credit-unexplained',
        credit: { store: '1234', day: '2026-05-02', reported: 621_500n, invoiced: 368_500n },
      },
    ]);
  });

  it('that come again with more receipts after they were invoiced wait for a person', async () => {
    const player = await addPlayer(stage, { name: 'Tilläggs AB', stores: ['1234'] });
    const lines = CREDIT.toString('utf8').trimEnd().split('\n');
    await take(player, { name: 'kredit.csv', content: `${lines.slice(0, -1).join('\n')}\n` });
    await untilQuiet(player);
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done', 'held invoice-revised']);
    assert.equal(ledgerOf(player).length, 2);
  });
});
