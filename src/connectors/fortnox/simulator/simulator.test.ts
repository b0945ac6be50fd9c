import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FortnoxSimulator } from './simulator.ts';
import { ask, companyIn, startTestSimulator, voucherBody, type Company } from './test-client.ts';

describe('the API', () => {
  let simulator: FortnoxSimulator;
  let company: Company;
  before(async () => {
    simulator = await startTestSimulator();
    company = companyIn(simulator, { name: 'Åbergs Möbler AB' });
  });
  after(() => simulator.stop());

  test('answers nobody without a token', async () => {
    const reply = await ask(`${simulator.apiUrl}/3/companyinformation`);
    assert.equal(reply.status, 401);
    assert.equal(reply.text, '{"message":"unauthorized"}');
  });

  test('tells who the company is', async () => {
    const reply = await company.get('companyinformation');
    assert.equal(reply.one('CompanyInformation')['CompanyName'], 'Åbergs Möbler AB');
    assert.equal(reply.one('CompanyInformation')['DatabaseNumber'], company.tenant.id);
    const settings = await company.get('settings/company');
    assert.equal(settings.one('CompanySettings')['DatabaseNumber'], String(company.tenant.id));
    const me = await company.get('me');
    assert.equal(me.one('MeInformation')['SysAdmin'], true);
  });

  test('takes a slash at the end', async () => {
    assert.equal((await company.get('companyinformation/')).status, 200);
    assert.equal((await company.get('units/?limit=1')).status, 200);
  });

  test('sends the headers that were recorded, and none about rates', async () => {
    const { headers } = await company.get('companyinformation');
    assert.equal(headers['server'], 'Fortnox');
    assert.match(String(headers['x-uid']), /^[0-9a-f]{8}$/);
    assert.match(String(headers['x-rack-responsetime']), /^\d+$/);
    assert.ok(headers['x-build'] && headers['strict-transport-security']);
    const aboutRates = Object.keys(headers).filter((name) => /rate-?limit|retry-after/.test(name));
    assert.deepEqual(aboutRates, []);
  });

  test('names the resource in Location when something is made', async () => {
    const made = await company.post('vouchers', voucherBody());
    assert.equal(made.status, 201);
    assert.equal(made.headers['location'], 'vouchers');
  });

  test('escapes slashes and percent-encodes codes in @url', async () => {
    const reply = await company.get('units/f%C3%B6rp');
    assert.equal(reply.status, 200);
    assert.ok(reply.text.includes('https:\\/\\/api.fortnox.se\\/3\\/units\\/f%C3%B6rp'));
  });

  test('knows paths and methods that do not exist', async () => {
    assert.equal((await company.get('nothing')).status, 404);
    assert.equal((await company.put('vouchers/A/1', {})).status, 405);
  });

  test('keeps companies apart', async () => {
    const other = companyIn(simulator);
    await company.post('customers', { Customer: { Name: 'Bara här', CustomerNumber: 'X1' } });
    assert.equal((await company.get('customers/X1')).status, 200);
    assert.equal((await other.get('customers/X1')).status, 404);
  });

  test('holds hundreds of companies', async () => {
    for (let count = 0; count < 300; count += 1) simulator.tenants.add({});
    const last = companyIn(simulator);
    assert.equal((await last.post('vouchers', voucherBody())).status, 201);
  });

  test('is refused a connection while offline, and is back on the same port', async () => {
    await simulator.goOffline();
    // A connection that was kept alive may first notice that it is closed.
    await company.get('companyinformation').catch(() => null);
    await assert.rejects(company.get('companyinformation'), /ECONNREFUSED/);
    await simulator.goOnline();
    assert.equal((await company.get('companyinformation')).status, 200);
  });
});

describe('rights', () => {
  let simulator: FortnoxSimulator;
  before(async () => {
    simulator = await startTestSimulator();
  });
  after(() => simulator.stop());

  test('needs the scope of the resource', async () => {
    const { tenant } = companyIn(simulator);
    const token = tenant.grant({ scopes: ['companyinformation'] }).accessToken;
    const reply = await ask(`${simulator.apiUrl}/3/vouchers`, { token });
    assert.equal(reply.status, 403);
    assert.equal(reply.code, 2000663);
    assert.ok(reply.text.includes('"Code"'));
  });

  test('can tell the missing scope as it was seen for invoices and vouchers', async () => {
    const { tenant } = companyIn(simulator);
    const token = tenant.grant({ scopes: ['companyinformation'] }).accessToken;
    simulator.setChoices({ scopeRefusals: 'by-resource' });
    assert.equal((await ask(`${simulator.apiUrl}/3/invoices`, { token })).code, 2001393);
    assert.equal((await ask(`${simulator.apiUrl}/3/vouchers`, { token })).code, 2002455);
    simulator.setChoices({ scopeRefusals: 'general' });
  });

  test('needs the licence of the module, and the API licence', async () => {
    const company = companyIn(simulator);
    company.tenant.set({ missingLicences: ['invoice'] });
    assert.equal((await company.get('invoices')).code, 2001101);
    assert.equal((await company.get('vouchers')).status, 200);
    company.tenant.set({ setup: { hasApiLicence: false } });
    assert.equal((await company.get('vouchers')).code, 2001103);
  });

  test('deletes vouchers only with the scope for it', async () => {
    const company = companyIn(simulator);
    await company.post('vouchers', voucherBody());
    const token = company.tenant.grant({ scopes: ['bookkeeping'] }).accessToken;
    const url = `${simulator.apiUrl}/3/vouchers/A/1?financialyear=2`;
    assert.equal((await ask(url, { method: 'DELETE', token })).code, 2000663);
    assert.equal((await company.delete('vouchers/A/1?financialyear=2')).status, 204);
  });
});
