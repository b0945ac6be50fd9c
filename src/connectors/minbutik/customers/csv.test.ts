import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Customer } from '../../../domain/document/customer.ts';
import type { Reading } from '../../../ports/source.ts';
import { minButikFiles } from '../source.ts';
import { settingsSchema } from '../settings.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, problemsIn, readAll, unreadableIds } from '../read-for-test.ts';

const FIXTURE = fixture('kreditkunder-1234.csv').toString('utf8');
const HEAD = 'customer_no;name;org_no;email;gln;credit_limit;terms;invoice_mode\n';

function customersIn(readings: readonly Reading[]): readonly Customer[] {
  return standing(readings).flatMap(({ document }) =>
    document.kind === 'customer' ? [document] : [],
  );
}

describe('readCustomersCsv', () => {
  it('gives a document for each customer, with all that the file says', async () => {
    const [school, ...others] = customersIn(await readAll(FIXTURE));
    assert.equal(others.length, 3);
    assert.deepEqual(school, {
      kind: 'customer',
      ref: { system: 'minbutik', account: '1234', id: 'customer:10017' },
      currency: 'SEK',
      customer: {
        number: '10017',
        name: 'Exempelkommun Skola',
        orgNumber: '2129990012',
        vatNumber: null,
        endpoint: '0007:2129990012',
        address: { street: 'Skolgatan 1', postcode: '12345', city: 'Exempelby', country: 'SE' },
        email: 'skolan@exempelkommun.example',
        gln: '7350000000016',
        terms: '30',
      },
      creditLimit: { minor: 5_000_000n, currency: 'SEK' },
      invoiceMode: 'month',
    });
    assert.deepEqual(
      others.map((one) => [one.customer.name, one.customer.address === null, one.invoiceMode]),
      [
        ['Åkeriet Öst AB', false, 'reference'],
        ['Lilla Caféet HB', false, null],
        ['Bygg & Måleri; i Ö-vik', true, null],
      ],
    );
  });

  it('needs a number and a name, in any order and with columns of others between', async () => {
    const file = 'name,säljare,customer_no\r\nKaféet,Bo,7\r\n';
    const [customer, ...others] = customersIn(await readAll(file));
    assert.deepEqual(others, []);
    assert.deepEqual(customer?.ref, { system: 'minbutik', account: '', id: 'customer:7' });
    assert.deepEqual(customer?.customer, {
      number: '7',
      name: 'Kaféet',
      orgNumber: null,
      vatNumber: null,
      endpoint: null,
      address: null,
      email: null,
      gln: null,
      terms: null,
    });
  });

  it('knows the only store of a company, and asks which of several', async () => {
    const stores = async (settings: object, row: string) =>
      customersIn(await readAll(`customer_no;name;store_no\n${row}\n`, settings)).map(
        ({ ref }) => ref.account,
      );
    assert.deepEqual(await stores({ stores: ['1234'] }, '7;K;'), ['1234']);
    assert.deepEqual(await stores({ stores: ['0234', '5'] }, '7;K;234'), ['0234']);
    assert.deepEqual(await stores({ stores: ['0234', '5'] }, '7;K;'), ['']);
    assert.deepEqual(await stores({ stores: ['1234'] }, '7;K;99'), []);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['a name that is missing', '7;;;;;;;', 'field-empty 2:3'],
    ['a number with a colon', '7:1;K;;;;;;', 'unknown-value 2:1'],
    ['a number that is no organisation’s', '7;K;12;;;;;', 'unknown-value 2:5'],
    ['an address of e-mail without a place', '7;K;;k@k;;;;', 'unknown-value 2:6'],
    ['a GLN whose last digit is wrong', '7;K;;;7350000000017;;;', 'unknown-value 2:7'],
    ['a limit that is no amount', '7;K;;;;mycket;;', 'not-a-number 2:8'],
    ['a limit below zero', '7;K;;;;-1;;', 'unknown-value 2:8'],
    ['terms that are a sentence', `7;K;;;;;${'30 dagar netto'.repeat(2)};`, 'record-too-long 2:9'],
    ['a way to be invoiced that nobody knows', '7;K;;;;;;ibland', 'unknown-value 2:10'],
    ['a field too many', '7;K;;;;;;;', 'too-many-fields 2:11'],
  ];
  for (const [what, row, problem] of wrong) {
    it(`tells ${what}, and reads the other rows`, async () => {
      const readings = await readAll(`${HEAD}${row}\n8;L;;;;;;\n`);
      assert.deepEqual(problemsIn(readings), [problem]);
      assert.deepEqual(
        customersIn(readings).map(({ customer }) => customer.number),
        ['8'],
      );
    });
  }

  it('tells nothing of a number that may be a person’s', async () => {
    const readings = await readAll(`${HEAD}7;K;990199-0000X;;;;;\n`);
    assert.deepEqual(problemsIn(readings), ['unknown-value 2:5']);
    assert.doesNotMatch(JSON.stringify(readings), /990199/);
  });

  it('takes a row that stands there twice for one, and two ways for none', async () => {
    const once = '7;K;;;;100;;\n';
    const same = await readAll(`${HEAD}${once}${once}`);
    assert.equal(customersIn(same).length, 1);
    assert.deepEqual(same.at(-1), { kind: 'guess', facts: { repeatedRows: '1' } });
    const other = await readAll(`${HEAD}${once}7;K;;;;200;;\n`);
    assert.deepEqual(unreadableIds(other), ['minbutik//customer:7']);
    assert.deepEqual(problemsIn(other), ['identity-differs 3:8']);
  });

  it('takes nothing of a file whose last row has no end: it may be cut', async () => {
    const readings = await readAll(FIXTURE.trimEnd());
    assert.deepEqual(problemsIn(readings), ['file-truncated 5:55']);
    assert.deepEqual(customersIn(readings), []);
  });
});

describe('readCreditCsv of customers with cards', () => {
  it('invoices as the customer’s card says, else as the settings say', async () => {
    const known = { invoiceModes: async () => new Map([['10044', 'receipt' as const]]) };
    const bytes = fixture('kreditkop-1234-2026-05.csv');
    const open = async function* () {
      yield bytes;
    };
    const source = minButikFiles(settingsSchema.parse({ creditInvoices: 'week' }));
    const readings = await Array.fromAsync(source.read({ name: 'any', open }, known));
    assert.deepEqual(
      standing(readings).map(({ document }) => document.ref.id),
      [
        'credit:2026-W18:10017',
        'credit:2026-05-02:10044:2-51900',
        'credit:2026-05-02:10044:2-51907',
      ],
    );
  });
});
