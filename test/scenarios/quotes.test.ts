import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CalendarLine, Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { QUOTE_LEDGERS, type ShownOrder } from './quote-ledgers.ts';
import { KITCHEN, startQuoteStage, type Dealer, type QuoteStage } from './quote-stage.ts';
import { until } from './stage.ts';

/** The kitchen with other worktops. */
function kitchenWith(worktops: string): Project {
  return {
    ...KITCHEN,
    alternatives: KITCHEN.alternatives.map((one) => ({
      ...one,
      groups: one.groups.map((group) => {
        return group.code === 'BAN' ? { ...group, gross: worktops } : group;
      }),
    })),
  };
}

function wholePrice(line: CalendarLine): CalendarLine {
  return { ...line, basis: 'percent', percent: '100' };
}

type Answer = {
  readonly status: string;
  readonly external_id: string;
  readonly made?: readonly { readonly what: string; readonly number: string }[];
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
};

for (const ledger of QUOTE_LEDGERS) {
  describe(`a quote that a customer has accepted in Winner, in ${ledger.name}`, () => {
    let scene: QuoteStage;
    before(async () => {
      scene = await startQuoteStage(ledger);
    });
    after(() => scene.stop());

    function orders({ books }: Dealer): Promise<readonly ShownOrder[]> {
      return books.orders();
    }

    function push({ key }: Dealer, body: unknown): Promise<Response> {
      return fetch(scene.pushUrl, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    }

    /** What Winner posts, as it would be posted by hand. */
    function quote(id: string, more: Readonly<Record<string, unknown>> = {}): object {
      return {
        ...{
          schema: 'hub.quote.v1',
          source: 'winner',
          external_id: id,
          idempotency_key: `${id}-1`,
        },
        ...{
          quote_no: '7-1',
          status: 'order',
          accepted_at: '2026-11-10',
          currency: ledger.currency,
        },
        project: { number: '7', name: 'Bad Berg' },
        customer: { number: null, type: 'private', name: 'Bo Berg', email: 'bo@example.se' },
        groups: [{ code: 'BAD', name: 'Badrum', net: '80.00', vat_rate: 25, gross: '100.00' }],
        totals: { net: '80.00', vat: '20.00', gross: '100.00' },
        payment_calendar: [],
        ...more,
      };
    }

    it('becomes an order for each line of its calendar, tied to customer and project', async () => {
      const at = await scene.dealer();
      const id = await at.winner.accept('24017', { alternatives: [3], contractNo: 'K24017' });
      assert.equal(at.winner.quote(id).state, 'taken');
      assert.deepEqual(await at.states(), ['done']);
      const made = await orders(at);
      assert.deepEqual(
        made.map(({ gross, vat, project, reference }) => [gross, vat, project, reference]),
        [
          [34_687_51, 6_937_50, '24017', 'K24017'],
          [138_750_04, 27_750_01, '24017', 'K24017'],
        ],
      );
      assert.deepEqual(
        made.map(({ rows }) => rows),
        [
          ['KOK 2450000 Köksinredning', 'BAN 560000 Bänkskivor', 'MON 458751 Montering'],
          ['KOK 9800000 Köksinredning', 'BAN 2240000 Bänkskivor', 'MON 1835004 Montering'],
        ],
      );
      assert.equal(new Set(made.map(({ customer }) => customer)).size, 1);
      assert.deepEqual(await at.books.projects(), [
        { number: '24017', name: 'Kök Hansson, Lyngvägen 4' },
      ]);
      assert.deepEqual((await at.books.articles()).toSorted(), ['BAN', 'KOK', 'MON']);
      assert.equal(await at.books.countCustomers(), 1);
    });

    it('has a line with the number of the quote, when the dealer wants it so', async () => {
      const at = await scene.dealer(['quotes.lines=one', 'quotes.article=OFFERT']);
      await at.winner.accept('24017', { alternatives: [3] });
      const [first] = await orders(at);
      assert.deepEqual(first?.rows, ['OFFERT 3468751 24017-3 – Vid beställning']);
    });

    it('is entered once when the answers of the ledger are lost', async () => {
      const at = await scene.dealer();
      const wasLost = at.books.loseAnswer();
      await at.winner.accept('24017', { alternatives: [3] });
      await until(async () => (await at.states()).every((state) => state === 'done'));
      assert.ok(wasLost());
      assert.deepEqual(
        (await orders(at)).map(({ gross }) => gross),
        [34_687_51, 138_750_04],
      );
    });

    it('is taken once, however often it is sent', async () => {
      const at = await scene.dealer();
      at.winner.failNext('lose-answer');
      await at.winner.accept('24017', { alternatives: [3] });
      at.winner.failNext('twice');
      await at.winner.resend();
      await until(async () => (await at.states()).every((state) => state === 'done'));
      assert.equal((await orders(at)).length, 2);
    });

    it('that is accepted again changes what is not invoiced, and only that', async () => {
      const at = await scene.dealer();
      await at.winner.accept('24017', { alternatives: [3] });
      const [first, second] = await orders(at);
      assert.ok(first !== undefined && second !== undefined);
      await at.books.invoice(first);
      at.winner.saveProject(kitchenWith('43000.00'));
      const wasLost = at.books.loseAnswer(second);
      await at.winner.accept('24017', { alternatives: [3] });
      await until(async () => (await at.states()).every((state) => state === 'done'));
      assert.ok(wasLost());
      // 122 500.00 and 43 000.00 and 22 937.55 are 188 437.55; 34 687.51 of it is invoiced.
      const now = await orders(at);
      assert.deepEqual(now[0], first);
      assert.deepEqual(
        now.map(({ id, gross }) => [id, gross]),
        [
          [first.id, 34_687_51],
          [second.id, 153_750_04],
        ],
      );
      assert.deepEqual(now[1]?.rows, [
        'KOK 9800000 Köksinredning',
        'BAN 3740000 Bänkskivor',
        'MON 1835004 Montering',
      ]);
      // Again, and both stand as they are: the memory of what was invoiced goes on.
      at.winner.saveProject(kitchenWith('28000.00'));
      await at.winner.accept('24017', { alternatives: [3] });
      assert.deepEqual(
        (await orders(at)).map(({ id, gross }) => [id, gross]),
        [
          [first.id, 34_687_51],
          [second.id, 138_750_04],
        ],
      );
    });

    it('that comes to less than is invoiced is asked about, with both sums', async () => {
      const at = await scene.dealer();
      await at.winner.accept('24017', { alternatives: [3] });
      for (const order of await orders(at)) await at.books.invoice(order);
      at.winner.saveProject(kitchenWith('27000.00'));
      const id = await at.winner.accept('24017', { alternatives: [3] });
      assert.equal(at.winner.quote(id).state, 'rejected');
      assert.match(at.winner.quote(id).errors.join(), /173.437,55.*-?1.000,00/s);
      assert.deepEqual(
        (await orders(at)).map(({ gross }) => gross),
        [34_687_51, 138_750_04],
      );
    });

    it('whose calendar has fewer lines leaves an order over, which a person takes away', async () => {
      const at = await scene.dealer();
      await at.winner.accept('24017', { alternatives: [3] });
      at.winner.saveProject({
        ...KITCHEN,
        alternatives: KITCHEN.alternatives.map((one) => {
          return { ...one, calendar: one.calendar?.slice(0, 1).map(wholePrice) ?? [] };
        }),
      });
      await at.winner.accept('24017', { alternatives: [3] });
      assert.deepEqual(await at.states(), ['done', 'held quote-order-left']);
      assert.deepEqual(
        (await orders(at)).map(({ gross }) => gross),
        [34_687_51, 138_750_04],
      );
    });

    it('is answered item by item: one that cannot be read keeps none of the others', async () => {
      const at = await scene.dealer();
      const bad = quote('winner:8:alt:1', { payment_calendar: [{ seq: 1, basis: 'percent' }] });
      const answer = await push(at, [quote('winner:7:alt:1'), bad]);
      assert.equal(answer.status, 200);
      const { results } = (await answer.json()) as { results: readonly Answer[] };
      assert.deepEqual(
        results.map(({ external_id, status }) => [external_id, status]),
        [
          ['winner:7:alt:1', 'created'],
          ['winner:8:alt:1', 'rejected'],
        ],
      );
      assert.deepEqual(results[0]?.made, [{ what: 'order', number: '1' }]);
      assert.equal(results[1]?.errors?.[0]?.code, 'field-empty');
    });

    it('gets the same number for the same key, and a conflict for another under it', async () => {
      const at = await scene.dealer();
      const first = (await (await push(at, quote('winner:7:alt:1'))).json()) as Answer;
      const again = (await (await push(at, quote('winner:7:alt:1'))).json()) as Answer;
      assert.deepEqual(again, first);
      const totals = { net: '160.00', vat: '40.00', gross: '200.00' };
      const groups = [
        { code: 'BAD', name: 'Badrum', net: '160.00', vat_rate: 25, gross: '200.00' },
      ];
      const other = await push(at, quote('winner:7:alt:1', { totals, groups }));
      assert.equal(other.status, 409);
      assert.equal((await orders(at)).length, 1);
      // Under a key of its own it is a new version: its order is changed.
      const key = { idempotency_key: 'winner:7:alt:1-2', totals, groups };
      const revised = (await (await push(at, quote('winner:7:alt:1', key))).json()) as Answer;
      assert.deepEqual(revised.made, [{ what: 'order', number: '1' }]);
      assert.deepEqual(
        (await orders(at)).map(({ gross }) => gross),
        [200_00],
      );
    });

    it('is refused without a key of the company, and without a key of its own', async () => {
      const at = await scene.dealer();
      assert.equal((await push({ ...at, key: 'bokbro_x' }, quote('winner:7:alt:1'))).status, 401);
      const nameless = await push(at, quote('winner:7:alt:1', { idempotency_key: '' }));
      assert.equal(nameless.status, 400);
      assert.deepEqual(await at.states(), []);
    });
  });
}
