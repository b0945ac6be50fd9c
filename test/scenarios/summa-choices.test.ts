import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { CATALOGUE } from '../../src/connectors/summa/simulator/hub-for-test.ts';
import { ledgerOf, startStage, statesOf, type Stage } from './stage.ts';
import type { PushBody } from './pushing-summa.ts';
import { rowsOf, shown, startHouse, type House } from './summa-house.ts';

const DEPARTMENTS = ['DIGITAL=DIGI'];

/** One printing of labels at 25 %: 1 000.00 and VAT 250.00. */
const LABELS = {
  ...CATALOGUE,
  attachments: [],
  lines: [
    {
      ...{ text: 'Dekaler', quantity: '1', unit: 'st', unitPrice: '1000.00' },
      ...{ vatRate: 25, account: '3001', costCentre: { code: 'OFFSET', name: 'Offset' } },
    },
  ],
};

/** The same invoice with another text, or for 1 200.00 and VAT 300.00, under another key. */
function again(body: PushBody, change: 'text' | 'price' | 'nothing', key: string): PushBody {
  const lines = body.lines.map((line) => {
    if (change === 'text') return { ...line, text: 'Dekaler, runda' };
    return change === 'nothing' ? line : { ...line, unit_price: '1200.00', net: '1200.00' };
  });
  const totals = { net: '1200.00', vat: '300.00', gross: '1500.00', rounding: null };
  const summed = change === 'price' ? { totals } : {};
  return { ...body, ...summed, lines, idempotency_key: key };
}

describe('an invoice that Summa pushes again', () => {
  let stage: Stage;
  let house: House;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(() => house.stop());

  it('changes the draft that it became, keeps its number, and calls nobody when nothing is new', async () => {
    house = await startHouse(stage, { jobs: [LABELS], departments: DEPARTMENTS });
    const body = await house.invoiceOf('24117');
    assert.equal((await house.push(body)).invoice_no, '1');
    house.calls();
    const dearer = await house.push(again(body, 'price', 'dearer'));
    assert.deepEqual([dearer.status, dearer.invoice_no, dearer.booked], ['created', '1', false]);
    const writes = house.calls().filter((call) => !call.startsWith('GET'));
    assert.deepEqual(writes, ['PUT /3/invoices/{DocumentNumber}']);
    const made = await house.read('invoices/1', 'Invoice');
    assert.equal(shown(made, 'Total TotalVAT Booked'), '1500 · 300 · false');
    const same = await house.push(again(body, 'price', 'dearer once more'));
    assert.deepEqual([same.status, same.invoice_no], ['created', '1']);
    assert.deepEqual(house.calls(), ['GET /3/invoices/{DocumentNumber}']);
    await house.push(again(again(body, 'price', ''), 'text', 'other words'));
    const reworded = await house.read('invoices/1', 'Invoice');
    assert.deepEqual(rowsOf(reworded, 'Description'), ['Dekaler, runda']);
    assert.equal((await house.list('invoices', 'Invoices')).length, 1);
  });

  it('goes to the customer that it is of now', async () => {
    house = await startHouse(stage, { jobs: [LABELS], departments: DEPARTMENTS });
    const body = await house.invoiceOf('24117');
    await house.push(body);
    const customer = { ...(body['customer'] as object), number: '1310', name: 'Byrå & Form HB' };
    const other = await house.push({ ...body, customer, idempotency_key: 'another customer' });
    assert.equal(other.invoice_no, '1');
    const made = await house.read('invoices/1', 'Invoice');
    assert.equal(shown(made, 'CustomerNumber CustomerName'), '1310 · Byrå & Form HB');
  });

  it('is held when the ledger leaves it with the customer that it was of', async () => {
    house = await startHouse(stage, { jobs: [LABELS], departments: DEPARTMENTS });
    const body = await house.invoiceOf('24117');
    await house.push(body);
    const customer = { ...(body['customer'] as object), number: '1310', name: 'Byrå & Form HB' };
    stage.simulator.setChoices({ customerInPut: 'ignored' });
    const other = await house.push({ ...body, customer, idempotency_key: 'another customer' });
    stage.simulator.setChoices({ customerInPut: 'taken' });
    const [warning] = other.warnings ?? [];
    assert.equal(warning?.code, 'read-back-differs');
    assert.match(warning?.message ?? '', /CustomerNumber.*1310.*1203/s);
    assert.ok((await statesOf(house.player)).includes('held read-back-differs'));
  });

  it('is held with both sums when it is booked, and is as it was when only words differ', async () => {
    house = await startHouse(stage, {
      ...{ jobs: [LABELS], departments: DEPARTMENTS, choices: ['invoices.as=booked'] },
    });
    const body = await house.invoiceOf('24117');
    const first = await house.push(body);
    assert.deepEqual([first.invoice_no, first.booked], ['1', true]);
    const named = { ...body, your_reference: 'Någon annan', idempotency_key: 'named' };
    const renamed = await house.push(named);
    assert.deepEqual([renamed.status, renamed.invoice_no], ['created', '1']);
    const dearer = await house.push(again(body, 'price', 'dearer'));
    assert.equal(dearer.status, 'rejected');
    assert.deepEqual(
      dearer.errors?.map(({ code }) => code),
      ['invoice-revised'],
    );
    const [error] = dearer.errors ?? [];
    assert.match(error?.message.replaceAll('\u00a0', ' ') ?? '', /1 250,00.*1 500,00.*250,00/s);
    assert.equal(ledgerOf(house.player).length, 1);
    assert.equal((await house.list('invoices', 'Invoices')).length, 1);
  });
});

describe('what a printing house chooses about its invoices', () => {
  let stage: Stage;
  let house: House;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  afterEach(() => house.stop());

  async function open(...choices: readonly string[]): Promise<PushBody> {
    house = await startHouse(stage, { jobs: [CATALOGUE], departments: DEPARTMENTS, choices });
    return house.invoiceOf('24117');
  }

  for (const by of ['email', 'e-invoice'] as const) {
    it(`is sent by ${by}, after it is booked, with its file`, async () => {
      const body = await open('invoices.as=booked', `invoices.send=${by}`);
      house.calls();
      const { status, booked } = await house.push(body);
      assert.deepEqual([status, booked], ['created', true]);
      const made = await house.read('invoices/1', 'Invoice');
      assert.equal(shown(made, 'Booked Sent'), 'true · true');
      assert.deepEqual(await house.attached(), ['F true']);
      const sending = `GET /3/invoices/{DocumentNumber}/${by === 'email' ? 'email' : 'einvoice'}`;
      assert.equal(house.calls().filter((call) => call === sending).length, 1);
    });
  }

  it('is sent as it stands when it is a draft', async () => {
    const body = await open('invoices.send=email');
    await house.push(body);
    const made = await house.read('invoices/1', 'Invoice');
    assert.equal(shown(made, 'Booked Sent'), 'false · true');
  });

  it('has its number and says why when it cannot be sent', async () => {
    const body = await open('invoices.as=booked', 'invoices.send=email');
    const tenant = stage.simulator.tenants.get(house.player.tenantId);
    tenant.set({ company: { BG: '', PG: '', IBAN: '' } });
    const { status, invoice_no, warnings } = await house.push(body);
    assert.deepEqual([status, invoice_no], ['created', '1']);
    assert.ok(warnings?.some(({ code }) => code === 'invoice-not-sent'));
    assert.equal(shown(await house.read('invoices/1', 'Invoice'), 'Booked Sent'), 'true · false');
  });

  it('keeps cards like its own, but for what somebody has changed in the ledger', async () => {
    const body = await open();
    await house.push(body);
    await house.change('customers/1203', { Customer: { Email: 'lena@forlaget.example' } });
    const more = { name: 'Förlaget Nytt AB', email: 'post@forlaget.example' };
    const customer = { ...(body['customer'] as object), ...more };
    const project = { ...(body['project'] as object), name: 'Höstkatalog 2026' };
    const { warnings } = await house.push({ ...body, customer, project, idempotency_key: 'new' });
    const kept = await house.read('customers/1203', 'Customer');
    assert.equal(shown(kept, 'Name Email'), 'Förlaget Nytt AB · lena@forlaget.example');
    assert.ok(warnings?.some(({ code }) => code === 'customer-field-kept'));
    const named = await house.read('projects/P2026-017', 'Project');
    assert.equal(shown(named, 'Description'), 'Höstkatalog 2026');
  });

  it('makes cards and leaves them when it only creates', async () => {
    const body = await open('invoices.customers=create', 'invoices.projects=create');
    await house.push(body);
    const customer = { ...(body['customer'] as object), name: 'Förlaget Nytt AB' };
    const project = { ...(body['project'] as object), name: 'Höstkatalog 2026' };
    const said = await house.push({ ...body, customer, project, idempotency_key: 'new' });
    assert.equal(said.status, 'created');
    const kept = await house.read('customers/1203', 'Customer');
    assert.equal(shown(kept, 'Name'), 'Förlaget Exempel AB');
    const named = await house.read('projects/P2026-017', 'Project');
    assert.equal(shown(named, 'Description'), 'Vårkatalog 2026');
  });

  it('makes nothing that is to exist already, and names all that does not', async () => {
    const body = await open(
      ...['invoices.customers=existing', 'invoices.projects=existing'],
      'invoices.costCentres=existing',
    );
    const { status, errors } = await house.push(body);
    assert.equal(status, 'rejected');
    assert.deepEqual(errors?.map(({ code }) => code).toSorted(), [
      'cost-centre-unknown',
      'cost-centre-unknown',
      'project-unknown',
    ]);
    assert.deepEqual(await house.list('invoices', 'Invoices'), []);
    assert.deepEqual(await house.list('customers', 'Customers'), []);
  });

  it('is refused by the ledger for a customer that is to exist and does not', async () => {
    const { project: _, ...body } = await open('invoices.customers=existing');
    const { status, errors } = await house.push(body);
    assert.equal(status, 'rejected');
    assert.match(errors?.[0]?.message ?? '', /1203|[Kk]und/);
    assert.deepEqual(await house.list('customers', 'Customers'), []);
  });
});
