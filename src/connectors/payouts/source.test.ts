import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { leftBy, totalsOf } from '../../domain/document/payout.ts';
import { kr } from '../../testing/day-reports.ts';
import { sharedPath, skipWithout } from '../../testing/shared.ts';
import { fixture, payoutsOf, problemsOf, readAll, sumsOf, told } from './read-for-test.ts';

function shared(name: string): string {
  return sharedPath('data', 'settlements', name);
}

function codesOf(readings: Parameters<typeof problemsOf>[0]): readonly string[] {
  return problemsOf(readings).map(({ code }) => code);
}

describe('Stripe', () => {
  const FILE = fixture('stripe-utbetalningar-2026-05.csv');

  it('gives a document for each payout, with all of it paid', async () => {
    assert.deepEqual(told(await readAll(FILE)), [
      // 983.20 − 100.00 = 883.20
      'po_1MayA 2026-05-08: sale 1000.00 fee 16.80, refund -100.00 fee 0.00 → 883.20; 0.00 to 0.00',
      // 2 411.94 − 499.00 − 25.00 = 1 887.94
      'po_2MayB 2026-05-15: sale 2450.50 fee 38.56, chargeback -349.00 fee 150.00, ' +
        'fee 0.00 fee 25.00 → 1887.94; 0.00 to 0.00',
    ]);
  });

  it('keeps every reference by which a shop may know the payment', async () => {
    const [first] = payoutsOf(await readAll(FILE));
    assert.deepEqual(
      first?.entries.map(({ id, order, references }) => [id, order, references]),
      [
        ['txn_101', '1001', ['ch_101', 'pi_101']],
        ['txn_102', '1001', ['ch_101', 'pi_101', 're_102']],
      ],
    );
  });

  it('leaves rows of no payout yet, and tells how many', async () => {
    const open = FILE.toString().replaceAll('po_2MayB', '');
    const readings = await readAll(open);
    assert.equal(payoutsOf(readings).length, 1);
    // 2 450.50 − 349.00
    const pending = { account: 'stripe', count: 3, total: kr('2 101.50') };
    assert.deepEqual(
      readings.filter(({ kind }) => kind === 'notice'),
      [{ kind: 'notice', notice: { code: 'payout-rows-pending', ...pending } }],
    );
  });

  it('is an account by day where payouts are made by hand', async () => {
    const text =
      'id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Transfer\n' +
      'txn_1,charge,ch_1,500.00,9.30,490.70,sek,2026-05-04 10:00,\n' +
      'txn_2,payout,po_9,-400.00,0.00,-400.00,sek,2026-05-04 12:00,\n';
    assert.deepEqual(told(await readAll(text)), [
      '2026-05-04 SEK 2026-05-04: sale 500.00 fee 9.30 → 400.00; ? to ?',
    ]);
  });

  it('tells what the customer paid in another currency', async () => {
    const text = FILE.toString().replace('1001,sek,1000.00', '1001,eur,87.34');
    const [entry] = payoutsOf(await readAll(text))[0]?.entries ?? [];
    assert.deepEqual(entry?.original, {
      gross: { minor: 8_734n, currency: 'EUR' },
      fee: null,
    });
  });
});

describe('Adyen', () => {
  it('gives a document for each batch; what is carried is a row of it', async () => {
    assert.deepEqual(told(await readAll(fixture('adyen-batch-41-42.csv'))), [
      // 1 238.10 + 397.00 − 250.80 − 4.30 = 1 380.00
      '41 2026-05-06: sale 1250.00 fee 11.90, sale 399.00 fee 2.00, refund -250.00 fee 0.80, ' +
        'fee 0.00 fee 4.30 → 1380.00; 0.00 to 0.00',
      '42 2026-05-08: fee 0.00 fee 0.90, carried 0.90 fee 0.00 → 0.00; 0.00 to 0.00',
    ]);
  });

  it('does not read a row whose fees do not come to its net', async () => {
    const text = fixture('adyen-batch-41-42.csv').toString().replace(',1238.10,', ',1238.20,');
    const readings = await readAll(text);
    // The other batch of the file stands.
    assert.deepEqual(
      payoutsOf(readings).map(({ batch }) => batch),
      ['42'],
    );
    const [problem] = problemsOf(readings);
    assert.deepEqual(
      [problem?.code, problem?.line, problem?.facts['difference']],
      ['rule-broken', 2, '-10'],
    );
  });

  const REAL = shared('adyen__settlement_detail_report_batch_380.csv');
  it('reads a published batch to the cent', { skip: skipWithout(REAL) }, async () => {
    const [payout] = payoutsOf(await readAll(readFileSync(REAL)));
    assert.ok(payout);
    // 56 827.75 − 1 091.95 − 427.73 = 55 308.07
    assert.deepEqual(sumsOf(payout), {
      sale: '56827.75',
      refund: '-1091.95',
      fee: '0.00',
      fees: '427.73',
      net: '55308.07',
    });
    assert.deepEqual(payout.transfers, [
      { reference: 'TX635094301XT', amount: { minor: 5_530_807n, currency: 'USD' } },
    ]);
    assert.equal(payout.date, '2021-01-06');
    assert.equal(leftBy(payout).minor, 0n);
  });

  const CARRIED = shared('adyen__settlement_detail_report_batch_238.csv');
  it('reads a published batch without a payout', { skip: skipWithout(CARRIED) }, async () => {
    assert.deepEqual(told(await readAll(readFileSync(CARRIED))), [
      '238 2022-03-02: carried 454331.99 fee 0.00, fee 0.00 fee 0.09, ' +
        'carried -454331.90 fee 0.00 → 0.00; 0.00 to 0.00',
    ]);
  });
});

describe('PayPal', () => {
  it('gives a document for each day, with the balances around it', async () => {
    assert.deepEqual(told(await readAll(fixture('paypal-aktivitet-sv-2026-05.csv'))), [
      '2026-05-09 SEK 2026-05-09: sale 1000.00 fee 37.90, refund -1000.00 fee 0.00 → 0.00; ' +
        '0.00 to -37.90',
      // −37.90 + 2 411.42 − 2 300.00 = 73.52
      '2026-05-11 SEK 2026-05-11: sale 2499.50 fee 88.08 → 2300.00; -37.90 to 73.52',
    ]);
  });

  it('reads the same from an export that runs backwards', async () => {
    const [head = '', ...rows] = fixture('paypal-aktivitet-sv-2026-05.csv')
      .toString()
      .trimEnd()
      .split('\n');
    const backwards = await readAll(`${[head, ...rows.toReversed()].join('\n')}\n`);
    const balances = payoutsOf(backwards).map(({ opening, closing }) => [opening, closing]);
    assert.deepEqual(balances, [
      [kr('-37.90'), kr('73.52')],
      [kr('0'), kr('-37.90')],
    ]);
  });

  const ACTIVITY = shared('paypal__activity_en.csv');
  it(
    'reads a published activity, and each day adds up',
    { skip: skipWithout(ACTIVITY) },
    async () => {
      const readings = await readAll(readFileSync(ACTIVITY));
      const payouts = payoutsOf(readings);
      assert.equal(payouts.length, 46);
      for (const payout of payouts) {
        const totals = totalsOf(payout);
        assert.deepEqual(totals?.stated, totals?.summed, payout.batch);
      }
      // Australian dollars are no currency of the hub.
      assert.deepEqual(codesOf(readings), ['unknown-value', 'unknown-value']);
      const [first] = payouts;
      assert.deepEqual(
        told(readings)[0],
        '2015-12-29 USD 2015-12-29: sale 84.00 fee 4.25 → 0.00; 0.00 to 79.75',
      );
      assert.equal(first?.date, '2015-12-29');
    },
  );

  const STATEMENT = shared('paypal__statement_en.csv');
  it('sees which of day and month comes first', { skip: skipWithout(STATEMENT) }, async () => {
    const days = payoutsOf(await readAll(readFileSync(STATEMENT))).map(({ batch }) => batch);
    assert.deepEqual([...new Set(days.map((one) => one.slice(0, 10)))].sort(), [
      ...['2018-09-04', '2018-09-10', '2018-09-11', '2018-09-24', '2018-09-25', '2018-09-27'],
      '2018-09-30',
    ]);
  });

  const SPANISH = shared('paypal__statement_es.csv');
  it('reads Spanish heads, commas and days', { skip: skipWithout(SPANISH) }, async () => {
    assert.deepEqual(told(await readAll(readFileSync(SPANISH))), [
      '2020-01-02 EUR 2020-01-02: sale 49.37 fee 1.78, sale 28.82 fee 1.19, ' +
        'sale 35.78 fee 1.39 → 0.00; 4579.22 to 4688.83',
      '2020-01-03 EUR 2020-01-03: sale 22.47 fee 1.00 → 0.00; 4688.83 to 4710.30',
    ]);
  });

  it('does not guess days that may be two', async () => {
    const text =
      'Date,Type,Currency,Gross,Fee,Net,Transaction ID,Note\n' +
      '9/4/2026,Website Payment,SEK,100.00,-3.90,96.10,T1,\n';
    assert.deepEqual(codesOf(await readAll(text)), ['not-a-date']);
    const [payout] = payoutsOf(await readAll(text, { dateOrder: 'month-first' }));
    assert.equal(payout?.date, '2026-09-04');
  });
});

describe('Klarna', () => {
  it('reads what its interface gives, with the VAT of its fees', async () => {
    assert.deepEqual(told(await readAll(fixture('klarna-XISA93DJ.json'))), [
      // 10 000.00 − 500.00 − 290.00 − 72.50 = 9 137.50
      'XISA93DJ 2026-05-08: sale 10000.00 fee 0.00, refund -500.00 fee 0.00, ' +
        'fee 0.00 fee 290.00 vat 72.50 → 9137.50; 0.00 to 0.00',
    ]);
  });

  it('counts VAT that stands in rows of its own once', async () => {
    const [payout] = payoutsOf(await readAll(fixture('klarna-avrakning.csv')));
    assert.ok(payout);
    // 1 249 + 300 − 46 − 11.50 − 150 = 1 341.50
    assert.deepEqual(payout.transfers, [{ reference: 'XK2200AB', amount: kr('1 341.50') }]);
    assert.deepEqual(sumsOf(payout), {
      ...{ sale: '1549.00', fee: '0.00', reserve: '-150.00' },
      ...{ fees: '46.00', net: '1341.50' },
    });
  });

  it('leaves out fees that are invoiced', async () => {
    const text = fixture('klarna-XISA93DJ.json')
      .toString()
      .replace('"NET"', '"GROSS"')
      .replace('913750', '950000');
    const [payout] = payoutsOf(await readAll(text));
    assert.deepEqual(
      payout?.entries.map(({ kind }) => kind),
      ['sale', 'refund'],
    );
    assert.deepEqual(payout.transfers, [{ reference: 'XISA93DJ', amount: kr('9 500') }]);
  });

  it('does not guess between kronor and öre', async () => {
    const text = fixture('klarna-avrakning.csv')
      .toString()
      .replaceAll(',00', '')
      .replace(',50', '');
    assert.deepEqual(codesOf(await readAll(text)), ['unknown-value']);
    const [payout] = payoutsOf(await readAll(text, { klarnaAmounts: 'minor' }));
    assert.deepEqual(payout?.entries[0]?.gross, kr('12.49'));
  });
});

describe('Swish and Zettle', () => {
  it('count a day of Swish as paid', async () => {
    assert.deepEqual(told(await readAll(fixture('swish-2026-05-04.csv'))), [
      '2026-05-04 2026-05-04: sale 349.00 fee 0.00, sale 1120.50 fee 0.00, ' +
        'refund -349.00 fee 0.00 → 1120.50; 0.00 to 0.00',
    ]);
  });

  it('read a report by records, with what goes back below zero', async () => {
    const text = fixture('swish-handelsbanken-2026-05-04.csv').toString();
    const said = [
      '2026-05-04 2026-05-04: sale 349.00 fee 0.00, sale 1120.50 fee 0.00, ' +
        'refund -349.00 fee 0.00 → 1120.50; 0.00 to 0.00',
    ];
    assert.deepEqual(told(await readAll(text)), said);
    assert.deepEqual(told(await readAll(text.replaceAll(',', ';').replace('Öberg; ', ''))), said);
    const [payout] = payoutsOf(await readAll(text));
    assert.deepEqual(
      payout?.entries.map(({ order }) => order),
      ['5001', '5002', '5001'],
    );
    assert.ok(!payout.entries.some((entry) => JSON.stringify(entry.references).includes('Anna')));
    assert.deepEqual(codesOf(await readAll(text.replace('03,3\n', ''))), ['file-truncated']);
  });

  it('take names of columns from the settings', async () => {
    const text = fixture('swish-2026-05-04.csv').toString().replace(';Belopp;', ';Summa (kr);');
    assert.deepEqual(codesOf(await readAll(text)), ['format-unknown']);
    const columns = { swish: { amount: 'Summa (kr)' } };
    assert.equal(payoutsOf(await readAll(text, { columns })).length, 1);
  });

  it('read Windows-1252 as spreadsheets write it', async () => {
    const bytes = Buffer.from(fixture('swish-2026-05-04.csv').toString(), 'latin1');
    assert.equal(payoutsOf(await readAll(bytes)).length, 1);
  });

  it('count days of Zettle, payments and fees apart', async () => {
    assert.deepEqual(told(await readAll(fixture('zettle-liquid-2026-05.json'))), [
      '2026-05-04 SEK 2026-05-04: sale 500.00 fee 0.00, fee 0.00 fee 9.25 → 0.00; ? to ?',
      '2026-05-05 SEK 2026-05-05:  → 490.75; ? to ?',
    ]);
  });
});
