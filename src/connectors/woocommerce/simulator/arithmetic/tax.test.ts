import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { amountOf, sum, trimmed } from './amount.ts';
import { rateCode, ratesAt, taxesIn, taxesOn, type TaxRate, type Taxes } from './tax.ts';

function rate(id: number, percent: string, more: Partial<TaxRate> = {}): TaxRate {
  return {
    id,
    country: '',
    state: '',
    postcodes: [],
    cities: [],
    percent: amountOf(percent),
    name: `Skatt ${id}`,
    priority: 1,
    isCompound: false,
    isForShipping: true,
    order: 0,
    taxClass: '',
    ...more,
  };
}

function told(taxes: Taxes): unknown {
  return [...taxes].map(([id, tax]) => [id, trimmed(tax)]);
}

const COMPOUND = [rate(1, '5'), rate(2, '9.975', { priority: 2, isCompound: true })];

describe('taxesOn', () => {
  // 5 % of 100.00 is 5.00; 9.975 % of 105.00 is 10.473 75.
  test('takes a compound rate on top of the others', () => {
    assert.deepEqual(told(taxesOn(amountOf('100'), COMPOUND)), [
      [1, '5'],
      [2, '10.47375'],
    ]);
  });

  // 25.5 % of 199.00 is 50.745.
  test('keeps six decimals', () => {
    assert.deepEqual(told(taxesOn(amountOf('199'), [rate(6, '25.5')])), [[6, '50.745']]);
    assert.deepEqual(told(taxesOn(amountOf('0.000001'), [rate(6, '25')])), [[6, '0']]);
  });
});

describe('taxesIn', () => {
  // 115.473 75 − 115.473 75 / 1.099 75 = 10.473 75; of the 105.00 left 5/105 is 5.00.
  test('takes a compound rate out first', () => {
    assert.deepEqual(told(taxesIn(amountOf('115.47375'), COMPOUND)), [
      [1, '5'],
      [2, '10.47375'],
    ]);
  });

  // 12/118 and 6/118 of 118.00.
  test('shares what two rates take together', () => {
    const both = [rate(1, '12'), rate(2, '6', { priority: 2 })];
    assert.deepEqual(told(taxesIn(amountOf('118'), both)), [
      [1, '12'],
      [2, '6'],
    ]);
  });

  test('undoes what taxesOn does, but for the sixth decimal', () => {
    const percents = fc.constantFrom('6', '12', '19', '25', '25.5');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), percents, (ore, percent) => {
        const net = amountOf(`${Math.trunc(ore / 100)}.${String(ore % 100).padStart(2, '0')}`);
        const rates = [rate(1, percent)];
        const tax = sum(taxesOn(net, rates).values());
        const back = sum(taxesIn(net + tax, rates).values());
        const away = back > tax ? back - tax : tax - back;
        assert.ok(away <= amountOf('0.000001'));
      }),
    );
  });
});

describe('ratesAt', () => {
  const table = [
    rate(1, '25', { country: 'SE' }),
    rate(2, '0', { country: 'FI', postcodes: ['22*'], name: 'Åland' }),
    rate(3, '25.5', { country: 'FI' }),
    rate(4, '1', { priority: 2 }),
    rate(5, '6', { country: 'SE', taxClass: 'moms-6' }),
  ];
  const at = (country: string, postcode = '', taxClass = ''): number[] =>
    ratesAt(table, { country, state: '', postcode, city: '' }, taxClass).map(({ id }) => id);

  test('finds one of each priority, the one that says most of the place', () => {
    assert.deepEqual(at('SE'), [1, 4]);
    assert.deepEqual(at('FI', '22 100'), [2, 4]);
    assert.deepEqual(at('FI', '00100'), [3, 4]);
    assert.deepEqual(at('NO'), [4]);
  });

  test('finds those of the tax class alone', () => {
    assert.deepEqual(at('SE', '', 'moms-6'), [5]);
    assert.deepEqual(at('FI', '', 'moms-6'), []);
  });

  test('have a name that lasts', () => {
    assert.equal(rateCode(rate(6, '25.5', { country: 'FI', name: 'ALV 25,5%' })), 'FI-ALV 25,5%-1');
  });
});
