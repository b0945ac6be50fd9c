import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { QUOTE_LEDGERS } from './quote-ledgers.ts';
import { KITCHEN, startQuoteStage, type QuoteStage } from './quote-stage.ts';

/** A kitchen, and a utility room that was drawn as another alternative, on the same contract. */
const HOUSE: Project = {
  ...KITCHEN,
  alternatives: [
    {
      number: 1,
      groups: [
        { code: 'KOK', name: 'Köksinredning', gross: '100000.00', vatRate: 25 },
        { code: 'MON', name: 'Montering', gross: '20000.01', vatRate: 25 },
      ],
      calendar: [
        { type: 'prepayment', basis: 'percent', percent: '20', label: 'Vid beställning' },
        { type: 'final', basis: 'percent', percent: '80', label: 'Vid leverans' },
      ],
    },
    {
      number: 2,
      groups: [
        { code: 'TVA', name: 'Tvättstuga', gross: '30000.00', vatRate: 25 },
        { code: 'MON', name: 'Montering', gross: '5000.00', vatRate: 25 },
      ],
    },
  ],
};

/** The same customer's bathroom. */
const BATHROOM: Project = {
  number: '24018',
  name: 'Bad Hansson',
  customer: KITCHEN.customer,
  alternatives: [
    { number: 1, groups: [{ code: 'BAD', name: 'Badrum', gross: '80000.00', vatRate: 25 }] },
  ],
};

for (const ledger of QUOTE_LEDGERS) {
  describe(`quotes that belong together, in ${ledger.name}`, () => {
    let scene: QuoteStage;
    before(async () => {
      scene = await startQuoteStage(ledger);
    });
    after(() => scene.stop());

    it('are one contract when they are combined: its orders hold the groups of both', async () => {
      const at = await scene.dealer();
      at.winner.saveProject(HOUSE);
      const id = await at.winner.accept('24017', { alternatives: [1, 2], contractNo: 'K24017' });
      assert.deepEqual(
        [id, at.winner.quote(id).state, await at.states()],
        ['winner:24017:alt:1+2', 'taken', ['done']],
      );
      // A fifth of 155 000.01 is 31 000.00; the øre is the last part's.
      assert.deepEqual(
        (await at.books.orders()).map(({ gross, project, reference }) => [
          gross,
          project,
          reference,
        ]),
        [
          [31_000_00, '24017', 'K24017'],
          [124_000_01, '24017', 'K24017'],
        ],
      );
      // Fitting stands in both alternatives: 25 000.01 together.
      assert.deepEqual(
        (await at.books.orders()).map(({ rows }) => rows),
        [
          ['KOK 2000000 Köksinredning', 'MON 500000 Montering', 'TVA 600000 Tvättstuga'],
          ['KOK 8000000 Köksinredning', 'MON 2000001 Montering', 'TVA 2400000 Tvättstuga'],
        ],
      );
      assert.deepEqual((await at.books.articles()).toSorted(), ['KOK', 'MON', 'TVA']);
      assert.equal((await at.books.projects()).length, 1);
    });

    it('change together when one alternative is changed and both accepted again', async () => {
      const at = await scene.dealer();
      at.winner.saveProject(HOUSE);
      await at.winner.accept('24017', { alternatives: [1, 2] });
      const [first] = await at.books.orders();
      assert.ok(first !== undefined);
      await at.books.invoice(first);
      const [kitchen, room] = HOUSE.alternatives;
      assert.ok(kitchen !== undefined && room !== undefined);
      const groups = room.groups.map((one) =>
        one.code === 'TVA' ? { ...one, gross: '31000.00' } : one,
      );
      at.winner.saveProject({ ...HOUSE, alternatives: [kitchen, { ...room, groups }] });
      await at.winner.accept('24017', { alternatives: [1, 2] });
      assert.deepEqual(
        (await at.books.orders()).map(({ gross }) => gross),
        [31_000_00, 125_000_01],
      );
      assert.equal(at.winner.quotes().length, 1);
    });

    it('of one customer are left to be invoiced together: same customer, same state', async () => {
      const at = await scene.dealer();
      at.winner.saveProject(BATHROOM);
      await at.winner.accept('24017', { alternatives: [3] });
      await at.winner.accept('24018', { alternatives: [1] });
      const orders = await at.books.orders();
      assert.deepEqual(
        orders.map(({ gross, project }) => [gross, project]),
        [
          [34_687_51, '24017'],
          [138_750_04, '24017'],
          [80_000_00, '24018'],
        ],
      );
      assert.equal(new Set(orders.map(({ customer }) => customer)).size, 1);
      assert.equal(new Set(orders.map(({ terms }) => terms)).size, 1);
      if (at.books.invoiceTogether === undefined) return;
      const ready = orders.filter(({ gross }) => gross !== 138_750_04);
      assert.deepEqual(await at.books.invoiceTogether(ready), [
        { gross: 114_687_51, customer: orders[0]?.customer },
      ]);
      assert.equal(at.books.sent(), 0);
    });
  });
}
