import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { SalesInvoice } from '../../domain/document/sales-invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { summaFiles } from './source.ts';

async function read(text: string): Promise<readonly Reading[]> {
  const source = summaFiles(settingsSchema.parse({}));
  const file = {
    name: 'file',
    open: async function* () {
      yield Buffer.from(text);
    },
  };
  return Array.fromAsync(source.read(file));
}

function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

async function invoicesIn(text: string): Promise<readonly SalesInvoice[]> {
  const readings = await read(text);
  return readings.flatMap((one) =>
    one.kind === 'document' && one.document.kind === 'sales-invoice' ? [one.document] : [],
  );
}

describe('an invoice of Summa', () => {
  test('that is pushed is read with its coding and its files', async () => {
    const text = fixture('invoice-push-24117.json');
    const [invoice] = await invoicesIn(text);
    assert.ok(invoice !== undefined);
    assert.deepEqual(invoice.project, {
      ...{ number: 'P2026-017', name: 'Vårkatalog 2026' },
      startsOn: '2026-02-01',
    });
    assert.deepEqual(
      invoice.lines.map(({ account, costCentre, rate }) => [account, costCentre?.code, rate]),
      [
        ['3003', 'OFFSET', 600],
        ['3001', 'DIGITAL', 2500],
        ['3520', 'OFFSET', 2500],
      ],
    );
    assert.equal(invoice.orderNumber, 'PO-7781');
    const found = (await read(text)).find((one) => one.kind === 'document');
    const [file] = found?.kind === 'document' ? (found.attachments ?? []) : [];
    assert.ok(file?.kind === 'file' && file.name === 'produktspec-24117.pdf');
    assert.equal(Buffer.from(file.bytes).toString(), '%PDF-1.4\n');
  });

  test('that takes back names the invoice that it takes back', async () => {
    const [note] = await invoicesIn(fixture('credit-24117.json'));
    assert.equal(note?.type, 'credit-note');
    assert.deepEqual(note?.credits, {
      ref: { system: 'summa', account: 'summa', id: 'summa:order:24117:invoice:1' },
      number: '1045',
    });
  });

  test('in a batch has the card that was told before it', async () => {
    const [acconto, final] = await invoicesIn(fixture('acconto-24200-batch.xml'));
    assert.equal(acconto?.type, 'part-payment');
    assert.equal(final?.customer.name, 'Byrå & Form HB');
    assert.equal(final?.project?.name, 'Årsredovisning');
    assert.deepEqual(
      final?.lines.map(({ account, net }) => [account, formatMoney(net)]),
      [
        ['3041', '30000.00'],
        ['2420', '-12000.00'],
      ],
    );
  });

  test('with several mistakes tells them all', async () => {
    const wire = JSON.parse(fixture('invoice-push-24117.json')) as Record<string, unknown>;
    const line = {
      text: 'x',
      quantity: '1',
      unit_price: '1,5',
      net: '',
      vat_rate: 25,
      account: '',
    };
    const readings = await read(JSON.stringify({ ...wire, invoice_date: '', lines: [line] }));
    const found = readings.find((one) => one.kind === 'unreadable');
    assert.ok(found?.kind === 'unreadable');
    assert.deepEqual(
      found.problems.map(({ code, facts }) => `${code} ${facts['field']}`),
      [
        'field-empty invoice_date',
        'field-empty lines[0].net',
        'not-a-number lines[0].unit_price',
        'field-empty lines[0].account',
      ],
    );
  });

  test('in a batch that ends too soon counts for nothing', async () => {
    const text = fixture('acconto-24200-batch.xml').replace('</invoices>', '');
    assert.equal((await read(text)).at(-1)?.kind, 'rejected');
  });

  test('in a file with a document type is refused', async () => {
    const text = '<!DOCTYPE a [<!ENTITY b "c">]><invoices xmlns="urn:hub:invoices:1"/>';
    const [only] = await read(text);
    assert.ok(only?.kind === 'rejected' && only.problems[0]?.code === 'markup');
  });
});

describe('a batch of Summa in CSV', () => {
  const FILE = fixture('fakturaexport.csv');

  test('has a row for each line, amounts as in Sweden, and what is whole once', async () => {
    const [catalogue, advance] = await invoicesIn(FILE);
    assert.ok(catalogue !== undefined && advance !== undefined);
    assert.deepEqual(
      catalogue.lines.map(({ text, net, rate, account, costCentre }) => {
        return [text, formatMoney(net), rate, account, costCentre?.code];
      }),
      [
        ['Broschyr 32 s A5, 5 000 ex', '18450.00', 600, '3003', 'OFFSET'],
        ['Visitkort 4+4; 8 namn', '2400.00', 2500, '3001', 'DIGI'],
        ['Frakt', '350.00', 2500, '3520', 'OFFSET'],
      ],
    );
    assert.equal(formatMoney(catalogue.gross), '22994.50');
    assert.equal(catalogue.customer.name, 'Förlaget Exempel AB');
    assert.deepEqual([advance.type, formatMoney(advance.gross)], ['part-payment', '15000.00']);
  });

  test('says the same with commas, tabs, and a mark at its beginning', async () => {
    const commas = FILE.replaceAll(',', '.')
      .replaceAll(';', ',')
      .replace('"Visitkort 4+4,', '"Visitkort 4+4;');
    const tabs = FILE.replaceAll(';', '\t').replace('4+4\t 8', '4+4; 8');
    const [was] = await invoicesIn(FILE);
    for (const [i, text] of [commas, tabs, `\ufeff${FILE}`].entries()) {
      const [is] = await invoicesIn(text);
      assert.deepEqual(is?.lines.slice(1), was?.lines.slice(1), `variant ${i}`);
      assert.deepEqual(is?.net, was?.net);
    }
  });

  test('names the row that says otherwise of the whole invoice than the first', async () => {
    const other = FILE.replace('invoice:1;;;;;;;;;;;;3', 'invoice:1;;;2026-05-13;;;;;;;;;3');
    const readings = await read(other);
    const [bad] = readings.filter((one) => one.kind === 'unreadable');
    assert.deepEqual(
      bad?.problems.map(({ code, facts }) => [code, facts['field'], facts['found']]),
      [['identity-differs', 'invoice_date', '2026-05-13']],
    );
    assert.equal((await invoicesIn(other)).length, 1);
  });

  for (const [what, text] of [
    ['another table', 'a;b;c\n1;2;3\n'],
    ['a table that lacks a column', FILE.replace(';account;', ';konto;')],
    ['a file that is cut off', FILE.slice(0, -40)],
  ] as const) {
    test(`is not ${what}`, async () => {
      assert.equal((await read(text)).at(-1)?.kind, 'rejected');
    });
  }
});
