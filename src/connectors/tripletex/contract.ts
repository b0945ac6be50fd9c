import { compactDate, day, plusDays } from '../../domain/date.ts';
import { present } from '../../lib/assert.ts';
import type {
  Attached,
  BookedVoucher,
  FaultPlace,
  RemoteFault,
  Situation,
  TargetRun,
  TargetTrial,
} from '../../testing/target-contract/trial.ts';
import type { Fault } from './simulator/faults/fault.ts';
import type { RateRule } from './simulator/rate.ts';
import type { CompanyHandle } from './simulator/server/company-handle.ts';
import { startTripletexSimulator, type TripletexSimulator } from './simulator/simulator.ts';
import { ask, basic } from './simulator/test-client.ts';
import { textOf } from '../../lib/json-object.ts';

/** Noon in Norway on 31 May 2026. */
const NOON_MS = Date.UTC(2026, 4, 31, 10);

const FIELDS_ARE_ASKED =
  'Tripletex shows the fields that are asked for: no list leaves out what it was asked';

/** What the shared suite needs to put this connector through its paces. */
export const target: TargetTrial = {
  start,
  ledger: {
    currency: 'NOK',
    foreignCurrency: 'SEK',
    // Periods are months: their last days are those that a lock can end on.
    day: day('2026-05-31'),
    lastYear: day('2025-05-31'),
    dayWithoutYear: day('2031-05-31'),
    accounts: { money: '1579', sales: '3900', vat: '2740', missing: '9876' },
    series: { open: 'Kassebilag', closed: 'Betaling', missing: 'Q' },
    pageSize: 1_000,
  },
  answers: {
    malformed: ['bad-request', 'illegal-fields', 'no-method', 'json', 'media-type'],
    forbidden: ['forbidden'],
  },
  gaps: {
    "makes a login of a person's consent":
      'there is no consent page: the employee makes a token in Tripletex',
    'finds its voucher when lists leave out the field with the key': FIELDS_ARE_ASKED,
    'gives every key of the period and only those, also when lists leave them out':
      FIELDS_ARE_ASKED,
    'books in the year of the day, also when people work in another':
      'a voucher has no year besides that of its day',
    'names the lock, when the period is closed':
      'periods are months, and the day that the test closes is within one: health.test.ts has it',
  },
};

/** When a trial plays, how often its simulator may be called, and what is set besides. */
export type TrialAt = {
  readonly atMs?: number;
  readonly rate?: RateRule | null;
  readonly settings?: Readonly<Record<string, string>>;
};

async function start(): Promise<TargetRun> {
  return (await startTrial({})).run;
}

/** A trial with its simulator and its company to hand. */
export async function startTrial({ atMs = NOON_MS, rate = null, settings }: TrialAt): Promise<{
  readonly run: TargetRun;
  readonly simulator: TripletexSimulator;
  readonly company: CompanyHandle;
}> {
  const simulator = await startTripletexSimulator({ clock: { kind: 'frozen', atMs }, rate });
  const company = simulator.companies.add({ name: 'Prøvebutikken AS', language: 'en' });
  company.set({ voucherTypes: { Kassebilag: true } });
  const { clock } = simulator;
  const run: TargetRun = {
    settings: { apiUrl: simulator.apiUrl, voucherType: 'Kassebilag', ...settings },
    secrets: { ...company.credentials, ...(await session(simulator, company)) },
    clock: { nowMs: () => clock.nowMs(), sleep: async (ms) => clock.advance(ms) },
    advance: (ms) => clock.advance(ms),
    fail: (fault, at) => fail(simulator, fault, at),
    arrange: (situation) => arrange(simulator, company, situation),
    booked: () => booked(company),
    files: () => files(simulator, company),
    problems: () => company.ledger().problems,
    stop: () => simulator.stop(),
  };
  return { run, simulator, company };
}

async function session(simulator: TripletexSimulator, { credentials }: CompanyHandle) {
  const expirationDate = plusDays(simulator.clock.today(), 1);
  const { value } = await ask(`${simulator.apiUrl}/token/session/:create`, {
    method: 'POST',
    body: JSON.stringify({ ...credentials, expirationDate }),
  });
  return { sessionToken: textOf(value, 'token'), sessionEndsOn: compactDate(expirationDate) };
}

function fail(simulator: TripletexSimulator, fault: RemoteFault, at: FaultPlace): void {
  const times = at.times ?? 1;
  simulator.faults.add({ fault: faultOf(fault), times, ...requestsOf(at) });
}

function requestsOf(at: FaultPlace): { readonly method: string; readonly path?: string } {
  if (at.kind === 'reading') return { method: 'GET' };
  if (at.kind === 'login') return { method: 'POST', path: '/v2/token/session/*' };
  const [method = '', address = ''] = at.call.split(' ');
  const [path = ''] = address.split('?');
  // What stands in braces is not known when the call is planned.
  return { method, path: `/v2${path.replace(/\{[^}]*\}/, '*')}` };
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
      return { kind: 'session-expired', forGood: false };
    case 'server-error':
      return { kind: 'server-error', commits: fault.commits };
    case 'lost-answer':
      return { kind: 'lose-answer' };
    case 'wrong-body':
      return { ...fault, commits: true };
    case 'late':
      return { kind: 'late-commit', ms: fault.ms };
    case 'says': {
      const refusal = ANSWERS.find((name) => name === fault.answer);
      return { kind: 'refuse', refusal: present(refusal, fault.answer) };
    }
  }
}

const ANSWERS = [
  'bad-request',
  'illegal-fields',
  'no-method',
  'json',
  'media-type',
  'forbidden',
] as const;

async function arrange(
  simulator: TripletexSimulator,
  company: CompanyHandle,
  situation: Situation,
): Promise<void> {
  const refuse = (path: string): void => {
    const fault = { kind: 'refuse', refusal: 'forbidden' } as const;
    simulator.faults.add({ fault, times: 'always', path });
  };
  switch (situation.kind) {
    case 'locked':
      return company.set({ closedTo: situation.upTo });
    case 'account-inactive':
      return company.set({ accounts: { [situation.account]: { isInactive: true } } });
    case 'account-needs': {
      const field = situation.dimension === 'project' ? 'requiresProject' : 'requiresDepartment';
      return company.set({ accounts: { [situation.account]: { [field]: true } } });
    }
    case 'series':
      return company.set({ voucherTypes: { [situation.code]: situation.manual } });
    case 'cost-centres':
      return company.set({ departments: situation.codes });
    case 'projects':
      return company.set({ projects: situation.codes });
    case 'no-registers':
      refuse('/v2/department');
      return refuse('/v2/project');
    case 'no-right':
    case 'no-licence':
      return refuse('*');
    case 'no-year':
      return company.set({ withoutYears: [situation.of.slice(0, 4)] });
    case 'token-ended':
      return company.endSessions();
    case 'login-lost':
      return company.withdraw();
    case 'offline':
      return simulator.goOffline();
    case 'keys-not-listed':
    case 'year-by-default':
      throw new Error(`Tripletex has no such state: ${situation.kind}`);
  }
}

function booked(company: CompanyHandle): readonly BookedVoucher[] {
  return company.ledger().vouchers.map((voucher) => ({
    label: `${voucher.number}-${voucher.year}`,
    date: voucher.date,
    series: voucher.type,
    text: voucher.description,
    rows: voucher.postings.map((row) => ({
      account: String(row.account),
      debit: row.amount > 0 ? oreOf(row.amount) : 0n,
      credit: row.amount < 0 ? -oreOf(row.amount) : 0n,
      text: row.text,
      costCentre: row.department,
      project: row.project,
    })),
  }));
}

function oreOf(kroner: number): bigint {
  return BigInt(Math.round(kroner * 100));
}

/** Each file stands inside the PDF that shows it; nothing is loose, for it goes to its voucher. */
async function files(
  simulator: TripletexSimulator,
  company: CompanyHandle,
): ReturnType<TargetRun['files']> {
  const headers = basic(company.session());
  const attached: Attached[] = [];
  for (const { attachment, number, year } of company.ledger().vouchers) {
    if (attachment === null) continue;
    const { text } = await ask(`${simulator.apiUrl}/document/${attachment}/content`, { headers });
    for (const one of embedded(text)) {
      attached.push({ label: `${number}-${year}`, year: String(year), text: one });
    }
  }
  return { attached, loose: 0 };
}

function embedded(pdf: string): readonly string[] {
  const stream = /\/Type \/EmbeddedFile \/Length \d+ >>\nstream\n([\s\S]*?)\nendstream/g;
  return [...pdf.matchAll(stream)].map(([, text = '']) => text);
}
