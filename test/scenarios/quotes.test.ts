import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask } from '../../src/connectors/fortnox/simulator/test-client.ts';
import type { Project } from '../../src/connectors/winner/simulator/quote/project.ts';
import { WinnerSimulator } from '../../src/connectors/winner/simulator/simulator.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command } from './command.ts';
import { addPlayer, startStage, statesOf, until, type Player, type Stage } from './stage.ts';

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

describe('a quote that a customer has accepted in Winner', () => {
  let stage: Stage;
  let server: HubServer;
  let count = 0;
  before(async () => {
    stage = await startStage();
    server = await openServer({ host: '127.0.0.1', port: 0 });
    server.ready(stage.hub);
  });
  after(async () => {
    await server.close();
    await stage.stop();
  });

  type Dealer = { readonly player: Player; readonly winner: WinnerSimulator; readonly key: string };

  /** A dealer with a Winner that pushes to the hub. */
  async function dealer(choices: readonly string[] = []): Promise<Dealer> {
    count += 1;
    const player = await addPlayer(stage, { name: `Kök ${count} AB` });
    // Most companies of kitchen dealers round nothing: öre are on the quote.
    stage.simulator.tenants.get(player.tenantId).set({ setup: { roundsOff: false } });
    const company = ['--company', player.company.name];
    const said = [
      await command(stage, 'connect', 'winner', ...company),
      await command(
        stage,
        ...['flow', 'add', 'winner', 'fortnox', ...company],
        ...choices.flatMap((one) => ['--set', one]),
      ),
    ];
    for (const one of said) assert.equal(one.code, 0, one.out + one.err);
    const made = await command(stage, 'key', 'winner', ...company);
    const key = made.out.trim();
    const url = `${server.url}/v1/connections/winner/quotes`;
    const winner = new WinnerSimulator({
      address: { url, key },
      currency: 'SEK',
      projects: [KITCHEN],
      nowMs: () => stage.hub.clock.nowMs(),
    });
    return { player, winner, key };
  }

  async function orders({ player }: Dealer): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const numbers = (await read(player, 'orders'))
      .all('Orders')
      .map((one) => Number(one['DocumentNumber']));
    const whole: Readonly<Record<string, unknown>>[] = [];
    for (const number of numbers.toSorted((a, b) => a - b)) {
      whole.push((await read(player, `orders/${number}`)).one('Order'));
    }
    return whole;
  }

  function read({ tenantId }: Player, path: string) {
    const { accessToken: token } = stage.simulator.tenants.get(tenantId).grant({ isService: true });
    return ask(`${stage.simulator.apiUrl}/3/${path}`, { token });
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
      ...{ schema: 'hub.quote.v1', source: 'winner', external_id: id, idempotency_key: `${id}-1` },
      ...{ quote_no: '7-1', status: 'order', accepted_at: '2026-11-10', currency: 'SEK' },
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
    assert.deepEqual(await statesOf(at.player), ['done']);
    const made = await orders(at);
    assert.deepEqual(
      made.map((one) => [one['Total'], one['TotalVAT'], one['Project'], one['YourOrderNumber']]),
      [
        [34_687.51, 6_937.5, '24017', 'K24017'],
        [138_750.04, 27_750.01, '24017', 'K24017'],
      ],
    );
    const rows = made.map((one) =>
      (one['OrderRows'] as readonly Record<string, unknown>[]).map(
        (row) => `${String(row['ArticleNumber'])} ${String(row['Price'])}`,
      ),
    );
    assert.deepEqual(rows, [
      ['KOK 24500', 'BAN 5600', 'MON 4587.51'],
      ['KOK 98000', 'BAN 22400', 'MON 18350.04'],
    ]);
    const customers = new Set(made.map((one) => one['CustomerNumber']));
    assert.deepEqual([...customers], ['W10552']);
    const project = (await read(at.player, 'projects/24017')).one('Project');
    assert.equal(project['Description'], 'Kök Hansson, Lyngvägen 4');
  });

  it('has a line with the number of the quote, when the dealer wants it so', async () => {
    const at = await dealer(['quotes.lines=one', 'quotes.article=OFFERT']);
    await at.winner.accept('24017', { alternatives: [3] });
    const [first] = await orders(at);
    const rows = first?.['OrderRows'] as readonly Record<string, unknown>[];
    assert.deepEqual(
      rows.map((row) => [row['ArticleNumber'], row['Description'], row['Price']]),
      [['OFFERT', '24017-3 – Vid beställning', 34_687.51]],
    );
  });

  it('is taken once, however often it is sent', async () => {
    const at = await dealer();
    at.winner.failNext('lose-answer');
    await at.winner.accept('24017', { alternatives: [3] });
    at.winner.failNext('twice');
    await at.winner.resend();
    await until(async () => (await statesOf(at.player)).every((state) => state === 'done'));
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
    const groups = [{ code: 'BAD', name: 'Badrum', net: '160.00', vat_rate: 25, gross: '200.00' }];
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
    assert.deepEqual(await statesOf(at.player), []);
  });
});
