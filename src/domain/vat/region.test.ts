import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { order } from '../../testing/sales.ts';
import { isInVatArea, regionOf } from './region.ts';

const at = (country: string, postcode = '') => ({ street: '', postcode, city: '', country });

describe('isInVatArea', () => {
  it('leaves out the parts of member states that the directive leaves out', () => {
    const inside = [at('DE', '10115'), at('ES', '28001'), at('MC'), at('GB', 'BT1 1AA')];
    const outside = [
      ...[at('ES', '35001'), at('ES', '51001'), at('DE', '27498'), at('IT', '23041')],
      ...[at('AX', '22100'), at('GB', 'SW1A 1AA'), at('NO'), at('US'), at('')],
    ];
    assert.deepEqual(inside.map(isInVatArea), [true, true, true, true]);
    assert.deepEqual(new Set(outside.map(isInVatArea)), new Set([false]));
  });
});

describe('regionOf', () => {
  const to = (country: string, postcode = '') => ({ deliverTo: at(country, postcode) });

  it('goes by the VAT that was charged, wherever the goods go', () => {
    assert.equal(regionOf(order({ vatCountry: 'SE', ...to('DE') }), 'SE'), 'domestic');
    assert.equal(regionOf(order({ vatCountry: 'DE', ...to('DE') }), 'SE'), 'oss');
  });

  it('says why none was charged by where the goods go and who buys', () => {
    const customer = { ...order({}).customer, vatNumber: 'DK12345678' };
    const free = { vatCountry: null } as const;
    assert.equal(regionOf(order({ ...free, ...to('NO') }), 'SE'), 'export');
    assert.equal(regionOf(order({ ...free, ...to('ES', '35001') }), 'SE'), 'export');
    assert.equal(regionOf(order({ ...free, ...to('DK'), customer }), 'SE'), 'eu-business');
    assert.equal(regionOf(order({ ...free, ...to('DK') }), 'SE'), 'untaxed');
    assert.equal(regionOf(order({ ...free, ...to('SE') }), 'SE'), 'untaxed');
    // A country that nobody says is not taken for the seller's own.
    const nowhere = { ...order({}).customer, address: null };
    assert.equal(regionOf(order({ ...free, ...to('') }), 'SE'), 'untaxed');
    const sale = order({ ...free, deliverTo: null, customer: nowhere });
    assert.equal(regionOf(sale, 'SE'), 'untaxed');
    assert.equal(regionOf(order({ ...free, ...to('SE') }), 'NO'), 'export');
  });

  it('takes the address of the customer when nothing is delivered elsewhere', () => {
    const customer = { ...order({}).customer, address: at('NO') };
    assert.equal(regionOf(order({ vatCountry: null, deliverTo: null, customer }), 'SE'), 'export');
  });
});
