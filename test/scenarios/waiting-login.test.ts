import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tryEndedLogins } from '../../src/hub/try-waiting.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { listAudit } from '../../src/store/audit.ts';
import { getConnection, listConnections } from '../../src/store/registry.ts';
import { present } from '../../src/lib/assert.ts';
import { firstOwner, type Visitor } from '../web/people.ts';
import { command } from './command.ts';
import { addNorwegian, tillFiles } from './norway.ts';
import {
  addPlayer,
  ledgerOf,
  startStage,
  statesOf,
  take,
  until,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { tillFile } from './till-file.ts';

const REPORT = tillFile({
  day: '2026-10-05',
  rows: ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;1000,00;'],
});

describe('a ledger that does not take our login', () => {
  let stage: Stage;
  let web: HubServer;
  let owner: Visitor;
  before(async () => {
    stage = await startStage();
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
  });
  after(async () => {
    await web.close();
    await stage.stop();
  });

  const stateOf = async (id: string): Promise<string> =>
    (await getConnection(stage.hub.database.db, id)).state;

  async function recoveredBy(companyId: string): Promise<readonly string[]> {
    const entries = await listAudit(stage.hub.database.db, { companyId, limit: 50 });
    return entries.flatMap(({ act, by }) => (act === 'connection.recovered' ? [by] : []));
  }

  it('is tried each hour, and what waited is booked when it takes the login again', async (t) => {
    const norwegian = await addNorwegian(stage.hub, 'Fjell Dagligvare AS');
    const { simulator, company, till } = norwegian;
    t.after(() => simulator.stop());
    const all = await listConnections(stage.hub.database.db, company.id);
    const ledger = present(
      all.find(({ connector }) => connector === 'tripletex'),
      'the ledger',
    );
    const fault = { kind: 'refuse', refusal: 'unauthenticated' } as const;
    simulator.faults.add({ fault, path: '/v2/token/session/*', times: 'always' });
    await take({ stage, source: till.source }, present(tillFiles()[0], 'a file'));
    await until(async () => (await stateOf(ledger.id)) === 'reconnect');

    await tryEndedLogins(stage.hub);
    const waits = await getConnection(stage.hub.database.db, ledger.id);
    assert.deepEqual([waits.state, waits.stateReason?.code], ['reconnect', 'login-ended']);
    assert.deepEqual(norwegian.books.ledger().vouchers, []);
    assert.deepEqual(await recoveredBy(company.id), []);

    simulator.faults.clear();
    await tryEndedLogins(stage.hub);
    assert.equal(await stateOf(ledger.id), 'ready');
    await until(() => norwegian.books.ledger().vouchers.length === 1);
    assert.deepEqual(await recoveredBy(company.id), ['the hub']);
  });

  const looks: readonly (readonly [string, (player: Player) => Promise<boolean>])[] = [
    [
      'the doctor',
      async ({ company }) =>
        (await command(stage, 'doctor', '--company', company.name)).out.includes('licens'),
    ],
    [
      'a test of the page',
      async ({ company, target }) => {
        const at = `/api/companies/${company.id}/connections/${target.id}/test`;
        const { status, body } = await owner.ask(at, { method: 'POST' });
        assert.equal(status, 200);
        return (body['items'] as { state: string }[]).some(({ state }) => state === 'problem');
      },
    ],
  ];
  for (const [what, findsTrouble] of looks) {
    it(`goes on when a licence was bought and ${what} finds it well`, async () => {
      const player = await addPlayer(stage, { name: `Licens AB, ${what}` });
      const tenant = stage.simulator.tenants.get(player.tenantId);
      tenant.set({ missingLicences: ['bookkeeping'] });
      await take(player, { name: 'z.csv', content: REPORT });
      await until(async () => (await stateOf(player.target.id)) === 'setup');

      assert.ok(await findsTrouble(player));
      assert.equal(await stateOf(player.target.id), 'setup');

      tenant.set({ missingLicences: [] });
      assert.ok(!(await findsTrouble(player)));
      assert.equal(await stateOf(player.target.id), 'ready');
      await untilQuiet(player);
      assert.deepEqual(await statesOf(player), ['done']);
      assert.equal(ledgerOf(player).length, 1);
      assert.equal((await recoveredBy(player.company.id)).length, 1);
    });
  }
});
