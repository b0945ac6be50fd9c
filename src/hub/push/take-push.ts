import { refKey } from '../../domain/document/source-ref.ts';
import { sha256, stableJson } from '../../lib/json.ts';
import type { FileSource, Problem } from '../../ports/source.ts';
import {
  findPush,
  notePushes,
  pushedDeliveries,
  type Push,
  type PushedDelivery,
} from '../../store/pushes.ts';
import type { Hub } from '../hub.ts';

/** One thing that a system pushes: an invoice, a quote. */
export type PushedItem = {
  /** What the sender calls it. */
  readonly externalId: string;
  /** The sender's own: a repeat of it gets the same answer. */
  readonly key: string;
  readonly text: string;
};

/** What has become of it, as far as it is known. */
export type PushResult = {
  readonly externalId: string;
} & (
  | { readonly kind: 'delivered'; readonly deliveries: readonly PushedDelivery[] }
  /** Nothing takes what the connection gives anywhere. */
  | { readonly kind: 'no-flow' }
  /** Its key stands for something else. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] }
);

/** Most characters of a sender's key. A longer one is refused: two that are cut may be one. */
export const PUSH_KEY_CHARS_MAX = 200;

/** Between looks at what has become of something. */
const [LOOK_FIRST_MS, LOOK_LAST_MS] = [20, 400];

/**
 * Keeps what is pushed, item by item, and waits until the ledger has it or a person is asked. What
 * cannot be read, or is refused, keeps none of the others; what is not known in time goes on by
 * itself.
 *
 * @param waitMs - how long the sender waits for an answer
 */
export async function takePush(
  hub: Hub,
  connectionId: string,
  of: { readonly items: readonly PushedItem[]; readonly waitMs: number },
): Promise<readonly PushResult[]> {
  const until = hub.clock.nowMs() + of.waitMs;
  const source = await hub.openSource(connectionId);
  const read = await Promise.all(of.items.map((item) => readItem(source, item)));
  const pushes = read.flatMap((one) => ('push' in one ? [one.push] : []));
  // Kept under keys that are noted: a sender that was cut off before sends it again, and then.
  const same = await notePushes(hub.database.db, connectionId, pushes);
  const kept = await Promise.all(
    read.map(async (one, i) => {
      const item = of.items[i];
      if (!('push' in one) || item === undefined || !same.has(one.push.key)) return null;
      return keep(hub, connectionId, item);
    }),
  );
  const taken = read.flatMap((one, i) => {
    return 'push' in one && kept[i]?.kind === 'kept' ? [one.push.documentKey] : [];
  });
  const deliveries = await deliveriesOf(hub, { connectionId, documentKeys: taken, until });
  return read.map((one, i): PushResult => {
    const { externalId } = one;
    if (!('push' in one)) return { externalId, kind: 'unreadable', problems: one.problems };
    const state = kept[i] ?? null;
    if (state === null) return { externalId, kind: 'conflict' };
    if (state.kind === 'rejected') {
      return { externalId, kind: 'unreadable', problems: state.problems };
    }
    return asResult(externalId, deliveries.get(one.push.documentKey));
  });
}

/** What has become of what was pushed under a key; null when nothing was. */
export async function pushState(
  hub: Hub,
  of: { readonly connectionId: string; readonly key: string; readonly waitMs: number },
): Promise<PushResult | null> {
  const push = await findPush(hub.database.db, of);
  if (push === null) return null;
  const { documentKey, externalId } = push;
  const until = hub.clock.nowMs() + of.waitMs;
  const { connectionId } = of;
  const deliveries = await deliveriesOf(hub, { connectionId, documentKeys: [documentKey], until });
  return asResult(externalId, deliveries.get(documentKey));
}

export function asResult(
  externalId: string,
  deliveries: readonly PushedDelivery[] | undefined,
): PushResult {
  if (deliveries === undefined) return { externalId, kind: 'no-flow' };
  return { externalId, kind: 'delivered', deliveries };
}

/** Whether it goes on without a person. */
export function isAtRest({ state }: PushedDelivery): boolean {
  return state === 'done' || state === 'held' || state === 'skipped' || state === 'review';
}

type ReadItem = { readonly externalId: string } & (
  | { readonly push: Push }
  | { readonly problems: readonly Problem[] }
);

/** What an item is read as; it is nothing of the connection's when it is not one document. */
async function readItem(source: FileSource, item: PushedItem): Promise<ReadItem> {
  const { externalId, key, text } = item;
  let documentKey: string | null = null;
  for await (const reading of source.read({ name: 'push', open: () => bytesOf(text) })) {
    if (reading.kind === 'unreadable' || reading.kind === 'rejected') {
      return { externalId, problems: reading.problems };
    }
    if (reading.kind === 'document') documentKey = refKey(reading.document.ref);
  }
  if (documentKey === null) return { externalId, problems: [] };
  const contentHash = sha256(stableJson(JSON.parse(text)));
  return { externalId, push: { key, contentHash, documentKey, externalId } };
}

async function keep(
  hub: Hub,
  connectionId: string,
  { externalId, text }: PushedItem,
): Promise<
  { readonly kind: 'kept' } | { readonly kind: 'rejected'; readonly problems: readonly Problem[] }
> {
  const name = `${externalId}.json`.slice(-200);
  const bytes = bytesOf(text);
  const taken = await hub.takeFile({ connectionId, name, via: 'upload', bytes });
  if (taken.kind !== 'rejected') return { kind: 'kept' };
  return { kind: 'rejected', problems: taken.problems };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array, undefined> {
  yield Buffer.from(text);
  return undefined;
}

/**
 * How far documents have come, as soon as all of them are at rest, or at a time of the hub's clock.
 * They are looked for together, and those that are at rest no more.
 */
async function deliveriesOf(
  hub: Hub,
  of: {
    readonly connectionId: string;
    readonly documentKeys: readonly string[];
    readonly until: number;
  },
): Promise<ReadonlyMap<string, readonly PushedDelivery[]>> {
  const { connectionId, until } = of;
  const known = new Map<string, readonly PushedDelivery[]>();
  let open = [...new Set(of.documentKeys)];
  for (let pauseMs = LOOK_FIRST_MS; ; pauseMs = Math.min(LOOK_LAST_MS, pauseMs * 2)) {
    const documentKeys = open;
    const found = await pushedDeliveries(hub.database.db, { connectionId, documentKeys });
    for (const [key, deliveries] of found) known.set(key, deliveries);
    open = open.filter((key) => !(known.get(key) ?? []).every(isAtRest));
    const left = until - hub.clock.nowMs();
    if (open.length === 0 || left <= 0) return known;
    await hub.clock.sleep(Math.min(pauseMs, left));
  }
}
