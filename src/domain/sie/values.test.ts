import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  SieDates,
  dateRemark,
  formatAmount,
  isPeriod,
  parseAmount,
  parseYearIndex,
  readAmount,
  readQuantity,
} from './values.ts';

describe('readAmount', () => {
  const cases: readonly (readonly [string, bigint | null, string | null])[] = [
    ['0', 0n, null],
    ['-0.00', 0n, null],
    ['100', 10_000n, null],
    ['-32934', -3_293_400n, null],
    ['1.5', 150n, null],
    ['-15099.82', -1_509_982n, null],
    ['007.10', 710n, null],
    ['9007199254740993.01', 900_719_925_474_099_301n, null],
    ['-123456789012345678901234.5', -12_345_678_901_234_567_890_123_450n, null],
    ['+7', 700n, 'number-form'],
    ['100,50', 10_050n, 'number-form'],
    ['1 234.00', 123_400n, 'number-form'],
    ['12.5000', 1_250n, 'number-form'],
    ['12.', 1_200n, 'number-form'],
    ['.5', 50n, 'number-form'],
    ['-.5', -50n, 'number-form'],
    ['125,00-', -12_500n, 'number-form'],
    ['0.005', null, 'amount-decimals'],
    ['100.001', null, 'amount-decimals'],
    ['', null, 'missing-amount'],
    ['  ', null, 'missing-amount'],
    ['abc', null, 'bad-amount'],
    ['-', null, 'bad-amount'],
    ['1.2.3', null, 'bad-amount'],
    ['1e3', null, 'bad-amount'],
    ['9'.repeat(31), null, 'bad-amount'],
  ];
  for (const [text, amountMinor, remark] of cases) {
    it(`reads ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.deepEqual(readAmount(text), { amountMinor, remark });
    });
  }

  it('reads back every amount that is written', () => {
    const limit = 10n ** 25n;
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), (amount) => {
        assert.equal(parseAmount(formatAmount(amount)), amount);
      }),
    );
  });
});

describe('formatAmount', () => {
  it('writes a point and two decimals', () => {
    const texts = [0n, 5n, -5n, 100n, -123_456n].map(formatAmount);
    assert.deepEqual(texts, ['0.00', '0.05', '-0.05', '1.00', '-1234.56']);
  });
});

describe('readQuantity', () => {
  it('takes decimals as they are, mends what means one thing, and refuses the rest', () => {
    assert.deepEqual(readQuantity('-12.5'), { quantity: '-12.5', remark: null });
    assert.deepEqual(readQuantity('3,5'), { quantity: '3.5', remark: 'number-form' });
    assert.deepEqual(readQuantity('st'), { quantity: null, remark: 'bad-quantity' });
    assert.deepEqual(readQuantity(' '), { quantity: null, remark: null });
  });
});

describe('SieDates', () => {
  const dates = new SieDates();

  it('reads a day, and the same day again from memory', () => {
    assert.deepEqual(dates.read('20170131'), { raw: '20170131', day: '2017-01-31' });
    assert.equal(dates.read('20170131'), dates.read('20170131'));
  });

  it('keeps the text of what is no day', () => {
    for (const raw of ['20170229', '180501', 'rappakalja', ' ', '20171301', '00000000']) {
      assert.deepEqual(dates.read(raw), { raw, day: null });
    }
    assert.equal(dates.read(''), null);
  });

  it('reads YYYY-MM-DD, which can mean only one thing', () => {
    const date = dates.read('2018-05-01');
    assert.deepEqual(date, { raw: '2018-05-01', day: '2018-05-01' });
    assert.equal(date && dateRemark(date), 'date-form');
  });
});

describe('isPeriod', () => {
  it('is true of months only', () => {
    const months = ['201701', '201712', '201700', '201713', '2017', '1119', '20170101'].map(
      isPeriod,
    );
    assert.deepEqual(months, [true, true, false, false, false, false, false]);
  });
});

describe('parseYearIndex', () => {
  it('reads 0, years before and years after', () => {
    const texts = ['0', '-1', '+1', '-0', '2017', '', 'x'];
    assert.deepEqual(texts.map(parseYearIndex), [0, -1, 1, 0, null, null, null]);
  });
});
