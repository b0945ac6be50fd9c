import { createHash, randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Db } from './db.ts';
import type { Role } from './people.ts';
import type { Schema } from './schema.ts';

const TOKEN_BYTES = 24;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Long enough for a holiday, short enough that a forgotten mail opens nothing. */
const GOOD_MS = 7 * DAY_MS;

/** A link that has been given out and not been used. */
export type Invitation = {
  readonly id: string;
  readonly email: string;
  /** null: every company of the firm. */
  readonly companyId: string | null;
  readonly role: Role;
  readonly by: string;
  readonly expiresAtMs: number;
};

/** Makes an invitation. What stands in its link is returned once, and only its hash is kept. */
export async function makeInvitation(
  db: Db,
  of: Pick<Invitation, 'email' | 'companyId' | 'role' | 'by'> & { readonly nowMs: number },
): Promise<{ readonly token: string; readonly invitation: Invitation }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const row = await db
    .insertInto('invitation')
    .values({
      ...{ hash: hashOf(token), email: of.email.toLowerCase(), company_id: of.companyId },
      ...{ role: of.role, made_by: of.by, expires_at: new Date(of.nowMs + GOOD_MS) },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { token, invitation: asInvitation(row) };
}

/** Those that can still be used, the newest first. */
export async function listInvitations(db: Db, nowMs: number): Promise<readonly Invitation[]> {
  const rows = await openOnes(db, nowMs).orderBy('id', 'desc').execute();
  return rows.map(asInvitation);
}

/**
 * The invitation that a link is; null: used, withdrawn, too old, or never made. In a transaction
 * it is kept from being used by somebody else at the same time.
 */
export async function findInvitation(
  db: Db,
  token: string,
  nowMs: number,
): Promise<Invitation | null> {
  const row = await openOnes(db, nowMs)
    .where('hash', '=', hashOf(token))
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : asInvitation(row);
}

/** It has made a person, and makes no other. */
export async function useInvitation(db: Db, id: string): Promise<void> {
  const used_at = new Date();
  await db.updateTable('invitation').set({ used_at }).where('id', '=', id).execute();
}

/** @returns false when there is none that can be used */
export async function withdrawInvitation(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ withdrawn_at: new Date() })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function openOnes(db: Db, nowMs: number) {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', new Date(nowMs));
}

function asInvitation(row: Selectable<Schema['invitation']>): Invitation {
  const { id, email, role, company_id: companyId, made_by: by } = row;
  return { id, email, role, companyId, by, expiresAtMs: row.expires_at.getTime() };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
