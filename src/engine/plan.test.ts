import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UNKNOWN_BOOKS } from '../domain/books.ts';
import { day } from '../domain/date.ts';
import type { AttachedFile } from '../domain/document/attached-file.ts';
import type { PlanOutcome } from '../domain/plan.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import { choices, dayReport, kr, sale, tender } from '../testing/day-reports.ts';
import { creditPurchases, customer, goodsInvoice } from '../testing/invoices.ts';
import type { PlanInput } from './plan-input.ts';
import { planDocument } from './plan.ts';

function plan(change: Partial<PlanInput> = {}): PlanOutcome {
  return planDocument({
    document: dayReport(),
    doubts: [],
    decisions: [],
    choices: choices({ attachFile: true }),
    startDate: null,
    books: UNKNOWN_BOOKS,
    purchases: null,
    booked: null,
    overlaps: null,
    credit: [],
    today: day('2026-06-12'),
    ...change,
  });
}

function vouchersOf(outcome: PlanOutcome): readonly Voucher[] {
  assert.equal(outcome.kind, 'plan');
  return outcome.plan.vouchers;
}

function codesOf(outcome: PlanOutcome): string[] {
  assert.equal(outcome.kind, 'held');
  return outcome.refusals.map((refusal) => refusal.code);
}

const booked = { label: 'K 17', vouchers: vouchersOf(plan()), results: {} };
const revised = dayReport({ lines: [sale('1 250', '250', 2500), tender('card', '1 250')] });

describe('planDocument', () => {
  test('posts the voucher and attaches the report to it', () => {
    const outcome = plan();
    assert.equal(outcome.kind, 'plan');
    assert.deepEqual(
      outcome.plan.steps.map((step) => [step.kind, step.id]),
      [
        ['post-voucher', 'voucher-1'],
        ['attach-file', 'file-1'],
      ],
    );
  });

  test('gives the same plan for the same input', () => {
    assert.deepEqual(plan(), plan());
  });

  test('holds what the reading was in doubt about, until a person accepts it', () => {
    const doubt = { code: 'amount-column-unmapped', column: 'Ny', amount: '12', row: 3 } as const;
    assert.deepEqual(codesOf(plan({ doubts: [doubt] })), ['amount-column-unmapped']);
    const decisions = [{ kind: 'accept', code: 'amount-column-unmapped' } as const];
    assert.equal(plan({ doubts: [doubt], decisions }).kind, 'plan');
  });

  test('holds a document of before the start of the flow', () => {
    assert.deepEqual(codesOf(plan({ startDate: day('2026-05-05') })), ['before-start-date']);
    assert.equal(plan({ startDate: day('2026-05-04') }).kind, 'plan');
  });

  test("asks which counts when a store's own report comes beside those of its tills", () => {
    const overlaps = 'minbutik/1234/2026-05-04:ALL:Z-000412';
    assert.deepEqual(codesOf(plan({ overlaps })), ['report-overlaps']);
  });

  test('gives the reasons of reading, rule and ledger together', () => {
    const books = { ...UNKNOWN_BOOKS, lockedTo: day('2026-12-31') };
    assert.deepEqual(codesOf(plan({ startDate: day('2026-07-01'), books })), [
      'before-start-date',
      'period-locked',
    ]);
  });

  test('books on the first open day when the company has chosen that', () => {
    const books = { ...UNKNOWN_BOOKS, lockedTo: day('2026-05-31') };
    const outcome = plan({ books, choices: choices({ lockedPeriod: 'first-open-day' }) });
    assert.equal(vouchersOf(outcome)[0]?.date, '2026-06-01');
  });

  // Booked with 1 000.00, come again with 1 250.00: 250.00 more.
  test('asks about a new version of what is booked, with both sums', () => {
    const outcome = plan({ document: revised, booked });
    assert.equal(outcome.kind, 'held');
    assert.deepEqual(outcome.refusals, [
      {
        code: 'report-revised',
        bookedAs: 'K 17',
        before: kr('1 000'),
        after: kr('1 250'),
        difference: kr('250'),
      },
    ]);
  });

  test('reverses and books anew when a person or the company says so', () => {
    const byPerson = plan({ document: revised, booked, decisions: [{ kind: 'correct' }] });
    const byCompany = plan({
      document: revised,
      booked,
      choices: choices({ revisions: 'correct' }),
    });
    for (const outcome of [byPerson, byCompany]) {
      assert.deepEqual(
        vouchersOf(outcome).map((voucher) => [voucher.date, voucher.text]),
        [
          ['2026-06-12', 'Rättelse av K 17: återföring'],
          ['2026-06-12', 'Rättelse av K 17: rätt bokning'],
        ],
      );
    }
  });

  test('reverses only the latest booking when a report has been corrected before', () => {
    const corrected = plan({ document: revised, booked, decisions: [{ kind: 'correct' }] });
    const twice = { label: 'K 18, K 19', vouchers: vouchersOf(corrected), results: {} };
    const outcome = plan({ booked: twice, decisions: [{ kind: 'correct' }] });
    assert.deepEqual(
      vouchersOf(outcome)[0]?.rows.map((row) => [row.account, row.amount.minor]),
      [
        ['3001', 100_000n],
        ['2611', 25_000n],
        ['1580', -125_000n],
      ],
    );
    assert.equal(vouchersOf(outcome)[0]?.text, 'Rättelse av K 19: återföring');
  });
});

/** What the purchases of 5 030.00 became: customer made sure of, invoice entered, booked as B 3. */
const INVOICED = {
  label: 'B 3',
  vouchers: vouchersOf(plan({ document: creditPurchases() })),
  results: { 'invoice-1.who': { id: '10044' }, 'invoice-1': { id: 'B/3/2' } },
};

describe('planDocument of an invoice', () => {
  const invoiceClasses = { VARUFAKTURA: 'goods' } as const;
  const own = choices({ attachFile: true, invoiceClasses });

  test('enters a supplier invoice with its terms and attaches it', () => {
    const outcome = plan({ document: goodsInvoice(), choices: own });
    assert.equal(outcome.kind, 'plan');
    const [step, file] = outcome.plan.steps;
    assert.ok(step?.kind === 'book-supplier-invoice');
    assert.deepEqual(step.payable, {
      number: '7004512881',
      date: '2026-05-04',
      dueDate: '2026-05-14',
      paymentReference: '70045128813',
      account: '2440',
      total: kr('39565'),
      vat: kr('4006.87'),
    });
    assert.equal(step.supplier.orgNumber, '5599990032');
    assert.deepEqual(file?.kind === 'attach-file' && file.to, step.id);
  });

  test('attaches files that came inside under their own names, and tells of the others', () => {
    const attachments: readonly AttachedFile[] = [
      { kind: 'left-out', number: 1, name: 'kalkyl.exe', why: 'type' },
      {
        ...{ kind: 'file', number: 2, name: 'Tid/rapport maj.pdf' },
        ...{ mediaType: 'application/pdf', size: 5 },
      },
    ];
    const outcome = plan({ document: goodsInvoice(), choices: own, attachments });
    assert.equal(outcome.kind, 'plan');
    const [step, , file] = outcome.plan.steps;
    assert.deepEqual(file, {
      ...{ kind: 'attach-file', id: 'file-2', to: step?.id },
      ...{ fileName: 'Tid-rapport-maj', attachment: 2 },
    });
    assert.deepEqual(outcome.plan.notices, [
      { code: 'attachment-left-out', name: 'kalkyl.exe', why: 'type' },
    ]);
    const without = plan({
      document: goodsInvoice(),
      choices: { ...own, attachFile: false },
      attachments,
    });
    assert.equal(without.kind === 'plan' && without.plan.steps.length, 1);
  });

  test('invoices purchases on account without VAT, and sends no list of receipts along', () => {
    const outcome = plan({ document: creditPurchases(), choices: own });
    assert.equal(outcome.kind, 'plan');
    const [step, ...others] = outcome.plan.steps;
    assert.ok(step?.kind === 'book-customer-invoice');
    assert.deepEqual(
      [step.customer.number, step.receivable.account, step.receivable.total, step.receivable.vat],
      ['10044', '1510', kr('5030'), kr('0')],
    );
    assert.deepEqual(others, []);
  });

  test('asks about a booked invoice that comes again, with both sums', () => {
    const outcome = plan({
      document: creditPurchases({ purchases: creditPurchases().purchases.slice(1) }),
      booked: INVOICED,
    });
    assert.deepEqual(codesOf(outcome), ['invoice-revised']);
    assert.deepEqual(outcome.kind === 'held' && outcome.refusals[0], {
      code: 'invoice-revised',
      bookedAs: 'B 3',
      before: kr('5030'),
      after: kr('2530'),
      difference: kr('-2500'),
    });
  });

  // 5 030.00 is credited, 2 530.00 is invoiced.
  test('credits it and invoices anew when a person or the company says so', () => {
    const document = creditPurchases({ purchases: creditPurchases().purchases.slice(1) });
    const outcome = plan({
      document,
      booked: INVOICED,
      choices: choices({ revisions: 'correct' }),
    });
    assert.equal(outcome.kind, 'plan');
    const [credit, invoice, ...others] = outcome.plan.steps;
    assert.ok(credit?.kind === 'credit-invoice' && invoice?.kind === 'book-customer-invoice');
    assert.deepEqual(
      [credit.ledger, credit.booked.step, credit.total, credit.number],
      ['customers', 'invoice-1', kr('-5030'), 'credit:2026-05:10044'],
    );
    assert.deepEqual(
      [credit, invoice].map(({ id, voucher }) => [id, voucher.date, voucher.text]),
      [
        ['credit-1', '2026-06-12', 'Rättelse av B 3: återföring'],
        ['invoice-2', '2026-06-12', 'Rättelse av B 3: rätt bokning'],
      ],
    );
    assert.deepEqual(invoice.receivable.total, kr('2530'));
    assert.deepEqual(others, []);
  });

  test('credits the invoice that stands when it has been corrected before', () => {
    const document = creditPurchases({ purchases: creditPurchases().purchases.slice(1) });
    const once = plan({ document, booked: INVOICED, decisions: [{ kind: 'correct' }] });
    const results = { 'credit-1': { id: 'B/4/2' }, 'invoice-2': { id: 'B/5/2' } };
    const booked = { label: 'B 4, B 5', vouchers: vouchersOf(once), results };
    const twice = plan({ document: creditPurchases(), booked, decisions: [{ kind: 'correct' }] });
    assert.equal(twice.kind, 'plan');
    const [credit] = twice.plan.steps;
    assert.ok(credit?.kind === 'credit-invoice');
    assert.deepEqual([credit.booked.step, credit.total], ['invoice-2', kr('-2530')]);
  });

  test('asks still when it is not known what of it stands in the ledger', () => {
    const outcome = plan({
      document: creditPurchases({ purchases: creditPurchases().purchases.slice(1) }),
      booked: { ...INVOICED, results: {} },
      decisions: [{ kind: 'correct' }],
    });
    assert.deepEqual(codesOf(outcome), ['invoice-revised']);
  });
});

describe('planDocument of a customer', () => {
  test('keeps the card, books nothing and asks no day', () => {
    const outcome = plan({
      document: customer(),
      startDate: day('2027-01-01'),
      books: { ...UNKNOWN_BOOKS, lockedTo: day('2026-12-31') },
      choices: choices({ lockedPeriod: 'first-open-day', attachFile: true }),
    });
    assert.equal(outcome.kind, 'plan');
    assert.deepEqual(outcome.plan, {
      vouchers: [],
      steps: [
        {
          kind: 'keep-customer',
          id: 'customer-1',
          customer: customer().customer,
          owned: ['name', 'address', 'email'],
          sent: null,
        },
      ],
      notices: [],
    });
  });

  test('tells what the version before has left in the ledger', () => {
    const results = { 'customer-1': { id: '10044', data: { sent: { Name: 'Åkeriet' } } } };
    const outcome = plan({ document: customer(), booked: { label: '', vouchers: [], results } });
    assert.ok(outcome.kind === 'plan' && outcome.plan.steps[0]?.kind === 'keep-customer');
    assert.deepEqual(outcome.plan.steps[0].sent, { sent: { Name: 'Åkeriet' } });
  });
});
