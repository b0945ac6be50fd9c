import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { money } from '../../domain/money.ts';
import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import type { Write, WriteOutcome } from '../../ports/target.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import {
  bothYears,
  contextOf,
  done,
  FILE,
  routed,
} from '../../testing/target-contract/delivery.ts';
import { withFortnox } from './bench-for-test.ts';
import { makeOne, withPlan } from './invoice-bench-for-test.ts';
import {
  ATTACH_STEP,
  CUSTOMER_INVOICE_STEP,
  SUPPLIER_CREDIT_STEP,
  SUPPLIER_INVOICE_STEP,
  WHOLESALER,
} from './invoice-plan-for-test.ts';
import { createWrite } from './register-writes.ts';
import { type RegisterName } from './registers.ts';
import { isRecord, listOf, textOf, type WireObject } from '../../lib/json-object.ts';

const SUPPLIER_PLAN: readonly Step[] = [SUPPLIER_INVOICE_STEP, ATTACH_STEP];
const CUSTOMER_PLAN: readonly Step[] = [CUSTOMER_INVOICE_STEP, ATTACH_STEP];

describe('route of invoices', () => {
  test('ties the file of a supplier invoice before it is booked', () =>
    withFortnox(async (bench) => {
      const writes = await routed(bench, SUPPLIER_PLAN);
      assert.deepEqual(
        writes.map(({ id, call }) => [id, call]),
        [
          ['invoice-1.who', 'POST /3/suppliers'],
          ['invoice-1.in', 'POST /3/supplierinvoices'],
          ['file-1.up', 'POST /3/inbox?path=inbox_s'],
          ['file-1.tie', 'POST /3/supplierinvoicefileconnections'],
          ['invoice-1', 'PUT /3/supplierinvoices/{invoice-1.in}/bookkeep'],
        ],
      );
    }));

  test('ties the file of a customer invoice to its voucher', () =>
    withFortnox(async (bench) => {
      const writes = await routed(bench, CUSTOMER_PLAN);
      assert.deepEqual(
        writes.map(({ id, call }) => [id, call]),
        [
          ['invoice-1.who', 'POST /3/customers'],
          ['invoice-1.in', 'POST /3/invoices'],
          ['invoice-1', 'PUT /3/invoices/{invoice-1.in}/bookkeep'],
          ['file-1.up', 'POST /3/inbox?path=inbox_v'],
          ['file-1.tie', 'POST /3/voucherfileconnections'],
        ],
      );
    }));

  const { voucher } = CUSTOMER_INVOICE_STEP;
  const { supplier } = SUPPLIER_INVOICE_STEP;
  const nameless = { ...supplier, orgNumber: null, vatNumber: null, endpoint: null };
  const inEuro = { ...voucher, currency: 'EUR' } as const;
  const cases: readonly (readonly [Step, string])[] = [
    [
      { ...CUSTOMER_INVOICE_STEP, customer: { ...CUSTOMER_INVOICE_STEP.customer, number: 'K 1' } },
      'a customer with the number K 1',
    ],
    [{ ...CUSTOMER_INVOICE_STEP, voucher: inEuro }, 'customer invoices in EUR'],
    [{ ...SUPPLIER_INVOICE_STEP, voucher: inEuro }, 'supplier invoices in EUR'],
    [
      { ...SUPPLIER_INVOICE_STEP, supplier: nameless },
      'a supplier without a number that says who it is',
    ],
  ];
  for (const [step, what] of cases) {
    test(`says that Fortnox cannot take ${what}`, () =>
      withFortnox(async (bench) => {
        const refusals = [{ code: 'target-cannot', system: 'Fortnox', what }];
        const route = bench.target.route([step], await bench.target.readBooks(bothYears(bench)));
        assert.deepEqual(route, { kind: 'cannot', refusals });
      }));
  }

  test('shortens a row text that is too long, and says so', () =>
    withFortnox(async (bench) => {
      const [owed, ...rows] = voucher.rows;
      const long = rows.map((row) => ({ ...row, text: 'x'.repeat(256) }));
      const step = {
        ...CUSTOMER_INVOICE_STEP,
        voucher: { ...voucher, rows: [present(owed, ''), ...long] },
      };
      const route = bench.target.route([step], await bench.target.readBooks(bothYears(bench)));
      assert.equal(route.kind, 'route');
      const notices = route.kind === 'route' ? route.notices : [];
      const to = `${'x'.repeat(252)}...`;
      const notice = { code: 'text-shortened', from: 'x'.repeat(256), to };
      assert.deepEqual(notices, [notice, notice, notice]);
    }));
});

describe('a supplier invoice', () => {
  test('is booked to the öre, with its supplier and its file', () =>
    withPlan(SUPPLIER_PLAN, async (bench, delivery) => {
      await delivery.make(0);
      assert.deepEqual(bookedRows(bench), [
        ['4000', 8_000_05n, '21', 'P7'],
        ['4000', 2_000_02n, '', ''],
        ['2641', 2_500_02n, '', ''],
        ['2440', -12_500_09n, '', ''],
      ]);
      const supplier = await read(bench, '/3/suppliers/5560360793', 'Supplier');
      assert.deepEqual(
        ['Name', 'OrganisationNumber', 'VATNumber', 'Email', 'ZipCode', 'CountryCode'].map(
          (field) => textOf(supplier, field),
        ),
        [
          'Grossisten ’Norr’ AB',
          '556036-0793',
          'SE556036079301',
          'faktura@grossisten.example',
          '17068',
          'SE',
        ],
      );
      const invoice = await read(bench, '/3/supplierinvoices/1', 'SupplierInvoice');
      assert.deepEqual(
        ['SupplierNumber', 'InvoiceNumber', 'OCR', 'DueDate', 'Total', 'VAT', 'Booked'].map(
          (field) => textOf(invoice, field),
        ),
        ['5560360793', 'F-2026/117', '1234566', '2026-06-01', '12500.09', '2500.02', 'true'],
      );
      const [tie] = await list(bench, 'supplierinvoicefileconnections');
      const file = await bytes(bench, textOf(present(tie, 'a connection'), 'FileId'));
      assert.deepEqual(file, Buffer.from(FILE.bytes));
    }));

  test('goes by the number of its voucher, and by nothing else', () =>
    withPlan(SUPPLIER_PLAN, async (_, delivery) => {
      await delivery.make(0);
      const labels = [...delivery.results].map(([id, { label }]) => [id, label]);
      assert.deepEqual(
        labels.filter(([, label]) => label !== ''),
        [['invoice-1', 'D 1']],
      );
    }));

  test('that takes back is entered with a negative total', () =>
    withPlan([SUPPLIER_CREDIT_STEP], async (bench, delivery) => {
      await delivery.make(0);
      assert.deepEqual(bookedRows(bench), [
        ['4000', -100_00n, '', ''],
        ['2641', -25_00n, '', ''],
        ['2440', 125_00n, '', ''],
      ]);
      const invoice = await read(bench, '/3/supplierinvoices/1', 'SupplierInvoice');
      assert.deepEqual([invoice['Total'], invoice['Credit']], ['-125', true]);
    }));

  test('keeps a payment reference that is no OCR number in its comment', () => {
    const payable = { ...SUPPLIER_INVOICE_STEP.payable, paymentReference: '1234567' };
    return withPlan([{ ...SUPPLIER_INVOICE_STEP, payable }], async (bench, delivery) => {
      await delivery.make(0);
      const invoice = await read(bench, '/3/supplierinvoices/1', 'SupplierInvoice');
      assert.equal(textOf(invoice, 'OCR'), '');
      assert.match(textOf(invoice, 'Comments'), /^Grossisten F-2026\/117 1234567 doc-1-/);
    });
  });

  test('with reverse charge keeps its rows, whatever the supplier’s card says', () => {
    const rows = SUPPLIER_INVOICE_STEP.voucher.rows.flatMap((row) => {
      if (row.role !== 'vat.input') return [row];
      const reversed = { ...row, role: 'vat.reverse' };
      const amount = money(-2_500_02n, 'SEK');
      return [
        { ...reversed, account: '2647' },
        { ...reversed, account: '2614', amount },
        { ...reversed, account: '4000' },
      ];
    });
    const voucher = { ...SUPPLIER_INVOICE_STEP.voucher, rows };
    return withPlan([{ ...SUPPLIER_INVOICE_STEP, voucher }], async (bench, delivery) => {
      await create(bench, 'supplier', { ...CARD, SupplierNumber: '7', VATType: 'REVERSE' });
      await delivery.make(0);
      assert.equal(bookedRows(bench).length, rows.length);
    });
  });
});

/** A supplier that stands in the ledger under a name that we know otherwise. */
const CARD = { Name: 'Norrgrossen', OrganisationNumber: '5560360793', Email: 'a@norr.example' };

describe('the supplier', () => {
  test('is matched by its organisation number, and left as it is', () =>
    withPlan(SUPPLIER_PLAN, async (bench, delivery) => {
      await create(bench, 'supplier', { ...CARD, SupplierNumber: '7' });
      await delivery.make(0);
      const suppliers = await list(bench, 'suppliers');
      assert.deepEqual(
        suppliers.map((one) => [one['SupplierNumber'], one['Name'], one['Email']]),
        [['7', 'Norrgrossen', 'a@norr.example']],
      );
      const invoice = await read(bench, '/3/supplierinvoices/1', 'SupplierInvoice');
      assert.equal(textOf(invoice, 'SupplierNumber'), '7');
    }));

  test('is the active one of two with the same organisation number', () =>
    withPlan(SUPPLIER_PLAN, async (bench, delivery) => {
      await create(bench, 'supplier', { ...CARD, SupplierNumber: '7', Active: false });
      await create(bench, 'supplier', { ...CARD, SupplierNumber: '8' });
      await delivery.make(0, 1);
      assert.equal(delivery.results.get('invoice-1.who')?.id, '8');
    }));

  test('is matched by the number that we would give it', () =>
    withPlan(SUPPLIER_PLAN, async (bench, delivery) => {
      await create(bench, 'supplier', { Name: 'Norrgrossen', SupplierNumber: '5560360793' });
      await delivery.make(0, 1);
      assert.equal((await list(bench, 'suppliers')).length, 1);
    }));

  test('of another country has a number of its VAT number, and none that Fortnox refuses', () => {
    const supplier = { ...WHOLESALER, orgNumber: null, vatNumber: 'DK 12345678' };
    return withPlan([{ ...SUPPLIER_INVOICE_STEP, supplier }], async (bench, delivery) => {
      await delivery.make(0, 1);
      const card = await read(bench, '/3/suppliers/DK12345678', 'Supplier');
      assert.equal(textOf(card, 'OrganisationNumber'), '');
    });
  });

  test('is read when somebody else takes the number just before', () =>
    withPlan(SUPPLIER_PLAN, async (bench, delivery) => {
      bench.between = async (request, http) => {
        if (request.method === 'POST') {
          bench.between = null;
          await create(bench, 'supplier', { Name: 'Norr', SupplierNumber: '5560360793' });
        }
        return http.send(request);
      };
      await delivery.make(0, 1);
      assert.equal(delivery.results.get('invoice-1.who')?.id, '5560360793');
    }));
});

describe('a customer invoice', () => {
  test('clears what was sold on credit, without VAT', () =>
    withPlan(CUSTOMER_PLAN, async (bench, delivery) => {
      await delivery.make(0);
      assert.deepEqual(bookedRows(bench), [
        ['1510', 3_164_00n, '', ''],
        ['1518', -2_000_00n, '21', ''],
        ['1518', -1_200_00n, '21', ''],
        ['1518', 36_00n, '21', ''],
      ]);
      const invoice = await read(bench, '/3/invoices/1', 'Invoice');
      assert.deepEqual(
        ['CustomerNumber', 'InvoiceDate', 'DueDate', 'YourReference', 'TotalVAT', 'Sent'].map(
          (field) => textOf(invoice, field),
        ),
        ['K100', '2026-05-31', '2026-06-30', 'Köket, maj', '0', 'false'],
      );
      assert.equal(textOf(invoice, 'ExternalInvoiceReference1'), 'doc-1-invoice-1-in');
      const texts = listOf(invoice, 'InvoiceRows').map((row) => textOf(row, 'Description'));
      assert.deepEqual(texts, ['Kvitto 17', 'Kvitto 18', 'Kvitto 19, retur']);
      const labels = [...delivery.results.values()].map(({ label }) => label);
      assert.deepEqual(labels, ['', '', 'B 1', '', '']);
      const { attached } = await bench.run.files();
      assert.deepEqual(
        attached.map(({ label }) => label),
        ['B 1'],
      );
    }));

  test('leaves a customer that is there as it is, and takes no discount or fee from it', () =>
    withPlan([CUSTOMER_INVOICE_STEP], async (bench, delivery) => {
      const card = { InvoiceDiscount: 10, InvoiceFreight: '50', InvoiceAdministrationFee: '29' };
      await create(bench, 'customer', { CustomerNumber: 'K100', Name: 'Köket', ...card });
      await delivery.make(0);
      const customer = await read(bench, '/3/customers/K100', 'Customer');
      assert.equal(textOf(customer, 'Name'), 'Köket');
    }));

  test('that Fortnox rounds is held before it is booked', () => {
    const { receivable, voucher } = CUSTOMER_INVOICE_STEP;
    const rows = voucher.rows.map((row) => {
      if (row.account === '1510') return { ...row, amount: money(3_164_40n, 'SEK') };
      return row.text === 'Kvitto 17' ? { ...row, amount: money(-2_000_40n, 'SEK') } : row;
    });
    const step = {
      ...CUSTOMER_INVOICE_STEP,
      receivable: { ...receivable, total: money(3_164_40n, 'SEK') },
      voucher: { ...voucher, rows },
    };
    return withPlan([step], async (bench, delivery) => {
      await delivery.make(0, 1);
      const expected = {
        code: 'read-back-differs',
        what: 'Invoice',
        id: '1',
        sent: '3164.40',
        booked: '3164',
      };
      assert.deepEqual(differencesOf(await makeOne(bench, delivery, 1)), [expected]);
      const [found] = await delivery.find(1);
      assert.deepEqual(found?.differences, [expected]);
    });
  });

  test('says so when Fortnox books the claim on another account', () => {
    const { receivable, voucher } = CUSTOMER_INVOICE_STEP;
    const rows = voucher.rows.map((row) =>
      row.account === '1510' ? { ...row, account: '1511' } : row,
    );
    const step = {
      ...CUSTOMER_INVOICE_STEP,
      receivable: { ...receivable, account: '1511' },
      voucher: { ...voucher, rows },
    };
    return withPlan([step], async (bench, delivery) => {
      await delivery.make(0, 2);
      const [sent, booked] = ['1511 3164.00', '1510 3164.00'];
      const difference = { code: 'read-back-differs', what: 'voucher', id: 'B 1', sent, booked };
      const outcome = await makeOne(bench, delivery, 2);
      assert.deepEqual(differencesOf(outcome), [difference]);
      assert.equal(outcome.kind === 'done' && outcome.remote.label, 'B 1');
    });
  });
});

async function create(bench: Bench, register: RegisterName, body: Write['input']): Promise<void> {
  const one = createWrite('before-1', register, body);
  await done(bench.target, one, contextOf('before-1'));
}

function differencesOf(outcome: WriteOutcome): unknown {
  return outcome.kind === 'done' ? outcome.differences : outcome;
}

/** The rows of the only voucher: account, debit less credit, cost centre and project. */
function bookedRows(bench: Bench): readonly unknown[] {
  const vouchers = bench.run.booked();
  assert.equal(vouchers.length, 1);
  return vouchers.flatMap(({ rows }) =>
    rows.map((row) => [row.account, row.debit - row.credit, row.costCentre, row.project]),
  );
}

async function read(bench: Bench, path: string, envelope: string): Promise<WireObject> {
  const object = (JSON.parse((await get(bench, path)).toString()) as WireObject)[envelope];
  assert.ok(isRecord(object), path);
  return object;
}

async function list(bench: Bench, register: string): Promise<readonly WireObject[]> {
  const body = JSON.parse((await get(bench, `/3/${register}`)).toString()) as WireObject;
  return Object.keys(body).flatMap((name) => listOf(body, name));
}

function bytes(bench: Bench, file: string): Promise<Buffer> {
  return get(bench, `/3/archive/${file}`);
}

async function get(bench: Bench, path: string): Promise<Buffer> {
  const { settings, secrets } = bench.run;
  const authorization = `Bearer ${secrets['accessToken'] ?? ''}`;
  const url = `${String(settings['apiUrl'])}${path}`;
  const http = bench.http(settings);
  const { body } = await http.send({ method: 'GET', url, headers: { authorization } });
  return Buffer.from(body);
}
