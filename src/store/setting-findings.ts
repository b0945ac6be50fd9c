import { sql } from 'kysely';
import type { LocalDate } from '../domain/date.ts';
import { findingKey, type ShopSettingChanged } from '../domain/document/finding.ts';
import { HOLDING_SETTINGS } from '../domain/document/shop-setting.ts';
import { encodeJson, storableText } from '../lib/json.ts';
import type { SettingChange } from '../ports/source-settings.ts';
import type { Db } from './db.ts';
import type { JobQueue } from './jobs.ts';

/** Worth knowing on the card of the shop, and nothing that anybody has to answer. */
const HARMLESS: ReadonlySet<string> = new Set(['storage', 'version']);

/**
 * Notes what a shop has changed of its settings, for a person to say that it is right. What nobody
 * has answered yet is told from what it was before it; changed back to that, it is told no more.
 */
export async function noteSettingChanges(
  trx: Db,
  of: {
    readonly companyId: string;
    readonly connectionId: string;
    readonly changes: readonly SettingChange[];
    readonly day: LocalDate;
    readonly atMs: number;
  },
): Promise<void> {
  const { companyId, connectionId, day, atMs } = of;
  const at = new Date(atMs);
  const { name: shop } = await trx
    .selectFrom('connection')
    .select('name')
    .where('id', '=', connectionId)
    .executeTakeFirstOrThrow();
  for (const { setting, was, now } of of.changes) {
    if (HARMLESS.has(setting)) continue;
    const closed = await sql<{ was: string; is_open: boolean }>`
      update finding set closed_at = ${at}
       where company_id = ${companyId} and closed_at is null
         and about ->> 'kind' = 'shop-setting-changed'
         and about ->> 'connection' = ${connectionId} and about ->> 'setting' = ${setting}
      returning about ->> 'was' as was, dismissed_at is null as is_open
    `.execute(trx);
    const before = closed.rows.find((row) => row.is_open)?.was ?? was;
    if (before === now) continue;
    const holds = HOLDING_SETTINGS.has(setting);
    const about: ShopSettingChanged = {
      ...{ kind: 'shop-setting-changed', connection: connectionId, shop },
      ...{ setting, was: before, now, day, holds },
    };
    await sql`
      insert into finding (company_id, key, day, about, found_at)
      values (${companyId}, ${storableText(findingKey(about))}, ${day},
              ${encodeJson(about)}::jsonb, ${at})
          on conflict (company_id, key) do update
         set closed_at = null, dismissed_at = null, dismissed_by = null, reason = null,
             found_at = excluded.found_at
    `.execute(trx);
  }
}

/**
 * Has what is held because of a shop's settings planned again: what is still unanswered holds it
 * once more.
 */
export async function wakeHeldForSettings(
  trx: Db,
  { companyId, jobs }: { readonly companyId: string; readonly jobs: JobQueue },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct target_id as id from flow f join connection c on c.id = f.target_id
     where c.company_id = ${companyId}
  `.execute(trx);
  const lanes = rows.map(({ id }) => id);
  const reason = encodeJson({ code: 'shop-setting-changed' });
  await sql`
    select wake_held(${lanes}::bigint[], ${lanes.map(() => reason)}::jsonb[])
  `.execute(trx);
  if (lanes.length > 0) await jobs.wakeLanes(lanes, trx);
}
