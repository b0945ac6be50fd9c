import { randomUUID } from 'node:crypto';
import { PickupError, type Pickup, type PickupTrouble } from '../../ports/pickup.ts';
import { keepHold, noteLook, pickupSecrets, takeDue, takePickup } from '../../store/pickups.ts';
import type { Hub } from '../hub.ts';
import { keepDoing, type KeptUp } from '../keep-doing.ts';
import { newMemory, NUDGE_GAP_MS, type Looked, type LookMemory } from './looking.ts';
import { lookFeed } from './look-feed.ts';
import { lookMail } from './look-mail.ts';
import { lookSftp } from './look-sftp.ts';

/** How often it is asked which places are due. */
const ASK_MS = 1_000;
/** Places that one process looks into at the same time: a slow one keeps no other waiting. */
const LOOKS_MAX = 8;
/** How often a holder says that it lives, while its word counts. */
const SAYS_TIMES = 4;
/** A place that fails is tried ever more rarely, up to this. */
const RETRY_MAX_MS = 60 * 60_000;
/** What no second try mends, and what may lock an account when it is tried often. */
const FOR_A_PERSON: ReadonlySet<string> = new Set([
  'login-refused',
  'host-key-changed',
  'certificate',
  'key-unusable',
  'secret-sealed',
  'keys-refused',
]);
/** A file is taken when it has not changed for so long, where nobody waits for the next look. */
const SETTLE_MS = 2_000;

const LOOKS = { sftp: lookSftp, mail: lookMail, feed: lookFeed };

/** How one look ended. */
export type LookEnd =
  | ({ readonly kind: 'looked' } & Looked)
  | { readonly kind: 'failed'; readonly trouble: PickupTrouble }
  /** Another process looks into it just now. */
  | { readonly kind: 'held' };

/**
 * Fetches files from everywhere they are fetched from, each place at its own interval. Any number
 * of processes may do so: each place is looked into by one at a time.
 */
export function fetchFiles(hub: Hub): KeptUp {
  const holder = randomUUID();
  const memories = new Map<string, LookMemory>();
  const under = new Map<string, Promise<unknown>>();
  const stopping = new AbortController();
  const failed = 'it could not be asked which files are to be fetched';
  const asking = keepDoing(hub, { everyMs: ASK_MS, failed }, async () => {
    const limit = LOOKS_MAX - under.size;
    if (limit <= 0) return;
    const nowMs = hub.clock.nowMs();
    const hold = { holder, untilMs: nowMs + hub.timing.holdMs, nowMs };
    for (const pickup of await takeDue(hub.database.db, { ...hold, limit })) {
      const memory = memories.get(pickup.id) ?? newMemory();
      memories.set(pickup.id, memory);
      const look = lookInto(hub, pickup, { holder, memory, signal: stopping.signal })
        .catch((error: unknown) => {
          // Its end could not be written down: the hold runs out, and it is looked into again.
          hub.log.warn({ pickup: pickup.name, error: String(error) }, 'a look could not be noted');
        })
        .finally(() => under.delete(pickup.id));
      under.set(pickup.id, look);
    }
  });
  return {
    stop: async () => {
      stopping.abort();
      await asking.stop();
      await Promise.all(under.values());
    },
  };
}

/** Looks into one place now, due or not; twice where files must be seen to have stopped growing. */
export async function fetchNow(hub: Hub, pickup: Pickup): Promise<LookEnd> {
  const holder = randomUUID();
  const nowMs = hub.clock.nowMs();
  const hold = { holder, untilMs: nowMs + hub.timing.holdMs, nowMs };
  if (!(await takePickup(hub.database.db, pickup.id, hold))) return { kind: 'held' };
  const memory = newMemory();
  const { signal } = new AbortController();
  const looks = pickup.kind === 'sftp' ? 2 : 1;
  return lookInto(hub, pickup, { holder, memory, signal, looks });
}

type By = {
  readonly holder: string;
  readonly memory: LookMemory;
  readonly signal: AbortSignal;
  /** How many looks in a row, with a moment between; the last one counts. */
  readonly looks?: number;
};

/** Looks into a place that is held, notes what it came to and lets it go. */
async function lookInto(hub: Hub, pickup: Pickup, by: By): Promise<LookEnd> {
  const { db } = hub.database;
  const { holdMs } = hub.timing;
  const saying = { everyMs: holdMs / SAYS_TIMES, failed: 'a hold could not be kept' };
  const living = keepDoing(hub, saying, () =>
    keepHold(db, pickup.id, { holder: by.holder, untilMs: hub.clock.nowMs() + holdMs }),
  );
  const end = await looked(hub, pickup, by);
  await living.stop();
  const atMs = hub.clock.nowMs();
  const trouble = end.kind === 'failed' ? end.trouble : null;
  const failures = trouble === null ? 0 : pickup.failures + 1;
  const waitMs = end.kind === 'looked' && end.isMore ? 0 : waitAfter(pickup, trouble, failures);
  const note = end.kind === 'looked' ? end.note : null;
  await noteLook(db, pickup.id, {
    ...{ holder: by.holder, atMs, dueMs: atMs + waitMs, failures, trouble, note },
    nudgedDueMs: atMs + NUDGE_GAP_MS,
  });
  tell(hub, pickup, { trouble, note });
  return end;
}

async function looked(hub: Hub, pickup: Pickup, by: By): Promise<LookEnd> {
  try {
    const secrets = await pickupSecrets(hub.database.db, hub.box, pickup);
    const look = LOOKS[pickup.kind];
    const looking = { hub, pickup, secrets, memory: by.memory, signal: by.signal };
    let result = await look(looking);
    for (let i = 1; i < (by.looks ?? 1); i += 1) {
      await hub.clock.sleep(SETTLE_MS);
      result = await look(looking);
    }
    return { kind: 'looked', ...result };
  } catch (error) {
    if (error instanceof PickupError) return { kind: 'failed', trouble: error.trouble };
    // Our own fault, or the database's: what was kept is kept, and it goes on from there.
    hub.log.error({ pickup: pickup.name, error: String(error) }, 'a look failed');
    return { kind: 'failed', trouble: { code: 'failed', facts: { why: String(error) } } };
  }
}

/** How long until the next look, in milliseconds. */
function waitAfter(pickup: Pickup, trouble: PickupTrouble | null, failures: number): number {
  const everyMs = pickup.everySeconds * 1_000;
  if (trouble === null) return everyMs;
  const isForPerson = FOR_A_PERSON.has(trouble.code);
  const grown = isForPerson ? RETRY_MAX_MS : everyMs * 2 ** Math.min(failures - 1, 10);
  return Math.max(everyMs, Math.min(grown, RETRY_MAX_MS));
}

/** Says once that a place stands otherwise than before, and not at every look. */
function tell(
  hub: Hub,
  before: Pickup,
  now: { readonly trouble: PickupTrouble | null; readonly note: PickupTrouble | null },
): void {
  const pickup = before.name;
  const { trouble, note } = now;
  if (trouble !== null && trouble.code !== before.trouble?.code) {
    const { code, facts } = trouble;
    hub.log.warn({ pickup, code, ...facts }, 'no files can be fetched: bokbro fetch list says why');
  }
  if (trouble === null && before.trouble !== null) {
    hub.log.info({ pickup }, 'files are fetched again');
  }
  if (note !== null && note.code !== before.note?.code) {
    hub.log.warn({ pickup, code: note.code, ...note.facts }, 'what was fetched stays where it is');
  }
}
