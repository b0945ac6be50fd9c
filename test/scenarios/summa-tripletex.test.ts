import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { KATALOG, startNorwegianHouse, type NorwegianHouse } from './norwegian-house.ts';
import { startStage, type Stage } from './stage.ts';

const BOOKED = ['invoices.as=booked'];
const RANGE = 'invoiceDateFrom=2020-01-01&invoiceDateTo=2040-01-01';
const ORDERS = 'orderDateFrom=2020-01-01&orderDateTo=2040-01-01';

describe('invoices that a Norwegian printing house pushes from Summa', () => {
  let stage: Stage;
  let house: NorwegianHouse;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(() => house.stop());

  it('are coded as Summa says, tied to what they name, with the file, booked and unsent', async () => {
    house = await startNorwegianHouse(stage, { jobs: [KATALOG], choices: BOOKED });
    const id = await house.finish('24117');
    const invoice = house.summa.invoice(id);
    assert.deepEqual([invoice.state, invoice.invoiceNo, invoice.errors], ['created', '1', []]);
    const fields = 'invoiceNumber,kid,amount,amountExcludingVat,customer(customerNumber,name)';
    const [made] = await house.list(
      `/invoice?${RANGE}&fields=${fields},invoiceDate,invoiceDueDate,isCreditNote`,
    );
    assert.equal(invoice.ocr, made?.['kid']);
    // 18 450 + 350 at 25 %, 2 400 at 15 %: 4 700.00 + 360.00 = 5 060.00 of VAT.
    assert.deepEqual([made?.['amountExcludingVat'], made?.['amount']], [21_200, 26_260]);
    assert.deepEqual(house.vouchers(), [
      [
        '1500 P2026-017: 26260.00',
        '2700 OFFSET P2026-017: -4700.00',
        '2701 OFFSET P2026-017: -360.00',
        '3000 OFFSET P2026-017: -18450.00',
        '3020 OFFSET P2026-017: -350.00',
        '3030 OFFSET P2026-017: -2400.00',
      ],
    ]);
    const [project] = await house.list('/project?fields=number,name,startDate,customer(name)');
    assert.deepEqual(
      [project?.['name'], project?.['startDate']],
      ['Vårkatalog 2026', '2026-02-01'],
    );
    assert.deepEqual(house.books.outbox(), []);
    const proof = await house.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('are booked by VAT codes where lines name no account: export, exempt, outside the act', async () => {
    const line = (text: string, unitPrice: string, vatCode: string) => {
      const piece = { quantity: '1', unit: 'stk', unitPrice, vatRate: 0, account: '', vatCode };
      return { text, ...piece, costCentre: { code: 'OFFSET', name: 'Offset' } };
    };
    const lines = [
      line('Plakater til Danmark', '100', '52'),
      line('Bok', '200', '5'),
      line('Utleie av lokale', '300', '6'),
    ];
    const job = { ...KATALOG, project: null, lines };
    house = await startNorwegianHouse(stage, { jobs: [job], choices: BOOKED });
    const id = await house.finish('24117');
    assert.deepEqual(house.summa.invoice(id).errors, []);
    const [voucher] = house.books.ledger().vouchers;
    assert.deepEqual(
      voucher?.postings.map(({ account, vat, amount }) => [account, vat, amount]).sort(),
      [
        // 100.00 + 200.00 + 300.00, none of it with VAT.
        [1500, 0, 600],
        [3100, 5, -200],
        [3105, 52, -100],
        [3200, 6, -300],
      ],
    );
    const proof = await house.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('are booked with the VAT code that a line names beside its account', async () => {
    // A house that has all its sales without VAT on one account, whose own code is 5.
    const [first] = KATALOG.lines;
    const line = { ...(first ?? assert.fail()), vatRate: 0, account: '3100', vatCode: '52' };
    const job = { ...KATALOG, project: null, lines: [line] };
    house = await startNorwegianHouse(stage, { jobs: [job], choices: BOOKED });
    const id = await house.finish('24117');
    assert.deepEqual(house.summa.invoice(id).errors, []);
    const [voucher] = house.books.ledger().vouchers;
    assert.deepEqual(
      voucher?.postings.map(({ account, vat, amount }) => [account, vat, amount]).sort(),
      [
        [1500, 0, 18_450],
        [3100, 52, -18_450],
      ],
    );
  });

  it('say that a VAT code and a rate are not of one sale, and book nothing', async () => {
    const [first] = KATALOG.lines;
    const line = { ...(first ?? assert.fail()), vatCode: '52' };
    const job = { ...KATALOG, project: null, lines: [line] };
    house = await startNorwegianHouse(stage, { jobs: [job], choices: BOOKED });
    const id = await house.finish('24117');
    const [error] = house.summa.invoice(id).errors;
    assert.equal(error?.code, 'vat-code-not-of-sale');
    assert.match(error?.message ?? '', /koden 52 og satsen 25/);
    assert.deepEqual(house.vouchers(), []);
  });

  it('stay orders until a person invoices them, and change with their source', async () => {
    house = await startNorwegianHouse(stage, { jobs: [KATALOG] });
    const id = await house.finish('24117');
    assert.equal(house.summa.invoice(id).state, 'created');
    assert.deepEqual(house.vouchers(), []);
    assert.deepEqual(await house.list(`/invoice?${RANGE}&fields=id`), []);
    const [order] = await house.list(`/order?${ORDERS}&fields=reference,orderLines(count)`);
    assert.equal(order?.['reference'], 'PO-7781');
  });

  it('are taken back by the credit note of the right invoice: a part, and a whole', async () => {
    const other = { ...KATALOG, orderNo: '24118', project: null };
    house = await startNorwegianHouse(stage, { jobs: [KATALOG, other], choices: BOOKED });
    const first = await house.finish('24117');
    const second = await house.finish('24118');
    const part = await house.summa.credit(first, [{ id: '2' }]);
    assert.deepEqual(house.summa.invoice(part).errors, []);
    const whole = await house.summa.credit(second, [{ id: '1' }, { id: '2' }, { id: '3' }]);
    assert.deepEqual(house.summa.invoice(whole).errors, []);
    const fields = 'id,invoiceNumber,amount,amountOutstanding,creditedInvoice,isCredited';
    const made = await house.list(`/invoice?${RANGE}&fields=${fields}`);
    const numberOf = (of: unknown): unknown =>
      made.find((one) => one['id'] === of)?.['invoiceNumber'];
    assert.deepEqual(
      made.map((one) => [
        one['invoiceNumber'],
        one['amount'],
        numberOf(one['creditedInvoice']),
        one['isCredited'],
      ]),
      [
        [1, 26_260, undefined, false],
        [2, 26_260, undefined, true],
        // 2 400.00 and 15 % of it.
        [3, -2_760, 1, false],
        [4, -26_260, 2, false],
      ],
    );
    assert.deepEqual(
      [house.summa.invoice(part).invoiceNo, house.summa.invoice(whole).invoiceNo],
      ['3', '4'],
    );
    const proof = await house.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
    assert.deepEqual(house.books.outbox(), []);
  });

  it('are sent only when the company has said so', async () => {
    house = await startNorwegianHouse(stage, {
      jobs: [KATALOG],
      choices: [...BOOKED, 'invoices.send=email'],
    });
    await house.finish('24117');
    assert.deepEqual(
      house.books.outbox().map(({ invoiceNumber, sendType, to }) => [invoiceNumber, sendType, to]),
      [[1, 'EMAIL', 'faktura@fjord.example']],
    );
  });

  it('are refused in words, before any call, where Tripletex has no place for them', async () => {
    const [first, ...rest] = KATALOG.lines;
    const lines = [{ ...first, costCentre: { code: 'DIGI', name: 'Digital' } }, ...rest];
    house = await startNorwegianHouse(stage, {
      jobs: [{ ...KATALOG, lines: lines as typeof KATALOG.lines }],
      choices: BOOKED,
    });
    const id = await house.finish('24117');
    const [error] = house.summa.invoice(id).errors;
    assert.equal(error?.code, 'target-cannot');
    assert.match(error?.message ?? '', /DIGI, OFFSET/);
    assert.deepEqual(await house.list('/customer?fields=id'), []);
    assert.deepEqual(await house.list('/project?fields=id'), []);
  });

  it('take a part in advance, and the rest of it later', async () => {
    house = await startNorwegianHouse(stage, {
      jobs: [{ ...KATALOG, lines: [KATALOG.lines[0] ?? assert.fail()], project: null }],
      choices: BOOKED,
    });
    const part = await house.summa.askAcconto('24117', {
      ...{ percent: 20, account: '2900', costCentre: { code: 'OFFSET' }, vatRate: 25 },
    });
    assert.deepEqual(house.summa.invoice(part).warnings, ['invoiced-in-advance']);
    await house.finish('24117');
    assert.deepEqual(house.vouchers(), [
      ['1500: 4612.50', '2700 OFFSET: -922.50', '2900 OFFSET: -3690.00'],
      ['1500: 18450.00', '2700 OFFSET: -3690.00', '2900 OFFSET: 3690.00', '3000 OFFSET: -18450.00'],
    ]);
  });
});
