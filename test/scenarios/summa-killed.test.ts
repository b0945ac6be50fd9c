import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CATALOGUE } from '../../src/connectors/summa/simulator/hub-for-test.ts';
import { listOf, textOf } from '../../src/lib/json-object.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { DoomedHub, freePort } from './doomed-hub.ts';
import { KATALOG, startNorwegianHouse } from './norwegian-house.ts';
import type { PushHubTask } from './push-hub.ts';
import type { PushingSumma } from './pushing-summa.ts';
import { ledgerOf, startStage, until, type Stage } from './stage.ts';
import { startHouse } from './summa-house.ts';

/** A printing house of its own: all that its first invoice names is new to the ledger. */
type NewHouse = Pick<PushingSumma, 'summa' | 'stop'> & {
  readonly companyId: string;
  /** That what the invoice leads to stands in the ledger once, counted there. */
  assertOnce(where: string): Promise<void>;
};

/** A ledger that a printing house has its books in. */
type Ledger = {
  readonly name: string;
  readonly open: (stage: Stage, hubUrl: string) => Promise<NewHouse>;
  /** Points that change something: deaths are around what is kept and what is written. */
  readonly changing: RegExp;
  readonly deathsMin: number;
};

const BOOKED = ['invoices.as=booked'];

const LEDGERS: readonly Ledger[] = [
  { name: 'Fortnox', open: inFortnox, changing: /kept|(POST|PUT) \/(3|api)\//, deathsMin: 16 },
  {
    // A session is asked for by whoever has none: nothing hangs on it.
    ...{ name: 'Tripletex', open: inTripletex, changing: /kept|(POST|PUT) \/v2\/(?!token)/ },
    // Customer, project, department, three products, order, its file, and its invoice.
    deathsMin: 20,
  },
];

async function inFortnox(stage: Stage, hubUrl: string): Promise<NewHouse> {
  const house = await startHouse(stage, {
    ...{ jobs: [CATALOGUE], choices: BOOKED, departments: ['DIGITAL=DIGI'], hubUrl },
  });
  const { player, list, attached } = house;
  return {
    ...{ summa: house.summa, stop: () => house.stop(), companyId: player.company.id },
    assertOnce: async (where) => {
      const ledger = ledgerOf(player).map((lines) => lines.slice(1));
      assert.equal(ledger.length, 1, where);
      assert.equal(ledger[0]?.[0], '1510 22995.00 · ');
      assert.equal((await list('invoices', 'Invoices')).length, 1, where);
      assert.equal((await list('customers', 'Customers')).length, 1, where);
      assert.deepEqual(await attached(), ['F true'], where);
    },
  };
}

async function inTripletex(stage: Stage, hubUrl: string): Promise<NewHouse> {
  const { attachments = [] } = CATALOGUE;
  const house = await startNorwegianHouse(stage, {
    ...{ jobs: [{ ...KATALOG, attachments }], choices: BOOKED, hubUrl },
  });
  const { list, books } = house;
  return {
    ...{ summa: house.summa, stop: () => house.stop(), companyId: house.companyId },
    assertOnce: async (where) => {
      assert.deepEqual(
        house.vouchers(),
        [
          [
            '1500 P2026-017: 26260.00',
            '2700 OFFSET P2026-017: -4700.00',
            '2701 OFFSET P2026-017: -360.00',
            '3000 OFFSET P2026-017: -18450.00',
            '3020 OFFSET P2026-017: -350.00',
            '3030 OFFSET P2026-017: -2400.00',
          ],
        ],
        where,
      );
      const days = 'orderDateFrom=2020-01-01&orderDateTo=2100-01-01';
      const orders = await list(`/order?${days}&fields=id,attachment(fileName)`);
      const files = orders.flatMap((one) => listOf(one, 'attachment'));
      assert.deepEqual([orders.length, files.length], [1, 1], where);
      for (const [path, field, known] of [
        ['customer', 'name', ['Fjord Forlag AS']],
        ['project', 'number', ['P2026-017']],
        // The first is every company's own.
        ['department', 'departmentNumber', ['1', 'OFFSET']],
        ['product', 'number', ['bokbro-3000-3', 'bokbro-3020-3', 'bokbro-3030-31']],
      ] as const) {
        const found = (await list(`/${path}?fields=${field}`)).map((one) => textOf(one, field));
        assert.deepEqual(found.toSorted(), known, `${where}: ${path}`);
      }
      assert.deepEqual(books.outbox(), [], where);
    },
  };
}

describe('a hub that is killed while it makes an invoice that is pushed to it', () => {
  let database: TestServer;
  let stage: Stage;
  let task: PushHubTask;
  let hub: DoomedHub;
  let house: NewHouse | null = null;
  before(async () => {
    database = await startTestServer();
    stage = await startStage({ databaseUrl: await database.newUrl(), hasWorker: false });
    task = { config: stage.config, port: await freePort() };
    hub = new DoomedHub(task);
    await hub.ready();
  });
  after(async () => {
    await house?.stop();
    await hub.kill();
    await stage.stop();
    await database.stop();
  });

  async function newHouse({ open }: Ledger): Promise<NewHouse> {
    await house?.stop();
    house = await open(stage, `http://127.0.0.1:${task.port}`);
    house.summa.deliver('24117');
    return house;
  }

  async function assertOnce(
    { summa, companyId, assertOnce: inLedger }: NewHouse,
    { id, where }: { readonly id: string; readonly where: string },
  ): Promise<void> {
    const { state, invoiceNo } = summa.invoice(id);
    assert.deepEqual([state, invoiceNo, summa.complaints()], ['created', '1', []], where);
    await inLedger(where);
    const { done, ...others } = await countDeliveries(stage.hub.database.db, companyId);
    const open = Object.values(others).reduce((sum, count) => sum + count, 0);
    assert.deepEqual([done, open], [1, 0], where);
  }

  for (const ledger of LEDGERS) {
    const { name, changing, deathsMin } = ledger;
    it(`gives the number of ${name} to who asks with the same key, wherever it dies`, async (t) => {
      const calm = await newHouse(ledger);
      await hub.doom(null);
      await assertOnce(calm, { id: await calm.summa.finish('24117'), where: 'nowhere' });
      const deaths = [...hub.points().entries()].filter(([, point]) => changing.test(point));
      assert.ok(deaths.length >= deathsMin, deaths.join('\n'));
      for (const [at, where] of deaths) {
        const one = await newHouse(ledger);
        const { summa } = one;
        await hub.doom(at + 1);
        const id = await summa.finish('24117');
        assert.equal(await hub.ended, 'SIGKILL', where);
        assert.equal(summa.invoice(id).state, 'waiting');
        hub = new DoomedHub(task);
        await hub.ready();
        await until(async () => {
          await summa.resend();
          return summa.invoice(id).invoiceNo !== null;
        });
        await assertOnce(one, { id, where });
      }
      t.diagnostic(`it died ${deaths.length} times`);
    });
  }
});
