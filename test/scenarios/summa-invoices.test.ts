import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { JobSeed } from '../../src/connectors/summa/simulator/desk.ts';
import { ANNUAL_REPORT, CATALOGUE } from '../../src/connectors/summa/simulator/hub-for-test.ts';
import { ledgerOf, startStage, statesOf, type Stage } from './stage.ts';
import { rowsOf, shown, startHouse, type House } from './summa-house.ts';

/** Business cards at a price that Fortnox has too few decimals for, with a long story. */
const CARDS: JobSeed = {
  ...CATALOGUE,
  orderNo: '24300',
  attachments: [],
  lines: [
    {
      ...{ text: `Dekal, ${'stansad och perforerad '.repeat(15)}`.trim(), quantity: '5000' },
      ...{ unit: 'ex', unitPrice: '0.185', vatRate: 25, account: '3001' },
      costCentre: { code: 'OFFSET' },
    },
  ],
};

describe('invoices that a printing house pushes from Summa', () => {
  let stage: Stage;
  let house: House;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(() => house.stop());

  const BOOKED = { choices: ['invoices.as=booked'], departments: ['DIGITAL=DIGI'] };

  it('are coded as Summa says, tied to what they name, with the file, and booked', async () => {
    house = await startHouse(stage, { ...BOOKED, jobs: [CATALOGUE] });
    const id = await house.finish('24117');
    const invoice = house.summa.invoice(id);
    assert.deepEqual(
      [invoice.state, invoice.invoiceNo, invoice.ocr, invoice.warnings],
      ['created', '1', '133', ['rounded-by-ledger']],
    );
    const made = await house.read('invoices/1', 'Invoice');
    // 18 450 × 6 % + 2 750 × 25 % = 1 107.00 + 687.50 = 1 794.50; Fortnox rounds 22 994.50 up.
    assert.equal(
      shown(made, 'Total TotalVAT RoundOff Booked CustomerNumber Project YourOrderNumber'),
      '22995 · 1794.5 · 0.5 · true · 1203 · P2026-017 · PO-7781',
    );
    assert.deepEqual(rowsOf(made, 'DeliveredQuantity Price VAT AccountNumber CostCenter Project'), [
      '5000 · 3.69 · 6 · 3003 · OFFSET · P2026-017',
      '8 · 300 · 25 · 3001 · DIGI · P2026-017',
      '1 · 350 · 25 · 3520 · OFFSET · P2026-017',
    ]);
    const customer = await house.read('customers/1203', 'Customer');
    assert.equal(
      shown(customer, 'Name OrganisationNumber Email City'),
      'Förlaget Exempel AB · 559999-0024 · faktura@forlaget.example · Göteborg',
    );
    const project = await house.read('projects/P2026-017', 'Project');
    assert.equal(shown(project, 'Description StartDate'), 'Vårkatalog 2026 · 2026-02-01');
    assert.equal(
      (await house.read('costcenters/DIGI', 'CostCenter'))['Description'],
      'Digitaltryck',
    );
    assert.deepEqual(await house.attached(), ['F true']);
    assert.deepEqual(ledgerOf(house.player)[0]?.slice(1), [
      '1510 22995.00 · ',
      '3003 -18450.00 · ',
      '3001 -2400.00 · ',
      '3520 -350.00 · ',
      '2631 -1107.00 · ',
      '2611 -687.50 · ',
      '3740 -0.50 · ',
    ]);
    const proof = await house.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('say in words what Fortnox has too few decimals for, and go on where a row ends', async () => {
    house = await startHouse(stage, { jobs: [CARDS] });
    const id = await house.finish('24300');
    assert.equal(house.summa.invoice(id).invoiceNo, '1');
    const made = await house.read('invoices/1', 'Invoice');
    // 5 000 × 0.185 = 925.00.
    assert.deepEqual(rowsOf(made, 'DeliveredQuantity Price Total'), ['1 · 925 · 925', '0 · 0 · 0']);
    const texts = rowsOf(made, 'Description');
    assert.ok(texts.every((text) => text.length <= 255));
    assert.equal(
      texts.join(' '),
      `Dekal, ${'stansad och perforerad '.repeat(15).trim()} (5000 ex à 0,185)`,
    );
    assert.equal(shown(made, 'Booked Total'), 'false · 1156');
    assert.deepEqual(ledgerOf(house.player), []);
  });

  it('take a part in advance, and the rest of it later', async () => {
    house = await startHouse(stage, {
      ...BOOKED,
      accounts: [{ number: 3041, name: 'Formgivning' }],
      jobs: [ANNUAL_REPORT],
    });
    await house.summa.askAcconto('24200', {
      ...{ percent: 40, account: '2420', costCentre: { code: 'BYRA' }, vatRate: 25 },
    });
    await house.finish('24200');
    assert.deepEqual(
      ledgerOf(house.player).map((lines) => lines.slice(1)),
      [
        ['1510 15000.00 · ', '2420 -12000.00 · ', '2611 -3000.00 · '],
        ['1510 22500.00 · ', '3041 -30000.00 · ', '2420 12000.00 · ', '2611 -4500.00 · '],
      ],
    );
    assert.deepEqual(await statesOf(house.player), ['done', 'done']);
  });

  it('are taken back by a credit note of Fortnox’s own, in part, and once more below zero', async () => {
    house = await startHouse(stage, { ...BOOKED, jobs: [CATALOGUE] });
    const id = await house.finish('24117');
    const credit = await house.summa.credit(id, [{ id: '2' }]);
    assert.deepEqual(
      [house.summa.invoice(credit).errors, house.summa.invoice(credit).invoiceNo],
      [[], '2'],
    );
    const note = await house.read('invoices/2', 'Invoice');
    assert.equal(
      shown(note, 'Credit CreditInvoiceReference Total Booked'),
      'true · 1 · -3000 · true',
    );
    assert.deepEqual(rowsOf(note, 'DeliveredQuantity Price AccountNumber CostCenter'), [
      '-1 · 2400 · 3001 · DIGI',
    ]);
    const again = await house.summa.credit(id, [{ id: '3' }]);
    assert.equal(house.summa.invoice(again).invoiceNo, '3');
    const below = await house.read('invoices/3', 'Invoice');
    assert.equal(shown(below, 'Credit Total Booked'), 'false · -438 · true');
    const proof = await house.reconcile();
    assert.equal(proof.code, 0, proof.out + proof.err);
  });

  it('name all accounts at once that Fortnox lacks, before anything is sent', async () => {
    house = await startHouse(stage, {
      ...BOOKED,
      jobs: [
        {
          ...CATALOGUE,
          lines: CATALOGUE.lines.map((line, i) => ({ ...line, account: `30${49 + i}` })),
        },
      ],
    });
    const id = await house.finish('24117');
    const { state, errors } = house.summa.invoice(id);
    assert.equal(state, 'rejected');
    assert.deepEqual(
      errors.map(({ code, value }) => `${code} ${value}`),
      ['account-unknown 3049', 'account-unknown 3050', 'account-unknown 3051'],
    );
    assert.deepEqual(await house.list('customers', 'Customers'), []);
    await house.summa.correct(id, '1', { account: '3003' });
    assert.equal(house.summa.invoice(id).state, 'rejected');
    await house.summa.correct(id, '2', { account: '3001' });
    await house.summa.correct(id, '3', { account: '3520' });
    assert.equal(house.summa.invoice(id).invoiceNo, '1');
    assert.deepEqual(house.summa.complaints(), []);
  });

  it('ask which cost centre it is when a code is longer than Fortnox takes', async () => {
    house = await startHouse(stage, { jobs: [CATALOGUE] });
    const id = await house.finish('24117');
    assert.deepEqual(
      house.summa.invoice(id).errors.map(({ code }) => code),
      ['cost-centre-too-long'],
    );
  });

  it('make only the invoice and its file of the next one, for all else is known', async () => {
    house = await startHouse(stage, { departments: BOOKED.departments, jobs: [CATALOGUE] });
    const id = await house.finish('24117');
    assert.equal(shown(await house.read('invoices/1', 'Invoice'), 'Booked'), 'false');
    house.calls();
    const other = { ...CATALOGUE, orderNo: '24118' };
    house.summa.addJob(other);
    await house.finish('24118');
    // The card, the project, terms and units are known: what is left is the invoice and its file.
    assert.deepEqual(house.calls(), [
      'POST /3/inbox',
      'POST /3/invoices',
      'POST /api/fileattachments/attachments-v1',
    ]);
    assert.equal(house.summa.invoice(id).invoiceNo, '1');
  });
});
