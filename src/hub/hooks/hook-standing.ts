import { findHook, hasFetchedSince, type Hook } from '../../store/hooks.ts';
import type { Hub } from '../hub.ts';

/** A system has been given a day to send its first message. */
const SILENT_MS = 24 * 60 * 60_000;

/**
 * How the messages of a connection go, and whether none comes though there is something to tell.
 *
 * @returns null when none are wanted
 */
export async function hookStanding(
  hub: Hub,
  connectionId: string,
): Promise<(Hook & { readonly isSilent: boolean }) | null> {
  const { db } = hub.database;
  const hook = await findHook(db, connectionId);
  if (hook === null) return null;
  const isNew = hub.clock.nowMs() - hook.createdAtMs < SILENT_MS;
  const isSilent = hook.heard === 0 && !isNew && (await hasFetchedSince(db, hook));
  return { ...hook, isSilent };
}
