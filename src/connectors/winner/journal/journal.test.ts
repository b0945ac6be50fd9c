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
async function journal(request: Partial<JournalRequest>) {
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
  return Promise.all(files.map(async ({ bytes }) => read(bytes)));
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
