import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../../date.ts';
import type { SalesInvoice } from '../../document/sales-invoice.ts';
import { formatMoney, parseMoney, type Money } from '../../money.ts';
import { choices } from '../../../testing/day-reports.ts';
import type { PostingChoices } from '../choices.ts';
import { postSalesInvoice } from './sales-invoice.ts';

const CHOICES: PostingChoices = choices({});

function kr(text: string): Money {
  const amount = parseMoney(text, 'SEK');
  assert.ok(amount !== null);
  return amount;
}

/** A catalogue at 6 % and visiting cards with freight at 25 %. */
const PRINTED: SalesInvoice = {
  kind: 'sales-invoice',
  ref: { system: 'summa', account: 'summa', id: 'summa:order:24117:invoice:1' },
  number: '24117',
  type: 'invoice',
  credits: null,
  date: day('2026-05-12'),
  dueDate: null,
  terms: '30',
  currency: 'SEK',
  customer: {
    ...{ number: '1203', name: 'Förlaget Exempel AB', orgNumber: '5599990024' },
    ...{ vatNumber: null, endpoint: null, address: null, email: null },
  },
  ourReference: '',
  yourReference: '',
  orderNumber: '',
  project: { number: 'P2026-017', name: 'Vårkatalog 2026', startsOn: null },
  lines: [
    line('Broschyr', '18450.00', { rate: 600, account: '3003', centre: 'OFFSET' }),
    line('Visitkort', '2400.00', { rate: 2500, account: '3001', centre: 'DIGITAL' }),
    line('Frakt', '350.00', { rate: 2500, account: '3520', centre: 'OFFSET' }),
  ],
  net: kr('21200'),
  vat: kr('1794.50'),
  rounding: kr('0'),
  gross: kr('22994.50'),
};

function line(
  text: string,
  net: string,
  of: { readonly rate: number; readonly account: string; readonly centre: string },
): SalesInvoice['lines'][number] {
  const costCentre = { code: of.centre, name: '' };
  const piece = { quantity: '1', unit: 'st', unitPrice: net, net: kr(net) };
  return { id: text, text, ...piece, rate: of.rate, account: of.account, costCentre };
}

function rows(invoice: SalesInvoice, choices = CHOICES): string[] {
  const outcome = postSalesInvoice(invoice, choices);
  assert.ok(outcome.kind === 'vouchers', JSON.stringify(outcome.kind));
  return (outcome.vouchers[0]?.rows ?? []).map(({ account, amount, costCentre, project }) =>
    [account, formatMoney(amount), costCentre, project].filter(Boolean).join(' '),
  );
}

/** Export, exempt, and outside the act, by VAT codes alone. */
const BY_CODE: SalesInvoice = {
  ...PRINTED,
  currency: 'NOK',
  project: null,
  lines: [
    byCode('Plakater', '100.00', '52'),
    byCode('Bok', '200.00', '5'),
    byCode('Utleie', '300.00', '6'),
  ],
  net: nok('600'),
  vat: nok('0'),
  rounding: nok('0'),
  gross: nok('600'),
};

function byCode(text: string, net: string, vatCode: string): SalesInvoice['lines'][number] {
  const piece = { quantity: '1', unit: 'stk', unitPrice: net, net: nok(net), rate: 0 };
  return { id: text, text, ...piece, account: null, vatCode, costCentre: null };
}

function nok(text: string): Money {
  return { ...kr(text), currency: 'NOK' };
}

describe('an invoice whose lines name VAT codes', () => {
  const norway: PostingChoices = { ...CHOICES, country: 'NO' };
  const refusals = (invoice: SalesInvoice, of = norway) => {
    const outcome = postSalesInvoice(invoice, of);
    return outcome.kind === 'refused' ? outcome.refusals : [];
  };

  test('goes on the accounts of what the codes say: 3105, 3100 and 3200', () => {
    assert.deepEqual(rows(BY_CODE, norway), [
      '1500 600.00',
      '3105 -100.00',
      '3100 -200.00',
      '3200 -300.00',
    ]);
  });

  test('goes on accounts of the company’s own by what the codes say', () => {
    const accounts = { 'sales.export-goods': '3125' };
    assert.ok(rows(BY_CODE, { ...norway, accounts }).includes('3125 -100.00'));
  });

  test('is asked about where code and rate are not of one sale', () => {
    const taxed = { ...byCode('Plakater', '600.00', '52'), rate: 2500 };
    const invoice = { ...BY_CODE, lines: [taxed], vat: nok('150'), gross: nok('750') };
    const told = { line: 'Plakater', vatCode: '52', rate: 2500, date: day('2026-05-12') };
    assert.deepEqual(refusals(invoice), [{ code: 'vat-code-not-of-sale', ...told }]);
  });

  test('is asked about where the code is of purchases, or of another country', () => {
    const bought = { ...BY_CODE, lines: [byCode('Papir', '600.00', '81')] };
    const told = { line: 'Papir', vatCode: '81', rate: 0, date: day('2026-05-12') };
    assert.deepEqual(refusals(bought), [{ code: 'vat-code-not-of-sale', ...told }]);
    const lines = PRINTED.lines.map((one) => ({ ...one, vatCode: '3' }));
    const swedish = refusals({ ...PRINTED, lines }, CHOICES).map(({ code }) => code);
    assert.deepEqual(new Set(swedish), new Set(['vat-code-not-of-sale']));
  });

  test('is asked about where nobody tells the account: domestic reverse charge', () => {
    const reversed = { ...BY_CODE, lines: [byCode('Utslippskvoter', '600.00', '51')] };
    const told = { role: 'sales.reverse-charge', line: 'Utslippskvoter' };
    assert.deepEqual(refusals(reversed), [{ code: 'account-not-chosen', ...told }]);
  });
});

describe('an invoice that its source has coded', () => {
  test('is booked as it is coded, with cost centres and project', () => {
    assert.deepEqual(rows(PRINTED), [
      '1510 22994.50',
      '3003 -18450.00 OFFSET P2026-017',
      '3001 -2400.00 DIGITAL P2026-017',
      '3520 -350.00 OFFSET P2026-017',
      '2631 -1107.00',
      '2611 -687.50',
    ]);
  });

  test('that takes back is the other way round', () => {
    assert.deepEqual(rows({ ...PRINTED, type: 'credit-note' }).slice(0, 2), [
      '1510 -22994.50',
      '3003 18450.00 OFFSET P2026-017',
    ]);
  });

  test('less what was paid on account stands with what is left', () => {
    const paid = line('Avgår a conto', '-12000.00', { rate: 2500, account: '2420', centre: 'B' });
    const made = line('Formgivning', '30000.00', { rate: 2500, account: '3041', centre: 'B' });
    const final = {
      ...PRINTED,
      lines: [made, paid],
      net: kr('18000'),
      vat: kr('4500'),
      gross: kr('22500'),
      project: null,
    };
    assert.deepEqual(rows(final), [
      '1510 22500.00',
      '3041 -30000.00 B',
      '2420 12000.00 B',
      '2611 -4500.00',
    ]);
  });

  test('goes on the accounts that the company has chosen instead', () => {
    const accounts = { 'account/3520': '3590', customers: '1511' };
    const moved = rows(PRINTED, { ...CHOICES, accounts });
    assert.ok(moved.includes('1511 22994.50') && moved.includes('3590 -350.00 OFFSET P2026-017'));
  });

  test('whose totals are not those of its lines is asked about, with the numbers', () => {
    const outcome = postSalesInvoice({ ...PRINTED, vat: kr('1794'), gross: kr('22994') }, CHOICES);
    assert.deepEqual(outcome.kind === 'refused' && outcome.refusals, [
      {
        code: 'invoice-total-differs',
        total: 'vat',
        stated: kr('1794'),
        summed: kr('1794.50'),
        difference: kr('-0.50'),
      },
    ]);
  });

  test('in another currency than the books is asked about', () => {
    const outcome = postSalesInvoice(PRINTED, { ...CHOICES, country: 'NO' });
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(outcome.kind === 'refused' && outcome.refusals[0], {
      code: 'currency-not-booked',
      currency: 'SEK',
      books: 'NOK',
    });
  });
});
