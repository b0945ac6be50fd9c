import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TripletexSimulator } from './simulator.ts';
import { ask, basic, clientIn, idOf, startTestSimulator, type Client } from './test-client.ts';
import { numberOf, rowsOf, textOf, type Fields } from './wire/record.ts';

const DAY_MS = 24 * 3_600_000;

let simulator: TripletexSimulator;
let client: Client;
before(async () => {
  simulator = await startTestSimulator();
  client = clientIn(simulator, { name: 'Fjell AS' });
});
after(() => simulator.stop());

describe('sessions', () => {
  const create = '/token/session/:create';

  test('are made of a consumer and an employee token, by POST or PUT', async () => {
    const expirationDate = '2026-03-21';
    const body = JSON.stringify({ ...client.company.credentials, expirationDate });
    const posted = await ask(`${simulator.apiUrl}${create}`, { method: 'POST', body });
    assert.equal(posted.status, 201);
    assert.equal(posted.value['expirationDate'], expirationDate);
    const query = new URLSearchParams({ ...client.company.credentials, expirationDate });
    const put = await ask(`${simulator.apiUrl}${create}?${String(query)}`, { method: 'PUT' });
    assert.equal(put.status, 200);
    const headers = basic(textOf(put.value, 'token'));
    const me = await ask(`${simulator.apiUrl}/token/session/%3EwhoAmI`, { headers });
    assert.equal(me.value['companyId'], client.company.id);
  });

  test('are refused to tokens that are no pair, and to days that are not ahead', async () => {
    const sent = { ...client.company.credentials, expirationDate: '2026-03-20' };
    const post = (fields: Fields) =>
      ask(`${simulator.apiUrl}${create}`, { method: 'POST', body: JSON.stringify(fields) });
    const wrong = { ...sent, consumerToken: 'another' };
    assert.equal((await post(wrong)).status, 401);
    simulator.setChoices({ unknownTokens: 'invalid' });
    assert.equal((await post(wrong)).status, 422);
    simulator.setChoices({ unknownTokens: 'unauthorized' });
    assert.equal((await post({ ...sent, expirationDate: '2026-03-19' })).status, 422);
    assert.equal((await post({})).problems.length, 3);
  });

  test('end as their day begins in Norway, when deleted, and with their token', async (t) => {
    const own = await startTestSimulator();
    t.after(() => own.stop());
    const company = own.companies.add();
    const token = company.session();
    const get = () => ask(`${own.apiUrl}/customer`, { headers: basic(token) });
    own.clock.advance(DAY_MS);
    assert.equal((await get()).status, 200);
    own.clock.advance(DAY_MS / 2);
    const dead = await get();
    assert.equal(dead.status, 401);
    assert.equal(dead.body['code'], 3000);
    const other = company.session();
    await ask(`${own.apiUrl}/token/session/${other}`, { method: 'DELETE' });
    const deleted = await ask(`${own.apiUrl}/customer`, { headers: basic(other) });
    assert.equal(deleted.status, 401);
    const third = company.session();
    company.withdraw();
    const withdrawn = await ask(`${own.apiUrl}/customer`, { headers: basic(third) });
    assert.equal(withdrawn.status, 401);
  });

  test('open one company, and an accountant the clients besides', async () => {
    const accountant = clientIn(simulator, { clients: [client.company.id] });
    const [first] = (await accountant.get('/company/>withLoginAccess')).values;
    assert.equal(first?.['name'], 'Fjell AS');
    const token = accountant.company.session();
    const id = String(client.company.id);
    const inClient = await ask(`${simulator.apiUrl}/company/0`, { headers: basic(token, id) });
    assert.equal(inClient.value['name'], 'Fjell AS');
    const own = client.company.session();
    const other = basic(own, String(accountant.company.id));
    assert.equal((await ask(`${simulator.apiUrl}/company/0`, { headers: other })).status, 403);
  });
});

describe('rate limit', () => {
  test('tells where the period stands, and refuses for the rest of it', async (t) => {
    const own = await startTestSimulator({ rate: { requests: 3, windowMs: 10_000 } });
    t.after(() => own.stop());
    const one = clientIn(own);
    const first = await one.get('/customer');
    assert.equal(first.headers['x-rate-limit-limit'], '3');
    assert.equal(first.headers['x-rate-limit-remaining'], '2');
    assert.equal(first.headers['x-rate-limit-reset'], '10');
    await one.get('/customer');
    own.clock.advance(4_000);
    await one.get('/customer');
    const refused = await one.get('/customer');
    assert.equal(refused.status, 429);
    assert.equal(refused.headers['x-rate-limit-reset'], '6');
    assert.equal((await clientIn(own).get('/customer')).status, 200);
    own.clock.advance(6_000);
    assert.equal((await one.get('/customer')).status, 200);
  });
});

describe('objects', () => {
  test('show references as links, and open them where it is asked', async () => {
    const customer = idOf(await client.post('/customer', { name: 'Kunde AS' }));
    const id = idOf(await client.post('/order', { customer: { id: customer } }));
    const link = { id: customer, url: `tripletex.no/v2/customer/${customer}` };
    assert.deepEqual((await client.get(`/order/${id}?fields=*`)).value['customer'], link);
    const opened = await client.get(`/order/${id}?fields=customer(name),number`);
    assert.deepEqual(Object.keys(opened.value).toSorted(), ['customer', 'number']);
    assert.deepEqual(opened.value['customer'], { name: 'Kunde AS' });
    for (const fields of ['customer(', 'customer()', 'customer)name', ',', 'customer(nothing)']) {
      assert.equal((await client.get(`/order/${id}?fields=${fields}`)).status, 400);
    }
  });

  test('tell who changed them when, and their stock, only when asked', async () => {
    const path = `/product/${idOf(await client.post('/product', { name: 'Vare' }))}`;
    const plain = (await client.get(path)).value;
    assert.ok(!('changes' in plain) && !('stockOfGoods' in plain));
    await client.put(path, { name: 'Varen' });
    const { value } = await client.get(`${path}?fields=changes,stockOfGoods`);
    assert.equal(value['stockOfGoods'], 0);
    assert.deepEqual(rowsOf(value, 'changes'), [
      {
        employeeId: client.company.employeeId,
        timestamp: '2026-03-19T12:00:00',
        changeType: 'CREATE',
      },
      {
        employeeId: client.company.employeeId,
        timestamp: '2026-03-19T12:00:00',
        changeType: 'UPDATE',
      },
    ]);
  });

  test('keep what a PUT leaves out, and refuse one of an old version', async () => {
    const made = await client.post('/customer', { name: 'Kunde AS', email: 'a@example.test' });
    const path = `/customer/${idOf(made)}`;
    assert.equal(made.value['version'], 0);
    const put = await client.put(path, { version: 0, name: 'Ny' });
    assert.equal(put.value['email'], 'a@example.test');
    assert.equal(put.value['version'], 1);
    const old = await client.put(path, { version: 0, name: 'Gammel' });
    assert.equal(old.status, 409);
    assert.equal(old.body['code'], 8000);
    assert.equal((await client.put(path, { name: 'Uansett' })).value['version'], 2);
  });

  test('make addresses along with them', async () => {
    const address = { addressLine1: 'Torget 2', postalCode: '5003', city: 'Bergen' };
    const made = await client.post('/customer', { name: 'K', postalAddress: address });
    const path = `/customer/${idOf(made)}?fields=postalAddress(addressAsString)`;
    const shown = { addressAsString: 'Torget 2, 5003 Bergen' };
    assert.deepEqual((await client.get(path)).value['postalAddress'], shown);
    const odd = await client.post('/customer', { name: 'K', postalAddress: { street: 'x' } });
    assert.deepEqual(odd.problems, ['postalAddress.street: Feltet eksisterer ikke i objektet.']);
  });

  test('are made several at a time, or none', async () => {
    const own = clientIn(simulator);
    const body = [{ name: 'A', departmentNumber: '5' }, { departmentNumber: '6' }];
    assert.equal((await own.post('/department/list', body)).status, 422);
    assert.equal((await own.get('/department?name=A&departmentNumber=5')).values.length, 0);
    const whole = await own.post('/department/list', [body[0], { ...body[1], name: 'B' }]);
    assert.equal(whole.status, 201);
    assert.equal(whole.values.length, 2);
  });

  test('are not lost in parts that the simulator does not keep', async () => {
    const reply = await client.post('/customer', { name: 'K', category1: { id: 1 } });
    assert.equal(reply.status, 501);
  });

  test('have read-only fields, which are passed over or refused', async () => {
    const body = { name: 'K', isCustomer: false };
    assert.equal((await client.post('/customer', body)).value['isCustomer'], true);
    simulator.setChoices({ readOnlyFields: 'refused' });
    assert.equal((await client.post('/customer', body)).status, 400);
    simulator.setChoices({ readOnlyFields: 'ignored' });
  });

  test('belong to one company', async () => {
    const id = idOf(await client.post('/customer', { name: 'Bare her' }));
    assert.equal((await clientIn(simulator).get(`/customer/${id}`)).status, 404);
  });
});

describe('lists', () => {
  test('come in pages, sorted as asked', async () => {
    const own = clientIn(simulator);
    for (const name of ['B', 'C', 'A']) await own.post('/customer', { name });
    const page = await own.get('/customer?sorting=-name&from=1&count=1&fields=name');
    assert.deepEqual(page.values, [{ name: 'B' }]);
    assert.equal(page.body['fullResultSize'], 3);
    assert.equal(page.body['from'], 1);
    assert.equal(page.body['count'], 1);
    const manager = await own.get('/customer?sorting=accountManager.lastName,name&fields=name');
    assert.deepEqual(
      manager.values.map((one) => one['name']),
      ['A', 'B', 'C'],
    );
    assert.equal((await own.get('/customer?count=-1')).status, 422);
    assert.equal((await own.get('/customer?nonsense=1')).values.length, 3);
  });

  test('answer 304 to the digest of what has not changed', async () => {
    const own = clientIn(simulator);
    await own.post('/customer', { name: 'A' });
    const first = await own.get('/customer', { 'if-none-match': 'anything' });
    const digest = { 'if-none-match': textOf(first.body, 'versionDigest') };
    assert.equal((await own.get('/customer', digest)).status, 304);
    await own.post('/customer', { name: 'B' });
    assert.equal((await own.get('/customer', digest)).status, 200);
  });

  test('pick what has changed since', async (t) => {
    const own = await startTestSimulator();
    t.after(() => own.stop());
    const one = clientIn(own);
    await one.post('/customer', { name: 'Før' });
    own.clock.advance(3_600_000);
    await one.post('/customer', { name: 'Etter' });
    const { values } = await one.get('/customer?changedSince=2026-03-19T12:30:00');
    assert.deepEqual(
      values.map((value) => value['name']),
      ['Etter'],
    );
  });

  test('of more than ten thousand are refused, however small the page', async () => {
    const own = clientIn(simulator);
    const account = { id: await own.account(1920) };
    const postings = Array.from({ length: 10_001 }, (_, at) => {
      const amount = at % 2 === 0 ? 1 : -1;
      const amountGross = at === 10_000 ? 0 : amount;
      return { row: at + 1, account, amountGross, amountGrossCurrency: amountGross };
    });
    const voucher = await own.post('/ledger/voucher', { date: '2026-03-19', postings });
    assert.equal(voucher.status, 201);
    const days = 'dateFrom=2026-03-01&dateTo=2026-04-01';
    const reply = await own.get(`/ledger/posting?${days}&count=1`);
    assert.equal(reply.status, 422);
    assert.equal(reply.body['code'], 23000);
  });
});

describe('nonsense', () => {
  test('is refused and not fallen over', async () => {
    const headers = basic(client.company.session());
    const send = (path: string, method: string, body?: string) =>
      ask(`${simulator.apiUrl}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
    assert.equal((await send('/ledger/voucher', 'POST', '{')).status, 422);
    assert.equal((await send('/ledger/voucher', 'POST', '[]')).body['code'], 22000);
    assert.equal((await send('/ledger/voucher', 'POST', '{"postings":7}')).status, 422);
    assert.equal((await send('/ledger/voucher', 'POST', '{"postings":[7]}')).status, 422);
    assert.equal((await send('/ledger/voucher', 'DELETE')).status, 405);
    assert.equal((await send('/%E0%A4%A', 'GET')).status, 404);
    assert.equal((await send('/customer/x', 'GET')).status, 404);
    assert.equal((await send('/customer?from=x', 'GET')).status, 422);
    assert.equal((await send('/order/1/:invoice', 'PUT')).status, 404);
    const plain = { ...headers, 'content-type': 'text/plain' };
    const url = `${simulator.apiUrl}/customer`;
    assert.equal((await ask(url, { method: 'POST', headers: plain, body: '{}' })).status, 415);
    assert.equal((await ask(url, { headers: { authorization: 'Basic ?' } })).status, 401);
    assert.equal((await ask(url)).status, 401);
    assert.equal((await ask(`${simulator.apiUrl}/../x`)).status, 401);
  });

  test('counts what was asked, by operation and status', async () => {
    const own = clientIn(simulator);
    await own.get('/customer');
    await own.get('/customer/1');
    const tally = own.company.tally();
    assert.deepEqual(tally.statuses, { 200: 1, 404: 1 });
    assert.deepEqual(tally.routes, { 'GET /customer': 1, 'GET /customer/{id}': 1 });
    assert.ok(numberOf({ calls: simulator.counters.tally(null).calls }, 'calls') > 2);
  });
});
