import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CustomerEntry } from '../../../domain/document/customer-entry.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Reading } from '../../../ports/source.ts';
import type { JournalRequest } from '../simulator/journal/journal.ts';
import { BATHROOM, KITCHEN } from '../simulator/hub-for-test.ts';
import { WinnerSimulator } from '../simulator/simulator.ts';
import { settingsSchema } from '../settings.ts';
import { winnerFiles } from '../source.ts';

const ID = 'winner:24017:alt:3';
const SETTINGS = settingsSchema.parse({});

async function read(bytes: Uint8Array): Promise<readonly Reading[]> {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  return Array.fromAsync(winnerFiles(SETTINGS).read({ name: 'journal.csv', open }));
}

function entriesIn(readings: readonly Reading[]): readonly CustomerEntry[] {
  return readings.flatMap((one) =>
    one.kind === 'document' && one.document.kind === 'customer-entry' ? [one.document] : [],
  );
}

/** A fifth invoiced and paid, the rest invoiced, and 3 000.00 of it taken back. */
async function journalFiles(request: Partial<JournalRequest>) {
  const winner = new WinnerSimulator({ projects: [KITCHEN, BATHROOM] });
  const acceptance = { alternatives: [3], contractNo: 'K24017', date: '2026-05-08' };
  await winner.accept('24017', acceptance);
  winner.draft(ID, 1);
  winner.print(ID, 1, { date: '2026-05-15', number: 30_112 });
  winner.draft(ID, 2);
  winner.print(ID, 2, { date: '2026-08-20', number: 30_140 });
  winner.credit(30_140, '3000', '2026-08-21');
  const paid = winner.pay(30_112, { amount: '42500', date: '2026-05-29' });
  winner.reversePayment(paid, '2026-06-01');
  const files = winner.exportJournal({ from: '2026-01-01', to: '2026-12-31', ...request });
  return files.map(({ bytes }) => bytes);
}

async function journal(request: Partial<JournalRequest>) {
  return Promise.all((await journalFiles(request)).map(read));
}

/** What an invoice has of each group: `KJO 2500 19600.00 4900.00`. */
function groupsOf({ parts }: CustomerEntry): readonly string[] {
  return (parts ?? []).map(({ group, rate, net, vat }) =>
    [group, rate, formatMoney(net), formatMoney(vat)].join(' '),
  );
}

function shown(entry: CustomerEntry): string {
  const { ref, number, date, dueDate, customer, net, vat, gross } = entry;
  const amounts = [net, vat, gross].map(formatMoney);
  return [ref.id, entry.entry, number, date, dueDate, customer.number, ...amounts].join(' ');
}

describe('the invoice journal', () => {
  for (const locale of ['nb', 'sv', 'en'] as const) {
    for (const thousands of ['locale', 'no-break', 'none'] as const) {
      for (const encoding of ['utf8', 'utf8-bom', 'win1252'] as const) {
        test(`says the same in ${locale}, thousands ${thousands}, ${encoding}`, async () => {
          const [headers = [], calendars = [], payments = [], lines = []] = await journal({
            ...{ locale, thousands, encoding },
          });
          assert.deepEqual(entriesIn(headers).map(shown), [
            'invoice:30112 invoice 30112 2026-05-15 2026-05-29 10552 34000.00 8500.00 42500.00',
            'invoice:30140 invoice 30140 2026-08-20 2026-09-03 10552 136000.00 34000.00 170000.00',
            'invoice:30141 credit-note 30141 2026-08-21  10552 -2400.00 -600.00 -3000.00',
          ]);
          assert.deepEqual(entriesIn(payments).map(shown), [
            'payment:1 payment 30112 2026-05-29  10552 42500.00 0.00 42500.00',
            'payment:2 payment 30112 2026-06-01  10552 -42500.00 0.00 -42500.00',
          ]);
          for (const passedOver of [calendars, lines]) {
            assert.deepEqual(
              passedOver.map(({ kind }) => kind),
              ['guess'],
            );
          }
        });
      }
    }
  }

  test('tells net and VAT at each rate where the export has columns for them', async () => {
    const text =
      'Fakturanr;Fakturadato;Forfallsdato;Prosjekt;Alternativ;Kontraktnr;Kundenr;Kundenavn;' +
      'Netto;MVA;Brutto;Type;Netto 25 %;MVA 25 %;Netto 0 %\n' +
      '30150;15.05.2026;;24017;3;;10552;Ola;1 200,00;250,00;1 450,00;Faktura;' +
      '1 000,00;250,00;200,00\n' +
      '30151;16.05.2026;;24017;3;;10552;Ola;1 000,00;250,00;1 250,00;Faktura;;;\n';
    const [mixed, plain] = entriesIn(await read(Buffer.from(text)));
    assert.deepEqual(
      mixed?.parts?.map(({ rate, net, vat }) => [rate, formatMoney(net), formatMoney(vat)]),
      [
        [2500, '1000.00', '250.00'],
        [0, '200.00', '0.00'],
      ],
    );
    assert.equal(plain?.parts, undefined);
  });

  for (const locale of ['nb', 'sv', 'en'] as const) {
    for (const encoding of ['utf8', 'utf8-bom', 'win1252'] as const) {
      test(`divides invoices among groups in one file: ${locale}, ${encoding}`, async () => {
        const files = await journalFiles({ locale, encoding });
        const readings = await read(Buffer.concat(files));
        const [first, , credit, ...payments] = entriesIn(readings);
        // A fifth of 98 000.00, 22 400.00, 31 250.00 and 18 350.00 without VAT.
        assert.deepEqual(first && groupsOf(first), [
          'KJO 2500 19600.00 4900.00',
          'BEN 2500 4480.00 1120.00',
          'HVI 2500 6250.00 1562.50',
          'MON 2500 3670.00 917.50',
        ]);
        // 3 000.00 of 170 000.00 is taken back: 1 729.41, 395.29, 551.47 and the rest, 323.83.
        assert.deepEqual(credit && groupsOf(credit), [
          'KJO 2500 -1383.53 -345.88',
          'BEN 2500 -316.23 -79.06',
          'HVI 2500 -441.18 -110.29',
          'MON 2500 -259.06 -64.77',
        ]);
        assert.deepEqual(payments.map(groupsOf), [[], []]);
      });
    }
  }

  test('reads lines above or below their invoice, and has them in its extract', async () => {
    const [headers = Buffer.of(), , , lines = Buffer.of()] = await journalFiles({});
    const below = await read(Buffer.concat([headers, lines]));
    const above = await read(Buffer.concat([lines, headers]));
    assert.deepEqual(entriesIn(above), entriesIn(below));
    const [one] = below.filter((reading) => reading.kind === 'document');
    assert.ok(one?.kind === 'document');
    assert.deepEqual(entriesIn(await read(one.extract)), [one.document]);
  });

  test('names what is wrong in a line with its invoice, and reads the others', async () => {
    const [headers = Buffer.of(), , , lines = Buffer.of()] = await journalFiles({
      encoding: 'utf8',
    });
    const text = Buffer.from(lines)
      .toString()
      .replace('30112;1;KJO;Kjøkkeninnredning;25,00', '30112;1;KJO;Kjøkken;x');
    const readings = await read(Buffer.concat([headers, Buffer.from(text)]));
    const [bad] = readings.filter((one) => one.kind === 'unreadable');
    assert.ok(bad?.kind === 'unreadable');
    assert.match(bad.id, /invoice:30112$/);
    assert.deepEqual(
      bad.problems.map(({ code, line, facts }) => [code, line, facts['field'], facts['found']]),
      // The headers and three invoices, and the header of the lines.
      [['not-a-number', 6, 'mva-sats', 'x']],
    );
    assert.equal(entriesIn(readings).length, 2);
  });

  test('tells every mistake of a row, and reads the others', async () => {
    const text =
      'Betalingsnr;Betalingsdato;Fakturanr;Kundenr;Beløp;Betalingsmåte;Reverserer\n' +
      '1;32.05.2026;;10552;4.250,0x;Bank;\n' +
      '2;29.05.2026;30112;10552;42 500,00;Bank;\n';
    const readings = await read(Buffer.from(text));
    const [bad] = readings.filter((one) => one.kind === 'unreadable');
    assert.ok(bad?.kind === 'unreadable');
    assert.deepEqual(
      bad.problems.map(({ code, facts }) => `${code} ${facts['field']} ${facts['found']}`),
      [
        'not-a-number beløp 4.250,0x',
        'field-empty fakturanr ',
        'not-a-date betalingsdato 32.05.2026',
      ],
    );
    assert.equal(entriesIn(readings).length, 1);
  });

  for (const [what, text] of [
    ['another table', 'a;b;c\n1;2;3\n'],
    [
      'a row that is cut off',
      'Betalingsnr;Betalingsdato;Fakturanr;Kundenr;Beløp;Betalingsmåte;Reverserer\n1;29.05\n',
    ],
  ] as const) {
    test(`is not ${what}`, async () => {
      assert.equal((await read(Buffer.from(text))).at(-1)?.kind, 'rejected');
    });
  }
});
