import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoMonth } from '../../src/app/demo/month.ts';
import { DEMO_STORE } from '../../src/app/demo/till.ts';
import { readJournal } from '../../src/store/deliveries.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { setUpAnew, startSecondHub } from './second-hub.ts';
import {
  addPlayer,
  deliveriesOf,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';
import { SMALL_DAY_ROWS, smallDay, tillFile } from './till-file.ts';

let server: TestServer;
let stage: Stage;
let anew: Stage;
before(async () => {
  server = await startTestServer();
  stage = await startStage({ databaseUrl: await server.newUrl() });
  anew = await startSecondHub(stage, await server.newUrl());
});
after(async () => {
  await anew.stop();
  await stage.stop();
  await server.stop();
});

/** Vouchers that Fortnox was asked to make, and files to take, so far. */
function writesTo({ stage: { simulator }, tenantId }: Player): readonly number[] {
  const { routes } = simulator.tenants.get(tenantId).tally();
  const objects = ['vouchers', 'inbox', 'voucherfileconnections', 'customers', 'invoices'];
  const paths = objects.map((object) => `POST /3/${object}`);
  return paths.map((path) => routes[path] ?? 0);
}

async function takeMonth(player: Player): Promise<void> {
  const month = demoMonth();
  const ofTill = month.files.filter(({ name }) => /dagsrapport|kreditkop/.test(name));
  for (const drop of [ofTill, [month.revised]]) {
    for (const { name, text } of drop) await take(player, { name, content: text });
    await untilQuiet(player);
  }
}

describe('a hub that has lost its database', () => {
  it('books nothing twice when the month comes again: it adopts its vouchers', async () => {
    const choices = { revisions: 'correct', attachFile: true } as const;
    const first = await addPlayer(stage, { name: 'Ängens AB', stores: [DEMO_STORE], choices });
    stage.simulator.tenants.get(first.tenantId).set({ setup: { roundsOff: false } });
    await takeMonth(first);
    const ledger = ledgerOf(first);
    const labels = (await deliveriesOf(first)).map((d) => [d.state, d.label]);
    // 31 days with till 1, and till 2 on 19 of them, Thursday to Sunday; one report is held; one is
    // corrected by two vouchers. Four customers are invoiced.
    assert.equal(ledger.length, 31 + 19 - 1 + 2 + 4);
    const writes = writesTo(first);

    const second = await setUpAnew(anew, first, choices);
    await takeMonth(second);
    assert.deepEqual(ledgerOf(second), ledger);
    assert.deepEqual(writesTo(second), writes);
    const found = (await deliveriesOf(second)).map((d) => [d.state, d.label]);
    assert.deepEqual(found, labels);
    const [adopted] = await deliveriesOf(second);
    const events = await readJournal(anew.hub.database.db, adopted?.id ?? '');
    assert.ok(events.some((e) => e.event === 'found' && e.detail === adopted?.label));
  });

  const day = '2026-10-05';
  const content = tillFile(smallDay({ day }));
  const title = `Dagsrapport ${day} butik 1234 kassa 1 Z-1`;

  it('books what it had not booked before', async () => {
    const first = await addPlayer(stage, { name: 'Halvvägs AB' });
    await take(first, { name: 'a.csv', content });
    await untilQuiet(first);
    const second = await setUpAnew(anew, first, {});
    const next = smallDay({ day: '2026-10-06', number: 'Z-2' });
    const both = tillFile(smallDay({ day }), next);
    await take(second, { name: 'b.csv', content: both });
    await untilQuiet(second);
    assert.deepEqual(ledgerOf(second), [
      [`K 1 · ${day} · ${title}`, ...SMALL_DAY_ROWS],
      ['K 2 · 2026-10-06 · Dagsrapport 2026-10-06 butik 1234 kassa 1 Z-2', ...SMALL_DAY_ROWS],
    ]);
  });

  it('finds a voucher that a person had put on another day than they choose now', async () => {
    const first = await addPlayer(stage, { name: 'Annan dag AB' });
    stage.simulator.tenants.get(first.tenantId).set({ lockedTo: '2026-10-31' });
    await take(first, { name: 'a.csv', content });
    await untilQuiet(first);
    const on = (date: string) =>
      ({ kind: 'again', decision: { kind: 'book-on', date: date as never } }) as const;
    await settle(first, on('2026-11-02'));
    const ledger = [[`K 1 · 2026-11-02 · ${title}`, ...SMALL_DAY_ROWS]];
    assert.deepEqual(ledgerOf(first), ledger);

    const second = await setUpAnew(anew, first, {});
    await take(second, { name: 'a.csv', content });
    await untilQuiet(second);
    assert.deepEqual(await statesOf(second), ['held period-locked']);
    await settle(second, on('2026-11-03'));
    assert.deepEqual(ledgerOf(second), ledger);
    assert.deepEqual(
      (await deliveriesOf(second)).map((d) => d.label),
      ['K 1'],
    );
  });

  it('asks a person when its voucher says otherwise than the report does now', async () => {
    const first = await addPlayer(stage, { name: 'Säger annat AB' });
    await take(first, { name: 'a.csv', content });
    await untilQuiet(first);
    const second = await setUpAnew(anew, first, {});
    // The first version that the new hub sees is what the old one knew as a revision.
    const rows = ['sale;50;Hygien;25;1250,00;250,00', 'tender;KORT;Kontokort;;1250,00;'];
    await take(second, { name: 'b.csv', content: tillFile({ day, rows }) });
    await untilQuiet(second);
    assert.deepEqual(await statesOf(second), ['held read-back-differs']);
    assert.equal(ledgerOf(second).length, 1);
  });

  it('pays no invoice twice: a person accepts what is paid, and the rest is found', async () => {
    const path = '../../src/connectors/minbutik/fixtures';
    const read = (name: string) => readFileSync(join(import.meta.dirname, path, name), 'utf8');
    const choices = { accounts: { 'statement/KEDJEKONTO-1234': '1930' } };
    const profiles = [JSON.parse(read('kedjekonto-profile.json'))];
    const first = await addPlayer(stage, { name: 'Betalar AB', choices, profiles });
    await bookedInvoice(first, '7004512881', 38_664);
    // 14 May: the invoice alone. 15 May: besides the transfer, nothing.
    const statement = read('kedjekonto-1234-2026-05.csv').replace(' 7004513002', '');
    await take(first, { name: 'a.csv', content: statement });
    await untilQuiet(first);
    assert.deepEqual([...new Set(await statesOf(first))], ['done']);
    const ledger = ledgerOf(first);

    const second = await setUpAnew(anew, first, choices);
    await take(second, { name: 'a.csv', content: statement });
    await untilQuiet(second);
    const held = (await statesOf(second)).filter((state) => state !== 'done');
    assert.deepEqual(held, ['held invoice-not-open']);
    const decision = { kind: 'accept', code: 'invoice-not-open' } as const;
    await settle(second, { kind: 'again', decision });
    assert.deepEqual([...new Set(await statesOf(second))], ['done']);
    assert.deepEqual(ledgerOf(second), ledger);
  });
});

/** Enters and books a supplier's invoice as a person in Fortnox could. */
async function bookedInvoice(player: Player, number: string, kronor: number): Promise<void> {
  const { simulator } = player.stage;
  const { accessToken } = simulator.tenants.get(player.tenantId).grant({ isService: true });
  const call = async (method: string, path: string, body?: unknown): Promise<void> => {
    const response = await fetch(`${simulator.apiUrl}/3/${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, await response.text());
  };
  await call('POST', 'suppliers', { Supplier: { SupplierNumber: '9', Name: 'Kedjan AB' } });
  const terms = { SupplierNumber: '9', InvoiceNumber: number, InvoiceDate: '2026-05-04' };
  await call('POST', 'supplierinvoices', { SupplierInvoice: { ...terms, Total: String(kronor) } });
  await call('PUT', 'supplierinvoices/1/bookkeep');
}
