import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, test } from 'node:test';
import type { JournalRequest } from './journal/journal.ts';
import { BATHROOM, KITCHEN } from './hub-for-test.ts';
import { WinnerSimulator } from './simulator.ts';

const ID = 'winner:24017:alt:3';
const ALL = { from: '2026-01-01', to: '2026-12-31' } as const;

let winner: WinnerSimulator;
beforeEach(async () => {
  winner = new WinnerSimulator({ projects: [KITCHEN, BATHROOM] });
  const acceptance = { alternatives: [3], contractNo: 'K24017', date: '2026-05-08' };
  await winner.accept('24017', acceptance);
});

/** Both parts invoiced, and 3 000 taken back, with the numbers of the fixture. */
function invoiced(): void {
  winner.draft(ID, 1);
  winner.print(ID, 1, { date: '2026-05-15', number: 30_112 });
  winner.draft(ID, 2);
  winner.print(ID, 2, { date: '2026-08-20', number: 30_140 });
  winner.credit(30_140, '3000', '2026-08-21');
}

function files(request: Partial<JournalRequest> = {}): Record<string, string> {
  const made = winner.exportJournal({ ...ALL, encoding: 'utf8', lineEnd: '\n', ...request });
  return Object.fromEntries(
    made.map(({ name, bytes }) => [
      name,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    ]),
  );
}

describe('the invoice journal', () => {
  test('has the headers of the fixture', () => {
    invoiced();
    const fixture = new URL('./fixtures/invoice-journal-headers.csv', import.meta.url);
    assert.equal(files()['invoice-headers.csv'], readFileSync(fixture, 'utf8'));
  });

  test('is four files, also when there is nothing in them', () => {
    const empty = files({ from: '2025-01-01', to: '2025-12-31' });
    assert.deepEqual(Object.keys(empty), [
      'invoice-headers.csv',
      'payment-calendars.csv',
      'registered-payments.csv',
      'item-lines.csv',
    ]);
    for (const text of Object.values(empty)) assert.equal(text.split('\n').length, 2);
  });

  test('has calendars with the invoices that were written for them', () => {
    winner.draft(ID, 1);
    winner.print(ID, 1, { date: '2026-05-15', number: 30_112 });
    assert.equal(
      files()['payment-calendars.csv'],
      [
        'Prosjekt;Alternativ;Linje;Type;Tekst;Prosent;Beløp;Forfallsdato;Fakturanr',
        '24017;3;1;prepayment;Forskudd ved bestilling;20,00;42 500,00;15.05.2026;30112',
        '24017;3;2;final;Ved levering;80,00;170 000,00;20.08.2026;',
        '',
      ].join('\n'),
    );
  });

  // 20 % of 122 500 is 24 500, of which 19 600 without VAT, and so on for the other groups.
  test('has a line for each group', () => {
    winner.draft(ID, 1);
    winner.print(ID, 1, { date: '2026-05-15', number: 30_112 });
    assert.equal(
      files()['item-lines.csv'],
      [
        'Fakturanr;Linje;Varegruppe;Tekst;MVA-sats;Netto;MVA;Brutto',
        '30112;1;KJO;Kjøkkeninnredning;25,00;19 600,00;4 900,00;24 500,00',
        '30112;2;BEN;Benkeplater;25,00;4 480,00;1 120,00;5 600,00',
        '30112;3;HVI;Hvitevarer;25,00;6 250,00;1 562,50;7 812,50',
        '30112;4;MON;Montering;25,00;3 670,00;917,50;4 587,50',
        '',
      ].join('\n'),
    );
  });

  test('keeps payments that were reversed, and their reversals', () => {
    invoiced();
    const paid = winner.pay(30_112, { amount: '42500', date: '2026-05-29' });
    winner.reversePayment(paid, '2026-06-01');
    winner.pay(30_112, { amount: '42500', date: '2026-06-02', method: 'Kort' });
    assert.throws(() => winner.reversePayment(paid, '2026-06-03'), /reversed already/);
    assert.equal(
      files()['registered-payments.csv'],
      [
        'Betalingsnr;Betalingsdato;Fakturanr;Kundenr;Beløp;Betalingsmåte;Reverserer',
        '1;29.05.2026;30112;10552;42 500,00;Bank;',
        '2;01.06.2026;30112;10552;-42 500,00;Bank;1',
        '3;02.06.2026;30112;10552;42 500,00;Kort;',
        '',
      ].join('\n'),
    );
  });

  test('takes what lies in its days, both included', () => {
    invoiced();
    const rows = (from: string, to: string): number =>
      (files({ from, to })['invoice-headers.csv'] ?? '').split('\n').length - 2;
    assert.deepEqual(
      [
        rows('2026-05-15', '2026-05-15'),
        rows('2026-05-16', '2026-08-19'),
        rows('2026-08-20', '2026-08-21'),
      ],
      [1, 0, 2],
    );
  });
});

describe('numbers and dates', () => {
  const second = (request: Partial<JournalRequest>): string =>
    (files(request)['invoice-headers.csv'] ?? '').split(/\r?\n/)[2] ?? '';

  beforeEach(invoiced);

  test('are written as that Windows writes them', () => {
    const whose = '24017;3;K24017;10552;Ola Hansen';
    const amounts = '136 000,00;34 000,00;170 000,00;Faktura';
    assert.equal(second({ locale: 'nb' }), `30140;20.08.2026;03.09.2026;${whose};${amounts}`);
    assert.equal(second({ locale: 'sv' }), `30140;2026-08-20;2026-09-03;${whose};${amounts}`);
    const english = '"136,000.00","34,000.00","170,000.00",Invoice';
    assert.equal(
      second({ locale: 'en' }),
      `30140,20/08/2026,03/09/2026,${whose.replaceAll(';', ',')},${english}`,
    );
  });

  test('have a no-break space between thousands, or nothing', () => {
    assert.match(second({ thousands: 'no-break' }), /;136\u00a0000,00;/);
    assert.match(second({ thousands: 'none' }), /;136000,00;/);
    assert.match(second({ locale: 'en', thousands: 'none' }), /,136000\.00,/);
  });

  test('call a credit note by its name in each language', () => {
    const last = (locale: JournalRequest['locale'] & string): string =>
      (files({ locale })['invoice-headers.csv'] ?? '').split('\n')[3] ?? '';
    assert.match(last('sv'), /;-2 400,00;-600,00;-3 000,00;Kreditfaktura$/);
    assert.match(last('en'), /,"-2,400\.00",-600\.00,"-3,000\.00",Credit note$/);
  });

  test('come in Windows-1252 with CRLF unless another is chosen', () => {
    const [headers, calendars] = winner.exportJournal(ALL);
    assert.ok(Buffer.from(headers?.bytes ?? []).includes('\r\n30140;'));
    assert.ok(Buffer.from(calendars?.bytes ?? []).includes(Buffer.from('Bel\u00f8p', 'latin1')));
    assert.match(files({ encoding: 'utf8-bom' })['invoice-headers.csv'] ?? '', /^\ufeffFakturanr/);
  });

  test('do not disturb texts that hold separators and quotes', async () => {
    const name = 'Hansen; "Ola", AS';
    winner.saveProject({ ...BATHROOM, customer: { ...BATHROOM.customer, name } });
    await winner.accept('24031', { alternatives: [1], date: '2026-09-01' });
    winner.draft('winner:24031:alt:1', 1);
    winner.print('winner:24031:alt:1', 1, { date: '2026-09-01' });
    const text = files({ from: '2026-09-01', to: '2026-09-01' })['invoice-headers.csv'] ?? '';
    assert.match(text, /;;;"Hansen; ""Ola"", AS";26 664,00;6 666,00;33 330,00;Faktura\n$/);
  });
});

describe('invoices in Winner', () => {
  test('have a number only once they are printed, and can be deleted before', () => {
    winner.draft(ID, 1);
    assert.equal((files()['invoice-headers.csv'] ?? '').split('\n').length, 2);
    assert.throws(() => winner.draft(ID, 1), /invoiced already/);
    winner.deleteDraft(ID, 1);
    winner.draft(ID, 1);
    assert.equal(winner.print(ID, 1, { date: '2026-05-15' }), 30_001);
    assert.equal(winner.print(ID, 1, { date: '2026-05-16' }), 30_001);
    assert.throws(() => winner.deleteDraft(ID, 1), /printed invoice stays/);
  });

  test('refuse what is not there', () => {
    assert.throws(() => winner.draft(ID, 3), /no line 3/);
    assert.throws(() => winner.pay(1, { amount: '1' }), /no invoice 1/);
    assert.throws(() => winner.reversePayment(1), /no payment 1/);
    invoiced();
    assert.throws(() => winner.credit(30_112, '42500.01'), /cannot be taken back from 42500\.00/);
  });
});
