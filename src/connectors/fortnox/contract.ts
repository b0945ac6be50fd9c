import { day } from '../../domain/date.ts';
import { present } from '../../lib/assert.ts';
import type {
  Attached,
  BookedVoucher,
  FaultPlace,
  LoginKind,
  RemoteFault,
  Situation,
  TargetRun,
  TargetTrial,
} from '../../testing/target-contract/trial.ts';
import type { Fault } from './simulator/faults/fault.ts';
import type { TenantHandle } from './simulator/server/tenant-handle.ts';
import {
  DEFAULT_CLIENT,
  startFortnoxSimulator,
  type FortnoxSimulator,
} from './simulator/simulator.ts';
import { ask } from './simulator/test-client.ts';
import { REFUSAL_NAMES } from './simulator/wire/refusals.ts';
import { textOf } from '../../lib/json-object.ts';

/** Noon in Sweden on 2 May 2026. */
const NOON_MS = Date.UTC(2026, 4, 2, 10);

/** What the shared suite needs to put this connector through its paces. */
export const target: TargetTrial = {
  start,
  ledger: {
    currency: 'SEK',
    foreignCurrency: 'NOK',
    day: day('2026-05-02'),
    lastYear: day('2025-05-02'),
    dayWithoutYear: day('2031-05-02'),
    accounts: { money: '1580', sales: '3001', vat: '2611', missing: '9876' },
    series: { open: 'K', closed: 'B', missing: 'Q' },
    pageSize: 500,
  },
  answers: {
    malformed: [
      'json-syntax',
      'wrong-wrapper',
      'unknown-field',
      'content-type',
      'response-type',
      'not-boolean',
      'bad-filter',
      'bad-parameter',
    ],
    forbidden: [
      'no-scope',
      'no-licence-for-scope',
      'no-api-licence',
      'no-invoice-scope',
      'no-voucher-scope',
      'no-register-right',
    ],
  },
};

async function start(login: LoginKind): Promise<TargetRun> {
  const simulator = await startFortnoxSimulator({
    clock: { kind: 'frozen', atMs: NOON_MS },
    rate: null,
    choices: { refreshReuse: 'revokes-all' },
  });
  const tenant = simulator.tenants.add({ name: 'Provbolaget AB' });
  tenant.set({ series: [{ code: 'K', isManual: true }] });
  const tokens = tenant.grant({ isService: login === 'lasting' });
  const { clock } = simulator;
  return {
    settings: {
      clientId: DEFAULT_CLIENT.id,
      login: login === 'lasting' ? 'client-credentials' : 'authorization-code',
      tenantId: String(tenant.id),
      series: 'K',
      apiUrl: simulator.apiUrl,
      authUrl: simulator.authUrl,
    },
    secrets: {
      clientSecret: DEFAULT_CLIENT.secret,
      accessToken: tokens.accessToken,
      accessEndsAtMs: String(clock.nowMs() + 3_600_000),
      ...(login === 'lasting' ? {} : { refreshToken: tokens.refreshToken }),
    },
    clock: { nowMs: () => clock.nowMs(), sleep: async (ms) => clock.advance(ms) },
    advance: (ms) => clock.advance(ms),
    fail: (fault, at) => fail(simulator, fault, at),
    arrange: (situation) => arrange(simulator, tenant, situation),
    booked: () => booked(tenant),
    files: () => files(simulator, tenant),
    problems: () => tenant.ledger().problems,
    consent: goThroughConsent,
    stop: () => simulator.stop(),
  };
}

function fail(simulator: FortnoxSimulator, fault: RemoteFault, at: FaultPlace): void {
  const times = at.times ?? 1;
  simulator.faults.add({ fault: faultOf(fault), times, ...requestsOf(at) });
}

function requestsOf(at: FaultPlace): { readonly method: string; readonly path?: string } {
  if (at.kind === 'reading') return { method: 'GET' };
  if (at.kind === 'login') return { method: 'POST', path: '/oauth-v1/token' };
  const [method = '', address = ''] = at.call.split(' ');
  const [path = ''] = address.split('?');
  // What stands in braces is not known when the call is planned.
  return { method, path: path.replace(/\{[^}]*\}/, '*') };
}

function faultOf(fault: RemoteFault): Fault {
  switch (fault.kind) {
    case 'reset':
    case 'hang':
    case 'cut-answer':
    case 'twice':
    case 'lag':
      return fault;
    case 'busy':
      return { kind: 'too-many-requests' };
    case 'unauthorized':
      return { kind: 'unauthorized', forGood: false };
    case 'server-error':
      return { kind: 'system-error', commits: fault.commits };
    case 'lost-answer':
      return { kind: 'lose-answer' };
    case 'wrong-body':
      return { ...fault, commits: true };
    case 'late':
      return { kind: 'late-commit', ms: fault.ms };
    case 'says': {
      const refusal = REFUSAL_NAMES.find((name) => name === fault.answer);
      return { kind: 'refuse', refusal: present(refusal, fault.answer) };
    }
  }
}

async function arrange(
  simulator: FortnoxSimulator,
  tenant: TenantHandle,
  situation: Situation,
): Promise<void> {
  switch (situation.kind) {
    case 'locked':
      return tenant.set({ lockedTo: situation.upTo });
    case 'account-inactive':
      return tenant.set({ accounts: [{ number: Number(situation.account), isActive: false }] });
    case 'account-needs': {
      const field = situation.dimension === 'project' ? 'projectSettings' : 'costCenterSettings';
      return tenant.set({
        accounts: [{ number: Number(situation.account), [field]: 'MANDATORY' }],
      });
    }
    case 'series':
      return tenant.set({ series: [{ code: situation.code, isManual: situation.manual }] });
    case 'cost-centres': {
      const costcenters = situation.codes.map((Code) => ({ Code, Description: Code }));
      return tenant.set({ objects: { costcenters } });
    }
    case 'projects': {
      const projects = situation.codes.map((ProjectNumber) => {
        return { ProjectNumber, Description: ProjectNumber };
      });
      return tenant.set({ objects: { projects } });
    }
    case 'no-registers':
      return tenant.set({ missingLicences: ['costcenter', 'project'] });
    case 'no-right':
      return refuseAlways(simulator);
    case 'no-licence':
      return tenant.set({ setup: { hasApiLicence: false } });
    case 'no-year':
      return tenant.set({ removeYears: [situation.of.startsWith('2026') ? 2 : 1] });
    case 'token-ended':
      return tenant.expireAccessTokens();
    case 'login-lost':
      return tenant.withdrawConsent();
    case 'keys-not-listed':
      return simulator.setChoices({ commentsInVoucherList: 'absent' });
    case 'year-by-default':
      return simulator.setChoices({ voucherYear: 'current' });
    case 'offline':
      return simulator.goOffline();
  }
}

/** The scope was taken out of the integration. */
function refuseAlways(simulator: FortnoxSimulator): void {
  simulator.faults.add({ fault: { kind: 'refuse', refusal: 'no-scope' }, times: 'always' });
}

function booked(tenant: TenantHandle): readonly BookedVoucher[] {
  return tenant.ledger().vouchers.map((voucher) => ({
    label: `${voucher.series} ${voucher.number}`,
    date: voucher.date,
    series: voucher.series,
    text: voucher.text,
    rows: voucher.rows.map((row) => ({
      account: String(row.account),
      debit: BigInt(row.debitOre),
      credit: BigInt(row.creditOre),
      text: row.text,
      costCentre: row.costCenter,
      project: row.project,
    })),
  }));
}

async function files(
  simulator: FortnoxSimulator,
  tenant: TenantHandle,
): ReturnType<TargetRun['files']> {
  const { accessToken: token } = tenant.grant();
  const read = (path: string) => ask(`${simulator.apiUrl}/3/${path}`, { token });
  const connections = await read('voucherfileconnections?limit=500');
  const attached: Attached[] = [];
  for (const one of connections.all('VoucherFileConnections')) {
    const { text } = await read(`archive/${textOf(one, 'FileId')}`);
    const label = `${textOf(one, 'VoucherSeries')} ${textOf(one, 'VoucherNumber')}`;
    const year = textOf(one, 'VoucherYear') === '1' ? '2025' : '2026';
    attached.push({ label, year, text });
  }
  const inbox = (await read('inbox?path=inbox_v')).one('Folder')['Files'];
  return { attached, loose: Array.isArray(inbox) ? inbox.length : 0 };
}

/** The simulated consent page says yes at once. */
async function goThroughConsent(url: string): ReturnType<NonNullable<TargetRun['consent']>> {
  const { headers } = await ask(url);
  const { searchParams } = new URL(String(headers['location']));
  return { code: searchParams.get('code') ?? '', state: searchParams.get('state') ?? '' };
}
