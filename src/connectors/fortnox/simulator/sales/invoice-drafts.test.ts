import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { FortnoxSimulator } from '../simulator.ts';
import { companyIn, startTestSimulator, type Company, type Reply } from '../test-client.ts';
import { numberOf, rowsOf, textOf, type Fields } from '../wire/record.ts';

let simulator: FortnoxSimulator;
let company: Company;
before(async () => {
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  company = companyIn(simulator);
  await company.post('customers', {
    Customer: { Name: 'Kund', CustomerNumber: '1', City: 'Lund', CountryCode: 'SE' },
  });
  await company.post('articles', {
    Article: { ArticleNumber: 'STOL', Description: 'Stol', Unit: 'st', VAT: 25 },
  });
});
after(() => simulator.stop());

async function invoice(fields: Fields = {}): Promise<Fields> {
  const reply = await company.post('invoices', {
    Invoice: {
      CustomerNumber: '1',
      InvoiceRows: [{ ArticleNumber: 'STOL', DeliveredQuantity: 2, Price: 100 }],
      ...fields,
    },
  });
  assert.equal(reply.status, 201, reply.text);
  return reply.one('Invoice');
}

function act(number: unknown, action: string): Promise<Reply> {
  return company.put(`invoices/${String(number)}/${action}`);
}

/** Rows of the last voucher: account, debit, credit in kronor. */
function lastVoucher(): (readonly [number, number, number])[] {
  const voucher = company.tenant.ledger().vouchers.at(-1);
  return (voucher?.rows ?? []).map(
    ({ account, debitOre, creditOre }) => [account, debitOre / 100, creditOre / 100] as const,
  );
}

describe('a new invoice', () => {
  test('copies the customer and stays as it was', async () => {
    const made = await invoice();
    await company.put('customers/1', { Customer: { City: 'Ystad' } });
    const reply = await company.get(`invoices/${textOf(made, 'DocumentNumber')}`);
    assert.equal(reply.one('Invoice')['City'], 'Lund');
    assert.equal(reply.one('Invoice')['Country'], 'Sverige');
    // Blank on the card is null; on the invoice it is empty.
    assert.equal((await company.get('customers/1')).one('Customer')['Address1'], null);
    assert.equal(reply.one('Invoice')['Address1'], '');
  });

  test('is due by its terms', async () => {
    assert.equal((await invoice())['DueDate'], '2025-06-13');
    assert.equal((await invoice({ TermsOfPayment: '10' }))['DueDate'], '2025-05-24');
    assert.equal((await invoice({ TermsOfPayment: 'K' }))['DueDate'], '2025-05-14');
    assert.equal((await invoice({ DueDate: '2025-12-24' }))['DueDate'], '2025-12-24');
  });

  test('fills rows from the article', async () => {
    const made = await invoice({ InvoiceRows: [{ ArticleNumber: 'STOL' }] });
    const [row] = rowsOf(made, 'InvoiceRows');
    assert.equal(row?.['Description'], 'Stol');
    assert.equal(row?.['AccountNumber'], 3001);
    assert.equal(row?.['DeliveredQuantity'], '0');
    assert.equal(row?.['Total'], 0);
    assert.equal(typeof row?.['RowId'], 'number');
  });

  test('takes a number of its own, once', async () => {
    assert.equal((await invoice({ DocumentNumber: '9999999999' }))['OCR'], '999999999926');
    const again = await company.post('invoices', {
      Invoice: { CustomerNumber: '1', DocumentNumber: '9999999999' },
    });
    assert.equal(again.status, 400);
  });

  const refusals: readonly (readonly [name: string, fields: Fields, code: number])[] = [
    ['an unknown customer', { CustomerNumber: '404' }, 2009122],
    ['an unknown article', { InvoiceRows: [{ ArticleNumber: 'NO' }] }, 2001302],
    ['an unknown account', { InvoiceRows: [{ AccountNumber: 3011 }] }, 2001303],
    ['a quantity of nothing', { InvoiceRows: [{ DeliveredQuantity: 1 }] }, 2003977],
    ['a VAT rate nobody has', { InvoiceRows: [{ Description: 'a', VAT: 19 }] }, 2009008],
    ['a country code', { Country: 'SE' }, 2009108],
    ['a country in Swedish', { Country: 'Norge' }, 2009108],
    ['unknown terms of delivery', { TermsOfDelivery: 'NO' }, 2001411],
    ['a currency that is not active', { Currency: 'USD' }, 2000427],
  ];
  for (const [name, fields, code] of refusals) {
    test(`is refused ${name}`, async () => {
      const reply = await company.post('invoices', { Invoice: { CustomerNumber: '1', ...fields } });
      assert.equal(reply.code, code, reply.text);
      assert.equal((await company.get('invoices')).all('Invoices').length, 0);
    });
  }

  test('takes countries by their English names', async () => {
    for (const Country of ['Norway', 'Virgin Islands, U.S.', 'Sverige']) {
      assert.equal((await invoice({ Country }))['Country'], Country);
    }
  });

  test('has text rows where article and account are blanked', async () => {
    const made = await invoice({
      InvoiceRows: [
        {
          ArticleNumber: 'API_BLANK',
          AccountNumber: 'API_BLANK',
          Price: 'API_BLANK',
          DeliveredQuantity: 'API_BLANK',
          Description: 'Tack för ditt köp',
        },
      ],
    });
    const [row] = rowsOf(made, 'InvoiceRows');
    assert.deepEqual([row?.['AccountNumber'], row?.['Total']], [0, 0]);
  });

  test('applies the customer’s discount unless the row says otherwise', async () => {
    await company.put('customers/1', { Customer: { InvoiceDiscount: 10 } });
    const rows = [
      { Description: 'a', DeliveredQuantity: 1, Price: 100 },
      { Description: 'b', DeliveredQuantity: 1, Price: 100, Discount: 0 },
      { Description: 'c', DeliveredQuantity: 1, Price: 100, Discount: 5, DiscountType: 'AMOUNT' },
    ];
    const made = await invoice({ InvoiceRows: rows });
    assert.deepEqual(
      rowsOf(made, 'InvoiceRows').map((row) => row['Total']),
      [90, 100, 95],
    );
  });

  test('has no VAT, and another account, for customers abroad', async () => {
    await company.put('customers/1', { Customer: { VATType: 'EXPORT' } });
    const made = await invoice();
    const [row] = rowsOf(made, 'InvoiceRows');
    assert.deepEqual([row?.['VAT'], row?.['AccountNumber'], made['Total']], [0, 3105, 200]);
  });

  test('takes VAT out of prices that include it', async () => {
    // 2 × 100.00 with 25 %: 160.00 and 40.00.
    const made = await invoice({ VATIncluded: true });
    assert.deepEqual([made['Net'], made['TotalVAT'], made['Total']], [160, 40, 200]);
    assert.equal(rowsOf(made, 'InvoiceRows')[0]?.['TotalExcludingVAT'], 160);
  });

  test('reckons VAT per rate, or per row by choice', async () => {
    // 3 × 0.10 at 25 %: 0.075 is 0.08 in all; 0.025 is 0.03 on each row.
    const row = { Description: 'a', DeliveredQuantity: 1, Price: 0.1 };
    const fields = { Currency: 'EUR', InvoiceRows: [row, row, row] };
    assert.equal((await invoice(fields))['TotalVAT'], 0.08);
    simulator.setChoices({ vatRounding: 'per-row' });
    assert.equal((await invoice(fields))['TotalVAT'], 0.09);
    simulator.setChoices({ vatRounding: 'per-rate' });
  });
});

describe('house work', () => {
  const rut = (row: Fields): Promise<Reply> =>
    company.post('invoices', {
      Invoice: {
        CustomerNumber: '1',
        TaxReductionType: 'rut',
        InvoiceRows: [{ Description: 'a', DeliveredQuantity: 1, Price: 100, ...row }],
      },
    });

  test('goes with its kind of tax reduction', async () => {
    assert.equal((await rut({ HouseWork: true, HouseWorkType: 'CLEANING' })).status, 201);
    assert.equal((await rut({ HouseWork: true, HouseWorkType: 'CONSTRUCTION' })).code, 2004021);
    assert.equal((await rut({ HouseWork: true, HouseWorkType: 'COOKING' })).code, 2003157);
    assert.equal((await rut({ HouseWork: true, HouseWorkType: 'OTHERCOSTS' })).code, 2002980);
  });

  test('lets a person ask the Tax Agency for a part', async () => {
    const number = textOf(
      (await rut({ HouseWork: true, HouseWorkType: 'CLEANING' })).one('Invoice'),
      'DocumentNumber',
    );
    const body = (SocialSecurityNumber: string, AskedAmount: number): Fields => ({
      TaxReduction: {
        AskedAmount,
        CustomerName: 'Eva',
        ReferenceDocumentType: 'INVOICE',
        ReferenceNumber: number,
        SocialSecurityNumber,
      },
    });
    assert.equal((await company.post('taxreductions', body('8001011234', -5))).code, 2004217);
    assert.equal((await company.post('taxreductions', body('8001011234', 50))).status, 201);
    assert.equal((await company.post('taxreductions', body('8001011234', 10))).code, 2000600);
    const read = (await company.get(`invoices/${number}`)).one('Invoice');
    assert.deepEqual([read['Total'], read['TaxReduction'], read['TotalToPay']], [125, 50, 75]);
    assert.equal((await company.delete('taxreductions/1')).status, 400);
    const list = await company.get(`taxreductions?filter=invoices&referencenumber=${number}`);
    assert.equal(list.all('TaxReductions').length, 1);
    // 75.00 is claimed from Eva, 50.00 from the Tax Agency.
    assert.equal((await act(number, 'bookkeep')).status, 200);
    assert.deepEqual(lastVoucher().slice(0, 2), [
      [1510, 75, 0],
      [1513, 50, 0],
    ]);
  });
});

describe('rows in a PUT', () => {
  async function three(): Promise<{ number: string; ids: number[] }> {
    const row = (Description: string): Fields => ({ Description, DeliveredQuantity: 1, Price: 1 });
    const made = await invoice({ InvoiceRows: [row('a'), row('b'), row('c')] });
    const ids = rowsOf(made, 'InvoiceRows').map((one) => numberOf(one, 'RowId'));
    return { number: textOf(made, 'DocumentNumber'), ids };
  }

  async function put(number: string, InvoiceRows: readonly Fields[]): Promise<unknown[]> {
    const reply = await company.put(`invoices/${number}`, { Invoice: { InvoiceRows } });
    assert.equal(reply.status, 200, reply.text);
    return rowsOf(reply.one('Invoice'), 'InvoiceRows').map((row) => [
      row['Description'],
      row['Price'],
    ]);
  }

  test('are matched by position without ids', async () => {
    const { number } = await three();
    assert.deepEqual(await put(number, [{ Price: 5 }, {}]), [
      ['a', 5],
      ['b', 1],
    ]);
  });

  test('are matched by id with one; those without are new, the missing are gone', async () => {
    const { number, ids } = await three();
    const rows = [{ RowId: ids[2] }, { RowId: ids[0], Price: 7 }, { Description: 'ny' }];
    assert.deepEqual(await put(number, rows), [
      ['c', 1],
      ['a', 7],
      ['ny', 0],
    ]);
  });

  test('get new ids each time', async () => {
    const { number, ids } = await three();
    const reply = await company.put(`invoices/${number}`, { Invoice: { Comments: 'ny' } });
    const after = rowsOf(reply.one('Invoice'), 'InvoiceRows').map((row) => numberOf(row, 'RowId'));
    assert.equal(after.length, 3);
    assert.ok(after.every((id) => !ids.includes(id)));
    const stale = { Invoice: { InvoiceRows: [{ RowId: ids[0] }] } };
    assert.equal((await company.put(`invoices/${number}`, stale)).status, 400);
  });

  test('are emptied by an empty list', async () => {
    const { number } = await three();
    assert.deepEqual(await put(number, []), []);
  });
});
