import { sql } from 'kysely';
import type { Db } from './db.ts';

/** What a person may do: see `web/access/rights.ts`. */
export const ROLES = ['owner', 'bookkeeper', 'approver', 'reader', 'integrator'] as const;

/** One of them. */
export type Role = (typeof ROLES)[number];

/** A role in one company, or in every one of the firm. */
export type Membership = { readonly companyId: string | null; readonly role: Role };

/** Somebody who can sign in. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly memberships: readonly Membership[];
};

/** Whether anybody owns the hub yet. */
export async function hasPeople(db: Db): Promise<boolean> {
  const found = await db
    .selectFrom('membership')
    .select('id')
    .where('company_id', 'is', null)
    .where('role', '=', 'owner')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Keeps others from making the first person at the same time. Ends with the transaction.
 *
 * @returns false when there is one already
 */
export async function mayBeFirst(trx: Db): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('first person'))`.execute(trx);
  return !(await hasPeople(trx));
}

export async function membershipsOf(db: Db, personId: string): Promise<readonly Membership[]> {
  const rows = await db
    .selectFrom('membership')
    .select(['company_id', 'role'])
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ companyId: row.company_id, role: row.role }));
}

/** Gives a person a role, in the place of the one before; null takes it away. */
export async function setRole(
  db: Db,
  of: { readonly personId: string; readonly companyId: string | null; readonly role: Role | null },
): Promise<void> {
  const { personId, companyId, role } = of;
  if (role === null) {
    await db
      .deleteFrom('membership')
      .where('person_id', '=', personId)
      .where('company_id', companyId === null ? 'is' : '=', companyId)
      .execute();
    return;
  }
  await db
    .insertInto('membership')
    .values({ person_id: personId, company_id: companyId, role })
    .onConflict((oc) => oc.columns(['person_id', 'company_id']).doUpdateSet({ role }))
    .execute();
}

/** Takes a person away with their roles, sessions and ways to sign in. */
export async function removePerson(db: Db, id: string): Promise<void> {
  await db.deleteFrom('person').where('id', '=', id).execute();
}

/** Whoever has this id; null: nobody. */
export async function getPerson(
  db: Db,
  id: string,
): Promise<{ readonly email: string; readonly hasFactor: boolean } | null> {
  const row = await db
    .selectFrom('person')
    .select(['email', 'two_factor_enabled'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { email: row.email, hasFactor: row.two_factor_enabled };
}

/** Everybody who can sign in, by name, with their roles. */
export async function listPeople(db: Db): Promise<readonly Person[]> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .orderBy('name')
    .orderBy('id')
    .execute();
  const roles = await db
    .selectFrom('membership')
    .select(['person_id', 'company_id', 'role'])
    .orderBy('id')
    .execute();
  const theirs = Map.groupBy(roles, (row) => row.person_id);
  return rows.map((row) => ({
    ...row,
    memberships: (theirs.get(row.id) ?? []).map((one) => ({
      companyId: one.company_id,
      role: one.role,
    })),
  }));
}
