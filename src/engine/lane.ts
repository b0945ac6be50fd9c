import type { Books } from '../domain/books.ts';
import { dayAt, type LocalDate, type Period } from '../domain/date.ts';
import { documentDate, type Document } from '../domain/document/document.ts';
import { present } from '../lib/assert.ts';
import type { DueDelivery, LaneHold } from '../ports/store.ts';
import { attemptRead } from './attempt.ts';
import { deliver } from './deliver.ts';
import { resolveDoubt } from './doubt.ts';
import { LaneRun, type LaneTools, type Rest } from './lane-run.ts';
import { prepare, unprepare, type Prepared } from './prepare.ts';
import { restFor } from './rest.ts';

/** How a lane's turn ended, and when its next should come. */
export type TurnEnd =
  /** The next turn is wanted at a time, or when something new comes. */
  | { readonly kind: 'worked'; readonly nextMs: number | null }
  /** It waits for a person, or another worker has it. */
  | { readonly kind: 'ended' };

/** Deliveries read in one round trip. */
const READ_MAX = 50;

/**
 * Works a lane for one turn: everything due in it, oldest document first, until nothing is due or
 * the time slice is over. Afterwards nothing of ours is on its way.
 */
export async function workLane(
  laneId: string,
  workerId: string,
  tools: LaneTools,
): Promise<TurnEnd> {
  const { store, clock, timing } = tools;
  const untilMs = clock.nowMs() + timing.sliceMs;
  const by = { workerId, lookAfterMs: timing.firstLookMs };
  const hold = await store.takeLane(laneId, by);
  const flows = await store.readFlows(laneId);
  const run = new LaneRun({ hold, tools, flows });
  if (flows.some((flow) => flow.gathers)) await store.gatherDays(hold, clock.nowMs());
  const queue = new DueQueue(run);
  await workQueue(run, queue, untilMs);
  await run.flush();
  return endTurn(run, hold);
}

async function workQueue(run: LaneRun, queue: DueQueue, untilMs: number): Promise<void> {
  const { clock } = run.tools;
  const isOver = (): boolean => run.mustEnd || clock.nowMs() >= untilMs;
  let prepared = await nextPrepared(run, queue);
  while (prepared !== null) {
    if (isOver()) return unprepare(run, prepared);
    const sending = run.sends(prepared.delivery.document, deliver(run, prepared));
    // While this one's calls are on the wire, the next one's intents go to disk.
    const next = nextPrepared(run, queue);
    try {
      await sending;
    } finally {
      prepared = await next;
    }
  }
}

/** The next delivery with something to send, past those that are held, found or put aside. */
async function nextPrepared(run: LaneRun, queue: DueQueue): Promise<Prepared | null> {
  while (!run.mustEnd) {
    const delivery = await queue.next();
    if (delivery === null) return null;
    if (isInDoubt(delivery)) {
      const again = await resolveDoubt(run, delivery);
      if (again !== null) return again;
      continue;
    }
    const preparation = await prepare(run, delivery);
    if (preparation.kind === 'ready') return preparation.prepared;
  }
  return null;
}

/** Whether a call of it may have arrived. Such a delivery is never planned anew. */
function isInDoubt({ state, steps }: DueDelivery): boolean {
  return state === 'in doubt' || steps.some((step) => ['in doubt', 'sending'].includes(step.state));
}

async function endTurn(run: LaneRun, hold: LaneHold): Promise<TurnEnd> {
  const { store, clock } = run.tools;
  const { rest } = run;
  if (rest?.kind === 'lost') return { kind: 'ended' };
  if (rest?.kind === 'needs-person') {
    const code = rest.state === 'reconnect' ? 'login-ended' : 'mend-there';
    await store.markConnection(hold.laneId, rest.state, { code, facts: { why: rest.says } });
    await store.leaveLane(hold);
    return { kind: 'ended' };
  }
  await store.leaveLane(hold);
  if (rest !== null) return { kind: 'worked', nextMs: clock.nowMs() + rest.waitMs };
  return { kind: 'worked', nextMs: await store.nextDueMs(hold.laneId) };
}

/** What is due in a lane, read a bunch at a time; makes sure that the books reach its days. */
class DueQueue {
  readonly #run: LaneRun;
  #read: DueDelivery[] = [];
  #mayHaveMore = true;
  #after = '0';

  constructor(run: LaneRun) {
    this.#run = run;
  }

  async next(): Promise<DueDelivery | null> {
    if (this.#read.length === 0 && this.#mayHaveMore) await this.#readMore();
    const next = this.#read.shift();
    if (next !== undefined) this.#after = next.id;
    return next ?? null;
  }

  async #readMore(): Promise<void> {
    const { tools, hold } = this.#run;
    const nowMs = tools.clock.nowMs();
    const options = { nowMs, after: this.#after, limit: READ_MAX };
    this.#read = [...(await tools.store.readDue(hold.laneId, options))];
    this.#mayHaveMore = this.#read.length === READ_MAX;
    if (this.#read.length === 0) return;
    const wanted = periodOf(this.#run, this.#read);
    const failed = (await learnBooks(this.#run, wanted)) ?? (await learnSurvey(this.#run, wanted));
    if (failed === null) return;
    this.#run.rest ??= failed;
    this.#read = [];
  }
}

/** The days that the due documents are about, and today: corrections stand on it. */
function periodOf(run: LaneRun, due: readonly DueDelivery[]): Period {
  const now = new Date(run.tools.clock.nowMs());
  const todays = [...run.flows.values()].map((flow) => dayAt(now, flow.timeZone));
  const days = [...todays, ...due.flatMap(({ document }) => daysOf(document))].sort();
  return { from: present(days[0], 'a day'), to: present(days.at(-1), 'a day') };
}

/** Its own day, and that on which it may be booked instead. */
function daysOf(document: Document): readonly LocalDate[] {
  const date = documentDate(document);
  const other = document.kind === 'order' ? document.paidOn : null;
  const bookOn = document.kind === 'sales-day' ? document.bookOn : other;
  return [date, bookOn].filter((day) => day !== null);
}

/** Knows the target's books for these days: as stored while fresh, else read. */
async function learnBooks(run: LaneRun, wanted: Period): Promise<Rest | null> {
  const { store, ledger, clock, timing, survey } = run.tools;
  if (ledger === null) return null;
  const known = await store.readBooks(run.hold.laneId, survey.books);
  survey.books = known;
  const isFresh = known !== null && clock.nowMs() - known.readAtMs < timing.booksMs;
  if (isFresh && covers(known.period, wanted)) {
    run.books = known.books;
    return null;
  }
  const period = known === null ? wanted : union(known.period, wanted);
  const read = await attemptRead<Books>(() => ledger.readBooks(period));
  if (read.kind === 'answered') {
    await store.writeBooks(run.hold.laneId, { period, books: read.value });
    run.books = read.value;
    return null;
  }
  return read.kind === 'nothing' ? restFor(read.failure, read.says, { timing, attempt: 1 }) : null;
}

/** Knows what of ours stands in the target already. Asked once per process and period. */
async function learnSurvey(run: LaneRun, wanted: Period): Promise<Rest | null> {
  const { survey, ledger, timing } = run.tools;
  if (ledger === null) return null;
  const known = survey.period;
  if (known !== null && covers(known, wanted)) return null;
  const period = known === null ? wanted : union(known, wanted);
  const read = await attemptRead(() => ledger.survey(period));
  if (read.kind === 'answered') {
    for (const key of read.value) survey.keys.add(key);
    survey.period = period;
    return null;
  }
  return read.kind === 'nothing' ? restFor(read.failure, read.says, { timing, attempt: 1 }) : null;
}

function covers(known: Period, wanted: Period): boolean {
  return known.from <= wanted.from && wanted.to <= known.to;
}

function union(a: Period, b: Period): Period {
  const earlier = (x: LocalDate, y: LocalDate): LocalDate => (x < y ? x : y);
  const later = (x: LocalDate, y: LocalDate): LocalDate => (x > y ? x : y);
  return { from: earlier(a.from, b.from), to: later(a.to, b.to) };
}
