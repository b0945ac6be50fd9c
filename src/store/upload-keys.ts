import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { asConnection, type Connection, type ConnectionRow } from './registry.ts';

const KEY_BYTES = 24;

/**
 * What a key opens: sending files, reading what customers owe, sending files of any company into
 * the inbox of the whole hub, or the API as somebody who has these rights (`web/access/rights.ts`).
 * People and the audit trail are for people.
 */
export const SCOPES = [
  ...(['files', 'balances', 'inbox'] as const),
  ...(['read', 'approve', 'settle', 'import', 'connect'] as const),
] as const;

/** One of them. */
export type Scope = (typeof SCOPES)[number];

/**
 * Makes a key with which a program reaches a company's part of the hub, or the inbox, which is of
 * no company and opens nothing else. Only its hash is kept; a key of the same name ends.
 */
export async function makeUploadKey(
  db: Db,
  of: {
    readonly companyId: string | null;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly by?: string;
    /** Absent: until it is ended. */
    readonly expiresAtMs?: number;
  },
): Promise<string> {
  const key = `bokbro_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const fresh = {
    ...{ hash: hashOf(key), scopes: [...of.scopes], prefix: key.slice(0, PREFIX_LENGTH) },
    ...{ made_by: of.by ?? null, last_used_at: null, ended_at: null },
    expires_at: of.expiresAtMs === undefined ? null : new Date(of.expiresAtMs),
  };
  await db
    .insertInto('api_key')
    .values({ company_id: of.companyId, name: of.name, ...fresh })
    .onConflict((conflict) => conflict.columns(['company_id', 'name']).doUpdateSet(fresh))
    .execute();
  return key;
}

/** `bokbro_` and six signs: enough to know a key by, and far too little to guess it from. */
const PREFIX_LENGTH = 13;

/** A key as it is shown: what opens with it is known to nobody here. */
export type ListedKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string | null;
  readonly scopes: readonly string[];
  readonly by: string | null;
  readonly madeAtMs: number;
  readonly expiresAtMs: number | null;
  readonly lastUsedAtMs: number | null;
};

/** The keys of a company that open something, by name; null: those of the inbox. */
export async function listKeys(db: Db, companyId: string | null): Promise<readonly ListedKey[]> {
  const rows = await db
    .selectFrom('api_key')
    .selectAll()
    .where('company_id', 'is not distinct from', companyId)
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, prefix: row.prefix, scopes: row.scopes, by: row.made_by },
    madeAtMs: row.created_at.getTime(),
    expiresAtMs: row.expires_at?.getTime() ?? null,
    lastUsedAtMs: row.last_used_at?.getTime() ?? null,
  }));
}

/** Ends a key. @returns its name; null when the company has no such key */
export async function endKey(db: Db, companyId: string | null, id: string): Promise<string | null> {
  const row = await db
    .updateTable('api_key')
    .set({ ended_at: new Date() })
    .where('company_id', 'is not distinct from', companyId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Notes that a key was used: once a minute at most, so that reading writes seldom. */
export async function noteUse(db: Db, id: string): Promise<void> {
  await sql`
    update api_key set last_used_at = now()
     where id = ${id} and coalesce(last_used_at < now() - interval '1 minute', true)
  `.execute(db);
}

/** Whose a key is, and what it opens. */
export type KeyHolder = {
  readonly id: string;
  readonly name: string;
  /** null: of no company; it opens the inbox. */
  readonly companyId: string | null;
  readonly scopes: readonly string[];
};

/**
 * Whose a key is; null when it is nobody's.
 *
 * It is looked up by its hash: that takes the same time whatever was guessed.
 */
export async function holderOfKey(db: Db, key: string): Promise<KeyHolder | null> {
  const row = await db
    .selectFrom('api_key')
    .select(['id', 'name', 'company_id', 'scopes'])
    .where('hash', '=', hashOf(key))
    .where('ended_at', 'is', null)
    .where(sql<boolean>`coalesce(expires_at > now(), true)`)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, name, scopes, company_id: companyId } = row;
  return { id, name, companyId, scopes };
}

/** Where an upload goes: the name of a connection, and the key that was given with it. */
export type UploadAddress = { readonly key: string; readonly connection: string };

/** What is at an address, and what the key opens: null without a valid key. */
export type UploadPlace = {
  readonly connection: Connection | null;
  readonly scopes: readonly string[];
} | null;

/** Looks addresses up, many in one round trip. */
export async function findUploadPlaces(
  db: Db,
  addresses: readonly UploadAddress[],
): Promise<readonly UploadPlace[]> {
  type Row = { readonly place: string; readonly scopes: readonly string[] } & (
    | ConnectionRow
    | { readonly id: null }
  );
  const { rows } = await sql<Row>`
    select asked.place, k.scopes, c.id, c.company_id, c.connector, c.name, c.settings, c.state,
           c.state_reason
      from unnest(${addresses.map(({ key }) => hashOf(key))}::text[],
                  ${addresses.map(({ connection }) => connection)}::text[])
           with ordinality as asked(hash, name, place)
      join api_key k on k.hash = asked.hash and k.ended_at is null
       and coalesce(k.expires_at > now(), true)
      left join connection c on c.company_id = k.company_id and c.name = asked.name
  `.execute(db);
  const found = new Map(rows.map((row) => [Number(row.place), row]));
  return addresses.map((_, index) => {
    const row = found.get(index + 1);
    if (row === undefined) return null;
    return { connection: row.id === null ? null : asConnection(row), scopes: row.scopes };
  });
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
