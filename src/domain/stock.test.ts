import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isChosen, parseQuantity, showQuantity, wantedStock, type StockLine } from './stock.ts';

const LINE: StockLine = {
  ...{ number: 'LAMPA-1', place: 'product:10' },
  ...{ has: 1_000, sold: 0, stands: 300, reserved: 0 },
};
const TO_SHOP = { to: 'to-shop', keepBack: 0, onlyLower: false } as const;

describe('wantedStock', () => {
  const cases: readonly (readonly [string, Partial<StockLine>, object, number])[] = [
    ['all that there is', {}, {}, 1_000],
    ['what is not sold yet', { sold: 400 }, {}, 600],
    ['less what is kept back', { sold: 400 }, { keepBack: 5 }, 100],
    ['never less than none', { sold: 2_000 }, {}, 0],
    ['whole units', { has: 750 }, {}, 700],
    ['no more than stands, when sales may be unknown', {}, { onlyLower: true }, 300],
    ['less than stands, also then', { has: 100 }, { onlyLower: true }, 100],
    ['what the shop has sold beyond its stock', { has: 0, stands: -300 }, {}, -300],
    ['more than that as soon as there is any', { has: 200, stands: -300 }, {}, 200],
  ];
  for (const [what, line, how, expected] of cases) {
    it(`tells a shop ${what}`, () => {
      assert.equal(wantedStock({ ...LINE, ...line }, { ...TO_SHOP, ...how }), expected);
    });
  }

  it('tells a ledger what the shop has and what orders will still take', () => {
    // Eight lie in the shop, two are sold and not known, one is reserved by an order: eleven.
    const line = { ...LINE, has: 800, sold: 200, stands: 0, reserved: 100 };
    const to = { to: 'to-ledger', keepBack: 5, onlyLower: false } as const;
    assert.equal(wantedStock(line, to), 1_100);
  });

  it('never tells a shop of more than is left and not kept back', () => {
    const quantity = fc.integer({ min: -100_000, max: 100_000 });
    const units = fc.nat(100);
    fc.assert(
      fc.property(quantity, fc.nat(100_000), quantity, units, (has, sold, stands, keepBack) => {
        const wanted = wantedStock({ ...LINE, has, sold, stands }, { ...TO_SHOP, keepBack });
        assert.ok(wanted <= Math.max(0, has - sold - keepBack * 100));
        assert.ok(wanted >= 0 || wanted === stands);
      }),
    );
  });
});

describe('parseQuantity', () => {
  it('reads decimal text of two decimals at most', () => {
    const texts = ['3', '0.5', '-2.25', '7.500', '0', '-0', '7.505', '', 'x', '1e3', '1,5'];
    const read = [300, 50, -225, 750, 0, 0, null, null, null, null, null];
    assert.deepEqual(texts.map(parseQuantity), read);
  });

  it('reads what is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), (quantity) => {
        assert.equal(parseQuantity(showQuantity(quantity)), quantity);
      }),
    );
  });
});

describe('isChosen', () => {
  it('takes all when none are named, numbers as they are, and beginnings', () => {
    assert.ok(isChosen('TEE-S', []));
    assert.ok(isChosen('TEE-S', ['LAMPA', 'TEE-*']));
    assert.ok(!isChosen('TEE', ['TEE-*', 'TEE-S']));
  });
});
