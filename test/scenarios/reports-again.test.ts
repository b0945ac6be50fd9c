import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listNotices } from '../../src/store/files.ts';
import { describeNotice } from '../../src/text/notices.ts';
import {
  addPlayer,
  deliveriesOf,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  today,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

const DAY = '2026-10-05';
const TITLE = `Dagsrapport ${DAY} butik 1234 kassa 1`;

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

describe('a report that comes again', () => {
  const content = tillFile(smallDay({ day: DAY, number: 'Z-5' }));

  it('is booked once when the same file comes twice', async () => {
    const player = await addPlayer(stage, { name: 'Samma fil AB' });
    const first = await take(player, { name: 'a.csv', content });
    const second = await take(player, { name: 'b.csv', content });
    await untilQuiet(player);
    assert.equal(first.kind, 'read');
    assert.deepEqual(second.kind === 'seen' && [second.sameAs, second.seen], [first.fileId, 1]);
    assert.deepEqual(ledgerOf(player), [[`K 1 · ${DAY} · ${TITLE} Z-5`, ...SMALL_DAY_ROWS]]);
  });

  it('is booked once when two files hold it, one of them with another report', async () => {
    const player = await addPlayer(stage, { name: 'Två filer AB' });
    const next = smallDay({ day: '2026-10-06', number: 'Z-6' });
    await take(player, { name: 'a.csv', content });
    const both = tillFile(smallDay({ day: DAY, number: 'Z-5' }), next);
    const result = await take(player, { name: 'b.csv', content: both });
    await untilQuiet(player);
    assert.deepEqual(result.kind === 'read' && [result.documents, result.seen], [1, 1]);
    assert.deepEqual(ledgerOf(player), [
      [`K 1 · ${DAY} · ${TITLE} Z-5`, ...SMALL_DAY_ROWS],
      ['K 2 · 2026-10-06 · Dagsrapport 2026-10-06 butik 1234 kassa 1 Z-6', ...SMALL_DAY_ROWS],
    ]);
  });
});

/** 1 250.00 sold at 25 %: VAT 250.00, net 1 000.00. */
const REVISED = tillFile({
  day: DAY,
  number: 'Z-5',
  rows: ['sale;50;Hygien;25;1250,00;250,00', 'tender;KORT;Kontokort;;1250,00;'],
});

/** 500.00 sold at 25 %: VAT 100.00, net 400.00. */
const REVISED_AGAIN = tillFile({
  day: DAY,
  number: 'Z-5',
  rows: ['sale;50;Hygien;25;500,00;100,00', 'tender;KORT;Kontokort;;500,00;'],
});

/** What the first version and its revision leave in the ledger. */
function correctedLedger(): readonly (readonly string[])[] {
  return [
    [`K 1 · ${DAY} · ${TITLE} Z-5`, ...SMALL_DAY_ROWS],
    [
      `K 2 · ${today()} · Rättelse av K 1: återföring`,
      '3001 800.00 · Försäljning 25 %',
      '2611 200.00 · Moms 25 %',
      '1580 -1000.00 · Kort',
    ],
    [
      `K 3 · ${today()} · Rättelse av K 1: rätt bokning`,
      '3001 -1000.00 · Försäljning 25 %',
      '2611 -250.00 · Moms 25 %',
      '1580 1250.00 · Kort',
    ],
  ];
}

describe('a report that comes again with other figures', () => {
  async function firstBooked(of: Parameters<typeof addPlayer>[1]): Promise<Player> {
    const player = await addPlayer(stage, of);
    const content = tillFile(smallDay({ day: DAY, number: 'Z-5' }));
    await take(player, { name: 'first.csv', content });
    await untilQuiet(player);
    return player;
  }

  it('is held with the two sums when the company wants to be asked', async () => {
    const player = await firstBooked({ name: 'Frågar AB', choices: { revisions: 'ask' } });
    const result = await take(player, { name: 'revised.csv', content: REVISED });
    await untilQuiet(player);
    assert.deepEqual(result.kind === 'read' && [result.documents, result.revisions], [1, 1]);
    assert.deepEqual(await statesOf(player), ['done', 'held report-revised']);
    const [, held] = await deliveriesOf(player);
    // 1 250.00 − 1 000.00 = 250.00.
    const sek = (minor: bigint) => ({ minor, currency: 'SEK' });
    assert.deepEqual(held?.refusals, [
      {
        code: 'report-revised',
        bookedAs: 'K 1',
        before: sek(100_000n),
        after: sek(125_000n),
        difference: sek(25_000n),
      },
    ]);
    assert.equal(ledgerOf(player).length, 1);
  });

  it('is reversed and booked anew when a person decides so', async () => {
    const player = await firstBooked({ name: 'Beslutar AB', choices: { revisions: 'ask' } });
    await take(player, { name: 'revised.csv', content: REVISED });
    await untilQuiet(player);
    await settle(player, { kind: 'again', decision: { kind: 'correct' } });
    assert.deepEqual(ledgerOf(player), correctedLedger());
  });

  it('is reversed and booked anew unasked when the company has chosen that', async () => {
    const player = await firstBooked({ name: 'Rättar AB', choices: { revisions: 'correct' } });
    await take(player, { name: 'revised.csv', content: REVISED });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done']);
    assert.deepEqual(ledgerOf(player), correctedLedger());
  });

  it('corrects the correction when it comes a third time', async () => {
    const player = await firstBooked({ name: 'Igen AB', choices: { revisions: 'correct' } });
    await take(player, { name: 'revised.csv', content: REVISED });
    await untilQuiet(player);
    await take(player, { name: 'again.csv', content: REVISED_AGAIN });
    await untilQuiet(player);
    assert.deepEqual(ledgerOf(player), [
      ...correctedLedger(),
      [
        `K 4 · ${today()} · Rättelse av K 3: återföring`,
        '3001 1000.00 · Försäljning 25 %',
        '2611 250.00 · Moms 25 %',
        '1580 -1250.00 · Kort',
      ],
      [
        `K 5 · ${today()} · Rättelse av K 3: rätt bokning`,
        '3001 -400.00 · Försäljning 25 %',
        '2611 -100.00 · Moms 25 %',
        '1580 500.00 · Kort',
      ],
    ]);
  });

  it('is held against what is booked, whatever became of a version between them', async () => {
    const player = await firstBooked({ name: 'Två nya AB', choices: { revisions: 'ask' } });
    for (const content of [REVISED, REVISED_AGAIN]) {
      await take(player, { name: 'revised.csv', content });
      await untilQuiet(player);
    }
    const states = ['done', 'skipped report-revised', 'held report-revised'];
    assert.deepEqual(await statesOf(player), states);
    assert.equal(ledgerOf(player).length, 1);
  });

  it('takes the place of the version before while that one is held', async () => {
    const player = await addPlayer(stage, { name: 'Innan bokning AB' });
    const broken = tillFile({
      day: DAY,
      number: 'Z-5',
      rows: ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;900,00;'],
    });
    await take(player, { name: 'broken.csv', content: broken });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held does-not-balance']);
    await take(player, {
      name: 'whole.csv',
      content: tillFile(smallDay({ day: DAY, number: 'Z-5' })),
    });
    await untilQuiet(player);
    const states = (await deliveriesOf(player)).map((d) => [d.state, d.reason]);
    assert.deepEqual(states, [
      ['skipped', 'superseded'],
      ['done', null],
    ]);
    assert.deepEqual(ledgerOf(player), [[`K 1 · ${DAY} · ${TITLE} Z-5`, ...SMALL_DAY_ROWS]]);
  });
});

describe('a number that is missing among the reports of a till', () => {
  const report = (number: string, more: { readonly till?: string; readonly store?: string } = {}) =>
    tillFile(smallDay({ day: `2026-10-${number.slice(-2)}`, number, ...more }));

  /** Takes files in and says what was noticed at each. */
  async function noticed(name: string, contents: readonly string[]): Promise<unknown[]> {
    const player = await addPlayer(stage, { name });
    const notices: unknown[] = [];
    for (const content of contents) {
      const result = await take(player, { name: 'z.csv', content });
      assert.equal(result.kind, 'read');
      notices.push(result.kind === 'read' ? result.notices : []);
    }
    await untilQuiet(player);
    const kept = await listNotices(stage.hub.database.db, [player.source.id]);
    assert.deepEqual(kept, notices.flat());
    return notices;
  }

  const gap = {
    code: 'report-number-gap',
    store: '1234',
    register: '1',
    after: 'Z-05',
    before: 'Z-07',
    missing: 1,
  } as const;

  it('is told when it was skipped between two files', async () => {
    assert.deepEqual(await noticed('Lucka AB', [report('Z-05'), report('Z-07')]), [[], [gap]]);
  });

  it('is told when the later report came first', async () => {
    assert.deepEqual(await noticed('Bakvänt AB', [report('Z-07'), report('Z-05')]), [[], [gap]]);
  });

  it('is told within one file, and not when an earlier file has it', async () => {
    const both = tillFile(
      smallDay({ day: '2026-10-05', number: 'Z-05' }),
      smallDay({ day: '2026-10-07', number: 'Z-07' }),
    );
    assert.deepEqual(await noticed('I en fil AB', [both]), [[gap]]);
    assert.deepEqual(await noticed('Fanns redan AB', [report('Z-06'), both]), [[], []]);
  });

  it('is told once, and no more when the missing report has come', async () => {
    const files = [report('Z-05'), report('Z-07'), report('Z-06'), report('Z-08')];
    assert.deepEqual(await noticed('Kom senare AB', files), [[], [gap], [], []]);
  });

  it('is told on both sides of a report that closes neither', async () => {
    const files = [report('Z-01'), report('Z-09'), report('Z-04')];
    const before9 = { ...gap, after: 'Z-01', before: 'Z-09', missing: 7 };
    const around4 = [
      { ...gap, after: 'Z-01', before: 'Z-04', missing: 2 },
      { ...gap, after: 'Z-04', before: 'Z-09', missing: 4 },
    ];
    assert.deepEqual(await noticed('Mitt i AB', files), [[], [before9], around4]);
  });

  it('is looked for in each till and each store by itself', async () => {
    const files = [report('Z-05'), report('Z-07', { till: '2' }), report('Z-07', { store: '9' })];
    assert.deepEqual(await noticed('Var för sig AB', files), [[], [], []]);
  });

  it('is named with its store and till', () => {
    assert.equal(
      describeNotice(gap, 'sv'),
      'Butik 1234, kassa 1: 1 rapport(er) saknas mellan Z-05 och Z-07: Z-06.',
    );
    assert.equal(
      describeNotice({ ...gap, before: 'Z-10', missing: 4 }, 'en'),
      'Store 1234, till 1: 4 report(s) are missing between Z-05 and Z-10: Z-06–Z-09.',
    );
  });
});
