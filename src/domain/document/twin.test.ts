import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayReport, kr } from '../../testing/day-reports.ts';
import { goodsInvoice, party } from '../../testing/invoices.ts';
import { supplierKey, twinOf } from './twin.ts';

describe('twinOf', () => {
  it('is the supplier and its number of the invoice', () => {
    assert.equal(twinOf(goodsInvoice()), '5599990032/7004512881');
  });

  it('is the same whatever has become of the number on its way', () => {
    for (const number of ['0070045A', '70 045a', ' 70045a']) {
      assert.equal(twinOf(goodsInvoice({ number })), '5599990032/70045A');
    }
    assert.equal(twinOf(goodsInvoice({ number: '0' })), '5599990032/0');
  });

  it('tells a credit note from an invoice of the same number', () => {
    const { total } = goodsInvoice();
    const credit = goodsInvoice({ total: { ...total, gross: kr('-100') } });
    assert.equal(twinOf(credit), '5599990032/7004512881/credit');
  });

  it('is none of a day report', () => {
    assert.equal(twinOf(dayReport()), null);
  });
});

describe('supplierKey', () => {
  const nobody = party('Grossisten ab', null);
  const cases = [
    [{ orgNumber: '5599990032' }, '5599990032'],
    [{ orgNumber: '165599990032' }, '5599990032'],
    [{ vatNumber: 'SE559999003201' }, '5599990032'],
    [{ endpoint: '0007:5599990032' }, '5599990032'],
    [{ vatNumber: 'NO999999999MVA' }, '999999999'],
    [{ endpoint: '0192:999999999' }, '999999999'],
    [{ vatNumber: 'DE123456789' }, 'DE123456789'],
    [{ endpoint: '0088:7300010000001' }, '0088:7300010000001'],
    [{}, 'GROSSISTEN AB'],
  ] as const;
  for (const [said, key] of cases) {
    it(`is ${key} of ${JSON.stringify(said)}`, () => {
      assert.equal(supplierKey({ ...nobody, ...said }), key);
    });
  }
});
