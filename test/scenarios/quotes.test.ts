import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { WinnerSimulator } from '../../src/connectors/winner/simulator/simulator.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from './command.ts';
import { QUOTE_LEDGERS, type QuoteBooks, type ShownOrder } from './quote-ledgers.ts';
import { startStage, statesOf, until, type Stage } from './stage.ts';

/** A kitchen in Malmö: a fifth when it is ordered, the rest on delivery. */
const KITCHEN: Project = {
  number: '24017',
  name: 'Kök Hansson, Lyngvägen 4',
  customer: {
    ...{ number: '10552', type: 'private', name: 'Ola Hansson', email: 'ola@example.se' },
    address: { line1: 'Lyngvägen 4', postalCode: '21420', city: 'Malmö', country: 'SE' },
  },
  alternatives: [
    {
      number: 3,
      groups: [
        { code: 'KOK', name: 'Köksinredning', gross: '122500.00', vatRate: 25 },
        { code: 'BAN', name: 'Bänkskivor', gross: '28000.00', vatRate: 25 },
        { code: 'MON', name: 'Montering', gross: '22937.55', vatRate: 25 },
      ],
      calendar: [
        { type: 'prepayment', basis: 'percent', percent: '20', label: 'Vid beställning' },
        { type: 'final', basis: 'percent', percent: '80', label: 'Vid leverans' },
      ],
    },
  ],
};

type Answer = {
  readonly status: string;
  readonly external_id: string;
  readonly made?: readonly { readonly what: string; readonly number: string }[];
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
};

for (const ledger of QUOTE_LEDGERS) {
  describe(`a quote that a customer has accepted in Winner, in ${ledger.name}`, () => {
    let stage: Stage;
    let server: HubServer;
    const opened: QuoteBooks[] = [];
    before(async () => {
      stage = await startStage();
      server = await openServer({ host: '127.0.0.1', port: 0 });
      server.ready(stage.hub);
    });
    after(async () => {
      await server.close();
      await stage.stop();
      for (const books of opened) await books.stop();
    });

    type Dealer = {
      readonly books: QuoteBooks;
      readonly winner: WinnerSimulator;
      readonly key: string;
    };

    /** A dealer with a Winner that pushes to the hub. */
    async function dealer(choices: readonly string[] = []): Promise<Dealer> {
      const books = await ledger.open(stage, `Kök ${opened.length + 1} AS`);
      opened.push(books);
      const company = ['--company', books.company.name];
      const said = [
        await command(stage, 'connect', 'winner', ...company),
        await command(
          stage,
          ...['flow', 'add', 'winner', books.target, ...company],
          ...choices.flatMap((one) => ['--set', one]),
        ),
      ];
      for (const one of said) assert.equal(one.code, 0, one.out + one.err);
      const made = await command(stage, 'key', 'winner', ...company);
      const key = made.out.trim();
      const url = `${server.url}/v1/connections/winner/quotes`;
      const winner = new WinnerSimulator({
        address: { url, key },
        currency: books.currency,
        projects: [KITCHEN],
        nowMs: () => stage.hub.clock.nowMs(),
      });
      return { books, winner, key };
    }

    function orders({ books }: Dealer): Promise<readonly ShownOrder[]> {
      return books.orders();
    }

    function states({ books }: Dealer): Promise<readonly string[]> {
      return statesOf({ stage, company: books.company });
    }

    function push({ key }: Dealer, body: unknown): Promise<Response> {
      return fetch(`${server.url}/v1/connections/winner/quotes`, {
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
          currency: opened.at(-1)?.currency,
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
      const at = await dealer();
      const id = await at.winner.accept('24017', { alternatives: [3], contractNo: 'K24017' });
      assert.equal(at.winner.quote(id).state, 'taken');
      assert.deepEqual(await states(at), ['done']);
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
      const at = await dealer(['quotes.lines=one', 'quotes.article=OFFERT']);
      await at.winner.accept('24017', { alternatives: [3] });
      const [first] = await orders(at);
      assert.deepEqual(first?.rows, ['OFFERT 3468751 24017-3 – Vid beställning']);
    });

    it('is entered once when the answers of the ledger are lost', async () => {
      const at = await dealer();
      const wasLost = at.books.loseAnswer();
      await at.winner.accept('24017', { alternatives: [3] });
      await until(async () => (await states(at)).every((state) => state === 'done'));
      assert.ok(wasLost());
      assert.deepEqual(
        (await orders(at)).map(({ gross }) => gross),
        [34_687_51, 138_750_04],
      );
    });

    it('is taken once, however often it is sent', async () => {
      const at = await dealer();
      at.winner.failNext('lose-answer');
      await at.winner.accept('24017', { alternatives: [3] });
      at.winner.failNext('twice');
      await at.winner.resend();
      await until(async () => (await states(at)).every((state) => state === 'done'));
      assert.equal((await orders(at)).length, 2);
    });

    it('is answered item by item: one that cannot be read keeps none of the others', async () => {
      const at = await dealer();
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
      const at = await dealer();
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
      // Under a key of its own it is a new version: its orders are there, so a person is asked.
      const key = { idempotency_key: 'winner:7:alt:1-2', totals, groups };
      const revised = await push(at, quote('winner:7:alt:1', key));
      assert.equal(revised.status, 422);
      const { errors } = (await revised.json()) as Answer;
      assert.equal(errors?.[0]?.code, 'quote-revised');
      assert.match(errors?.[0]?.message ?? '', /100,00.*200,00/s);
      assert.equal((await orders(at)).length, 1);
    });

    it('is refused without a key of the company, and without a key of its own', async () => {
      const at = await dealer();
      assert.equal((await push({ ...at, key: 'bokbro_x' }, quote('winner:7:alt:1'))).status, 401);
      const nameless = await push(at, quote('winner:7:alt:1', { idempotency_key: '' }));
      assert.equal(nameless.status, 400);
      assert.deepEqual(await states(at), []);
    });
  });
}
