import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UNKNOWN_BOOKS, type Books } from '../../books.ts';
import { day } from '../../date.ts';
import type { Order, Refund } from '../../document/sale.ts';
import { formatMoney } from '../../money.ts';
import { choices, invoicing, kr } from '../../../testing/day-reports.ts';
import { order, refund, soldLine } from '../../../testing/sales.ts';
import type { Invoicing } from '../invoicing.ts';
import type { Voucher } from '../voucher.ts';
import type { InvoiceTerms } from './sale-invoice-terms.ts';
import { invoiceSale, type SaleInvoice, type SaleInvoiceOutcome } from './sale-invoice.ts';

type Of = {
  readonly invoicing?: Partial<Invoicing>;
  readonly books?: Partial<Books>;
  readonly paidOn?: string | null;
  readonly paidAtOnce?: InvoiceTerms['paidAtOnce'];
  readonly accounts?: Readonly<Record<string, string>>;
};

function outcomeOf(sale: Order | Refund, of: Of = {}): SaleInvoiceOutcome {
  const { paidOn = '2026-05-06' } = of;
  return invoiceSale(sale, {
    choices: choices({
      accounts: of.accounts ?? {},
      invoicing: invoicing({ as: 'booked-invoice', ...of.invoicing }),
    }),
    books: { ...UNKNOWN_BOOKS, ...of.books },
    decisions: [],
    on: null,
    paidOn: paidOn === null ? null : day(paidOn),
    paidAtOnce: of.paidAtOnce ?? 'may',
  });
}

function invoiceOf(sale: Order | Refund, of: Of = {}): SaleInvoice {
  const outcome = outcomeOf(sale, of);
  assert.ok(
    outcome.kind === 'invoice',
    JSON.stringify(outcome, (_, v) => String(v)),
  );
  return outcome.invoice;
}

function refusalsOf(sale: Order | Refund, of: Of = {}): readonly unknown[] {
  const outcome = outcomeOf(sale, of);
  return outcome.kind === 'refused' ? outcome.refusals : [];
}

/** `1510 100.00` of each row. */
function rowsOf(voucher: Voucher | null | undefined): readonly string[] {
  return (voucher?.rows ?? []).map((row) => `${row.account} ${formatMoney(row.amount)}`);
}

/** `2 × 50.00 at 25 on 3001` of each row of the invoice. */
function linesOf({ sale }: SaleInvoice): readonly string[] {
  return sale.rows.map(({ quantity, price, rate, account }) => {
    return `${quantity} × ${formatMoney(price)} at ${rate / 100} on ${account}`;
  });
}

describe('invoiceSale', () => {
  test('has pieces and their price where these come to the amount, else one of all of it', () => {
    const lines = [
      soldLine('Kaffe', '80', '20', { quantity: '4' }),
      soldLine('Te', '80', '20', { quantity: '3' }),
      soldLine('Tyg', '80', '20', { quantity: '2.50' }),
    ];
    const [settlement] = order({}).settlements;
    assert.ok(settlement);
    const settlements = [{ ...settlement, amount: kr('300') }];
    const invoice = invoiceOf(order({ lines, total: kr('300'), settlements }));
    assert.deepEqual(linesOf(invoice), [
      '4 × 25.00 at 25 on 3001',
      '1 × 100.00 at 25 on 3001',
      '2.5 × 40.00 at 25 on 3001',
    ]);
    assert.deepEqual(
      invoice.sale.rows.map(({ text }) => text),
      ['Kaffe', '3 × Te', 'Tyg'],
    );
  });

  /**
   * Three lines of 0.33 with VAT 0.08 at 25 %: the shop's VAT is 0.24, and a fifth of 1.23 is 0.25.
   * The ledger's nets of the rows are 0.33, 0.33 and what is left of 0.98: 0.32.
   */
  test('says which cents the arithmetic of the ledger moves between VAT and revenue', () => {
    const lines = ['A', 'B', 'C'].map((text) => soldLine(text, '0.33', '0.08'));
    const [settlement] = order({}).settlements;
    assert.ok(settlement);
    const settlements = [{ ...settlement, amount: kr('1.23') }];
    const invoice = invoiceOf(order({ lines, total: kr('1.23'), settlements }));
    assert.equal(formatMoney(invoice.sale.vat), '0.25');
    assert.deepEqual(
      invoice.voucher?.rows.map(({ account, amount, role }) =>
        [account, formatMoney(amount), role].join(' '),
      ),
      [
        '1510 1.23 payment/claim',
        '3001 -0.99 sales.25',
        '2611 -0.24 vat.25',
        '2611 -0.01 difference',
        '3001 0.01 difference',
      ],
    );
  });

  test('asks about more than cents', () => {
    const lines = [soldLine('Kaffe', '78.90', '21.10')];
    const [differs] = refusalsOf(order({ lines })) as { code: string }[];
    assert.equal(differs?.code, 'vat-differs');
  });

  test("has the shop's own rounding as a row without VAT", () => {
    const [settlement] = order({}).settlements;
    assert.ok(settlement);
    const settlements = [{ ...settlement, amount: kr('99.60') }];
    const sale = order({ rounding: kr('-0.40'), total: kr('99.60'), settlements });
    const invoice = invoiceOf(sale);
    assert.deepEqual(linesOf(invoice), ['1 × 100.00 at 25 on 3001', '-1 × 0.40 at 0 on 3740']);
    assert.deepEqual(rowsOf(invoice.voucher), [
      '1510 99.60',
      '3001 -80.00',
      '2611 -20.00',
      '3740 0.40',
    ]);
  });

  test('pays with a gift card and with money, each on its account, not before the invoice', () => {
    const [settlement] = order({}).settlements;
    assert.ok(settlement);
    const settlements = [
      { ...settlement, means: 'gift-card' as const, amount: kr('30') },
      { ...settlement, method: 'swish', amount: kr('70') },
    ];
    const invoice = invoiceOf(order({ settlements }), { paidOn: '2026-05-01' });
    assert.deepEqual(
      invoice.payments.map(({ voucher }) => [voucher.date, ...rowsOf(voucher)]),
      [
        ['2026-05-04', '2421 30.00', '1510 -30.00'],
        ['2026-05-04', '1580 70.00', '1510 -70.00'],
      ],
    );
    assert.deepEqual(invoiceOf(order({}), { paidOn: null }).payments, []);
  });

  test('takes back with negative pieces, and pays out', () => {
    const invoice = invoiceOf(refund({}));
    assert.deepEqual(linesOf(invoice), ['-1 × 100.00 at 25 on 3001']);
    assert.deepEqual(rowsOf(invoice.voucher), ['1510 -100.00', '3001 80.00', '2611 20.00']);
    const [payment] = invoice.payments;
    assert.deepEqual(rowsOf(payment?.voucher), ['1580 -100.00', '1510 100.00']);
    assert.equal(invoice.sale.customer.number, invoiceOf(order({})).sale.customer.number);
  });

  test("holds what an invoice cannot say: another country's VAT, one customer abroad", () => {
    const oss = order({ vatCountry: 'DE', lines: [germanLine()] });
    const why = (of: readonly unknown[]) => of.map((one) => (one as { why?: string }).why);
    assert.deepEqual(why(refusalsOf(oss)), ['foreign-vat']);
    const one = { customers: 'one', customerNumber: '9999' } as const;
    assert.deepEqual(why(refusalsOf(norwegian(), { invoicing: one })), ['one-customer']);
    assert.equal(invoiceOf(norwegian()).sale.customer.vat, 'export');
  });

  test('holds an invoice whose claim or VAT the ledger books elsewhere than the flow', () => {
    const habits = { vat: { '25': '2610' }, paidAtOnce: {}, vatRounding: 'per-rate' } as const;
    assert.deepEqual(
      refusalsOf(order({}), { books: { invoices: { ...habits, claims: '1511' } } }),
      [
        { code: 'invoice-account-differs', role: 'customers', chosen: '1510', ledger: '1511' },
        { code: 'invoice-account-differs', role: 'vat.25', chosen: '2611', ledger: '2610' },
      ],
    );
  });

  test('is a cash invoice where the ledger books its day and its means of payment', () => {
    const paidAtOnce = { '1580': 'CARD' };
    const invoices = { vat: {}, paidAtOnce, vatRounding: 'per-rate' } as const;
    const of = { books: { invoices }, paidOn: '2026-05-04' } as const;
    const { sale, voucher, payments } = invoiceOf(order({}), of);
    assert.equal(sale.paidBy, 'CARD');
    assert.deepEqual(rowsOf(voucher), ['1580 100.00', '3001 -80.00', '2611 -20.00']);
    assert.deepEqual(payments, []);
    const claims = [
      { ...of, paidOn: '2026-05-05' },
      { ...of, paidAtOnce: 'not' },
      { ...of, invoicing: { cashInvoices: false } },
    ] as const;
    for (const claim of claims) {
      const invoice = invoiceOf(order({}), claim);
      assert.equal(invoice.sale.paidBy, null);
      assert.equal(invoice.payments.length, 1);
    }
  });

  test('that was a cash invoice gets no other payment, whatever is chosen since', () => {
    const of = { paidAtOnce: 'was', invoicing: { cashInvoices: false } } as const;
    assert.deepEqual(invoiceOf(order({}), of).payments, []);
  });

  test('books income with the payment where the company does', () => {
    const year = { id: '2', from: day('2026-01-01'), to: day('2026-12-31'), isCashMethod: true };
    const { voucher, payments } = invoiceOf(order({}), { books: { years: [year] } });
    assert.equal(voucher, null);
    const [payment] = payments;
    assert.deepEqual(rowsOf(payment?.voucher), ['1580 100.00', '3001 -80.00', '2611 -20.00']);
    assert.equal(payment?.voucher.date, '2026-05-06');
  });

  test('knows nobody by an empty e-mail', () => {
    const { customer } = order({});
    const nobody = { customer: { ...customer, email: '' } };
    const [one, other] = ['1001', '1002'].map((id) => {
      const ref = { system: 'shop', account: 'one', id };
      return invoiceOf(order({ ...nobody, ref })).sale.customer;
    });
    assert.equal(one?.knownBy, 'none');
    assert.notEqual(one?.number, other?.number);
  });
});

function germanLine() {
  return soldLine('Kaffee', '80', '20', {
    parts: [{ rate: 1900, net: kr('84.03'), vat: kr('15.97') }],
  });
}

function norwegian(): Order {
  const { customer } = order({});
  const address = { street: 'Gata 1', postcode: '0150', city: 'Oslo', country: 'NO' };
  const parts = [{ rate: null, net: kr('100'), vat: kr('0') }];
  return order({
    vatCountry: null,
    customer: { ...customer, address },
    lines: [soldLine('Kaffe', '100', '0', { parts })],
  });
}
