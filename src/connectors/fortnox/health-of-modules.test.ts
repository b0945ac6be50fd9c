import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { day } from '../../domain/date.ts';
import { openOutbound, type Outbound } from '../../hub/outbound.ts';
import { LOOPBACK, openReach } from '../../hub/reach.ts';
import { present } from '../../lib/assert.ts';
import type { FlowNeeds, NeededDocument } from '../../domain/posting/flow-needs.ts';
import type { LedgerFinding } from '../../ports/health.ts';
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
  outbound = openOutbound(openReach(LOOPBACK));
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

async function examined(
  scopes: readonly string[] = ALL,
  needs: readonly FlowNeeds[] = [],
): Promise<readonly LedgerFinding[]> {
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
  return target.examine({ from: TODAY, to: TODAY }, [null], needs);
}

/** What is not well, as `state code: facts`, without the name of the system. */
async function ills(
  scopes?: readonly string[],
  needs?: readonly FlowNeeds[],
): Promise<readonly string[]> {
  return (await examined(scopes, needs))
    .filter(({ state }) => state !== 'ok')
    .map(({ code, state, facts }) => {
      const said = Object.entries(facts).flatMap(([name, fact]) => (name === 'system' ? [] : fact));
      return `${state} ${code}: ${said.join(' | ')}`;
    });
}

describe('the health card of a ledger that invoices come into', () => {
  it('says nothing of one that is as it should be', async () => {
    assert.deepEqual(await ills(), []);
  });

  it('looks at no module that nothing was asked for', async () => {
    tenant.set({ missingLicences: ['invoice', 'customer'], company: { BG: '' } });
    assert.deepEqual(await ills(SALES), []);
    const rights = (await examined(SALES)).filter(({ code }) => code === 'right');
    assert.deepEqual(rights, []);
  });

  it('names each right whose module has not been bought', async () => {
    tenant.set({ missingLicences: ['invoice', 'article'] });
    const said = await ills();
    assert.equal(said.length, 2, said.join('\n'));
    assert.match(said.join('\n'), /problem right-refused: article \| .*2001101/);
    assert.match(said.join('\n'), /problem right-refused: invoice \| .*2001101/);
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
    assert.match(said, /^warning predefined-unusable: .*CUSTCLAIM 1510/);
    assert.match(said, /ROUNDOFF 3740/);
  });

  it('names the cash method, by which no invoice is booked', async () => {
    found({ method: 'CASH' });
    assert.match((await ills()).join('\n'), /^problem cash-method: /);
  });

  it('names a sender without bank details, and the warehouse', async () => {
    tenant.set({ company: { BG: '', PG: '', IBAN: '' }, setup: { hasWarehouse: true } });
    const said = (await ills()).join('\n');
    assert.match(said, /warning bank-details-missing/);
    assert.match(said, /warning warehouse-on/);
  });

  it('names an only currency', async () => {
    tenant.set({ removedObjects: { currencies: ['EUR'] } });
    assert.match((await ills()).join('\n'), /^warning currency-only: SEK$/);
  });

  it('names the end of the years that there are, two months before', async () => {
    found({ years: [{ from: '2025-07-01', to: '2026-06-30' }] });
    const said = (await ills()).join('\n');
    assert.match(said, /^warning next-year-missing: 2026-06-30$/);
  });
});

describe('the health card of a ledger that a shop sells into', () => {
  /** Orders that become booked invoices, by customers known by e-mail. */
  function needs(of: Partial<FlowNeeds>): readonly FlowNeeds[] {
    return [{ sales: [], articles: [], documents: [], modes: [], ...of }];
  }
  const sold = { account: '3001', role: 'sales.25', rate: 2500, country: 'SE' } as const;
  const order: NeededDocument = {
    ...{ order: '1001', rows: 2 },
    buyer: {
      ...{ name: 'Märta Öberg', email: 'marta@example.test', orgNumber: null, vatNumber: null },
      ...{ endpoint: null, address: null, number: 'W1', knownBy: 'email' },
      ...{ isBusiness: false, vat: 'domestic' },
    },
  };
  const { buyer } = order;

  it('says nothing of sales on accounts of their own rate', async () => {
    const sales = [sold, { ...sold, account: '3002', role: 'sales.12', rate: 1200 }];
    assert.deepEqual(await ills(ALL, needs({ sales })), []);
  });

  it('names an account whose VAT code is that of another rate', async () => {
    const sales = [{ ...sold, account: '3002' }];
    assert.deepEqual(await ills(ALL, needs({ sales })), [
      'warning sales-vat-code-differs: 3002 | sales.25 | MP2 | SE 25 %',
    ]);
  });

  it('names an account with a Swedish VAT code for sales with another country’s VAT', async () => {
    const sales = [{ account: '3001', role: 'sales.oss/FI', rate: null, country: 'FI' }];
    assert.deepEqual(await ills(ALL, needs({ sales })), [
      'warning sales-vat-code-differs: 3001 | sales.oss/FI | MP1 | FI',
    ]);
  });

  it('takes an account with a code that it does not know as it is', async () => {
    tenant.set({ accounts: [{ number: 3107, vatCode: 'OSS' }] });
    const sales = [{ account: '3107', role: 'sales.oss', rate: null, country: 'FI' }];
    assert.deepEqual(await ills(ALL, needs({ sales })), []);
  });

  it('names countries whose VAT nobody can tell apart', async () => {
    const vat = { account: '2670', rate: null };
    const sales = [
      { ...vat, role: 'vat.oss', country: 'FI' },
      { ...vat, role: 'vat.oss', country: 'DE' },
    ];
    assert.deepEqual(await ills(ALL, needs({ sales })), [
      'warning oss-accounts-shared: 2670 | DE, FI | DE',
    ]);
    const own = [sales[0], { ...sales[1], account: '2671', role: 'vat.oss/DE' }];
    assert.deepEqual(await ills(ALL, needs({ sales: own as FlowNeeds['sales'] })), []);
  });

  it('names article numbers that Fortnox does not take, and what they become', async () => {
    const [said = '', ...more] = await ills(ALL, needs({ articles: ['LAMPA-1', 'BYXA Ö/42'] }));
    assert.deepEqual(more, []);
    assert.match(said, /^warning articles-renamed: 2 \| 1 \| BYXA Ö\/42 → BYXA--\/42-[0-9a-f]{6}$/);
  });

  it('names an order with more rows than an invoice takes', async () => {
    const documents = [
      { ...order, rows: 500 },
      { ...order, order: '1002', rows: 501 },
    ];
    assert.deepEqual(await ills(ALL, needs({ documents })), [
      'warning rows-too-many: 1002 | 501 | 500',
    ]);
  });

  it('names a mode of payment that there is not, and one that books elsewhere', async () => {
    const modes = [
      { method: 'stripe', mode: 'KK', account: '1580' },
      { method: 'klarna', mode: 'KLARNA', account: '1582' },
      { method: 'swish', mode: 'BG', account: '1583' },
    ];
    assert.deepEqual(await ills(ALL, needs({ modes })), [
      'problem payment-mode-unknown: klarna | KLARNA | 1582 | BG, K, KK, PG',
      'problem payment-mode-differs: swish | BG | 1583 | 1930',
    ]);
  });

  it('names orders whose customer cannot be known again, or has a number it refuses', async () => {
    const documents: readonly NeededDocument[] = [
      { ...order, buyer: { ...buyer, orgNumber: '5560360793', vatNumber: 'SE556036079301' } },
      { ...order, order: '1002', buyer: { ...buyer, knownBy: 'none' } },
      { ...order, order: '1003', buyer: { ...buyer, orgNumber: '5560360794' } },
      { ...order, order: '1004', buyer: { ...buyer, vatNumber: 'NO923456789MVA' } },
    ];
    assert.deepEqual(await ills(ALL, needs({ documents })), [
      'warning buyers-unknown: 4 | 1 | 1002',
      'warning buyer-numbers-refused: 4 | 2 | 1003, 1004',
    ]);
  });

  it('names customers on whose card stands a way of delivery that is gone', async () => {
    const card = { CustomerNumber: '77', Name: 'Öbergs', Email: 'marta@example.test' };
    const documents = [order];
    tenant.set({ objects: { customers: [{ ...card, WayOfDelivery: 'B' }] } });
    assert.deepEqual(await ills(ALL, needs({ documents })), []);
    tenant.set({ removedObjects: { wayofdeliveries: ['B'] } });
    assert.deepEqual(await ills(ALL, needs({ documents })), [
      'problem buyer-card-way-gone: 1 | Öbergs 77: B',
    ]);
    const one = { ...buyer, number: '77', knownBy: 'number' } as const;
    assert.deepEqual(await ills(ALL, needs({ documents: [{ ...order, buyer: one }] })), [
      'problem buyer-card-way-gone: 1 | Öbergs 77: B',
    ]);
    tenant.set({ missingLicences: ['customer'] });
    const [said = '', ...more] = await ills(ALL, needs({ documents }));
    assert.match(said, /^problem right-refused: customer/);
    assert.deepEqual(more, []);
  });

  it('looks at the cards of ten buyers at most, by two calls each', async () => {
    const documents = Array.from({ length: 30 }, (_, i): NeededDocument => {
      const email = `kund${i}@example.test`;
      return { ...order, order: String(i), buyer: { ...buyer, number: `W${i}`, email } };
    });
    const customers = documents.map(({ buyer: of }, i) => {
      return { CustomerNumber: String(100 + i), Name: 'Någon', Email: of.email ?? '' };
    });
    tenant.set({ objects: { customers } });
    await examined();
    const before = tenant.tally().calls;
    await examined();
    const usual = tenant.tally().calls - before;
    const findings = await examined(ALL, needs({ documents }));
    assert.equal(tenant.tally().calls - before - usual * 2, 20);
    assert.deepEqual(
      findings.filter(({ code }) => code === 'buyer-cards').map(({ facts }) => facts['count']),
      ['10'],
    );
  });
});
