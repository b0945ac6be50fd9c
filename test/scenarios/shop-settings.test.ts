import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { lookAtSources } from '../../src/hub/watch-sources.ts';
import { command } from './command.ts';
import { fetchFrom, forgetPlaces } from './fetching.ts';
import { startShopStage, type ShopStage } from './shop-stage.ts';
import { startStage, statesOf, untilQuiet, type Stage } from './stage.ts';

type Card = {
  readonly about: string;
  readonly items: readonly { item: string; state: string; says: string }[];
};

describe('the settings of a web shop', () => {
  let on: Stage;
  let stage: ShopStage;
  let count = 0;
  before(async () => {
    on = await startStage();
  });
  after(() => on.stop());
  beforeEach(async () => {
    count += 1;
    stage = await startShopStage(on, { name: `Vaser ${count} AB` });
    const connected = await stage.connect('read');
    assert.equal(connected.code, 0, connected.err);
  });
  afterEach(async () => {
    await forgetPlaces(stage.stage);
    await stage.stop();
  });

  /** Lets a day pass, and has shops looked at. */
  const nextDay = async (): Promise<void> => {
    await sql`update source_look set due_at = now() - interval '1 second'`.execute(
      on.hub.database.db,
    );
    await lookAtSources(stage.stage.hub);
  };
  const told = async (): Promise<readonly string[]> => {
    const args = ['doctor', '--json', '--company', stage.player.company.name];
    const cards = JSON.parse((await command(stage.stage, ...args)).out) as readonly Card[];
    const items = cards.find(({ about }) => about.endsWith('› woocommerce'))?.items ?? [];
    return items
      .filter(({ item }) => item === 'setting-changed')
      .map(({ state, says }) => `${state} ${says}`);
  };
  const option = (id: string, value: string): void => stage.shop.shop.setOption({ id, value });

  it('are read once a day, with calls that change nothing, and told when they change', async () => {
    await lookAtSources(stage.stage.hub);
    const before = stage.shop.counts.calls;
    await lookAtSources(stage.stage.hub);
    assert.equal(stage.shop.counts.calls, before, 'once a day');
    await nextDay();
    assert.equal(stage.shop.counts.calls - before, 7);
    assert.deepEqual(await told(), []);
    option('woocommerce_currency', 'EUR');
    option('woocommerce_prices_include_tax', 'no');
    await nextDay();
    const said = await told();
    assert.equal(said.length, 2, said.join('\n'));
    assert.match(
      said[0] ?? '',
      /^problem Valutan ändrades i butiken, sett .*: SEK → EUR\. .*hålls/,
    );
    assert.match(said[1] ?? '', /^problem Om priser anges med moms .*: yes → no\./);
  });

  it('that are changed back are told no more', async () => {
    await lookAtSources(stage.stage.hub);
    option('timezone_string', 'Europe/London');
    await nextDay();
    assert.match((await told()).join(), /Tidszonen .*: Europe\/Stockholm → Europe\/London/);
    option('timezone_string', 'Europe/Stockholm');
    await nextDay();
    assert.deepEqual(await told(), []);
  });

  it('hold what is sold after them where amounts go by them, until a person says it is right', async () => {
    const { hub } = on;
    const company = ['--company', stage.player.company.name];
    const run = (...args: readonly string[]) => command(on, ...args, ...company);
    const added = await run('flow', 'add', 'woocommerce', 'fortnox', '--set', 'series=K');
    assert.equal(added.code, 0, added.err);
    const sell = async (): Promise<void> => {
      stage.buy();
      await fetchFrom(hub, 'woocommerce');
      await untilQuiet(stage.player);
    };
    await lookAtSources(hub);
    await sell();
    option('woocommerce_tax_round_at_subtotal', 'yes');
    option('timezone_string', 'Europe/London');
    await nextDay();
    const missing = await run('missing');
    assert.equal(missing.code, 1);
    assert.match(missing.out, /woocommerce: Avrundningen av moms: .*no → .*yes\..*hålls dess/);
    assert.match(missing.out, /Tidszonen: Europe\/Stockholm → Europe\/London\./);
    await sell();
    assert.deepEqual(await statesOf(stage.player), ['done', 'held shop-setting-changed']);
    const [, id = ''] = /(\d+) .*Avrundningen/.exec(missing.out) ?? [];
    const said = await run('missing', 'dismiss', id, '--why', 'agreed with the auditor');
    assert.equal(said.code, 0, said.err);
    await untilQuiet(stage.player);
    assert.deepEqual(await statesOf(stage.player), ['done', 'done']);
    // A notice holds nothing, and what is right stays right.
    await nextDay();
    await sell();
    assert.deepEqual(await statesOf(stage.player), ['done', 'done', 'done']);
  });

  it('hold nothing any more when they are changed back', async () => {
    const company = ['--company', stage.player.company.name];
    await lookAtSources(on.hub);
    option('woocommerce_prices_include_tax', 'no');
    await nextDay();
    assert.match(
      (await command(on, 'missing', ...company)).out,
      /Om priser anges med moms: yes → no/,
    );
    option('woocommerce_prices_include_tax', 'yes');
    await nextDay();
    assert.equal((await command(on, 'missing', ...company)).code, 0);
  });

  it('of a shop that does not answer stay as they were known, and it is asked again', async () => {
    await lookAtSources(stage.stage.hub);
    option('woocommerce_tax_based_on', 'base');
    const page = { kind: 'page', page: 'firewall', commits: false } as const;
    stage.shop.faults.add({ path: '*/taxes', times: 'always', fault: page });
    await nextDay();
    assert.deepEqual(await told(), []);
    stage.shop.faults.clear();
    await nextDay();
    assert.match((await told()).join(), /Adressen som momsen går efter .*: shipping → base/);
  });
});
