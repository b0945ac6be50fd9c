import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { TripletexSimulator } from '../simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client } from '../test-client.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';

let simulator: TripletexSimulator;
before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.stop());

/** Something a client might do, sensible or not. Choices are taken modulo what there is. */
type Deed =
  | { readonly kind: 'voucher'; readonly rows: readonly VoucherRow[]; readonly isEven: boolean }
  | { readonly kind: 'order'; readonly lines: readonly Fields[]; readonly more: Fields }
  | { readonly kind: 'invoice' | 'pay' | 'credit' | 'reverse'; readonly at: number }
  | { readonly kind: 'rounding'; readonly isPerRate: boolean };

type VoucherRow = { readonly account: number; readonly ore: number; readonly vat: number };

const ACCOUNTS = [1920, 1900, 3000, 3030, 4300, 6540, 7130, 2700];
const CODES = [0, 1, 3, 31, 33, 6];

const voucherRow = fc.record({
  account: fc.constantFrom(...ACCOUNTS),
  ore: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  vat: fc.constantFrom(...CODES),
});

const line = fc
  .record({
    count: fc.integer({ min: -300, max: 900 }).map((hundredths) => hundredths / 100),
    price: fc.integer({ min: 0, max: 9_999_999 }).map((parts) => parts / 10_000),
    discount: fc.integer({ min: 0, max: 100 }),
    vat: fc.constantFrom(3, 31, 32, 33, 5, 6),
  })
  .map(({ count, price, discount, vat }): Fields => ({
    description: 'vare',
    count,
    unitPriceExcludingVatCurrency: price,
    unitPriceIncludingVatCurrency: price,
    discount,
    vatType: { id: vat },
  }));

/** Something done to an invoice or a voucher, or to an order that becomes one. */
const act = fc.record({
  kind: fc.constantFrom('invoice' as const, 'pay' as const, 'credit' as const, 'reverse' as const),
  at: fc.nat({ max: 20 }),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('voucher' as const),
    rows: fc.array(voucherRow, { maxLength: 6 }),
    isEven: fc.constantFrom(true, true, true, false),
  }),
  fc.record({
    kind: fc.constant('order' as const),
    lines: fc.array(line, { maxLength: 5 }),
    more: fc.record({
      isPrioritizeAmountsIncludingVat: fc.boolean(),
      currency: fc.constantFrom({ id: 1 }, { id: 2 }, { id: 5 }),
    }),
  }),
  { arbitrary: act, weight: 2 },
  fc.record({ kind: fc.constant('rounding' as const), isPerRate: fc.boolean() }),
);

/** A company with what was made in it so far. */
type Desk = {
  readonly client: Client;
  readonly customer: number;
  readonly type: number;
  readonly accounts: ReadonlyMap<number, number>;
  readonly orders: number[];
  readonly invoices: number[];
  readonly vouchers: number[];
};

async function newDesk(roundsInvoices: boolean): Promise<Desk> {
  const client = clientIn(simulator, { roundsInvoices });
  const customer = idOf(await client.post('/customer', { name: 'Kunde AS' }));
  const [type = {}] = (await client.get('/invoice/paymentType')).values;
  const { values } = await client.get('/ledger/account?fields=id,number');
  const accounts = new Map(values.map((one) => [numberOf(one, 'number'), numberOf(one, 'id')]));
  const lists = { orders: [], invoices: [], vouchers: [] };
  return { client, customer, type: numberOf(type, 'id'), accounts, ...lists };
}

function pick(from: readonly number[], at: number): number {
  return from.length === 0 ? 1 : (from[at % from.length] ?? 1);
}

async function does(desk: Desk, asked: Deed): Promise<void> {
  const { client, orders, invoices, vouchers } = desk;
  switch (asked.kind) {
    case 'voucher': {
      const reply = await client.post('/ledger/voucher', voucherOf(desk, asked));
      if (reply.status === 201) vouchers.push(idOf(reply));
      return;
    }
    case 'order': {
      const body = { customer: { id: desk.customer }, orderLines: asked.lines, ...asked.more };
      const reply = await client.post('/order', body);
      if (reply.status === 201) orders.push(idOf(reply));
      return;
    }
    case 'invoice': {
      const path = `/order/${pick(orders, asked.at)}/:invoice?invoiceDate=2026-03-19`;
      const reply = await client.put(path);
      if (reply.status === 200) invoices.push(idOf(reply));
      return;
    }
    case 'pay': {
      const { value } = await client.get(`/invoice/${pick(invoices, asked.at)}`);
      const owed = numberOf(value, 'amountCurrencyOutstanding');
      const paid = `paidAmount=${asked.at * 100 + owed}&paidAmountCurrency=${owed}`;
      const query = `paymentDate=2026-03-20&paymentTypeId=${desk.type}&${paid}`;
      await client.put(`/invoice/${pick(invoices, asked.at)}/:payment?${query}`);
      return;
    }
    case 'credit':
      await client.put(`/invoice/${pick(invoices, asked.at)}/:createCreditNote?date=2026-03-21`);
      return;
    case 'reverse':
      await client.put(`/ledger/voucher/${pick(vouchers, asked.at)}/:reverse?date=2026-03-21`);
      return;
    case 'rounding':
      simulator.setChoices({ vatRounding: asked.isPerRate ? 'per-rate' : 'per-line' });
  }
}

/** Three in four are balanced by their last row. */
function voucherOf(desk: Desk, { rows, isEven }: Deed & { readonly kind: 'voucher' }): Fields {
  const rest = -rows.reduce((ore, row) => ore + row.ore, 0);
  const last = { account: 1920, ore: rest, vat: 0 };
  const postings = (isEven ? [...rows, last] : rows).map(({ account, ore, vat }, index) => ({
    row: index + 1,
    account: { id: desk.accounts.get(account) ?? 0 },
    amountGross: ore / 100,
    amountGrossCurrency: ore / 100,
    vatType: { id: vat },
  }));
  return { date: '2026-03-19', description: 'v', postings };
}

describe('whatever is done', () => {
  test('the books balance, are numbered without gaps and agree with the invoices', async () => {
    const deeds = fc.array(deed, { minLength: 15, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(deeds, fc.boolean(), async (all, roundsInvoices) => {
        const desk = await newDesk(roundsInvoices);
        for (const one of all) await does(desk, one);
        const { problems } = desk.client.company.ledger();
        assert.deepEqual(problems, []);
        await expectOwed(desk);
      }),
      { numRuns: 25 },
    );
  });

  test('hledger says so too', { skip: skipWithoutHledger() }, async () => {
    const desk = await newDesk(false);
    const [deeds = []] = fc.sample(fc.array(deed, { minLength: 60, maxLength: 60 }), {
      numRuns: 1,
      seed: 4711,
    });
    for (const one of deeds) await does(desk, one);
    const { vouchers } = desk.client.company.ledger();
    assert.ok(vouchers.length > 10);
    const input = desk.client.company.journal();
    assert.doesNotThrow(() => execFileSync('hledger', ['-f', '-', 'check'], { input }));
  });
});

/** What invoices say they are owed, in kroner, is what stands on the account of customers. */
async function expectOwed({ client }: Desk): Promise<void> {
  const query = 'invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01';
  const fields = 'fields=isCreditNote,currency(code),amountOutstanding,postings(amount)';
  const { values } = await client.get(`/invoice?${query}&${fields}`);
  for (const invoice of values) {
    const { currency, postings } = invoice as { currency: Fields; postings: readonly Fields[] };
    if (textOf(currency, 'code') !== 'NOK') continue;
    const ore = postings.reduce((sum, one) => sum + Math.round(numberOf(one, 'amount') * 100), 0);
    assert.equal(Math.round(numberOf(invoice, 'amountOutstanding') * 100), ore);
  }
}

function skipWithoutHledger(): string | false {
  try {
    execFileSync('hledger', ['--version'], { stdio: 'pipe' });
    return false;
  } catch {
    return 'skipped: hledger is not installed';
  }
}
