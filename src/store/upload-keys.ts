import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { asConnection, type Connection, type ConnectionRow } from './registry.ts';

const KEY_BYTES = 24;

/**
 * What a key opens: sending files, reading what customers owe, or sending files of any company into
 * the inbox of the whole hub.
 */
export const SCOPES = ['files', 'balances', 'inbox'] as const;

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
  },
): Promise<string> {
  const key = `bokbro_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const hash = hashOf(key);
  const scopes = [...of.scopes];
  await db
    .insertInto('api_key')
    .values({ company_id: of.companyId, name: of.name, hash, scopes })
    .onConflict((conflict) =>
      conflict.columns(['company_id', 'name']).doUpdateSet({ hash, scopes }),
    )
    .execute();
  return key;
}

/** Whose a key is, and what it opens. */
export type KeyHolder = {
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
    .select(['company_id', 'scopes'])
    .where('hash', '=', hashOf(key))
    .executeTakeFirst();
  return row === undefined ? null : { companyId: row.company_id, scopes: row.scopes };
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
      join api_key k on k.hash = asked.hash
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
