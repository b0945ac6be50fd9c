import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { day } from '../../domain/date.ts';
import { openOutbound, type Outbound } from '../../hub/outbound.ts';
import { present } from '../../lib/assert.ts';
import type { HealthItem } from '../../ports/target.ts';
import { SecretShelf } from '../../testing/target-contract/secret-shelf.ts';
import { connector } from './connector.ts';
import {
  DEFAULT_CLIENT,
  startFortnoxSimulator,
  type FortnoxSimulator,
} from './simulator/simulator.ts';
import type { TenantHandle } from './simulator/server/tenant-handle.ts';
import type { TenantSeed } from './simulator/tenant/seed.ts';

const TODAY = day('2026-05-02');
const SALES = ['bookkeeping', 'settings', 'companyinformation', 'costcenter', 'project'];
const ALL = [...SALES, 'customer', 'invoice', 'article', 'payment', 'currency', 'warehouse'];

let simulator: FortnoxSimulator;
let outbound: Outbound;
let tenant: TenantHandle;
before(async () => {
  outbound = openOutbound();
  simulator = await startFortnoxSimulator({
    clock: { kind: 'frozen', atMs: Date.UTC(2026, 4, 2, 10) },
    rate: null,
  });
});
after(async () => {
  await simulator.stop();
  await outbound.close();
});
beforeEach(() => found());

function found(seed: TenantSeed = {}): void {
  tenant = simulator.tenants.add({ name: 'Provbolaget AB', ...seed });
  tenant.set({
    series: [{ code: 'K', isManual: true }],
    company: { BG: '5050-1055' },
  });
}

async function examined(scopes: readonly string[] = ALL): Promise<readonly HealthItem[]> {
  const { accessToken } = tenant.grant({ isService: true });
  const settings = connector.settings.parse({
    ...{ clientId: DEFAULT_CLIENT.id, tenantId: String(tenant.id), series: 'K', scopes },
    ...{ apiUrl: simulator.apiUrl, authUrl: simulator.authUrl },
  });
  const shelf = new SecretShelf({
    ...{ clientSecret: DEFAULT_CLIENT.secret, accessToken },
    accessEndsAtMs: String(simulator.clock.nowMs() + 3_600_000),
  });
  const { clock: time } = simulator;
  const clock = { nowMs: () => time.nowMs(), sleep: async () => undefined };
  const http = outbound.to(connector.hosts(settings), { timeoutMs: 10_000 });
  const opened = connector.open({ settings, http, clock, credentials: shelf.process() });
  const target = present(opened.target, 'a ledger');
  return target.examine({ from: TODAY, to: TODAY }, [null]);
}

/** What is not well, as `state item: says`. */
async function ills(scopes?: readonly string[]): Promise<readonly string[]> {
  return (await examined(scopes))
    .filter(({ state }) => state !== 'ok')
    .map(({ item, state, says }) => `${state} ${item}: ${says}`);
}

describe('the health card of a ledger that invoices come into', () => {
  it('says nothing of one that is as it should be', async () => {
    assert.deepEqual(await ills(), []);
  });

  it('looks at no module that nothing was asked for', async () => {
    tenant.set({ missingLicences: ['invoice', 'customer'], company: { BG: '' } });
    assert.deepEqual(await ills(SALES), []);
    const rights = (await examined(SALES)).filter(({ item }) => item === 'right');
    assert.deepEqual(rights, []);
  });

  it('names each right whose module has not been bought', async () => {
    tenant.set({ missingLicences: ['invoice', 'article'] });
    const said = await ills();
    assert.equal(said.length, 2, said.join('\n'));
    assert.match(said.join('\n'), /problem right: article: .*2001101.*Buy its module/);
    assert.match(said.join('\n'), /problem right: invoice: .*2001101/);
  });

  it('names the accounts that Fortnox books on by itself and cannot', async () => {
    tenant.set({
      accounts: [
        { number: 3740, isActive: false },
        { number: 1510, isRemoved: true },
      ],
    });
    const [said = '', ...more] = await ills();
    assert.deepEqual(more, []);
    assert.match(said, /^warning predefined accounts: .*CUSTCLAIM 1510 is missing/);
    assert.match(said, /ROUNDOFF 3740 is inactive/);
  });

  it('names the cash method, by which no invoice is booked', async () => {
    found({ method: 'CASH' });
    assert.match((await ills()).join('\n'), /^problem accounting method: .*2003007/);
  });

  it('names a sender without bank details, and the warehouse', async () => {
    tenant.set({ company: { BG: '', PG: '', IBAN: '' }, setup: { hasWarehouse: true } });
    const said = (await ills()).join('\n');
    assert.match(said, /warning bank details: .*Bankuppgifter saknas/);
    assert.match(said, /warning warehouse: .*2003498/);
  });

  it('names an only currency', async () => {
    tenant.set({ removedObjects: { currencies: ['EUR'] } });
    assert.match((await ills()).join('\n'), /^warning currencies: only SEK can be used: .*2000427/);
  });

  it('names the end of the years that there are, two months before', async () => {
    found({ years: [{ from: '2025-07-01', to: '2026-06-30' }] });
    const said = (await ills()).join('\n');
    assert.match(said, /^warning next year: there are financial years up to 2026-06-30/);
  });
});
