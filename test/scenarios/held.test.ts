import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TenantHandle } from '../../src/connectors/fortnox/simulator/server/tenant-handle.ts';
import { command } from './command.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const SOLD = 'sale;50;Hygien;25;1000,00;200,00';
const PAID = 'tender;KORT;Kontokort;;1000,00;';

/** A way in which a document is held, what a person reads, what they do, and what is booked. */
type Case = {
  readonly title: string;
  readonly day?: string;
  readonly rows?: readonly string[];
  readonly choices?: NonNullable<Parameters<typeof addPlayer>[1]['choices']>;
  /** What is so in Fortnox beforehand. */
  readonly given?: (tenant: TenantHandle) => void;
  readonly code: string;
  readonly says: string;
  /** What is mended in Fortnox. */
  readonly mend?: (tenant: TenantHandle) => void;
  /** Commands without company. */
  readonly way: readonly (readonly string[])[];
  /** The day that it is booked on, where that is not its own. */
  readonly bookedOn?: string;
  readonly booked: readonly string[];
};

const AGAIN = ['held', 'resolve', 'all', '--again'] as const;

const CASES: readonly Case[] = [
  {
    // Taken 1 000.00, accounted for 900.00: 100.00 are not.
    title: 'does not balance: the difference is booked where a person says',
    rows: [SOLD, 'tender;KORT;Kontokort;;900,00;'],
    code: 'does-not-balance',
    says:
      'Rapporten går inte ihop: intäkter 1 000,00, redovisat 900,00, differens 100,00. Be butiken ' +
      'om en rättad rapport, eller välj det konto som differensen hör hemma på.',
    way: [['held', 'resolve', 'all', '--account', '6991']],
    booked: [
      '3001 -800.00 · Försäljning 25 %',
      '2611 -200.00 · Moms 25 %',
      '1580 900.00 · Kort',
      '6991 100.00 · Differens enligt beslut',
    ],
  },
  {
    title: 'was paid in a way that nobody has given an account: one is chosen',
    rows: [SOLD, 'tender;KLARNA;Klarna;;1000,00;'],
    code: 'account-not-chosen',
    says:
      'Inget konto är valt för ”KLARNA Klarna” (Betalt på annat sätt KLARNA, ' +
      'tender.other/KLARNA). Välj ett i flödet.',
    way: [['flow', 'set', '--account', 'tender.other/KLARNA=1510'], AGAIN],
    booked: [
      '3001 -800.00 · Försäljning 25 %',
      '2611 -200.00 · Moms 25 %',
      '1510 1000.00 · Klarna',
    ],
  },
  {
    title: 'needs an account that Fortnox has not: it is added there',
    given: (tenant) => tenant.set({ accounts: [{ number: 1580, isRemoved: true }] }),
    code: 'account-unknown',
    says:
      'Konto 1580 finns inte i bokföringens kontoplan (för Betalkort, tender.card). Lägg upp det där, eller ' +
      'välj ett annat.',
    mend: (tenant) => tenant.set({ accounts: [{ number: 1580, name: 'Kortfordringar' }] }),
    way: [AGAIN],
    booked: SMALL_DAY_ROWS,
  },
  {
    title: 'needs an account that Fortnox has not: another one is chosen',
    given: (tenant) => tenant.set({ accounts: [{ number: 1580, isRemoved: true }] }),
    code: 'account-unknown',
    says:
      'Konto 1580 finns inte i bokföringens kontoplan (för Betalkort, tender.card). Lägg upp det där, eller ' +
      'välj ett annat.',
    way: [['flow', 'set', '--account', 'tender.card=1510'], AGAIN],
    booked: ['3001 -800.00 · Försäljning 25 %', '2611 -200.00 · Moms 25 %', '1510 1000.00 · Kort'],
  },
  {
    title: 'needs an account that is not active: it is activated',
    given: (tenant) => tenant.set({ accounts: [{ number: 3001, isActive: false }] }),
    code: 'account-inactive',
    says:
      'Konto 3001 är inte aktivt i bokföringen (för Försäljning 25 %, sales.25). ' +
      'Aktivera det där, eller välj ett ' +
      'annat.',
    mend: (tenant) => tenant.set({ accounts: [{ number: 3001, isActive: true }] }),
    way: [AGAIN],
    booked: SMALL_DAY_ROWS,
  },
  {
    title: 'is of a locked period: it is opened',
    given: (tenant) => tenant.set({ lockedTo: '2026-10-31' }),
    code: 'period-locked',
    says:
      'Bokföringen är låst till och med 2026-10-31, och dokumentet är från 2026-10-05. Öppna ' +
      'perioden, eller välj en annan bokföringsdag.',
    mend: (tenant) => tenant.set({ lockedTo: null }),
    way: [AGAIN],
    booked: SMALL_DAY_ROWS,
  },
  {
    title: 'is of a locked period: it is booked on another day',
    given: (tenant) => tenant.set({ lockedTo: '2026-10-31' }),
    code: 'period-locked',
    says:
      'Bokföringen är låst till och med 2026-10-31, och dokumentet är från 2026-10-05. Öppna ' +
      'perioden, eller välj en annan bokföringsdag.',
    way: [['held', 'resolve', 'all', '--date', '2026-11-02']],
    bookedOn: '2026-11-02',
    booked: SMALL_DAY_ROWS,
  },
  {
    title: 'is of a locked period: the company chooses the first open day from now on',
    given: (tenant) => tenant.set({ lockedTo: '2026-10-31' }),
    code: 'period-locked',
    says:
      'Bokföringen är låst till och med 2026-10-31, och dokumentet är från 2026-10-05. Öppna ' +
      'perioden, eller välj en annan bokföringsdag.',
    way: [['flow', 'set', '--set', 'lockedPeriod=first-open-day'], AGAIN],
    bookedOn: '2026-11-01',
    booked: SMALL_DAY_ROWS,
  },
  {
    title: 'is of a day before the first financial year: it is booked on another day',
    day: '2024-12-31',
    code: 'year-missing',
    says: 'Bokföringen har inget räkenskapsår för 2024-12-31. Lägg upp det där.',
    way: [['held', 'resolve', 'all', '--date', '2025-01-01']],
    bookedOn: '2025-01-01',
    booked: SMALL_DAY_ROWS,
  },
  {
    // Counted 900.00 of 1 000.00: 100.00 are missing, more than 50.00.
    title: 'misses more cash than the limit: a person accepts it',
    rows: [SOLD, 'tender;KONTANT;Kontant;;1000,00;', 'cash_count;KONTANT;Räknat;;900,00;'],
    choices: { cashDifferenceLimit: '50' },
    code: 'cash-difference-large',
    says: 'Kassan skiljer −100,00, mer än gränsen 50,00. Räkna om, eller godkänn differensen.',
    way: [['held', 'resolve', 'all', '--accept', 'cash-difference-large']],
    booked: [
      '3001 -800.00 · Försäljning 25 %',
      '2611 -200.00 · Moms 25 %',
      '1910 900.00 · Kontant',
      '6991 100.00 · Kassadifferens',
    ],
  },
  {
    // The head says 1 100.00, the lines 1 000.00.
    title: 'has another total than its lines: a person accepts it',
    rows: ['day_report;;Dagsrapport;;1100,00;200,00', SOLD, PAID],
    code: 'control-total-differs',
    says:
      'Kassans egen summa av försäljningen är 1 100,00, raderna blir 1 000,00, differens 100,00. ' +
      'En rad kan saknas: jämför med rapporten på papper.',
    way: [['held', 'resolve', 'all', '--accept', 'control-total-differs']],
    booked: SMALL_DAY_ROWS,
  },
  {
    // 1 000.00 × 25 / 125 = 200.00; stated 190.00. Net 810.00.
    title: 'states other VAT than its rate gives: a person accepts it',
    rows: ['sale;50;Hygien;25;1000,00;190,00', PAID],
    code: 'vat-differs',
    says:
      '”50 Hygien” anger moms 190,00; 25 % skulle vara 200,00, differens −10,00, mer än 1,00. ' +
      'Kontrollera momssatsen; godkänn om kassan har rätt.',
    way: [['held', 'resolve', 'all', '--accept', 'vat-differs']],
    booked: ['3001 -810.00 · Försäljning 25 %', '2611 -190.00 · Moms 25 %', '1580 1000.00 · Kort'],
  },
  {
    title: 'is to stand in a series that Fortnox has not: another one is chosen',
    choices: { series: 'Q' },
    code: 'series-unknown',
    says: 'Bokföringen har ingen verifikationsserie Q. Lägg upp den där, eller välj en annan.',
    way: [['flow', 'set', '--set', 'series=K'], AGAIN],
    booked: SMALL_DAY_ROWS,
  },
  {
    title: 'is to stand in a series that is not manual: it is made so',
    given: (tenant) => tenant.set({ series: [{ code: 'K', isManual: false }] }),
    code: 'series-not-manual',
    says: 'Verifikationsserie K tar inte emot verifikat utifrån. Kryssa i ”Manuell kontering”.',
    mend: (tenant) => tenant.set({ series: [{ code: 'K', isManual: true }] }),
    way: [AGAIN],
    booked: SMALL_DAY_ROWS,
  },
];

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

describe('a day report that', () => {
  for (const [index, one] of CASES.entries()) {
    it(one.title, async () => {
      const name = `Hålls ${index} AB`;
      const player = await addPlayer(stage, { name, choices: one.choices ?? {} });
      const tenant = stage.simulator.tenants.get(player.tenantId);
      one.given?.(tenant);
      const { day = DAY, rows = [SOLD, PAID] } = one;
      await take(player, { name: 'z.csv', content: tillFile({ day, rows }) });
      await untilQuiet(player);
      assert.deepEqual(await statesOf(player), [`held ${one.code}`]);

      const held = await command(stage, 'held', '--company', name);
      assert.equal(held.code, 1);
      assert.deepEqual(held.out.split('\n').slice(1, 2), [`    ${one.says} [${one.code}]`]);
      assert.deepEqual(ledgerOf(player), []);

      one.mend?.(tenant);
      const text = `Dagsrapport ${day} butik 1234 kassa 1 Z-1`;
      const ledger = [[`K 1 · ${one.bookedOn ?? day} · ${text}`, ...one.booked]];
      for (const argv of one.way) {
        const ended = await command(stage, ...argv, '--company', name);
        assert.equal(ended.code, 0, ended.out + ended.err);
      }
      assert.deepEqual(ledgerOf(player), ledger);
      assert.equal(
        (await command(stage, 'held', '--company', name)).out,
        'Nothing waits for you.\n',
      );

      const more = await command(stage, ...AGAIN, '--company', name);
      assert.deepEqual([more.code, more.out], [1, '0 settled.\n']);
      assert.deepEqual(ledgerOf(player), ledger);
    });
  }

  it('cannot be taken in spite of a reason that only can be mended', async () => {
    const name = 'Godtas inte AB';
    const player = await addPlayer(stage, { name });
    const rows = [SOLD, 'tender;KORT;Kontokort;;900,00;'];
    await take(player, { name: 'z.csv', content: tillFile({ day: DAY, rows }) });
    await untilQuiet(player);
    const asked = ['held', 'resolve', 'all', '--accept', 'does-not-balance', '--company', name];
    const ended = await command(stage, ...asked);
    assert.equal(ended.code, 2);
    assert.match(ended.err, /^does-not-balance cannot be accepted\. These can: /);
    assert.deepEqual(await statesOf(player), ['held does-not-balance']);
  });
});

/** Takes in a small day that waits in review. */
async function inReview(name: string): Promise<Player> {
  const player = await addPlayer(stage, { name, mode: 'review' });
  await take(player, { name: 'z.csv', content: tillFile(smallDay({ day: DAY })) });
  await untilQuiet(player);
  assert.deepEqual(await statesOf(player), ['review']);
  return player;
}

const BOOKED = [[`K 1 · ${DAY} · Dagsrapport ${DAY} butik 1234 kassa 1 Z-1`, ...SMALL_DAY_ROWS]];

describe('a flow in review', () => {
  it('sends nothing to the ledger before it is approved', async () => {
    const name = 'Granskar AB';
    const player = await inReview(name);
    assert.equal(stage.simulator.tenants.get(player.tenantId).tally().calls, 0);
    const held = await command(stage, 'held', '--company', name);
    assert.match(held.out, /store 1234 till 1 Z-1: waits for approval \(--again books it\)\n/);
    const ended = await command(stage, ...AGAIN, '--company', name);
    assert.equal(ended.code, 0);
    assert.match(ended.out, /: booked as K 1\n/);
    assert.deepEqual(ledgerOf(player), BOOKED);
  });

  it('leaves out what is skipped, and books it after all when it is taken up again', async () => {
    const name = 'Ångrar sig AB';
    const player = await inReview(name);
    const skip = ['held', 'resolve', 'all', '--skip', 'bokförd för hand', '--company', name];
    assert.equal((await command(stage, ...skip)).code, 0);
    assert.deepEqual(await statesOf(player), ['skipped']);
    assert.deepEqual(ledgerOf(player), []);

    const none = await command(stage, 'held', '--company', name);
    assert.deepEqual([none.code, none.out], [0, 'Nothing waits for you.\n']);
    const skipped = await command(stage, 'held', '--skipped', '--company', name);
    const [, id] = /^(\d+) {2}.* Z-1: skipped: bokförd för hand\n/.exec(skipped.out) ?? [];
    assert.notEqual(id, undefined, skipped.out);
    assert.equal(skipped.code, 0);

    await command(stage, 'held', 'resolve', String(id), '--again', '--company', name);
    assert.deepEqual(ledgerOf(player), BOOKED);
    const twice = ['held', 'resolve', String(id), '--again', '--company', name];
    assert.equal((await command(stage, ...twice)).out, '0 settled.\n');
    assert.deepEqual(ledgerOf(player), BOOKED);
  });

  it('does not take up a skipped version when a later one has come', async () => {
    const name = 'Nyare finns AB';
    const player = await inReview(name);
    await command(stage, 'held', 'resolve', 'all', '--skip', 'fel', '--company', name);
    const skipped = await command(stage, 'held', '--skipped', '--company', name);
    const [, id] = /^(\d+) /.exec(skipped.out) ?? [];
    const rows = ['sale;50;Hygien;25;1250,00;250,00', 'tender;KORT;Kontokort;;1250,00;'];
    await take(player, { name: 'later.csv', content: tillFile({ day: DAY, rows }) });
    const old = await command(stage, 'held', 'resolve', String(id), '--again', '--company', name);
    assert.equal(old.out, '0 settled.\n');
    await command(stage, ...AGAIN, '--company', name);
    assert.deepEqual(await statesOf(player), ['skipped', 'done']);
    assert.equal(ledgerOf(player).length, 1);
  });
});
