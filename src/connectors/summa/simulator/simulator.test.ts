import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { present } from '../../../lib/assert.ts';
import { ANNUAL_REPORT, CATALOGUE, startEar, type Ear } from './hub-for-test.ts';
import { SummaSimulator, type SummaOptions } from './simulator.ts';

const INVOICE = 'summa:order:24117:invoice:1';

let ear: Ear;
let nowMs: number;
beforeEach(async () => {
  ear = await startEar();
  nowMs = Date.UTC(2026, 4, 12, 8);
});
afterEach(() => ear.stop());

function open(options: SummaOptions = {}): SummaSimulator {
  const address = { url: ear.url, key: 'a-key' };
  return new SummaSimulator({
    address,
    jobs: [CATALOGUE, ANNUAL_REPORT],
    nowMs: () => nowMs,
    ...options,
  });
}

/** A Summa whose catalogue is delivered and sent. */
async function sent(options: SummaOptions = {}): Promise<SummaSimulator> {
  const summa = open(options);
  summa.deliver('24117');
  await summa.finish('24117');
  return summa;
}

function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

function json(name: string): unknown {
  return JSON.parse(fixture(name));
}

const CREATED = { status: 201, body: json('invoice-push-24117-response.json') };

describe('a job that becomes an invoice', () => {
  // Net 18 450 + 2 400 + 350 = 21 200. VAT 18 450 × 6 % = 1 107 and 2 750 × 25 % = 687.50.
  test('is posted as in the fixture, with its key', async () => {
    ear.answers = [CREATED];
    await sent();
    const [heard] = ear.heard;
    assert.deepEqual(heard?.body, json('invoice-push-24117.json'));
    assert.deepEqual(
      [heard?.method, heard?.path, heard?.key, heard?.idempotencyKey],
      ['POST', '/v1/ingest/invoices', 'Bearer a-key', 'summa-24117-1'],
    );
  });

  test('shows number and OCR of the ledger when the answer says created', async () => {
    ear.answers = [CREATED];
    const summa = await sent();
    const { state, invoiceNo, ocr, warnings } = summa.invoice(INVOICE);
    assert.deepEqual(
      [state, invoiceNo, ocr, warnings],
      ['created', '1045', '104518', ['ROUNDED_BY_TARGET']],
    );
    assert.equal(summa.job('24117').status, 'invoiced');
  });

  test('is not sent before it is delivered', async () => {
    await assert.rejects(open().finish('24117'), /in-production/);
    assert.equal(ear.heard.length, 0);
  });

  test('can be written as it was counted, with prices of many decimals', async () => {
    ear.answers = [CREATED];
    const line = { ...CATALOGUE.lines[0], unitPrice: '0.185' } as (typeof CATALOGUE.lines)[number];
    const summa = open({ jobs: [{ ...CATALOGUE, lines: [line] }], quantities: 'as-counted' });
    summa.deliver('24117');
    await summa.finish('24117');
    const { lines } = present(ear.heard[0], 'a request').body as {
      lines: Record<string, unknown>[];
    };
    // 5 000 × 0.185 = 925.
    assert.deepEqual(
      [lines[0]?.['quantity'], lines[0]?.['unit_price'], lines[0]?.['net']],
      ['5000', '0.185', '925.00'],
    );
  });
});

describe('a rejected invoice', () => {
  const rejected = {
    status: 422,
    body: {
      ...(json('invoice-push-missing-account-response.json') as object),
      external_id: INVOICE,
    },
  };

  test('shows why, and its job is to be invoiced again', async () => {
    ear.answers = [rejected];
    const summa = await sent();
    const { state, errors } = summa.invoice(INVOICE);
    assert.equal(state, 'rejected');
    assert.deepEqual(errors, [
      {
        code: 'ACCOUNT_NOT_FOUND',
        path: 'lines[1].account',
        value: '3049',
        message: 'Konto 3049 saknas eller är inaktivt i räkenskapsåret 2026',
      },
    ]);
    assert.equal(summa.job('24117').status, 'delivered');
    await summa.resend();
    assert.equal(ear.heard.length, 1);
  });

  test('is corrected and sent with a new key, or with the one it had', async () => {
    for (const keyAfterCorrection of ['new', 'same'] as const) {
      ear.answers = [rejected, CREATED];
      const summa = await sent({ keyAfterCorrection });
      await summa.correct(INVOICE, '2', { account: '3002' });
      assert.equal(summa.invoice(INVOICE).invoiceNo, '1045');
      const last = ear.heard.at(-1);
      const key = keyAfterCorrection === 'new' ? 'summa-24117-1-2' : 'summa-24117-1';
      assert.equal(last?.idempotencyKey, key);
      assert.equal(
        (present(last, 'a request').body as { lines: { account: string }[] }).lines[1]?.account,
        '3002',
      );
    }
  });

  test('that may be tried again is sent again', async () => {
    ear.answers = [{ ...rejected, body: { ...rejected.body, retryable: true } }, CREATED];
    const summa = await sent();
    assert.equal(summa.invoice(INVOICE).state, 'waiting');
    await summa.resend();
    assert.equal(summa.invoice(INVOICE).state, 'created');
  });
});

describe('an invoice that nobody answered', () => {
  const faults = ['lose-answer', 'lose-request'] as const;
  for (const fault of faults) {
    test(`is sent again, the same with the same key, after ${fault}`, async () => {
      ear.answers = [CREATED];
      const summa = open();
      summa.failNext(fault);
      summa.deliver('24117');
      await summa.finish('24117');
      assert.equal(summa.invoice(INVOICE).state, 'waiting');
      await summa.resend();
      assert.equal(summa.invoice(INVOICE).invoiceNo, '1045');
      const [first] = ear.heard;
      for (const one of ear.heard) assert.deepEqual(one, first);
      assert.equal(ear.heard.length, fault === 'lose-answer' ? 2 : 1);
    });
  }

  for (const status of [500, 503, 429, 401, 409]) {
    test(`is sent again after ${status}`, async () => {
      ear.answers = [{ status, body: null }, CREATED];
      const summa = await sent();
      assert.equal(summa.invoice(INVOICE).state, 'waiting');
      await summa.resend();
      assert.deepEqual(
        ear.heard.map((one) => one.idempotencyKey),
        ['summa-24117-1', 'summa-24117-1'],
      );
    });
  }

  test('is sent again when nobody listens', async () => {
    await ear.stop();
    const summa = await sent();
    assert.deepEqual(
      [summa.invoice(INVOICE).state, summa.invoice(INVOICE).attempts],
      ['waiting', 1],
    );
  });

  test('is rejected by another 4xx', async () => {
    ear.answers = [{ status: 400, body: { error: 'not JSON' } }];
    const [error] = (await sent()).invoice(INVOICE).errors;
    assert.deepEqual([error?.code, error?.message], ['HTTP_400', 'not JSON']);
  });

  test('is not understood when the answer is about another, or has no number', async () => {
    for (const wrong of [{ external_id: 'summa:order:1:invoice:1' }, { invoice_no: null }]) {
      ear.answers = [{ status: 201, body: { ...(CREATED.body as object), ...wrong } }];
      const summa = await sent();
      assert.equal(summa.invoice(INVOICE).state, 'waiting');
      assert.equal(summa.complaints().length, 'external_id' in wrong ? 1 : 0);
    }
  });
});

describe('a double click', () => {
  test('posts twice at once, with one key', async () => {
    ear.answers = [CREATED];
    const summa = open();
    summa.failNext('twice');
    summa.deliver('24117');
    await summa.finish('24117');
    assert.equal(ear.heard.length, 2);
    assert.deepEqual(ear.heard[0], ear.heard[1]);
    assert.deepEqual(summa.complaints(), []);
  });
});

describe('a credit note', () => {
  test('is posted as in the fixture', async () => {
    ear.answers = [
      CREATED,
      {
        status: 201,
        body: {
          ...(CREATED.body as object),
          external_id: 'summa:order:24117:credit:1',
          invoice_no: '1046',
        },
      },
    ];
    const summa = await sent();
    nowMs = Date.UTC(2026, 4, 20, 8);
    const id = await summa.credit(INVOICE, [{ id: '2', text: 'Kredit visitkort, feltryck' }]);
    // The fixture leaves the cost centre's name out, and its own cost centre is known by now.
    assert.deepEqual(ear.heard[1]?.body, json('credit-24117.json'));
    assert.equal(summa.invoice(id).invoiceNo, '1046');
  });

  test('waits for the number of what it credits', async () => {
    ear.answers = [{ status: 500, body: null }];
    const summa = await sent();
    await assert.rejects(summa.credit(INVOICE, [{ id: '2' }]), /no number yet/);
  });
});

describe('many together', () => {
  test('go in one request, and each is answered for itself', async () => {
    const summa = open();
    summa.deliver('24117');
    summa.deliver('24200');
    await summa.finish('24117', { isSent: false });
    await summa.finish('24200', { isSent: false });
    const other = 'summa:order:24200:invoice:1';
    const rejected = { status: 'rejected', external_id: other, errors: [], retryable: false };
    ear.answers = [{ status: 207, body: { results: [rejected, CREATED.body] } }];
    await summa.sendTogether();
    assert.deepEqual(
      [summa.invoice(INVOICE).state, summa.invoice(other).state],
      ['created', 'rejected'],
    );
    assert.equal((present(ear.heard[0], 'a request').body as unknown[]).length, 2);
    assert.equal(ear.heard[0]?.idempotencyKey, undefined);
  });

  test('wait when their own answer is missing', async () => {
    const summa = open();
    summa.deliver('24117');
    await summa.finish('24117', { isSent: false });
    ear.answers = [{ status: 200, body: [] }];
    await summa.sendTogether();
    assert.equal(summa.invoice(INVOICE).state, 'waiting');
  });
});

describe('a batch', () => {
  // 40 % of 30 000 = 12 000; what is left is 18 000.
  test('is the file of the fixture: a part payment and what is left after it', async () => {
    nowMs = Date.UTC(2026, 4, 29, 14, 2, 11);
    const summa = open({ address: null });
    const acconto = { percent: 40, account: '2420', costCentre: { code: 'BYRA' }, vatRate: 25 };
    await summa.askAcconto('24200', acconto, { isSent: false });
    summa.deliver('24200');
    await summa.finish('24200', { isSent: false });
    const { filename, text } = summa.exportBatch();
    assert.equal(filename, '20260529-1.xml');
    assert.equal(text, fixture('acconto-24200-batch.xml').replace(/<!--[^]*?-->\n/, ''));
    assert.equal(summa.exportBatch().filename, '20260529-2.xml');
  });

  test('takes numbers from its result file', async () => {
    const summa = open({ address: null });
    summa.deliver('24117');
    await summa.finish('24117', { isSent: false });
    summa.exportBatch();
    summa.readResult(
      [
        'external_id;invoice_no;status;message',
        `${INVOICE};1045;created;`,
        'other;;rejected;"Konto; 3049"',
        '',
      ].join('\r\n'),
    );
    assert.equal(summa.invoice(INVOICE).invoiceNo, '1045');
    assert.match(summa.complaints()[0] ?? '', /a result for other/);
    assert.throws(() => summa.readResult('<html>'), /not a result file/);
  });

  test('complains of a second number and keeps the first', async () => {
    ear.answers = [CREATED];
    const summa = await sent();
    summa.readResult(`external_id;invoice_no;status;message\n${INVOICE};1046;created;\n`);
    assert.equal(summa.invoice(INVOICE).invoiceNo, '1045');
    assert.deepEqual(summa.complaints(), [`${INVOICE} has two numbers: 1045 and 1046`]);
  });
});
