import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BalanceSnapshot } from '../../../ports/balances.ts';
import { settingsSchema } from '../settings.ts';
import { balancesFile } from './balances-file.ts';

const SNAPSHOT: BalanceSnapshot = {
  asOf: '2026-05-03T04:00:00+02:00',
  stores: ['1234'],
  customers: [
    {
      number: '10017',
      name: 'Exempelkommun Skola',
      balance: 118_500n,
      overdue: 0n,
      creditLimit: null,
    },
    {
      number: '10044',
      name: 'Åkeriet Öst AB',
      balance: 1_503_000n,
      overdue: 1_000_000n,
      creditLimit: 2_000_000n,
    },
    { number: '10051', name: 'Lilla Caféet HB', balance: 0n, overdue: 0n, creditLimit: null },
    {
      number: '10060',
      name: 'Bygg; & "Måleri" i Ö-vik',
      balance: -25_000n,
      overdue: 0n,
      creditLimit: null,
    },
  ],
};

function written(settings: unknown, snapshot = SNAPSHOT) {
  return balancesFile(settingsSchema.parse(settings))(snapshot);
}

describe('the file with the balances of customers', () => {
  it('holds everyone with the moment it is from, those who owe nothing too', () => {
    const { name, bytes } = written({});
    assert.equal(name, 'kreditsaldon-1234.csv');
    assert.deepEqual(Buffer.from(bytes).toString('utf8').split('\r\n'), [
      'store_no;as_of;customer_no;customer_name;balance;overdue;credit_limit;blocked',
      '1234;2026-05-03T04:00:00+02:00;10017;Exempelkommun Skola;1185,00;0,00;;N',
      '1234;2026-05-03T04:00:00+02:00;10044;Åkeriet Öst AB;15030,00;10000,00;20000,00;N',
      '1234;2026-05-03T04:00:00+02:00;10051;Lilla Caféet HB;0,00;0,00;;N',
      '1234;2026-05-03T04:00:00+02:00;10060;"Bygg; & ""Måleri"" i Ö-vik";-250,00;0,00;;N',
      '',
    ]);
  });

  it('has the columns, the encoding and the decimal sign that the company has chosen', () => {
    const columns = [
      { header: 'Kundnr', field: 'customer_no' },
      { header: 'Saldo', field: 'balance' },
      { header: 'Namn', field: 'customer_name' },
    ];
    const balances = { columns, encoding: 'windows-1252', delimiter: '\t', decimal: '.' };
    const { bytes } = written({ balances });
    const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
    assert.equal(lines[0], 'Kundnr\tSaldo\tNamn');
    assert.equal(lines[2], '10044\t15030.00\tÅkeriet Öst AB');
  });

  it('gives each of several stores the customers', () => {
    const { name, bytes } = written({}, { ...SNAPSHOT, stores: ['1', '2'] });
    assert.equal(name, 'kreditsaldon-alla.csv');
    const stores = Buffer.from(bytes).toString('utf8').trim().split('\r\n').slice(1);
    assert.deepEqual(
      stores.map((line) => line[0]),
      ['1', '1', '1', '1', '2', '2', '2', '2'],
    );
  });
});
