import { sql } from 'kysely';
import { dayAt } from '../domain/date.ts';
import type { SourceSetting } from '../domain/document/shop-setting.ts';
import { encodeJson } from '../lib/json.ts';
import {
  settingChanges,
  type SettingChange,
  type SourceSettings,
} from '../ports/source-settings.ts';
import type { Db } from './db.ts';
import type { JobQueue } from './jobs.ts';
import { noteSettingChanges, wakeHeldForSettings } from './setting-findings.ts';

/**
 * Takes the connections of these connectors whose settings are due to be read. Whoever takes one
 * does it; a process that dies meanwhile leaves it to the next time.
 */
export async function takeSourceLooks(
  db: Db,
  of: { readonly connectors: readonly string[]; readonly everyMs: number },
): Promise<readonly string[]> {
  const { connectors, everyMs } = of;
  const { rows } = await sql<{ connection_id: string }>`
    insert into source_look (connection_id, company_id, due_at)
    select id, company_id, clock_timestamp() + ${everyMs} * interval '1 ms' from connection
     where state = 'ready' and connector = any (${connectors})
        on conflict (connection_id) do update set due_at = excluded.due_at
     where source_look.due_at <= clock_timestamp()
    returning connection_id
  `.execute(db);
  return rows.map((row) => row.connection_id);
}

/** Has a connection read again before its time: it could not be asked. */
export async function askSourceAgain(
  db: Db,
  connectionId: string,
  { inMs }: { readonly inMs: number },
): Promise<void> {
  await sql`
    update source_look set due_at = clock_timestamp() + ${inMs} * interval '1 ms'
     where connection_id = ${connectionId}
  `.execute(db);
}

/**
 * Keeps settings as they were read, and what has changed of them: both or neither. What is not
 * told this time stays as it was known.
 *
 * @returns what has changed; nothing the first time
 */
export async function keepSourceSettings(
  db: Db,
  connectionId: string,
  of: { readonly settings: SourceSettings; readonly atMs: number; readonly jobs: JobQueue },
): Promise<readonly SettingChange[]> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('source_look')
      .innerJoin('company', 'company.id', 'source_look.company_id')
      .select(['company_id', 'settings', 'time_zone'])
      .where('connection_id', '=', connectionId)
      .forUpdate('source_look')
      .executeTakeFirstOrThrow();
    const before = (row.settings ?? {}) as SourceSettings; // Written by this function.
    const changes = settingChanges(before, of.settings);
    await sql`
      update source_look set settings = ${encodeJson({ ...before, ...of.settings })}::jsonb
       where connection_id = ${connectionId}
    `.execute(trx);
    if (changes.length > 0) {
      const about = { company_id: row.company_id, connection_id: connectionId };
      const seen_at = new Date(of.atMs);
      await trx
        .insertInto('source_change')
        .values(
          changes.map(({ setting, was, now }) => ({
            ...about,
            setting,
            was,
            is_now: now,
            seen_at,
          })),
        )
        .execute();
      await noteSettingChanges(trx, {
        ...{ connectionId, companyId: row.company_id, changes, atMs: of.atMs },
        day: dayAt(seen_at, row.time_zone),
      });
      // What was changed back holds nothing any more.
      await wakeHeldForSettings(trx, { companyId: row.company_id, jobs: of.jobs });
    }
    return changes;
  });
}

/**
 * What has changed of a shop's settings since a moment, each from what it was before to what it is
 * now: one that has been changed back is not told.
 */
export async function sourceChanges(
  db: Db,
  connectionId: string,
  { sinceMs }: { readonly sinceMs: number },
): Promise<readonly (SettingChange & { readonly seenAtMs: number })[]> {
  const rows = await db
    .selectFrom('source_change')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('seen_at', '>=', new Date(sinceMs))
    .orderBy('id')
    .execute();
  const bySetting = Map.groupBy(rows, (row) => row.setting);
  return [...bySetting].flatMap(([setting, all]) => {
    const [first, last] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined || first.was === last.is_now) return [];
    const change = { setting: setting as SourceSetting, was: first.was, now: last.is_now };
    return [{ ...change, seenAtMs: last.seen_at.getTime() }];
  });
}
