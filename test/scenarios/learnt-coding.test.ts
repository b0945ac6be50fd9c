import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { UNKNOWN_BOOKS } from '../../src/domain/books.ts';
import { day } from '../../src/domain/date.ts';
import { readFlowChoices } from '../../src/engine/flow-choices.ts';
import { planDocument } from '../../src/engine/plan.ts';
import { present } from '../../src/lib/assert.ts';
import type { Remote } from '../../src/ports/target.ts';
import { addBuyer } from './buyer.ts';
import { command } from './command.ts';
import {
  deliveriesOf,
  ledgerOf,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const SERVICE = readFileSync(
  join(
    import.meta.dirname,
    '../../src/connectors/peppol/fixtures/chain-service-invoice-9100077.xml',
  ),
  'utf8',
);

/** The service invoice under another number. */
function numbered(number: string): { readonly name: string; readonly content: string } {
  return { name: `${number}.xml`, content: SERVICE.replaceAll('9100077', number) };
}

describe('coding that is learnt from a person', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  async function takeAll(player: Player, ...numbers: readonly string[]): Promise<void> {
    for (const number of numbers) await take(player, numbered(number));
    await untilQuiet(player);
  }

  function bookedOn(player: Player, account: string): number {
    return ledgerOf(player)
      .flat()
      .filter((row) => row.startsWith(`${account} `)).length;
  }

  /** How often the ledger was asked or told anything. */
  function callsOf({ tenantId }: Player): number {
    const { routes } = stage.simulator.tenants.get(tenantId).tally();
    return Object.values(routes).reduce((all, one) => all + one, 0);
  }

  /** Another invoice of the supplier, booked in the ledger by somebody else. */
  async function bookByHand(player: Player, account: string): Promise<void> {
    const [delivery] = await deliveriesOf(player);
    const invoice = present(delivery, 'an invoice').document;
    assert.equal(invoice.kind, 'supplier-invoice');
    const read = readFlowChoices({ attachFile: false }, { country: 'SE', language: 'sv' });
    assert.ok('choices' in read);
    const outcome = planDocument({
      ...{ document: { ...invoice, number: '1' }, doubts: [], choices: read.choices },
      ...{ decisions: [{ kind: 'code-as', account }], startDate: null, books: UNKNOWN_BOOKS },
      ...{ booked: null, overlaps: null, credit: [], purchases: null, today: day('2026-06-01') },
    });
    assert.ok(outcome.kind === 'plan');
    const { target } = await stage.hub.openTarget(player.target.id);
    const route = target.route(outcome.plan.steps, UNKNOWN_BOOKS);
    assert.ok(route.kind === 'route');
    const earlier = new Map<string, Remote>();
    for (const write of route.writes) {
      const file = () => Promise.reject(new Error('there is no file'));
      const made = await target.write(write, { key: `by-hand-${write.id}`, earlier, file });
      assert.ok(made.kind === 'done', JSON.stringify(made));
      earlier.set(write.id, made.remote);
    }
  }

  it('books all that wait for the same answer, and the next ones by themselves', async () => {
    const name = 'Lik AB';
    const player = await addBuyer(stage, name);
    await takeAll(player, '9100001', '9100002', '9100003');
    const listed = await command(stage, 'held', '--company', name, '--json');
    const [first] = JSON.parse(listed.out) as { readonly id: string }[];
    const settled = await command(
      stage,
      ...['held', 'resolve', first?.id ?? '', '--code-as', '6550', '--remember'],
      ...['--company', name],
    );
    assert.match(settled.out, /Kedjegrossisten AB is coded as 6550 from now on/);
    assert.match(settled.out, /2 more like it are planned again/);
    assert.match(settled.out, /3 settled/);
    assert.equal(settled.code, 0);
    await takeAll(player, '9100004');
    assert.deepEqual(await statesOf(player), Array(4).fill('done'));
    assert.equal(bookedOn(player, '6550'), 4);
  });

  it('is shown, and taken back when a person says so', async () => {
    const name = 'Ångra AB';
    const player = await addBuyer(stage, name);
    const empty = await command(stage, 'flow', 'coding', 'peppol', '--company', name);
    assert.match(empty.out, /Nothing is learnt yet/);
    await takeAll(player, '9100001');
    const resolve = ['held', 'resolve', 'all', '--code-as', '6550', '--remember'];
    const settled = await command(stage, ...resolve, '--company', name);
    assert.match(settled.out, /Taken back by: bokbro flow coding --forget '(5599990032[^']*)'/);
    const code = /--forget '([^']*)'/.exec(settled.out)?.[1] ?? '';
    const shown = await command(stage, 'flow', 'coding', 'peppol', '--company', name, '--json');
    assert.deepEqual(JSON.parse(shown.out), [
      { code, account: '6550', supplier: 'Kedjegrossisten AB' },
    ]);
    const forget = ['flow', 'coding', 'peppol', '--forget'];
    const unknown = await command(stage, ...forget, 'OKÄND', '--company', name);
    assert.deepEqual([unknown.code, unknown.out], [2, '']);
    assert.equal((await command(stage, ...forget, code, '--company', name)).code, 0);
    await takeAll(player, '9100002');
    assert.deepEqual(await statesOf(player), ['done', 'held invoice-not-coded']);
  });

  it("is suggested from the hub's own bookings, shown with its rows, and done when told", async () => {
    const name = 'Minne AB';
    const player = await addBuyer(stage, name);
    await takeAll(player, '9100001');
    // Coded once, and not remembered: the next one is asked about.
    await command(stage, 'held', 'resolve', 'all', '--code-as', '6550', '--company', name);
    await takeAll(player, '9100002', '9100003');
    const listed = await command(stage, 'held', '--company', name);
    assert.match(listed.out, /Förslag: konto 6550, där 1 av 1 tidigare fakturor av samma slag/);
    const [id = ''] = /^\d+/m.exec(listed.out) ?? [];
    const calls = callsOf(player);
    const shown = await command(stage, 'held', 'show', id, '--company', name, '--json');
    assert.equal(callsOf(player), calls, 'what the hub remembers asks nothing of the ledger');
    const [one] = JSON.parse(shown.out) as {
      readonly suggestion: {
        readonly account: string;
        readonly from: string;
        readonly postings: readonly {
          readonly rows: readonly { readonly account: string; readonly minor: string }[];
        }[];
      };
    }[];
    assert.deepEqual([one?.suggestion.account, one?.suggestion.from], ['6550', 'hub']);
    // 18 350.00 and 25 % of it: 4 587.50, together 22 937.50.
    assert.deepEqual(
      one?.suggestion.postings[0]?.rows.map(({ account, minor }) => `${account} ${minor}`),
      ['6550 1835000', '2641 458750', '2440 -2293750'],
    );
    assert.deepEqual((await statesOf(player)).slice(1), Array(2).fill('held invoice-not-coded'));
    const asSuggested = ['held', 'resolve', id, '--as-suggested', '--company', name];
    const settled = await command(stage, ...asSuggested);
    assert.match(settled.out, /1 more like it are planned again/);
    assert.equal(settled.code, 0);
    assert.deepEqual(await statesOf(player), Array(3).fill('done'));
    assert.equal(bookedOn(player, '6550'), 3);
  });

  it("is suggested from the ledger's invoices of the supplier when the hub has none", async () => {
    const name = 'Liggaren AB';
    const player = await addBuyer(stage, name);
    const none = await addBuyer(stage, 'Tom AB');
    await takeAll(player, '9100001');
    const [id = ''] = /\d+/.exec((await command(stage, 'held', '--company', name)).out) ?? [];
    const before = await command(stage, 'held', 'show', id, '--company', name);
    assert.doesNotMatch(before.out, /Förslag/);
    const refused = await command(
      stage,
      ...['held', 'resolve', id, '--as-suggested', '--company', name],
    );
    assert.match(refused.err, /no earlier invoice says where it belongs/);
    assert.equal(refused.code, 1);
    await bookByHand(player, '5010');
    const shown = await command(stage, 'held', 'show', id, '--company', name);
    assert.match(
      shown.out,
      /Förslag: konto 5010, där 1 av 1 tidigare fakturor från leverantören i/,
    );
    assert.match(shown.out, /5010 .*18 350,00/);
    assert.deepEqual(await statesOf(none), []);
  });

  it('also says at which rate goods from the union are taxed at home', async () => {
    const name = 'Vinet AB';
    const player = await addBuyer(stage, name);
    const german = (number: string) =>
      SERVICE.replaceAll('9100077', number)
        .replaceAll('SE559999003201', 'DE123456789')
        .replaceAll('<cbc:ID>S</cbc:ID>', '<cbc:ID>K</cbc:ID>')
        .replaceAll('<cbc:Percent>25</cbc:Percent>', '<cbc:Percent>0</cbc:Percent>')
        .replaceAll('>4587.50<', '>0.00<')
        .replaceAll('>22937.50<', '>18350.00<');
    for (const number of ['9200001', '9200002']) {
      await take(player, { name: `${number}.xml`, content: german(number) });
    }
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), Array(2).fill('held reverse-rate-not-chosen'));
    const [id = ''] = /^\d+/m.exec((await command(stage, 'held', '--company', name)).out) ?? [];
    const rate = ['held', 'resolve', id, '--vat-rate', '25', '--remember', '--company', name];
    const settled = await command(stage, ...rate);
    assert.match(settled.out, /is taken at 25 % from now on/);
    assert.match(settled.out, /1 more like it are planned again/);
    assert.deepEqual(await statesOf(player), ['done', 'done']);
    const [voucher = []] = ledgerOf(player);
    assert.deepEqual(
      voucher
        .slice(1)
        .map((row) => row.split(' · ')[0] ?? '')
        .sort((a, b) => a.localeCompare(b)),
      // 25 % of 18 350.00 is 4 587.50.
      ['2440 -18350.00', '2614 -4587.50', '2645 4587.50', '4515 18350.00'],
    );
    const proof = ['reconcile', '--source', 'peppol', '--company', name, '--from', '2026-05-01'];
    const proven = await command(stage, ...proof, '--to', '2026-05-31');
    assert.deepEqual([proven.code, proven.err], [0, ''], proven.out);
    const bad = await command(stage, 'held', 'resolve', id, '--vat-rate', 'x', '--company', name);
    assert.deepEqual([bad.code, bad.out], [2, '']);
  });

  it('is asked for by a number that is there', async () => {
    await addBuyer(stage, 'Fel AB');
    const shown = await command(stage, 'held', 'show', '999999', '--company', 'Fel AB');
    assert.deepEqual([shown.code, shown.err], [2, 'There is no 999999: bokbro held\n']);
  });
});
