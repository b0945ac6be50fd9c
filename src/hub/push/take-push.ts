import { refKey } from '../../domain/document/source-ref.ts';
import { sha256, stableJson } from '../../lib/json.ts';
import type { Problem } from '../../ports/source.ts';
import { notePush, pushedDeliveries, type PushedDelivery } from '../../store/pushes.ts';
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

/** Between looks at what has become of something. */
const [LOOK_FIRST_MS, LOOK_LAST_MS] = [20, 400];

/**
 * Keeps what is pushed, item by item, and waits until the ledger has it or a person is asked: none
 * waits for another. What is not known in time goes on by itself.
 *
 * @param waitMs - how long the sender waits for an answer
 */
export async function takePush(
  hub: Hub,
  connectionId: string,
  of: { readonly items: readonly PushedItem[]; readonly waitMs: number },
): Promise<readonly PushResult[]> {
  const until = hub.clock.nowMs() + of.waitMs;
  return Promise.all(of.items.map((item) => takeItem(hub, { connectionId, item, until })));
}

async function takeItem(
  hub: Hub,
  of: { readonly connectionId: string; readonly item: PushedItem; readonly until: number },
): Promise<PushResult> {
  const { connectionId, item, until } = of;
  const { externalId, key, text } = item;
  const read = await readItem(hub, connectionId, text);
  if ('problems' in read) return { externalId, kind: 'unreadable', problems: read.problems };
  const { documentKey } = read;
  const contentHash = sha256(stableJson(JSON.parse(text)));
  const push = { connectionId, key, contentHash, documentKey };
  if (!(await notePush(hub.database.db, push))) return { externalId, kind: 'conflict' };
  // Kept under a key that is noted: a sender that was cut off before sends it again, and then.
  const bytes = Buffer.from(text);
  const name = `${externalId}.json`.slice(-200);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const taken = await hub.takeFile({ connectionId, name, via: 'upload', bytes: open() });
  if (taken.kind === 'rejected') {
    return { externalId, kind: 'unreadable', problems: taken.problems };
  }
  return pushState(hub, { connectionId, documentKey, externalId, until });
}

/** What an item is read as; it is nothing of the connection's when it is not one document. */
async function readItem(
  hub: Hub,
  connectionId: string,
  text: string,
): Promise<{ readonly documentKey: string } | { readonly problems: readonly Problem[] }> {
  const source = await hub.openSource(connectionId);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  let documentKey: string | null = null;
  for await (const reading of source.read({ name: 'push', open })) {
    if (reading.kind === 'unreadable' || reading.kind === 'rejected') {
      return { problems: reading.problems };
    }
    if (reading.kind === 'document') documentKey = refKey(reading.document.ref);
  }
  return documentKey === null ? { problems: [] } : { documentKey };
}

/** What has become of what was pushed; waits for its end until a time of the hub's clock. */
async function pushState(
  hub: Hub,
  of: {
    readonly connectionId: string;
    readonly documentKey: string;
    readonly externalId: string;
    readonly until: number;
  },
): Promise<PushResult> {
  const { externalId, until } = of;
  for (let pauseMs = LOOK_FIRST_MS; ; pauseMs = Math.min(LOOK_LAST_MS, pauseMs * 2)) {
    const deliveries = await pushedDeliveries(hub.database.db, of);
    if (deliveries.length === 0) return { externalId, kind: 'no-flow' };
    const left = until - hub.clock.nowMs();
    if (deliveries.every(isAtRest) || left <= 0) {
      return { externalId, kind: 'delivered', deliveries };
    }
    await hub.clock.sleep(Math.min(pauseMs, left));
  }
}

/** Whether it goes on without a person. */
function isAtRest({ state }: PushedDelivery): boolean {
  return state === 'done' || state === 'held' || state === 'skipped' || state === 'review';
}
