import { sql } from 'kysely';
import { encodeJson, type Json } from '../lib/json.ts';
import type { Db } from './db.ts';

/** Something that somebody did. */
export type Act = {
  readonly by: string;
  /** null: of the whole hub. */
  readonly companyId: string | null;
  /** `held.settle`: stable, stored. */
  readonly act: string;
  /** What it was about; never a secret. */
  readonly about: Json;
};

/** A row of the audit trail. */
export type AuditEntry = Act & { readonly id: string; readonly atMs: number };

/**
 * Adds to the audit trail. Give it the transaction of the act itself: then neither is on disk
 * without the other.
 */
export async function addAudit(db: Db, { by, companyId, act, about }: Act): Promise<void> {
  const written = encodeJson(about);
  await sql`
    select add_audit(${by}, ${companyId}::bigint, ${act}, ${written}::jsonb)
  `.execute(db);
}

/** The newest rows first; `before` continues a list. */
export async function listAudit(
  db: Db,
  of: { readonly companyId?: string; readonly before?: string; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  let select = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(of.limit);
  if (of.companyId !== undefined) select = select.where('company_id', '=', of.companyId);
  if (of.before !== undefined) select = select.where('id', '<', of.before);
  const rows = await select.execute();
  return rows.map((row) => ({
    id: row.id,
    atMs: row.at.getTime(),
    by: row.by_whom,
    companyId: row.company_id,
    act: row.act,
    about: row.about,
  }));
}

/** Whether the trail is whole. The row named is the first that is not what it was, or is gone. */
export type AuditProof = { readonly rows: number; readonly brokenAt: string | null };

/**
 * Computes the hash of every row again. What this cannot see is rows cut off at the end: keep the
 * count and compare.
 */
export async function verifyAudit(db: Db): Promise<AuditProof> {
  const { rows } = await sql<{ rows: string; broken: string | null }>`
    select count(*) as rows,
           min(place) filter (where id <> place or hash <> audit_hash(before, a)) as broken
      from (select row_number() over byid as place, a.id, a.hash, a,
                   coalesce(lag(a.hash) over byid, ''::bytea) as before
              from audit a window byid as (order by a.id)) chained
  `.execute(db);
  return { rows: Number(rows[0]?.rows ?? 0), brokenAt: rows[0]?.broken ?? null };
}
