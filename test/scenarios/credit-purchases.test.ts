import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { day } from '../../src/domain/date.ts';
import { balancesOf } from '../../src/hub/customer-balances.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { readJournal } from '../../src/store/deliveries.ts';
import { kr } from '../../src/testing/day-reports.ts';
import {
  addPlayer,
  deliveriesOf,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
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

  it('that lack a receipt wait for it when the report is known, and then go by themselves', async () => {
    const player = await addPlayer(stage, { name: 'Kvittolöst AB', stores: ['1234'] });
    await take(player, { name: 'dag.csv', content: REPORT });
    await take(player, { name: 'kredit.csv', content: withoutLast(CREDIT) });
    await untilQuiet(player);
    // 1 060.00 + 125.00 + 2 500.00 are signed for; 2 530.00 are not.
    const differs = {
      code: 'credit-differs',
      store: '1234',
      day: '2026-05-02',
      register: 'ALL',
      reported: kr('6 215'),
      receipts: kr('3 685'),
      difference: kr('2 530'),
    };
    assert.deepEqual(
      (await deliveriesOf(player)).map(({ state, refusals }) => [state, refusals]),
      [
        ['done', []],
        ['held', [differs]],
        ['held', [differs]],
      ],
    );
    const { company, flow } = player;
    const { differences } = await reconcileFlow(stage.hub, { company, flow, period: MAY });
    assert.deepEqual(differences, [
      {
        kind: 'credit-unexplained',
        credit: { store: '1234', day: '2026-05-02', reported: 621_500n, invoiced: 368_500n },
      },
    ]);
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    assert.deepEqual((await statesOf(player)).toSorted(), [
      ...['done', 'done', 'done'],
      'skipped credit-differs',
    ]);
    const again = await reconcileFlow(stage.hub, { company, flow, period: MAY });
    assert.deepEqual(again.differences, []);
  });

  it('hold the report that comes after them with other sums, unless a person accepts', async () => {
    const player = await addPlayer(stage, { name: 'Rapport sist AB', stores: ['1234'] });
    await take(player, { name: 'kredit.csv', content: withoutLast(CREDIT) });
    await untilQuiet(player);
    await take(player, { name: 'dag.csv', content: REPORT });
    await untilQuiet(player);
    assert.deepEqual((await statesOf(player)).toSorted(), ['done', 'done', 'held credit-differs']);
    await settle(player, {
      kind: 'again',
      decision: { kind: 'accept', code: 'credit-differs' },
    });
    assert.deepEqual(await statesOf(player), ['done', 'done', 'done']);
  });

  it('that come again with more receipts are credited and invoiced anew when so decided', async () => {
    const player = await addPlayer(stage, { name: 'Tilläggs AB', stores: ['1234'] });
    await take(player, { name: 'kredit.csv', content: withoutLast(CREDIT) });
    await untilQuiet(player);
    await take(player, { name: 'dag.csv', content: REPORT });
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    assert.deepEqual((await statesOf(player)).toSorted(), [
      ...['done', 'done', 'done'],
      'held invoice-revised',
    ]);
    await settle(player, { kind: 'again', decision: { kind: 'correct' } });
    assert.deepEqual((await statesOf(player)).toSorted(), ['done', 'done', 'done', 'done']);

    // 2 500.00 is credited, and 2 500.00 + 2 530.00 are invoiced.
    const invoices = ledgerOf(player).filter(([title = '']) => title.startsWith('B '));
    assert.deepEqual(
      invoices.map((rows) => rows.slice(1).map((row) => row.split(' · ')[0])),
      [
        ['1510 1185.00', '1518 -1185.00'],
        ['1510 2500.00', '1518 -2500.00'],
        ['1510 -2500.00', '1518 2500.00'],
        ['1510 5030.00', '1518 -2500.00', '1518 -2530.00'],
      ],
    );
    const revised = (await deliveriesOf(player)).find(({ version }) => version === 2);
    assert.equal(revised?.label, 'B 3, B 4');
    assert.deepEqual(
      revised.vouchers.map(({ text }) => text),
      ['Rättelse av B 2: återföring', 'Rättelse av B 2: rätt bokning'],
    );
    const { company, flow } = player;
    const { differences } = await reconcileFlow(stage.hub, { company, flow, period: MAY });
    assert.deepEqual(differences, []);
  });

  // The calls in order: a credit note is made, described and booked.
  for (const [at, what] of ['makes', 'describes', 'books'].entries()) {
    it(`are credited once when the answer to the call that ${what} the credit note is lost`, async () => {
      const choices = { revisions: 'correct' } as const;
      const player = await addPlayer(stage, { name: `Borta ${at} AB`, stores: [], choices });
      await take(player, { name: 'kredit.csv', content: withoutLast(CREDIT) });
      await untilQuiet(player);
      const onInvoices = { method: 'PUT', path: '/3/invoices/*', tenant: player.tenantId };
      stage.simulator.faults.add({ fault: { kind: 'lose-answer' }, skip: at, ...onInvoices });
      await take(player, { name: 'kredit.csv', content: CREDIT });
      await untilQuiet(player);
      assert.deepEqual(await statesOf(player), ['done', 'done', 'done']);
      assert.equal(ledgerOf(player).length, 4);
      const found = (await readJournal(stage.hub.database.db, await lastId(player))).filter(
        ({ event }) => event === 'found',
      );
      assert.equal(found.length, 1);
    });
  }

  it('that are corrected after a version was skipped correct what is booked', async () => {
    const player = await addPlayer(stage, { name: 'Hoppat AB', stores: [] });
    await take(player, { name: 'kredit.csv', content: withoutLast(CREDIT) });
    await untilQuiet(player);
    await take(player, { name: 'kredit.csv', content: CREDIT });
    await untilQuiet(player);
    await settle(player, { kind: 'skip', why: 'a test' });
    await take(player, {
      name: 'kredit.csv',
      content: CREDIT.toString().replace('2500,00', '2400,00'),
    });
    await untilQuiet(player);
    assert.deepEqual((await statesOf(player)).toSorted(), [
      ...['done', 'done'],
      'held invoice-revised',
      'skipped invoice-revised',
    ]);
  });

  it('that come to less than nothing give the customer money back', async () => {
    const player = await addPlayer(stage, { name: 'Retur AB', stores: [] });
    const [head = '', , , lorry = ''] = CREDIT.toString('utf8').split('\n');
    const returned = lorry.replace('2500,00;500,00', '-2500,00;-500,00');
    await take(player, { name: 'kredit.csv', content: `${head}\n${returned}\n` });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done']);
    const [voucher = []] = ledgerOf(player);
    assert.deepEqual(
      voucher.slice(1).map((row) => row.split(' · ')[0]),
      ['1510 -2500.00', '1518 2500.00'],
    );
  });
});

/** The delivery that came last. */
async function lastId(player: Player): Promise<string> {
  const ids = (await deliveriesOf(player)).map(({ id }) => Number(id));
  return String(Math.max(...ids));
}

/** The haulier's coffee of 2 530.00 is missing. */
function withoutLast(file: Buffer): string {
  const lines = file.toString('utf8').trimEnd().split('\n');
  return `${lines.slice(0, -1).join('\n')}\n`;
}
