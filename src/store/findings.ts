import { sql } from 'kysely';
import type { LocalDate, Period } from '../domain/date.ts';
import { findingKey, type Finding } from '../domain/document/finding.ts';
import { encodeJson, storableText } from '../lib/json.ts';
import type { Db } from './db.ts';

/** A finding as people see it. */
export type FindingView = {
  readonly id: string;
  readonly finding: Finding;
  readonly foundAtMs: number;
  /** Who said that it never comes, and why; null while it is expected. */
  readonly dismissed: { readonly by: string; readonly reason: string } | null;
};

/**
 * Notes what is missing of a company in a period: what was known stays as it is, and what has come
 * meanwhile is closed.
 *
 * @returns those that nobody was told of yet, and how many have been closed
 */
export async function noteFindings(
  db: Db,
  companyId: string,
  of: { readonly found: readonly Finding[]; readonly period: Period; readonly atMs: number },
): Promise<{ readonly fresh: readonly Finding[]; readonly closed: number }> {
  const { found, period } = of;
  const at = new Date(of.atMs);
  const keys = found.map((finding) => storableText(findingKey(finding)));
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ about: Finding }>`
      insert into finding (company_id, key, day, about, found_at)
      select ${companyId}, f.key, f.day, f.about, ${at}
        from unnest(${keys}::text[], ${found.map(({ day }) => day)}::date[],
                    ${found.map((finding) => encodeJson(finding))}::jsonb[]) as f(key, day, about)
       order by f.key
      on conflict (company_id, key) do update
         set closed_at = null, found_at = excluded.found_at
       where finding.closed_at is not null and finding.dismissed_at is null
      returning about
    `.execute(trx);
    const closed = await sql`
      update finding set closed_at = ${at}
       where company_id = ${companyId} and closed_at is null and ${ofTills}
         and day between ${period.from} and ${period.to} and key <> all(${keys}::text[])
    `.execute(trx);
    const fresh = rows.map(({ about }) => about);
    return { fresh, closed: Number(closed.numAffectedRows ?? 0n) };
  });
}

/** What a company still misses, or what a person has dismissed of it; oldest day first. */
export async function listFindings(
  db: Db,
  companyId: string,
  which: 'open' | 'dismissed' = 'open',
): Promise<readonly FindingView[]> {
  const rows = await db
    .selectFrom('finding')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('closed_at', 'is', null)
    .where('dismissed_at', which === 'open' ? 'is' : 'is not', null)
    .orderBy('day')
    .orderBy('key')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    finding: row.about as unknown as Finding,
    foundAtMs: row.found_at.getTime(),
    dismissed:
      row.dismissed_by === null ? null : { by: row.dismissed_by, reason: row.reason ?? '' },
  }));
}

/** What a look for missing reports finds, and nothing else. */
const ofTills = sql<boolean>`about ->> 'kind' in ('report-missing', 'number-gap')`;

/** How many findings of a company’s tills are open, and the day of the oldest; null: none is. */
export async function openFindings(
  db: Db,
  companyId: string,
): Promise<{ readonly count: number; readonly oldest: LocalDate } | null> {
  const { rows } = await sql<{ count: string; oldest: string | null }>`
    select count(*) as count, min(day) as oldest from finding
     where company_id = ${companyId} and closed_at is null and dismissed_at is null
       and ${ofTills}
  `.execute(db);
  const [row] = rows;
  if (row === undefined || row.oldest === null) return null;
  return { count: Number(row.count), oldest: row.oldest as LocalDate };
}

/**
 * Dismisses findings that are open: they will never come. With `dismissal` null they are expected
 * after all.
 *
 * @returns the ids of those that were changed
 */
export async function dismissFindings(
  db: Db,
  of: {
    readonly companyId: string;
    readonly ids: readonly string[];
    readonly dismissal: { readonly by: string; readonly reason: string; atMs: number } | null;
  },
): Promise<readonly string[]> {
  const { companyId, ids, dismissal } = of;
  const rows = await db
    .updateTable('finding')
    .set({
      dismissed_at: dismissal === null ? null : new Date(dismissal.atMs),
      dismissed_by: dismissal?.by ?? null,
      reason: dismissal?.reason ?? null,
    })
    .where('company_id', '=', companyId)
    .where('id', '=', (eb) => eb.fn.any(eb.val(ids)))
    .where('closed_at', 'is', null)
    .where('dismissed_at', dismissal === null ? 'is not' : 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
