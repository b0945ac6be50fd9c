import { attemptRead } from '../engine/attempt.ts';
import { askSourceAgain, keepSourceSettings, takeSourceLooks } from '../store/source-settings.ts';
import type { Hub } from './hub.ts';
import { keepDoing, type KeptUp } from './keep-doing.ts';

const LOOK_MS = 300_000;
const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/** Reads the settings of each shop once a day, and tells what has changed of them. */
export function watchSources(hub: Hub): KeptUp {
  const failed = 'it could not be looked what shops have changed';
  return keepDoing(hub, { everyMs: LOOK_MS, failed }, () => lookAtSources(hub));
}

/** Reads the settings of the shops whose day is over. One that does not answer is asked again. */
export async function lookAtSources(hub: Hub): Promise<void> {
  const { db } = hub.database;
  const shops = [...hub.connectors.values()].filter(({ gives }) => gives.includes('order'));
  const connectors = shops.map(({ id }) => id);
  for (const id of await takeSourceLooks(db, { connectors, everyMs: DAY_MS })) {
    const examiner = await hub.openExaminer(id);
    if (examiner?.settings === undefined) continue;
    const { settings: read } = examiner;
    const told = await attemptRead(() => read());
    if (told.kind !== 'answered') {
      await askSourceAgain(db, id, { inMs: HOUR_MS });
      continue;
    }
    const of = { settings: told.value, atMs: hub.clock.nowMs(), jobs: hub.jobs };
    for (const change of await keepSourceSettings(db, id, of)) {
      hub.log.warn({ connectionId: id, ...change }, 'a shop has changed a setting');
    }
  }
}
