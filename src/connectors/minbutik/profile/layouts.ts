import type { MinButikSettings } from '../settings.ts';
import { readProfile } from './read-profile.ts';

/**
 * Each profile by itself that reads the number of the store in the file.
 *
 * One that says it itself, or what to take when it is not there, would give a company the files of
 * every other one whose till writes them alike. Tills are not told apart by `journalStores` either:
 * there is a register 1 everywhere.
 */
export function layoutsIn({ profiles }: MinButikSettings): readonly unknown[] {
  return profiles.filter(readsStore).map((profile) => ({ profiles: [profile] }));
}

function readsStore(profile: Readonly<Record<string, unknown>>): boolean {
  const read = readProfile(profile);
  const store = read.kind === 'profile' ? read.profile.columns.store_no : undefined;
  return store !== undefined && !('const' in store) && store.default === undefined;
}
