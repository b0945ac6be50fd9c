import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, type Company } from '../test-client.ts';
import { rowsOf, textOf, type Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(() => {
  company = companyIn(simulator);
});
after(() => simulator.stop());

describe('customers', () => {
  async function add(fields: Fields): Promise<number> {
    return (await company.post('customers', { Customer: { Name: 'Kund', ...fields } })).code;
  }

  test('are numbered in one series, unless a number is sent', async () => {
    const first = await company.post('customers', { Customer: { Name: 'A' } });
    await add({ CustomerNumber: '2' });
    const third = await company.post('customers', { Customer: { Name: 'C' } });
    assert.equal(first.one('Customer')['CustomerNumber'], '1');
    assert.equal(third.one('Customer')['CustomerNumber'], '3');
  });

  test('never get a number that was taken or deleted', async () => {
    assert.equal(await add({ CustomerNumber: 'K-1' }), 0);
    assert.equal(await add({ CustomerNumber: 'K-1' }), 2000637);
    assert.equal((await company.delete('customers/K-1')).status, 204);
    assert.equal(await add({ CustomerNumber: 'K-1' }), 2000637);
    company.tenant.set({ burntKeys: { customers: ['K-2'] } });
    assert.equal(await add({ CustomerNumber: 'K-2' }), 2000637);
  });

  test('are checked field by field', async () => {
    assert.equal(await add({ CustomerNumber: 'a.b' }), 2000106);
    assert.equal(await add({ VATNumber: 'XX1' }), 2004194);
    assert.equal(await add({ OrganisationNumber: '556036-0794' }), 2009128);
    assert.equal(await add({ Email: 'kund' }), 2009129);
    assert.equal(await add({ GLN: '123' }), 2009110);
    assert.equal(await add({ CountryCode: 'ZZ' }), 2009108);
    assert.equal(await add({ TermsOfPayment: '45' }), 2001700);
    assert.equal(await add({ WayOfDelivery: 'DUVA' }), 2001412);
    assert.equal(await add({ Currency: 'USD' }), 2000427);
  });

  test('get their country by its code and their number with a hyphen', async () => {
    const reply = await company.post('customers', {
      Customer: { Name: 'A', CountryCode: 'SE', OrganisationNumber: '5560360793' },
    });
    assert.equal(reply.one('Customer')['Country'], 'Sverige');
    assert.equal(reply.one('Customer')['OrganisationNumber'], '556036-0793');
  });

  test('show the sales account as a number once and as text thereafter', async () => {
    const made = await company.post('customers', { Customer: { Name: 'A', SalesAccount: '3002' } });
    assert.equal(made.one('Customer')['SalesAccount'], 3002);
    assert.equal((await company.get('customers/1')).one('Customer')['SalesAccount'], '3002');
  });

  test('can be refused an empty organisation number, by choice', async () => {
    assert.equal(await add({ OrganisationNumber: '' }), 0);
    simulator.setChoices({ emptyOrganisationNumber: 'refused' });
    assert.equal(await add({ OrganisationNumber: '' }), 2009014);
    simulator.setChoices({ emptyOrganisationNumber: 'accepted' });
  });

  test('in use are not deleted', async () => {
    await add({ CustomerNumber: '7' });
    await company.post('invoices', { Invoice: { CustomerNumber: '7' } });
    assert.equal((await company.delete('customers/7')).status, 400);
  });
});

describe('lists', () => {
  beforeEach(async () => {
    for (const [Name, City] of [
      ['Beda', 'Lund'],
      ['Ada', 'Malmö'],
      ['Adam', 'Lund'],
    ]) {
      await company.post('customers', { Customer: { Name, City, Phone1: '040-1' } });
    }
  });

  async function names(query: string): Promise<unknown[]> {
    const reply = await company.get(`customers?${query}`);
    return reply.all('Customers').map((customer) => customer['Name']);
  }

  test('look for text anywhere and in any case', async () => {
    assert.deepEqual(await names('name=ADA'), ['Ada', 'Adam']);
    assert.deepEqual(await names('name=ada&city=lun'), ['Adam']);
    assert.deepEqual(await names('organisationnumber=5'), []);
  });

  test('are sorted by key, or as asked', async () => {
    assert.deepEqual(await names(''), ['Beda', 'Ada', 'Adam']);
    assert.deepEqual(await names('sortby=name'), ['Ada', 'Adam', 'Beda']);
    assert.deepEqual(await names('sortby=name&sortorder=descending'), ['Beda', 'Adam', 'Ada']);
  });

  test('are cut in pages', async () => {
    const reply = await company.get('customers?limit=2&page=2');
    assert.deepEqual(reply.one('MetaInformation'), {
      '@TotalResources': 3,
      '@TotalPages': 2,
      '@CurrentPage': 2,
    });
    assert.equal(reply.all('Customers').length, 1);
    assert.deepEqual(await names('offset=1&limit=1'), ['Ada']);
  });

  test('show other fields than the object itself', async () => {
    const [first] = (await company.get('customers')).all('Customers');
    assert.equal(first?.['Phone'], '040-1');
    assert.equal(first && 'Phone1' in first, false);
  });

  test('refuse parameters they do not know, in capitals, or with brackets', async () => {
    for (const query of ['nonsense=1', 'Name=a', 'name=%3Ca', 'sortby=city', 'limit=0', 'page=x']) {
      assert.equal((await company.get(`customers?${query}`)).code, 2000588, query);
    }
    simulator.setChoices({ unknownParameters: 'ignored' });
    assert.equal((await company.get('customers?nonsense=1')).status, 200);
    simulator.setChoices({ unknownParameters: 'refused' });
  });

  test('give what was changed since a minute in Swedish time', async () => {
    simulator.clock.advance(1_860_000);
    await company.put('customers/2', { Customer: { City: 'Ystad' } });
    assert.deepEqual(await names('lastmodified=2025-05-14%2012:30'), ['Ada']);
    simulator.clock.advance(-1_860_000);
  });

  test('say numbers as text where that was recorded', async () => {
    await company.post('articles', { Article: { Description: 'Vara', StockGoods: true } });
    const [recorded] = (await company.get('articles')).all('Articles');
    assert.equal(recorded?.['QuantityInStock'], '0');
    simulator.setChoices({ numbersInLists: 'as-specified' });
    const [specified] = (await company.get('articles')).all('Articles');
    assert.equal(specified?.['QuantityInStock'], 0);
    simulator.setChoices({ numbersInLists: 'as-recorded' });
  });
});

describe('articles and prices', () => {
  test('keep the price apart from the article', async () => {
    await company.post('articles', { Article: { ArticleNumber: 'A.1', Description: 'Vara' } });
    const body = { Price: { ArticleNumber: 'A.1', PriceList: 'A', FromQuantity: 0, Price: 1.125 } };
    assert.equal((await company.put('prices/A/A.1/0', { Price: { Price: 2 } })).code, 2000430);
    assert.equal((await company.post('prices', body)).one('Price')['Price'], 1.13);
    assert.equal((await company.post('prices', body)).code, 2000762);
    await company.put('prices/A/A.1/0', { Price: { Price: 9.5 } });
    assert.equal((await company.get('articles/A.1')).one('Article')['SalesPrice'], 9.5);
    assert.equal((await company.get('prices/sublist/A/A.1')).all('Prices').length, 1);
    assert.equal((await company.delete('prices/A/A.1/0')).status, 204);
  });

  test('refuse a number that is taken, and an account that does not exist', async () => {
    await company.post('articles', { Article: { ArticleNumber: '1', Description: 'Vara' } });
    const again = { Article: { ArticleNumber: '1', Description: 'Vara' } };
    assert.equal((await company.post('articles', again)).code, 2000013);
    company.tenant.set({ accounts: [{ number: 4000, isRemoved: true }] });
    const untouched = await company.put('articles/1', { Article: { Description: 'Ny' } });
    assert.equal(untouched.status, 200);
    const touched = await company.put('articles/1', { Article: { PurchaseAccount: 4000 } });
    assert.equal(
      touched.message,
      'Inköpskonto inte uppdaterat. Kontot "4000" existerar inte. (PurchaseAccount)',
    );
  });

  test('hold stock only for stock goods, and not where Warehouse does', async () => {
    const stock = { Article: { Description: 'Vara', StockGoods: true, QuantityInStock: 1.125 } };
    const made = (await company.post('articles', stock)).one('Article');
    assert.deepEqual([made['QuantityInStock'], made['DisposableQuantity']], [1.13, 1.13]);
    const service = { Article: { Description: 'Tjänst', QuantityInStock: 5 } };
    assert.equal((await company.post('articles', service)).one('Article')['QuantityInStock'], 0);
    company.tenant.set({ setup: { hasWarehouse: true } });
    const kept = await company.put('articles/1', { Article: { QuantityInStock: 7 } });
    assert.equal(kept.one('Article')['QuantityInStock'], 1.13);
  });
});

describe('registers', () => {
  test('make, change and delete what has a code of its own', async () => {
    const unit = { Unit: { Code: 'm²', Description: 'Kvadratmeter' } };
    assert.equal((await company.post('units', unit)).status, 201);
    assert.equal((await company.post('units', unit)).status, 400);
    await company.put('units/m%C2%B2', { Unit: { Description: 'Kvm' } });
    assert.equal((await company.get('units/m%C2%B2')).one('Unit')['Description'], 'Kvm');
    assert.equal((await company.delete('units/m%C2%B2')).status, 204);
    assert.equal((await company.get('units/m%C2%B2')).code, 2000432);
  });

  test('seed what every company has', async () => {
    const codes = async (path: string, list: string): Promise<string[]> =>
      (await company.get(path)).all(list).map((one) => textOf(one, 'Code'));
    const terms = await codes('termsofpayments', 'TermsOfPayments');
    assert.deepEqual(terms, ['0', '10', '15', '20', '30', 'AG', 'K', 'PF']);
    assert.deepEqual(await codes('units', 'Units'), ['förp', 'h', 'km', 'st', 'utl']);
    assert.deepEqual(await codes('currencies', 'Currencies'), ['EUR', 'SEK']);
    assert.deepEqual(await codes('pricelists', 'PriceLists'), ['A']);
  });

  test('are seeded with the same defaults as what clients make', async () => {
    company.tenant.set({ objects: { customers: [{ CustomerNumber: 'S', Name: 'Sådd' }] } });
    const seeded = (await company.get('customers/S')).one('Customer');
    assert.deepEqual([seeded['VATType'], seeded['Active']], ['SEVAT', true]);
  });

  test('number labels, and read none of them alone', async () => {
    const made = await company.post('labels', { Label: { Description: 'Webb' } });
    assert.equal(made.one('Label')['Id'], 1);
    assert.equal((await company.get('labels/1')).status, 405);
    assert.equal((await company.delete('labels/1')).status, 204);
  });

  test('keep contact persons as rows', async () => {
    await company.post('customers', { Customer: { Name: 'A' } });
    const body = { CustomerReference: { CustomerNumber: '1', Reference: 'Eva' } };
    await company.post('customerreferences', body);
    const reply = await company.get('customerreferences?customer=1');
    const rows = rowsOf(reply.one('CustomerReference'), 'CustomerReferenceRows');
    assert.deepEqual(
      rows.map((row) => [row['Id'], row['Reference']]),
      [[1, 'Eva']],
    );
  });

  test('change predefined accounts to active accounts of four digits', async () => {
    const put = async (Account: unknown): Promise<number> =>
      (await company.put('predefinedaccounts/FREIGHT', { PreDefinedAccount: { Account } })).code;
    assert.equal(await put(3530), 0);
    assert.equal(await put(353), 2002462);
    assert.equal(await put(3531), 2001265);
    assert.equal(await put(''), 2000729);
    assert.equal((await company.get('predefinedaccounts/NOTHING')).code, 2001403);
    const series = { PreDefinedVoucherSeries: { VoucherSeries: 'A' } };
    assert.equal((await company.put('predefinedvoucherseries/INVOICE', series)).status, 200);
  });
});
