import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, kr } from '../../../testing/day-reports.ts';
import { entry, openInvoice, purchaseLedger, statement } from '../../../testing/statements.ts';
import { day } from '../../date.ts';
import type { AccountStatement } from '../../document/account-statement.ts';
import { formatMoney, money } from '../../money.ts';
import type { PurchaseLedger } from '../../purchase-ledger.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import type { PostingChoices } from '../choices.ts';
import type { PostingOutcome } from '../voucher.ts';
import { postAccountStatement } from './account-statement.ts';

const ACCOUNTS = { 'statement/KEDJEKONTO-1234': '1940' };

function post(
  change: Partial<AccountStatement> = {},
  by: {
    readonly own?: Partial<PostingChoices>;
    readonly decisions?: readonly Decision[];
    readonly ledger?: PurchaseLedger | null;
  } = {},
): PostingOutcome {
  const made = choices({ accounts: ACCOUNTS, ...by.own });
  const { decisions = [], ledger = purchaseLedger(openInvoice()) } = by;
  return postAccountStatement(statement(change), made, { decisions, ledger });
}

/** A day with these entries and no balances. */
function entries(...list: AccountStatement['entries']): Partial<AccountStatement> {
  return { entries: list, opening: null, closing: null };
}

/** `account amount` of each row, a list for each voucher. */
function rowsOf(outcome: PostingOutcome): string[][] {
  assert.equal(outcome.kind, 'vouchers', JSON.stringify(refusalsOf(outcome), bigintText));
  return outcome.vouchers.map(({ rows }) =>
    rows.map(({ account, amount }) => `${account} ${formatMoney(amount)}`),
  );
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function refusalsOf(outcome: PostingOutcome): readonly Refusal[] {
  return outcome.kind === 'refused' ? outcome.refusals : [];
}

describe('postAccountStatement', () => {
  test('pays the invoice that is named, and books the rest against what it is', () => {
    const outcome = post();
    assert.deepEqual(rowsOf(outcome), [
      ['2440 39565.00', '1940 -39565.00'],
      [
        ...['1940 92310.50', '1580 -92310.50'],
        ...['1940 -50000.00', '1680 50000.00'],
        ...['1940 -25.00', '6570 25.00'],
      ],
    ]);
    assert.equal(outcome.kind, 'vouchers');
    assert.deepEqual(outcome.vouchers[0]?.pays, {
      invoice: '17',
      number: '7004512881',
      mode: 'KK',
      amount: kr('39565'),
    });
    assert.equal(outcome.vouchers[1]?.pays, undefined);
    assert.equal(outcome.vouchers[1]?.text, 'Kontoutdrag KEDJEKONTO-1234 2026-05-14');
  });

  test('says nothing of who paid, and none of the words of the source', () => {
    const swish = { text: 'Swish från Anna Andersson', reference: '0701234567' };
    const outcome = post(
      entries(entry('other', '300', { ...swish, counterparty: 'Anna Andersson', code: 'SWISH' })),
      { own: { accounts: { ...ACCOUNTS, 'statement-entry/SWISH': '1685' } } },
    );
    assert.deepEqual(rowsOf(outcome), [['1940 300.00', '1685 -300.00']]);
    assert.doesNotMatch(JSON.stringify(outcome, bigintText), /Anna|0701234567/);
  });

  test('asks which account the statement is of, and which its entries belong on', () => {
    const odd = entry('other', '-199', { id: '2', code: 'AVI', text: 'Autogiro Larm AB' });
    const outcome = post(entries(entry('fee', '-25'), odd), { own: { accounts: {} } });
    assert.deepEqual(refusalsOf(outcome), [
      {
        code: 'account-not-chosen',
        role: 'statement/KEDJEKONTO-1234',
        line: 'KEDJEKONTO-1234',
      },
      {
        code: 'entry-not-coded',
        account: 'KEDJEKONTO-1234',
        entries: [{ id: '2', code: 'AVI', text: 'Autogiro Larm AB', amount: kr('-199') }],
      },
    ]);
    const decisions = [{ kind: 'code-as', account: '6370' }] as const;
    const decided = post(entries(odd), { decisions });
    assert.deepEqual(rowsOf(decided), [['1940 -199.00', '6370 199.00']]);
  });

  test('takes the company’s answer for a code before what the kind stands for', () => {
    const accounts = { ...ACCOUNTS, 'statement-entry/KORT': '1585', 'tender.bonus/B': '1686' };
    const outcome = post(
      entries(
        entry('card-settlement', '100', { code: 'KORT' }),
        entry('bonus', '10', { id: '2', code: 'B' }),
        entry('interest', '1.50', { id: '3' }),
        entry('interest', '-2', { id: '4' }),
      ),
      { own: { accounts } },
    );
    assert.deepEqual(rowsOf(outcome), [
      [
        ...['1940 100.00', '1585 -100.00', '1940 10.00', '1686 -10.00'],
        ...['1940 1.50', '8310 -1.50', '1940 -2.00', '8420 2.00'],
      ],
    ]);
  });

  test('holds a statement that does not add up, with the numbers; a person may accept it', () => {
    // 100 000.00 + 2 720.50 = 102 720.50, stated 102 700.00: 20.50 less.
    const outcome = post({ closing: kr('102 700') });
    assert.deepEqual(refusalsOf(outcome), [
      {
        code: 'statement-does-not-balance',
        account: 'KEDJEKONTO-1234',
        opening: kr('100 000'),
        moved: kr('2 720.50'),
        closing: kr('102 700'),
        difference: kr('-20.50'),
      },
    ]);
    const decisions = [{ kind: 'accept', code: 'statement-does-not-balance' }] as const;
    assert.equal(rowsOf(post({ closing: kr('102 700') }, { decisions })).length, 2);
  });

  test('books a day without entries as nothing', () => {
    assert.deepEqual(rowsOf(post(entries())), []);
    assert.deepEqual(rowsOf(post(entries(entry('fee', '0')))), []);
  });

  test('books on the day that a person has said', () => {
    const outcome = post({}, { decisions: [{ kind: 'book-on', date: day('2026-06-01') }] });
    assert.equal(outcome.kind, 'vouchers');
    assert.deepEqual(
      outcome.vouchers.map(({ date }) => date),
      ['2026-06-01', '2026-06-01'],
    );
  });

  test('books no statement of another currency', () => {
    const euro = money(100n, 'EUR');
    const outcome = post({
      ...entries({ ...entry('fee', '1'), amount: euro }),
      currency: 'EUR',
    });
    assert.deepEqual(refusalsOf(outcome), [
      { code: 'currency-not-booked', currency: 'EUR', books: 'SEK' },
    ]);
  });
});

describe('entries that pay invoices', () => {
  const paying = (amount: string, change: Parameters<typeof entry>[2]): Partial<AccountStatement> =>
    entries(entry('invoice', amount, change));

  test('settle several, and credit notes among them', () => {
    // 39 565.00 + 10 000.00 − 1 060.00 = 48 505.00
    const ledger = purchaseLedger(
      openInvoice(),
      openInvoice({ id: '18', number: '7004512999', references: [], balance: kr('10 000') }),
      openInvoice({ id: '19', number: '7004513002', references: [], balance: kr('-1 060') }),
    );
    const invoices = ['7004512881', '7004512999', '7004513002'];
    const outcome = post(paying('-48 505', { invoices, reference: 'BG 5050' }), { ledger });
    assert.deepEqual(rowsOf(outcome), [
      ['2440 39565.00', '1940 -39565.00'],
      ['2440 10000.00', '1940 -10000.00'],
      ['2440 -1060.00', '1940 1060.00'],
    ]);
  });

  test('of an invoice that is not open are held with what they name and what may be meant', () => {
    const change = { id: '7', reference: '4711', counterparty: 'Kedjegrossisten AB' };
    assert.deepEqual(refusalsOf(post(paying('-39 565', change))), [
      {
        code: 'invoice-not-open',
        entry: '7',
        amount: kr('-39 565'),
        names: ['4711'],
        candidates: ['7004512881 Kedjegrossisten AB'],
      },
    ]);
    const nameless = refusalsOf(post(paying('-1', {})));
    assert.deepEqual(
      nameless.map(({ code }) => code),
      ['invoice-not-open'],
    );
  });

  test('that stand in the ledger already are left out when a person says so', () => {
    const decisions = [{ kind: 'accept', code: 'invoice-not-open' }] as const;
    const change = entries(entry('invoice', '-1', { reference: '4711' }), entry('fee', '-25'));
    assert.deepEqual(rowsOf(post(change, { decisions })), [['1940 -25.00', '6570 25.00']]);
  });

  test('of another amount than is open are held, and paid in part or with the difference', () => {
    const change = paying('-39 500', { id: '2', reference: '70045128813' });
    assert.deepEqual(refusalsOf(post(change)), [
      {
        code: 'payment-differs',
        entry: '2',
        invoices: ['7004512881'],
        paid: kr('39 500'),
        open: kr('39 565'),
        difference: kr('-65'),
      },
    ]);
    const part = [{ kind: 'accept', code: 'payment-differs' }] as const;
    assert.deepEqual(rowsOf(post(change, { decisions: part })), [
      ['2440 39500.00', '1940 -39500.00'],
    ]);
    const whole = [{ kind: 'book-difference', account: '3740' }] as const;
    assert.deepEqual(rowsOf(post(change, { decisions: whole })), [
      ['2440 39565.00', '1940 -39565.00'],
      ['3740 -65.00', '1940 65.00'],
    ]);
  });

  test('of more than is open cannot be accepted: the rest needs an account', () => {
    const change = paying('-39 600', { reference: '70045128813' });
    const decisions = [{ kind: 'accept', code: 'payment-differs' }] as const;
    assert.deepEqual(
      refusalsOf(post(change, { decisions })).map(({ code }) => code),
      ['payment-differs'],
    );
  });

  test('twice on one statement are held the second time', () => {
    const change = { reference: '70045128813' };
    const twice = entries(
      entry('invoice', '-39 565', change),
      entry('invoice', '-39 565', { ...change, id: '2' }),
    );
    assert.deepEqual(
      refusalsOf(post(twice)).map(({ code }) => code),
      ['invoice-not-open'],
    );
  });

  test('go by the amount where two suppliers use one number, else a person is asked', () => {
    const other = openInvoice({ id: '20', supplier: 'Annan AB', balance: kr('12'), number: '9' });
    const same = openInvoice({ id: '21', supplier: 'Tredje AB', number: '9', balance: kr('13') });
    const ledger = purchaseLedger({ ...other, references: [] }, { ...same, references: [] });
    const exact = post(paying('-13', { reference: '9' }), { ledger });
    assert.deepEqual(rowsOf(exact), [['2440 13.00', '1940 -13.00']]);
    const [held] = refusalsOf(post(paying('-14', { reference: '9' }), { ledger }));
    assert.deepEqual(held?.code === 'invoice-not-open' && held.candidates, [
      '9 Annan AB',
      '9 Tredje AB',
    ]);
  });

  test('need a way to pay from the account', () => {
    const ledger = { invoices: [openInvoice()], paysFrom: { '1930': 'BG' }, isWhole: true };
    assert.deepEqual(refusalsOf(post({}, { ledger })), [
      { code: 'payment-account-unknown', account: '1940' },
    ]);
  });

  test('are booked on what is owed where the ledger keeps no suppliers', () => {
    const outcome = post(paying('-39 565', {}), { ledger: null });
    assert.deepEqual(rowsOf(outcome), [['1940 -39565.00', '2440 39565.00']]);
  });

  test('book nothing where invoices were booked against the account when they came', () => {
    const own = { bookedOnArrival: ['KEDJEKONTO-1234'], accounts: ACCOUNTS };
    const [rest = [], ...others] = rowsOf(post({}, { own }));
    assert.deepEqual(others, []);
    assert.ok(!rest.some((row) => row.includes('39565')));
  });
});
