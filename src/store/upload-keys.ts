import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './db.ts';

const KEY_BYTES = 24;

/**
 * Makes a key with which files can be uploaded for a company. Only its hash is kept; a key of the
 * same name ends.
 */
export async function makeUploadKey(
  db: Db,
  of: { readonly companyId: string; readonly name: string },
): Promise<string> {
  const key = `bokbro_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const hash = hashOf(key);
  await db
    .insertInto('api_key')
    .values({ company_id: of.companyId, name: of.name, hash })
    .onConflict((conflict) => conflict.columns(['company_id', 'name']).doUpdateSet({ hash }))
    .execute();
  return key;
}

/**
 * The id of the company that a key belongs to; null when it is nobody's.
 *
 * It is looked up by its hash: that takes the same time whatever was guessed.
 */
export async function companyOfKey(db: Db, key: string): Promise<string | null> {
  const row = await db
    .selectFrom('api_key')
    .select('company_id')
    .where('hash', '=', hashOf(key))
    .executeTakeFirst();
  return row?.company_id ?? null;
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
