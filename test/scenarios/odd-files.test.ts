import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { keepFile } from '../../src/engine/intake.ts';
import { listFiles, listUnreadable } from '../../src/store/files.ts';
import { describeProblem } from '../../src/text/problems.ts';
import { command } from './command.ts';
import {
  addPlayer,
  deliveriesOf,
  ledgerOf,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

const DAY = '2026-10-05';
const title = (till: string, number: string): string =>
  `Dagsrapport ${DAY} butik 1234${till === '' ? '' : ` kassa ${till}`} ${number}`;

describe('a report of the whole store beside those of its tills', () => {
  const perTill = tillFile(
    smallDay({ day: DAY, till: '1', number: 'Z-11' }),
    smallDay({ day: DAY, till: '2', number: 'Z-21' }),
  );
  // 1 000.00 of each till: 2 000.00, VAT 400.00, net 1 600.00.
  const store = tillFile({
    day: DAY,
    till: 'ALL',
    number: 'Z-31',
    rows: ['sale;50;Hygien;25;2000,00;400,00', 'tender;KORT;Kontokort;;2000,00;'],
  });
  const ofStore = [
    `K 1 · ${DAY} · ${title('', 'Z-31')}`,
    '3001 -1600.00 · Försäljning 25 %',
    '2611 -400.00 · Moms 25 %',
    '1580 2000.00 · Kort',
  ];

  it('is held when those of the tills are booked already', async () => {
    const player = await addPlayer(stage, { name: 'Kassor först AB' });
    await take(player, { name: 'tills.csv', content: perTill });
    await untilQuiet(player);
    await take(player, { name: 'store.csv', content: store });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done', 'held report-overlaps']);
    assert.equal(ledgerOf(player).length, 2);
  });

  it('is booked first, and then those of the tills are held', async () => {
    const player = await addPlayer(stage, { name: 'Butik först AB' });
    await take(player, { name: 'store.csv', content: store });
    await untilQuiet(player);
    await take(player, { name: 'tills.csv', content: perTill });
    await untilQuiet(player);
    const states = await statesOf(player);
    assert.deepEqual(states, ['done', 'held report-overlaps', 'held report-overlaps']);
    assert.deepEqual(ledgerOf(player), [ofStore]);
  });

  it('waits with them when they come together, until a person skips one kind', async () => {
    const name = 'Alla på en gång AB';
    const player = await addPlayer(stage, { name });
    const [header = '', ...rows] = store.split('\n');
    assert.ok(perTill.startsWith(header));
    await take(player, { name: 'all.csv', content: perTill + rows.join('\n') });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), Array(3).fill('held report-overlaps'));
    const held = await command(stage, 'held', '--company', name);
    assert.match(
      held.out,
      /Dagen finns också i minbutik\/1234\/2026-10-05:ALL:Z-31: en rapport per kassa och en för/,
    );

    const tills = (await deliveriesOf(player)).filter(
      ({ document }) => document.kind === 'day-report' && document.register !== 'ALL',
    );
    const ids = tills.map(({ id }) => id);
    const why = 'finns i butikens rapport';
    await command(stage, 'held', 'resolve', ...ids, '--skip', why, '--company', name);
    await command(stage, 'held', 'resolve', 'all', '--again', '--company', name);
    assert.deepEqual((await statesOf(player)).toSorted(), [
      'done',
      'skipped report-overlaps',
      'skipped report-overlaps',
    ]);
    assert.deepEqual(ledgerOf(player), [ofStore]);
  });
});

describe('a count of the drawer', () => {
  it('is unreadable alone: it would be booked as surplus', async () => {
    const player = await addPlayer(stage, { name: 'Bara räkning AB' });
    const content = tillFile({ day: DAY, rows: ['cash_count;KONTANT;Räknat;;900,00;'] });
    const result = await take(player, { name: 'count.csv', content });
    await untilQuiet(player);
    assert.deepEqual(result.kind === 'read' && [result.documents, result.unreadable], [0, 1]);
    assert.deepEqual(ledgerOf(player), []);
  });

  it('is asked about when the till states no cash', async () => {
    const name = 'Inget kontant AB';
    const player = await addPlayer(stage, { name });
    const { rows } = smallDay({ day: DAY });
    const counted = [...rows, 'cash_count;KONTANT;Räknat;;900,00;'];
    await take(player, { name: 'z.csv', content: tillFile({ day: DAY, rows: counted }) });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['held cash-count-alone']);
    await command(
      stage,
      ...['held', 'resolve', 'all', '--accept', 'cash-count-alone', '--company', name],
    );
    // All of it is surplus: 900.00 in the drawer, 900.00 on 3999.
    assert.deepEqual(ledgerOf(player), [
      [
        `K 1 · ${DAY} · ${title('1', 'Z-1')}`,
        ...SMALL_DAY_ROWS,
        '1910 900.00 · Kontant',
        '3999 -900.00 · Kassadifferens',
      ],
    ]);
  });
});

describe('a file of vouchers that the till has coded', () => {
  it('is booked as it stands', async () => {
    const player = await addPlayer(stage, { name: 'Kassans SIE AB' });
    const content = [
      '#FLAGGA 0',
      '#FORMAT PC8',
      '#SIETYP 4',
      '#PROGRAM "Kassa" 1',
      '#GEN 20261005',
      '#FNAMN "Kassans SIE AB"',
      '#ORGNR 559999-0016',
      '#VER Z 7 20261005 "Z-rapport 7"',
      '{',
      '#TRANS 1910 {} 1250.00 "" "Kontant"',
      '#TRANS 3001 {} -1000.00 "" "Varor 25 %"',
      '#TRANS 2611 {} -250.00 "" "Moms"',
      '}',
      '',
    ].join('\r\n');
    await take(player, { name: 'z7.si', content });
    await untilQuiet(player);
    assert.deepEqual(ledgerOf(player), [
      [
        `K 1 · ${DAY} · Z-rapport 7`,
        '1910 1250.00 · Kontant',
        '3001 -1000.00 · Varor 25 %',
        '2611 -250.00 · Moms',
      ],
    ]);
  });

  it('is held when it does not balance, with both sides', async () => {
    const name = 'Skev SIE AB';
    const player = await addPlayer(stage, { name });
    const content =
      '#FLAGGA 0\n#SIETYP 4\n#FNAMN "Skev SIE AB"\n#VER Z 7 20261005 "Z 7"\n{\n' +
      '#TRANS 1910 {} 1250.00\n#TRANS 3001 {} -1000.00\n}\n';
    await take(player, { name: 'z7.si', content });
    await untilQuiet(player);
    const held = await command(stage, 'held', '--company', name);
    // Debit 1 250.00, credit 1 000.00.
    assert.deepEqual(held.out.split('\n').slice(1, 2), [
      '    Verifikatet går inte ihop: debet 1 250,00, kredit 1 000,00, differens 250,00. Be ' +
        'källan om en rättad fil. [voucher-does-not-balance]',
    ]);
    assert.deepEqual(ledgerOf(player), []);
  });
});

/** What the hub keeps of the only file of a player: its state, name and bytes. */
async function keptOf(player: Player): Promise<readonly [string, string, Buffer]> {
  const { database, intake } = stage.hub;
  const [file, ...others] = await listFiles(database.db, [player.source.id]);
  assert.deepEqual(others, []);
  const pieces: Uint8Array[] = [];
  for await (const piece of intake.openFile(file?.id ?? '')) pieces.push(piece);
  return [file?.state ?? '', file?.name ?? '', Buffer.concat(pieces)];
}

describe('a file that is none', () => {
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ['empty', Buffer.alloc(0), 'Filen är tom.'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'Formatet är okänt för hubben. Väntat CSV record;store_no;business_date;… | ' +
        'CSV record;store_no;purchase_date;… | CSV customer_no;name;… | ' +
        'CSV invoice_no;date;due;class;… | XML urn:hub:dayreport:1 | ' +
        'XML SKVFS 2021:16, SAF-T | SIE #VER.',
    ],
    [
      'a day report cut off within a row',
      Buffer.from(tillFile(smallDay({ day: DAY })).slice(0, -20)),
      'Filen slutar mitt i:',
    ],
  ];
  for (const [what, content, says] of cases) {
    it(`is rejected and kept to the byte: ${what}`, async () => {
      const player = await addPlayer(stage, { name: `Ingen fil: ${what} AB` });
      const result = await take(player, { name: 'fil', content });
      assert.equal(result.kind, 'rejected');
      const [problem] = result.kind === 'rejected' ? result.problems : [];
      assert.ok(problem !== undefined);
      const said = describeProblem(problem, 'sv').replace(/^rad \d+(, tecken \d+)?: /, '');
      assert.ok(said.startsWith(says), said);
      assert.deepEqual(await keptOf(player), ['rejected', 'fil', content]);
      assert.deepEqual(await deliveriesOf(player), []);
    });
  }
});

describe('the name of a file', () => {
  const names = ['../../etc/passwd', 'dag rapport (1).csv', 'Ångström €.csv', '', 'a\nb', '😀.csv'];
  for (const name of names) {
    it(`may be anything, and is kept: ${JSON.stringify(name)}`, async () => {
      const player = await addPlayer(stage, { name: `Namn ${JSON.stringify(name)}` });
      const content = tillFile(smallDay({ day: DAY }));
      await take(player, { name, content });
      await untilQuiet(player);
      assert.deepEqual(await keptOf(player), ['read', name, Buffer.from(content)]);
      assert.equal(ledgerOf(player).length, 1);
    });
  }

  it('loses only what a database cannot hold', async () => {
    const player = await addPlayer(stage, { name: 'Namn med noll' });
    const content = tillFile(smallDay({ day: DAY }));
    await take(player, { name: 'z\u0000.csv', content });
    const [, name] = await keptOf(player);
    assert.equal(name, 'z\ufffd.csv');
  });
});

describe('a file that was kept and not read yet', () => {
  it('is read once though two take it up, as a start and an upload may', async () => {
    const { hub } = stage;
    const player = await addPlayer(stage, { name: 'Dubbelläst AB' });
    const broken = { day: '2026-10-06', rows: ['sale;50;Hygien;dyr;1000,00;200,00'] };
    const content = Buffer.from(tillFile(smallDay({ day: DAY }), broken));
    const name = 'z.csv';
    const connectionId = player.source.id;
    const bytes = Readable.from([content]);
    const arriving = { connectionId, name, via: 'upload', bytes } as const;
    const { file } = await keepFile(hub.intake, arriving);
    const results = await Promise.all([hub.readKept(file), hub.finishFiles(), hub.readKept(file)]);
    await untilQuiet(player);
    for (const result of [results[0], results[2]]) {
      assert.deepEqual(
        result.kind === 'read' && [result.documents, result.seen, result.unreadable],
        [1, 0, 1],
      );
    }
    assert.deepEqual(await statesOf(player), ['done']);
    assert.equal((await listUnreadable(hub.database.db, [connectionId])).length, 1);
  });
});

describe('ten files at the same time', () => {
  it('are each read once, and each report is booked once', async () => {
    const player = await addPlayer(stage, { name: 'Tio samtidigt AB' });
    const days = Array.from({ length: 5 }, (_, i) => `2026-10-0${i + 1}`);
    // Five reports, each in two files that arrive at once.
    const files = [...days, ...days].map((day) =>
      tillFile(smallDay({ day, number: `Z-${day.slice(-1)}` })),
    );
    const results = await Promise.all(
      files.map((content, i) => take(player, { name: `${i}.csv`, content })),
    );
    await untilQuiet(player);
    const fresh = results.filter((r) => r.kind === 'read' && r.documents === 1);
    const seen = results.filter((r) => r.kind === 'seen' || (r.kind === 'read' && r.seen === 1));
    assert.deepEqual([fresh.length, seen.length], [5, 5]);
    const booked = ledgerOf(player).map(([head = '']) => head.split(' · ')[1] ?? '');
    assert.deepEqual(new Set(booked), new Set(days));
    assert.equal(booked.length, days.length);
    assert.deepEqual(await listUnreadable(stage.hub.database.db, [player.source.id]), []);
  });
});
