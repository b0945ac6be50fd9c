import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { ascending, percentile } from '../statistics.ts';
import { reportsOfTill, tillFile } from '../till-files.ts';

/** What the uploading process is started with, as JSON in its first argument. */
export type UploadTask = {
  readonly url: string;
  /** One for each company. */
  readonly keys: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  /** Names the tills, so that no report comes twice. */
  readonly till: string;
};

/** What it prints. */
export type Uploaded = {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Answers 202. */
  readonly acknowledged: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Of those asked for at once over another connection, how many were there. */
  readonly lookedFor: number;
  readonly found: number;
};

/** Every so manieth file is looked for as soon as it is acknowledged. */
const LOOK_EVERY = 10;
const TIMEOUT_MS = 20_000;
const FIRST_STORE = 1_000;

const task = JSON.parse(process.argv[2] ?? '{}') as UploadTask;
const agent = new Agent({ connections: 64, pipelining: 1 });
const waits: number[] = [];
const statuses: Record<string, number> = {};
let lookedFor = 0;
let found = 0;

const count = task.perSecond * task.seconds;
const bodies = makeBodies();
const fromMs = performance.now();
const sent: Promise<void>[] = [];
for (let index = 0; index < count; index += 1) {
  const dueMs = fromMs + (index * 1_000) / task.perSecond;
  await sleep(Math.max(0, dueMs - performance.now()));
  sent.push(upload(index, dueMs));
}
await Promise.all(sent);
await agent.close();
const sorted = ascending(waits);
const uploaded: Uploaded = {
  p50: percentile(sorted, 50),
  p99: percentile(sorted, 99),
  max: sorted.at(-1) ?? 0,
  acknowledged: statuses['202'] ?? 0,
  statuses,
  lookedFor,
  found,
};
process.stdout.write(`${JSON.stringify(uploaded)}\n`);

/** The time runs from when the upload was due: waiting in our own line counts. */
async function upload(index: number, dueMs: number): Promise<void> {
  const at = index % task.keys.length;
  const headers = { authorization: `Bearer ${task.keys[at] ?? ''}` };
  const response = await request(`${task.url}/v1/files/minbutik?name=${task.till}-${index}.csv`, {
    method: 'POST',
    headers,
    body: bodies[index] ?? '',
    dispatcher: agent,
    headersTimeout: TIMEOUT_MS,
  }).catch(() => null);
  const status = String(response?.statusCode ?? 'no answer');
  const body = response === null ? null : ((await response.body.json()) as { fileId?: string });
  waits.push(performance.now() - dueMs);
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (status === '202' && index % LOOK_EVERY === 0) await look(String(body?.fileId), headers);
}

/** Another session of the database sees it only when it has been committed. */
async function look(fileId: string, headers: Record<string, string>): Promise<void> {
  lookedFor += 1;
  const response = await request(`${task.url}/v1/files/${fileId}`, { headers, dispatcher: agent });
  const { state } = (await response.body.json()) as { state?: string };
  if (state === 'received' || state === 'read') found += 1;
}

function makeBodies(): readonly string[] {
  const each = Math.ceil(count / task.keys.length);
  const reports = task.keys.map((_, at) => {
    return reportsOfTill({ store: String(FIRST_STORE + at), register: task.till }, each);
  });
  return Array.from({ length: count }, (_, index) => {
    const report = reports[index % task.keys.length]?.[Math.floor(index / task.keys.length)];
    return report === undefined ? '' : tillFile([report], 'small');
  });
}
