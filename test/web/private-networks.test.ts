import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { addCompany } from '../../src/store/registry.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { startStage, type Stage } from '../scenarios/stage.ts';
import { firstOwner, type Visitor } from './people.ts';

describe('whoever connects systems', () => {
  let stage: Stage;
  let web: HubServer;
  let owner: Visitor;
  let companyId: string;
  /** What stands on the hub's own machine, and should be left alone. */
  let inside: Server;
  let visits = 0;
  let port: number;

  before(async () => {
    stage = await startStage({ reach: [], hasWorker: false });
    const of = { name: 'Ängens Livs AB', country: 'SE', language: 'en' } as const;
    ({ id: companyId } = await addCompany(stage.hub.database.db, of));
    web = await openServer({ host: '127.0.0.1', port: 0 });
    web.ready(stage.hub);
    owner = await firstOwner(web);
    inside = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    const address = inside.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  after(async () => {
    await web?.close();
    await stage?.stop();
    inside?.close();
  });

  for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
    test(`reaches no shop at ${host}, and is told who may let them`, async () => {
      const json = {
        ...{ connector: 'woocommerce', name: `shop at ${host}` },
        settings: { url: `http://${host}:${port}` },
        secrets: { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
      };
      const path = `/api/companies/${companyId}/connections`;
      const { status, body } = await owner.ask(path, { method: 'POST', json });
      assert.equal(status, 200, JSON.stringify(body));
      assert.match(String(body['trouble']), /private network.*BOKBRO_REACH/);
      assert.equal(visits, 0);
    });
  }

  test('reaches no SFTP server and no mailbox there', async () => {
    const till = { connector: 'minbutik', name: 'minbutik', settings: { stores: ['1234'] } };
    const path = `/api/companies/${companyId}/connections`;
    const { body } = await owner.ask(path, { method: 'POST', json: till });
    for (const kind of ['sftp', 'mail'] as const) {
      const json = { kind, name: kind, host: 'localhost', port, user: 'butik', password: 'x' };
      const address = `${path}/${String(body['id'])}/places`;
      const kept = await owner.ask(address, { method: 'POST', json: { ...json, folder: 'ut' } });
      assert.equal(kept.status, 409);
      assert.match(JSON.stringify(kept.body), /localhost is in a private network.*BOKBRO_REACH/);
    }
    assert.equal(visits, 0);
  });
});
