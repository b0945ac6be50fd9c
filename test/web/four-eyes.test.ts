import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setFlow } from '../../src/hub/set-up-flow.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import {
  addPlayer,
  startStage,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from '../scenarios/stage.ts';
import { smallDay, tillFile } from '../scenarios/till-file.ts';
import { firstOwner, PASSWORD, signedIn, type Visitor } from './people.ts';

/** Days of 1 000.00 each. */
const DAYS = ['2026-05-02', '2026-05-03'];

describe('four eyes', () => {
  let stage: Stage;
  let player: Player;
  let web: HubServer;
  let anna: Visitor;
  let berit: Visitor;

  before(async () => {
    stage = await startStage();
    player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'], mode: 'review' });
    for (const [i, day] of DAYS.entries()) {
      const content = tillFile(smallDay({ store: '1234', day, number: `Z-${i}` }));
      await take(player, { name: `${day}.csv`, content });
    }
    await untilQuiet(player);
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    anna = await firstOwner(web);
    const email = 'berit@byran.example';
    const json = { name: 'Berit Berg', email, password: PASSWORD, role: 'approver' };
    const asked = { method: 'POST', json: { ...json, companyId: player.company.id } };
    assert.equal((await anna.ask('/api/people', asked)).status, 200);
    berit = await signedIn(web, email);
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });

  const at = (path: string): string => `/api/companies/${player.company.id}/${path}`;

  async function waiting(): Promise<readonly { id: string; approval: { by: string } | null }[]> {
    return (await anna.ask(at('held'))).body['held'] as never;
  }

  async function approveBy(person: Visitor, ids: readonly string[]) {
    const json = { ids, way: { kind: 'again' } };
    return (await person.ask(at('held/settle'), { method: 'POST', json })).body;
  }

  test('lets nothing above the amount go before another person has approved it', async () => {
    await setFlow(stage.hub, player.flow.id, { fourEyesMinor: 99_999n });
    const [first] = await waiting();
    const ids = [first?.id ?? ''];
    const once = await approveBy(berit, ids);
    assert.deepEqual([once['settled'], once['awaiting']], [[], ids]);
    // The same person twice is one pair of eyes.
    const again = await approveBy(berit, ids);
    assert.deepEqual([again['settled'], again['awaiting']], [[], ids]);
    assert.equal((await waiting())[0]?.approval?.by, 'berit@byran.example');
    const both = await approveBy(anna, ids);
    assert.deepEqual([both['settled'], both['awaiting']], [ids, []]);
    const { body } = await anna.ask(at('audit'));
    const acts = (body['entries'] as { act: string; by: string }[])
      .filter(({ act }) => act.startsWith('held'))
      .map(({ act, by }) => `${act} ${by}`);
    assert.deepEqual(acts, [
      'held.settle anna@byran.example',
      'held.first-eyes berit@byran.example',
      'held.first-eyes berit@byran.example',
    ]);
  });

  test('asks one person where the amount is not above it', async () => {
    await setFlow(stage.hub, player.flow.id, { fourEyesMinor: 100_000n });
    const [next] = await waiting();
    const ids = [next?.id ?? ''];
    assert.deepEqual((await approveBy(berit, ids))['settled'], ids);
  });
});
