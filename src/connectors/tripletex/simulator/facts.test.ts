import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TripletexSimulator } from './simulator.ts';
import { clientIn, idOf, startTestSimulator, type Client, type Reply } from './test-client.ts';
import { textOf, type Fields } from './wire/record.ts';

/**
 * What was met in a real company in March 2026, to the word: 151 lines of errors, of which these
 * are the families that orders, invoices, vouchers and registers run into.
 */
let simulator: TripletexSimulator;
let client: Client;
before(async () => {
  simulator = await startTestSimulator();
  client = clientIn(simulator);
});
after(() => simulator.stop());

function expectProblems(reply: Reply, expected: readonly string[]): void {
  assert.equal(reply.status, 422);
  assert.deepEqual(reply.problems.toSorted(), [...expected].toSorted());
}

async function posting(number: number, amount: number, more: Fields = {}): Promise<Fields> {
  const account = { id: await client.account(number) };
  return { row: 1, account, amountGross: amount, amountGrossCurrency: amount, ...more };
}

function voucher(postings: readonly Fields[]): Promise<Reply> {
  return client.post('/ledger/voucher', { date: '2026-03-19', description: 'Prøve', postings });
}

const NO_POSTINGS = 'postings: Et bilag kan ikke registreres uten posteringer.';
const ROW_ZERO =
  'postings.row: Posteringene på rad 0 (guiRow 0) er systemgenererte og kan ikke opprettes ' +
  'eller endres på utsiden av Tripletex.';

describe('POST /ledger/voucher', () => {
  test('needs postings', async () => {
    expectProblems(await voucher([]), [NO_POSTINGS]);
  });

  test('keeps row 0 for itself, and a posting without a row is on it', async () => {
    const rowless = await posting(1920, 100, { row: null });
    expectProblems(await voucher([rowless]), [NO_POSTINGS, ROW_ZERO]);
  });

  test('must sum to zero on each day', async () => {
    const rows = [await posting(1920, 100), await posting(1900, -99, { row: 2 })];
    expectProblems(await voucher(rows), [': Summen av posteringene for 2026-03-19 er ikke lik 0.']);
  });

  test('must name accounts by id', async () => {
    const named = { row: 1, account: { number: 1920 }, amountGross: 1, amountGrossCurrency: 1 };
    expectProblems(await voucher([named]), ['Internt felt (account): Feltet må fylles ut.']);
  });

  test('must say the customer on receivables and the supplier on payables', async () => {
    const owed = [await posting(1500, 100), await posting(1920, -100, { row: 2 })];
    expectProblems(await voucher(owed), ['postings.customer.id: Kunde mangler.']);
    const owing = [await posting(2400, -100), await posting(1920, 100, { row: 2 })];
    expectProblems(await voucher(owing), ['postings.supplier.id: Leverandør mangler.']);
  });

  test('must say the same amount in both currencies of kroner', async () => {
    const rows = [
      await posting(1920, 100, { amountGrossCurrency: 99 }),
      await posting(1900, -100, { row: 2 }),
    ];
    expectProblems(await voucher(rows), [
      'postings.amountGross: Beløp (amountGross) må være det samme som valutabeløpet ' +
        '(amountGrossCurrency).',
    ]);
  });

  test('must leave the VAT code of a locked account alone', async () => {
    const rows = [
      await posting(7130, 100, { vatType: { id: 1 } }),
      await posting(1920, -100, { row: 2 }),
    ];
    expectProblems(await voucher(rows), [
      'postings.vatType.id: Kontoen 7130 Bilgodtgjørelse oppgavepliktig er låst til mva-kode 0: ' +
        'Ingen avgiftsbehandling.',
    ]);
  });

  test('must not reach into a reconciled period', async () => {
    const english = clientIn(simulator, { language: 'en' });
    english.company.set({ reconciledTo: { 1920: '2026-03-31' } });
    const row = async (number: number, amount: number, at: number): Promise<Fields> => ({
      row: at,
      account: { id: await english.account(number) },
      amountGross: amount,
      amountGrossCurrency: amount,
    });
    const postings = [await row(1920, 100, 1), await row(1900, -100, 2)];
    expectProblems(await english.post('/ledger/voucher', { date: '2026-03-19', postings }), [
      'Internal field (account): An entry cannot be made in a period with a reconciled bank ' +
        'statement.',
    ]);
  });
});

describe('POST /order', () => {
  async function order(line: Fields, more: Fields = {}): Promise<Reply> {
    const customer = { id: idOf(await client.post('/customer', { name: 'Kunde AS' })) };
    return client.post('/order', { customer, orderLines: [line], ...more });
  }

  test('takes no incoming VAT code', async () => {
    expectProblems(await order({ description: 'Kurs', vatType: { id: 1 } }), [
      'orderGroups.orderLines.vatType.id,orderLines.vatType.id: Ugyldig mva-kode.',
      ': Finner ikke en gyldig regnskapskonto for mva-koden 1: Fradrag inngående avgift, høy sats.',
    ]);
  });

  test('takes none but code 6 where the company is not registered for VAT', async () => {
    const small = clientIn(simulator, { isVatRegistered: false, language: 'en' });
    const customer = { id: idOf(await small.post('/customer', { name: 'Kunde AS' })) };
    const line = (id: number): Fields => ({ description: 'Kurs', vatType: { id } });
    const body = (id: number): Fields => ({ customer, orderLines: [line(id)] });
    expectProblems(await small.post('/order', body(3)), [
      'orderGroups.orderLines.vatType.id,orderLines.vatType.id: Invalid VAT code.',
    ]);
    assert.equal((await small.post('/order', body(6))).status, 201);
    const { values } = await small.get('/ledger/vatType?typeOfVat=OUTGOING');
    assert.deepEqual(
      values.map((one) => one['id']),
      [6],
    );
  });

  test('names the line along every way when there is a project', async () => {
    simulator.setChoices({ vatOnProjectOrder: 'refused' });
    const project = await client.post('/project', {
      name: 'Bygg',
      startDate: '2026-03-01',
      projectManager: { id: client.company.employeeId },
    });
    const line = { description: 'Kurs', vatType: { id: 3 } };
    const reply = await order(line, { project: { id: idOf(project) } });
    simulator.setChoices({ vatOnProjectOrder: 'accepted' });
    expectProblems(reply, [
      'project.orderLines.vatType.id,' +
        'project.invoicingPlan.orders.orderGroups.orderLines.vatType.id,' +
        'project.invoicingPlan.orders.orderLines.vatType.id,' +
        'project.invoicingPlan.orderLines.vatType.id,' +
        'orderGroups.orderLines.vatType.id,orderLines.vatType.id: Ugyldig mva-kode.',
    ]);
  });

  test('needs a description or a product on each line', async () => {
    const text = 'Det må registreres en beskrivelse eller et produkt.';
    expectProblems(await order({ count: 1 }), [
      `orderGroups.orderLines.description,orderLines.description: ${text}`,
      `orderGroups.orderLines.product.id,orderLines.product.id: ${text}`,
    ]);
  });

  test('takes a missing count for zero', async () => {
    const reply = await order({ description: 'Kurs', unitPriceExcludingVatCurrency: 100 });
    const { value } = await client.get(`/order/${idOf(reply)}?fields=orderLines(*)`);
    const [line] = value['orderLines'] as readonly Fields[];
    assert.equal(line?.['amountIncludingVatCurrency'], 0);
  });
});

describe('registers', () => {
  test('number in use', async () => {
    await client.post('/department', { name: 'Salg', departmentNumber: '7' });
    const again = await client.post('/department', { name: 'Lager', departmentNumber: '7' });
    expectProblems(again, ['departmentNumber: Nummeret er i bruk.']);
    await client.post('/product', { name: 'Vare', number: '100' });
    const product = await client.post('/product', {
      name: 'Vare',
      number: '100',
      vatType: { id: 1 },
    });
    expectProblems(product, [
      'number: Produktnummeret 100 er i bruk.',
      'Internt felt (vatTypeId): Ugyldig mva-kode.',
    ]);
  });

  test('names that are missing', async () => {
    expectProblems(await client.post('/supplier', {}), ['name: Feltet må fylles ut.']);
    expectProblems(await client.post('/employee', {}), [
      'firstName: Kan ikke være null.',
      'lastName: Kan ikke være null.',
    ]);
    const person = { firstName: '', lastName: '', userType: 'NO_ACCESS', department: null };
    expectProblems(await client.post('/employee', person), [
      'firstName: Feltet har ikke korrekt lengde. Det må være mellom 1 og 100.',
      'lastName: Feltet har ikke korrekt lengde. Det må være mellom 1 og 100.',
      'department.id: Feltet må fylles ut.',
    ]);
  });

  test('employees who are users', async () => {
    const [department] = (await client.get('/department')).values;
    const person = {
      firstName: 'Ola',
      lastName: 'Nordmann',
      department: { id: department?.['id'] },
    };
    expectProblems(await client.post('/employee', person), [
      ': Brukertype kan ikke være "0" eller tom.',
      'email: Må angis for Tripletex-brukere.',
    ]);
    const whole = { ...person, userType: 'STANDARD', email: 'ola@example.test' };
    assert.equal((await client.post('/employee', whole)).status, 201);
    expectProblems(await client.post('/employee', whole), [
      'email: Det finnes allerede en bruker med denne e-postadressen.',
    ]);
  });

  test('fields that do not exist, and values of a wrong type', async () => {
    const odd = {
      firstName: 'Ola',
      lastName: 'N',
      startDate: '2026-01-01',
      dateOfBirth: '2026-02-29',
    };
    expectProblems(await client.post('/employee', odd), [
      'startDate: Feltet eksisterer ikke i objektet.',
      'dateOfBirth: Verdien er ikke av korrekt type for dette feltet.',
    ]);
    const project = { name: 'Bygg', status: 'OPEN' };
    const reply = await client.post('/project', project);
    expectProblems(reply, ['status: Feltet eksisterer ikke i objektet.']);
  });

  test('projects need a start and a leader who may lead', async () => {
    expectProblems(await client.post('/project', { name: 'Bygg' }), [
      'startDate: Feltet må fylles ut.',
      ': Feltet "Prosjektleder" må fylles ut.',
    ]);
    const [department] = (await client.get('/department')).values;
    const person = await client.post('/employee', {
      firstName: 'Kari',
      lastName: 'Nordmann',
      userType: 'NO_ACCESS',
      department: { id: department?.['id'] },
    });
    const projectManager = { id: idOf(person) };
    const body = { name: 'Bygg', startDate: '2026-01-01', projectManager };
    expectProblems(await client.post('/project', { ...body, vatType: { id: 3 } }), [
      'projectManager.id: Oppgitt prosjektleder har ikke fått tilgang som prosjektleder i ' +
        'kontoen: Kari Nordmann.',
      'vatType.id: Ugyldig mva-kode.',
    ]);
    const grant = `employeeId=${idOf(person)}&template=ALL_PRIVILEGES`;
    await client.put(`/employee/entitlement/:grantEntitlementsByTemplate?${grant}`);
    assert.equal((await client.post('/project', body)).status, 201);
  });

  test('a customer with orders stays', async () => {
    const id = idOf(await client.post('/customer', { name: 'Kunde AS' }));
    await client.post('/order', { customer: { id } });
    expectProblems(await client.delete(`/customer/${id}`), [
      'Internt felt (id): <ul><li>Ordrer er registrert.</li></ul>',
    ]);
    const other = idOf(await client.post('/customer', { name: 'Ingen' }));
    assert.equal((await client.delete(`/customer/${other}`)).status, 204);
    assert.equal((await client.get(`/customer/${other}`)).status, 404);
  });

  test('free dimensions have names of their own, and are three', async () => {
    const post = (dimensionName: string) =>
      client.post('/ledger/accountingDimensionName', { dimensionName });
    assert.equal((await post('Region')).value['dimensionIndex'], 1);
    expectProblems(await post('Region'), [': Navnet er i bruk.']);
    await post('Kanal');
    await post('Sesong');
    assert.equal((await post('Mer')).status, 422);
  });
});

describe('lists', () => {
  const ranges: readonly (readonly [path: string, from: string, to: string])[] = [
    ['/invoice', 'invoiceDateFrom', 'invoiceDateTo'],
    ['/order', 'orderDateFrom', 'orderDateTo'],
    ['/supplierInvoice', 'invoiceDateFrom', 'invoiceDateTo'],
    ['/ledger/voucher', 'dateFrom', 'dateTo'],
    ['/ledger/posting', 'dateFrom', 'dateTo'],
    ['/ledger', 'dateFrom', 'dateTo'],
  ];
  for (const [path, from, to] of ranges) {
    test(`${path} needs a range of days, the last not included`, async () => {
      expectProblems(await client.get(path), [
        `${from}: Kan ikke være null.`,
        `${to}: Kan ikke være null.`,
      ]);
      const empty = await client.get(`${path}?${from}=2026-03-19&${to}=2026-03-19`);
      const day = 'Thu Mar 19 00:00:00 CET 2026';
      expectProblems(empty, [
        `: 'From and including' value (${day}) is greater than or equal 'To and excluding' ` +
          `value (${day}) in filter.`,
      ]);
      assert.equal((await client.get(`${path}?${from}=2026-03-19&${to}=2026-03-20`)).status, 200);
    });
  }

  test('say which day is no day', async () => {
    const reply = await client.get('/ledger?dateFrom=2026-01-01&dateTo=2026-02-30');
    expectProblems(reply, ['dateTo: Dato er ugyldig. Korrekt format er yyyy-mm-dd.']);
  });

  test('take whole numbers only for a product number, where productNumber takes any', async () => {
    expectProblems(await client.get('/product?number=P-7'), [
      'number: Listen med ID-er må være en kommaseparert liste med positive heltall.',
    ]);
    await client.post('/product', { name: 'Vare', number: 'P-7' });
    const { values } = await client.get('/product?productNumber=P-7');
    assert.deepEqual(
      values.map((one) => one['number']),
      ['P-7'],
    );
  });

  test('cannot be sorted by what does not exist', async () => {
    const reply = await client.get('/ledger/accountingPeriod?sorting=end:desc');
    assert.equal(reply.status, 422);
    assert.equal(
      reply.body['message'],
      "Field specified for use in sorting does not exist: 'end:desc'",
    );
    assert.deepEqual(reply.body['validationMessages'], []);
  });

  const illegal: readonly (readonly [path: string, field: string, model: string])[] = [
    ['/ledger/voucher?dateFrom=2026-01-01&dateTo=2027-01-01&', 'amount', 'VoucherDTO'],
    ['/invoice?invoiceDateFrom=2026-01-01&invoiceDateTo=2027-01-01&', 'dueDate', 'InvoiceDTO'],
    ['/ledger?dateFrom=2026-01-01&dateTo=2027-01-01&', 'id', 'LedgerAccountDTO'],
  ];
  for (const [path, field, model] of illegal) {
    test(`cannot show ${field} of ${model}`, async () => {
      const reply = await client.get(`${path}fields=${field}`);
      assert.equal(reply.status, 400);
      assert.equal(reply.body['code'], 11000);
      assert.equal(
        reply.body['message'],
        `Illegal field in fields filter: ${field}. ${field} does not match a field in the ` +
          `model: ${model}`,
      );
      assert.equal(reply.body['validationMessages'], null);
    });
  }
});

describe('other answers', () => {
  test('what does not exist', async () => {
    const reply = await client.get('/ledger/vatType/finns-ikke');
    assert.equal(reply.status, 404);
    assert.equal(reply.body['message'], 'HTTP 404 Not Found');
    const order = await client.post('/order', { customer: { id: 1 } });
    assert.equal(order.status, 404);
    assert.equal(order.body['message'], 'Object not found');
    assert.equal(textOf(order.body, 'requestId'), order.headers['x-tlx-request-id']);
  });

  test('what ordinary tokens may not do', async () => {
    const reply = await client.post('/incomingInvoice', {});
    assert.equal(reply.status, 403);
    assert.equal(reply.body['message'], 'You do not have permission to access this feature.');
  });

  test('what never worked', async () => {
    const reply = await client.put('/supplierInvoice/voucher/1/postings', []);
    assert.equal(reply.status, 500);
    assert.equal(reply.body['message'], null);
  });

  test('an expired session, seen through a proxy', async () => {
    const other = clientIn(simulator);
    other.company.endSessions();
    simulator.setChoices({ deadSession: 'proxy' });
    const reply = await other.get('/customer');
    simulator.setChoices({ deadSession: 'unauthorized' });
    assert.equal(reply.status, 403);
    assert.equal(reply.text, '{"error":"Invalid or expired token"}');
  });

  test('a company without a bank account cannot invoice', async () => {
    const poor = clientIn(simulator, { bankAccountNumber: null });
    const customer = { id: idOf(await poor.post('/customer', { name: 'Kunde AS' })) };
    const order = await poor.post('/order', { customer });
    expectProblems(await poor.put(`/order/${idOf(order)}/:invoice?invoiceDate=2026-03-19`), [
      ': Faktura kan ikke opprettes før selskapet har registrert et bankkontonummer.',
    ]);
  });

  test('a payment without an amount', async () => {
    const customer = { id: idOf(await client.post('/customer', { name: 'Kunde AS' })) };
    const order = idOf(await client.post('/order', { customer }));
    const invoice = idOf(await client.put(`/order/${order}/:invoice?invoiceDate=2026-03-19`));
    const [type] = (await client.get('/invoice/paymentType')).values;
    const query = `paymentDate=2026-03-19&paymentTypeId=${String(type?.['id'])}`;
    expectProblems(await client.put(`/invoice/${invoice}/:payment?${query}`), [
      'Internt felt (amountBasisCurrency): Feltet må fylles ut.',
    ]);
  });
});
