import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { ascending, percentile } from '../statistics.ts';
import { reportsOfTill, tillFile, type ReportSize } from '../till-files.ts';
import { answerAsked } from './asked.ts';

/** What is to be sent. */
export type Sending = {
  readonly url: string;
  /** One for each company, whose reports come from a store of its own. */
  readonly keys: readonly string[];
  /** Numbers the tills, so that no report comes twice. */
  readonly till: number;
  readonly reportsOfEach: number;
  readonly size: ReportSize;
  /** `apart`: a file for each report, the companies by turns. `together`: a file for each company. */
  readonly way: 'apart' | 'together';
  /**
   * null: as fast as it is acknowledged, so many at a time as the other hubs were measured with.
   * Else each file when it is due, whether or not earlier ones were answered.
   */
  readonly perSecond: number | null;
  /** Whether every so manieth file is asked for as soon as it was acknowledged. */
  readonly looks: boolean;
};

/** What came of it. */
export type Sent = {
  /** By our clock, when the first file was due. */
  readonly startedMs: number;
  readonly files: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From when each file was due until it was answered: waiting in our own line counts. */
  readonly waitMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly lookedFor: number;
  readonly found: number;
};

/** What can be asked of the sender. */
export type SenderActs = typeof ACTS;

const AT_ONCE = 16;
const SOCKETS_MAX = 64;
const LOOK_EVERY = 10;
const TIMEOUT_MS = 20_000;
const FIRST_STORE = 1_000;

type TillFile = { readonly key: string; readonly name: string; readonly text: string };
type Tally = {
  readonly waits: number[];
  readonly statuses: Record<string, number>;
  lookedFor: number;
  found: number;
};

const agent = new Agent({ connections: SOCKETS_MAX, pipelining: 1 });
const ACTS = { send };
answerAsked(ACTS, async () => agent.close());

async function send(sending: Sending): Promise<Sent> {
  const files = filesOf(sending);
  const tally: Tally = { waits: [], statuses: {}, lookedFor: 0, found: 0 };
  const one = async (index: number, dueMs: number): Promise<void> => {
    const file = files[index];
    if (file !== undefined) await upload(sending, { file, dueMs, tally, index });
  };
  const startedMs = Date.now();
  const { perSecond } = sending;
  if (perSecond === null) await inLines(files.length, one);
  else await whenDue(files.length, { perSecond, one });
  const waits = ascending(tally.waits);
  const { statuses, lookedFor, found } = tally;
  const waitMs = {
    p50: percentile(waits, 50),
    p99: percentile(waits, 99),
    max: waits.at(-1) ?? 0,
  };
  return { startedMs, files: files.length, statuses, waitMs, lookedFor, found };
}

type SendOne = (index: number, dueMs: number) => Promise<void>;

async function inLines(count: number, one: SendOne): Promise<void> {
  let next = 0;
  const line = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await one(next - 1, performance.now());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
}

async function whenDue(
  count: number,
  of: { readonly perSecond: number; readonly one: SendOne },
): Promise<void> {
  const sent: Promise<void>[] = [];
  const fromMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    const dueMs = fromMs + (index * 1_000) / of.perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    sent.push(of.one(index, dueMs));
  }
  await Promise.all(sent);
}

async function upload(
  { url, looks }: Sending,
  of: {
    readonly file: TillFile;
    readonly dueMs: number;
    readonly tally: Tally;
    readonly index: number;
  },
): Promise<void> {
  const { file, dueMs, tally, index } = of;
  const headers = { authorization: `Bearer ${file.key}` };
  const response = await request(`${url}/v1/files/minbutik?name=${file.name}`, {
    method: 'POST',
    headers,
    body: file.text,
    dispatcher: agent,
    headersTimeout: TIMEOUT_MS,
  }).catch(() => null);
  const body = response === null ? null : ((await response.body.json()) as { fileId?: string });
  tally.waits.push(performance.now() - dueMs);
  const status = String(response?.statusCode ?? 'no answer');
  tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
  if (!looks || status !== '202' || index % LOOK_EVERY !== 0) return;
  tally.lookedFor += 1;
  const path = `${url}/v1/files/${String(body?.fileId)}`;
  const kept = await request(path, { headers, dispatcher: agent });
  const { state } = (await kept.body.json()) as { state?: string };
  if (state === 'received' || state === 'read') tally.found += 1;
}

/** In the order they are sent; the number behind the till in a name is the place in it. */
function filesOf({ keys, till, reportsOfEach, size, way }: Sending): readonly TillFile[] {
  const ofCompanies = keys.map((key, at) => {
    const store = String(FIRST_STORE + at);
    return { key, reports: reportsOfTill({ store, register: String(till) }, reportsOfEach) };
  });
  const bunches =
    way === 'together'
      ? ofCompanies
      : Array.from({ length: reportsOfEach }, (_, at) =>
          ofCompanies.map(({ key, reports }) => ({ key, reports: reports.slice(at, at + 1) })),
        ).flat();
  return bunches.map(({ key, reports }, at) => {
    return { key, name: `${till}-${at}`, text: tillFile(reports, size) };
  });
}
