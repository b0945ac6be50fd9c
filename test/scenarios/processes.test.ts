import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_CLIENT } from '../../src/connectors/fortnox/simulator/simulator.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { changeSettings, getConnection } from '../../src/store/registry.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { envOf, runChild, startChild, stopChild, type Child } from './child.ts';
import { command } from './command.ts';
import {
  addPlayer,
  deliveriesOf,
  ledgerOf,
  startStage,
  take,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

let server: TestServer;
let stage: Stage;
before(async () => {
  server = await startTestServer();
  stage = await startStage({ databaseUrl: await server.newUrl(), hasWorker: false });
});
after(async () => {
  await stage.stop();
  await server.stop();
});

const DAYS = Array.from({ length: 6 }, (_, i) => `2026-10-0${i + 1}`);
const CONTENT = tillFile(...DAYS.map((day, i) => smallDay({ day, number: `Z-${i + 1}` })));
const LEDGER = DAYS.map((day, i) => [
  `K ${i + 1} · ${day} · Dagsrapport ${day} butik 1234 kassa 1 Z-${i + 1}`,
  ...SMALL_DAY_ROWS,
]);

describe('two worker processes on one database', () => {
  it('book the reports of several companies once each, in the order of their days', async () => {
    const workers = [startChild(envOf(stage), 'worker'), startChild(envOf(stage), 'worker')];
    try {
      const { db } = stage.hub.database;
      const rows = () => db.selectFrom('worker').select('id').execute();
      await until(async () => (await rows()).length === 2);
      const players: Player[] = [];
      for (let i = 0; i < 4; i += 1) {
        const player = await addPlayer(stage, { name: `Två processer ${i} AB` });
        players.push(player);
        await take(player, { name: 'z.csv', content: CONTENT });
      }
      await Promise.all(players.map(untilQuiet));
      for (const player of players) assert.deepEqual(ledgerOf(player), LEDGER);
    } finally {
      const codes = await Promise.all(workers.map(stopChild));
      assert.deepEqual(codes, [0, 0]);
    }
  });
});

describe('a hub that is told to stop while it books', () => {
  async function started(): Promise<{ readonly child: Child; readonly url: string }> {
    const child = startChild(envOf(stage), 'start');
    await until(() => child.said.out.includes('"msg":"the hub is ready"'));
    const [, url = ''] = /"url":"([^"]+)"/.exec(child.said.out) ?? [];
    return { child, url };
  }

  it('lets what is on its way arrive, ends cleanly, and goes on when it is started again', async () => {
    const name = 'Stoppas AB';
    const player = await addPlayer(stage, { name });
    const key = (await command(stage, 'key', 'kassan', '--company', name)).out.trim();
    // Long enough for the signal to come while a voucher is being made.
    const fault = { kind: 'delay-answer', ms: 300 } as const;
    const slow = { fault, tenant: player.tenantId, method: 'POST', path: '/3/vouchers' } as const;
    stage.simulator.faults.add({ ...slow, times: 'always' });

    const first = await started();
    const answer = await fetch(`${first.url}/v1/files/minbutik?name=z.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: CONTENT,
    });
    assert.equal(answer.status, 202);
    await until(() => ledgerOf(player).length === 2);
    assert.equal(await stopChild(first.child), 0);

    const states = (await deliveriesOf(player)).map((d) => d.state);
    const booked = ledgerOf(player).length;
    assert.ok(booked < DAYS.length, `${booked} were booked before it stopped`);
    const left = DAYS.length - booked;
    assert.deepEqual(states, [...Array(booked).fill('done'), ...Array(left).fill('waiting')]);

    const second = await started();
    await untilQuiet(player);
    assert.equal(await stopChild(second.child), 0);
    assert.deepEqual(ledgerOf(player), LEDGER);
    assert.deepEqual(
      (await deliveriesOf(player)).map((d) => [d.state, d.label]),
      DAYS.map((_, i) => ['done', `K ${i + 1}`]),
    );
  });
});

describe('a login that two processes renew at once', () => {
  it('is renewed once by a refresh token that counts once, and serves both', async () => {
    const name = 'Förnyar AB';
    const player = await addPlayer(stage, { name });
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const { db } = stage.hub.database;
    const settings = { ...(player.target.settings as object), login: 'authorization-code' };
    await changeSettings(db, player.target.id, settings);
    const { refreshToken } = tenant.grant();
    await addSecrets(stage.hub, player.target.id, {
      clientSecret: DEFAULT_CLIENT.secret,
      refreshToken,
    });
    const renewals = (): number => tenant.tally().routes['POST /oauth-v1/token'] ?? 0;
    const days = ['--from', '2026-10-01', '--to', '2026-10-31'];
    const both = () =>
      Promise.all(
        [1, 2].map(() => runChild(envOf(stage), 'reconcile', ...days, '--company', name)),
      );

    for (const times of [1, 2]) {
      const codes = (await both()).map(({ code }) => code);
      assert.deepEqual(codes, [0, 0]);
      assert.equal(renewals(), times);
      assert.equal((await getConnection(db, player.target.id)).state, 'ready');
      tenant.expireAccessTokens();
    }
  });
});
