import assert from 'node:assert/strict';
import type { Books } from '../../domain/books.ts';
import { day, type LocalDate, type Period } from '../../domain/date.ts';
import type { Step } from '../../domain/plan.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import { writeKey } from '../../engine/lane-run.ts';
import { decodeJson, encodeJson } from '../../lib/json.ts';
import { present } from '../../lib/assert.ts';
import { ConnectorError, type Failure } from '../../ports/errors.ts';
import type {
  FileContent,
  Found,
  Remote,
  Target,
  Write,
  WriteContext,
  WriteOutcome,
} from '../../ports/target.ts';
import type { Bench } from './bench.ts';
import { checkSecrecy } from './secrecy.ts';

/** What an attached file holds in every test. */
export const FILE: FileContent = {
  mediaType: 'text/csv',
  bytes: Buffer.from('record;gross\nS;1000,00\nT;1000,00\n'),
};

/** The year of a day: what plans are read for. */
export function yearAround(date: LocalDate): Period {
  const year = date.slice(0, 4);
  return { from: day(`${year}-01-01`), to: day(`${year}-12-31`) };
}

/** Both years of the simulated company. */
export function bothYears({ ledger }: Bench): Period {
  return { from: yearAround(ledger.lastYear).from, to: yearAround(ledger.day).to };
}

export function postStep(voucher: Voucher): Step {
  return { kind: 'post-voucher', id: 'voucher-1', voucher };
}

/** A voucher and the file that belongs to it, where the target takes files. */
export function stepsFor(bench: Bench, voucher: Voucher): readonly Step[] {
  const attach: Step = {
    kind: 'attach-file',
    id: 'file-1',
    to: 'voucher-1',
    fileName: 'dagsrapport',
  };
  return bench.target.capabilities.attachments ? [postStep(voucher), attach] : [postStep(voucher)];
}

/** The writes of some steps, as they come back from the store after a restart. */
export async function routed(
  bench: Bench,
  steps: readonly Step[],
  books?: Books,
): Promise<readonly Write[]> {
  const known = books ?? (await bench.target.readBooks(bothYears(bench)));
  const route = bench.target.route(steps, known);
  assert.equal(route.kind, 'route', `the steps can be routed: ${encodeJson(route)}`);
  const writes = route.kind === 'route' ? route.writes : [];
  const text = encodeJson(writes);
  for (const secret of bench.shelf.seen) assert.ok(!text.includes(secret), 'a write is no secret');
  return decodeJson(text) as readonly Write[]; // What `encodeJson` wrote.
}

/** The only write of a voucher. */
export async function voucherWrite(bench: Bench, voucher: Voucher, books?: Books): Promise<Write> {
  const writes = await routed(bench, [postStep(voucher)], books);
  return present(writes[0], 'a write that posts the voucher');
}

export function contextOf(
  key: string,
  earlier: ReadonlyMap<string, Remote> = new Map(),
): WriteContext {
  return { key, earlier, file: async () => FILE };
}

/** Makes a write and expects it to be done as it was sent. */
export async function done(target: Target, write: Write, context: WriteContext): Promise<Remote> {
  return expectDone(await target.write(write, context));
}

export function expectDone(outcome: WriteOutcome): Remote {
  assert.equal(outcome.kind, 'done', encodeJson(outcome));
  if (outcome.kind !== 'done') assert.fail();
  assert.deepEqual(outcome.differences, [], 'it was made as it was sent');
  return outcome.remote;
}

/** The one thing that carries the key, as it was sent. */
export function expectFound(found: readonly Found[]): Remote {
  assert.equal(found.length, 1, `found once: ${encodeJson(found)}`);
  const [only] = found;
  assert.deepEqual(only?.differences, [], 'it is found as it was sent');
  return present(only, 'what was found').remote;
}

/** Posts a voucher with a key of its own and expects it to be booked as it was sent. */
export async function book(bench: Bench, voucher: Voucher, key: string): Promise<Remote> {
  return done(bench.target, await voucherWrite(bench, voucher), contextOf(key));
}

/** How a call fails. What it says must be fit for a person and tell no secret. */
export async function failureOf(bench: Bench, call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    (value) => assert.fail(`the call fails, and does not answer ${encodeJson(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectorError)) throw error;
  checkSecrecy(bench, error);
  return error.failure;
}

/** One delivery of the engine: the writes of some steps, their keys and what has become of them. */
export class Delivery {
  readonly writes: readonly Write[];
  readonly results = new Map<string, Remote>();
  readonly #bench: Bench;
  readonly #key: string;

  constructor(of: {
    readonly bench: Bench;
    readonly writes: readonly Write[];
    readonly key: string;
  }) {
    this.#bench = of.bench;
    this.writes = of.writes;
    this.#key = of.key;
  }

  contextFor(write: Write): WriteContext {
    return contextOf(writeKey(this.#key, write.id), this.results);
  }

  /**
   * Makes the writes from one on to the end, or up to but not including another. After each, all
   * are found that the engine may not have noted yet, as after a death at that moment.
   */
  async make(from: number, to = this.writes.length): Promise<void> {
    const { target } = this.#bench;
    let notedTo = from;
    for (const [i, write] of this.writes.slice(from, to).entries()) {
      if (target.hidesEarlier?.(write) === true) notedTo = from + i;
      await this.#makeOne(write);
      for (let at = notedTo; at <= from + i; at += 1) await this.#expectStillFound(at, write);
    }
  }

  /** The same where what is made is not to be found at once, or stands there twice. */
  async makeUnlooked(from: number): Promise<void> {
    for (const write of this.writes.slice(from)) await this.#makeOne(write);
  }

  async #makeOne(write: Write): Promise<void> {
    const made = await done(this.#bench.target, write, this.contextFor(write));
    this.results.set(write.id, made);
  }

  async #expectStillFound(at: number, after: Write): Promise<void> {
    const write = this.#at(at);
    const { id } = write;
    const made = present(this.results.get(id), `the result of ${id}`);
    // It found nothing to be done, and does so again.
    if (made.id === '') return;
    const before = this.writes.slice(0, at).flatMap((one): [string, Remote][] => {
      const remote = this.results.get(one.id);
      return remote === undefined ? [] : [[one.id, remote]];
    });
    const context = contextOf(writeKey(this.#key, id), new Map(before));
    const found = await this.#bench.target.find(write, context);
    const ids = found.map(({ remote }) => remote.id);
    assert.deepEqual(ids, [made.id], `${id} is found after ${after.call}`);
  }

  /** Looks for what a write has left. */
  find(at: number, target: Target = this.#bench.target): Promise<readonly Found[]> {
    const write = this.#at(at);
    return target.find(write, this.contextFor(write));
  }

  /** Makes one write and tells how it failed. */
  fail(at: number, target: Target = this.#bench.target): Promise<Failure> {
    const write = this.#at(at);
    return failureOf(this.#bench, target.write(write, this.contextFor(write)));
  }

  keep(at: number, remote: Remote): void {
    this.results.set(this.#at(at).id, remote);
  }

  #at(at: number): Write {
    return present(this.writes[at], `write ${at}`);
  }
}
