import type { IntakeResult } from '../../engine/intake.ts';
import type { Secrets } from '../../ports/connector.ts';
import type { Pickup, PickupTrouble } from '../../ports/pickup.ts';
import type { IncomingFile } from '../../ports/source.ts';
import type { Hub } from '../hub.ts';
import { ownerOfFile } from '../owner-of-file.ts';

/** One look into a pick-up. */
export type Looking = {
  readonly hub: Hub;
  readonly pickup: Pickup;
  readonly secrets: Secrets;
  readonly memory: LookMemory;
  /** Aborted when the hub stops: the file that is being taken is the last one. */
  readonly signal: AbortSignal;
};

/** What a process remembers of the look before. Without it a file is only taken a look later. */
export type LookMemory = {
  /** Size and time of the files that were there, by their path. */
  seen: ReadonlyMap<string, string>;
  /** Places at which the outside failed: they come last, so that they keep none of the others. */
  readonly failed: Set<string>;
};

export function newMemory(): LookMemory {
  return { seen: new Map(), failed: new Set() };
}

/** What a look came to. */
export type Looked = {
  readonly taken: number;
  readonly rejected: number;
  /** Whether there was more than one look may take. */
  readonly isMore: boolean;
  readonly note: PickupTrouble | null;
};

/** However often a system says that something has changed, it is asked no oftener than this. */
export const NUDGE_GAP_MS = 5_000;

/** Files or mails that one look takes: others wait for their turn as well. */
export const TAKEN_MAX = 200;
/** A file that is nobody's is asked about again so long after: its store may be connected then. */
export const NOBODYS_MS = 10 * 60_000;

/** What became of a file that was given to the hub. */
export type Given =
  | { readonly kind: 'taken'; readonly fileId: string; readonly isRejected: boolean }
  | { readonly kind: 'nobodys' };

/** Gives a file to the connection whose it is. When this returns its bytes are kept. */
export async function giveFile({ hub, pickup }: Looking, file: IncomingFile): Promise<Given> {
  const connectionId = pickup.owner?.connectionId ?? (await ownerOfFile(hub, file));
  if (connectionId === null) return { kind: 'nobodys' };
  const { name } = file;
  const arriving = { connectionId, name, via: pickup.kind, bytes: file.open() } as const;
  const result: IntakeResult = await hub.takeFile(arriving);
  const about = { pickup: pickup.name, file: name, result: result.kind, fileId: result.fileId };
  hub.log.info(about, 'fetched a file');
  return { kind: 'taken', fileId: result.fileId, isRejected: result.kind === 'rejected' };
}

/** Places in the order in which they are looked at: those that failed the last time come last. */
export function failedLast<T>(
  all: readonly T[],
  { failed }: LookMemory,
  placeOf: (one: T) => string,
): readonly T[] {
  return [
    ...all.filter((one) => !failed.has(placeOf(one))),
    ...all.filter((one) => failed.has(placeOf(one))),
  ];
}
