import { sql } from 'kysely';
import type { Db } from './db.ts';

/** An act that came with a key of its own, so that it is done once however often it comes. */
export type KeyedAct = {
  /** Whoever asks: the same key of somebody else is another one. */
  readonly caller: string;
  readonly key: string;
  readonly companyId: string | null;
  /** Of what was asked; another one under the same key is a mistake. */
  readonly requestHash: string;
};

/** What is known of it. */
export type BegunAct =
  | { readonly kind: 'new' }
  | { readonly kind: 'other' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly status: number; readonly body: string | null };

/** Begins an act, or says what became of it. Answers are kept for a day. */
export async function beginAct(db: Db, act: KeyedAct): Promise<BegunAct> {
  const { caller, key, companyId, requestHash } = act;
  await sql`
    delete from api_answer where caller = ${caller} and at < now() - interval '1 day'
  `.execute(db);
  const made = await db
    .insertInto('api_answer')
    .values({ caller, key, company_id: companyId, request_hash: requestHash })
    .onConflict((conflict) => conflict.columns(['caller', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (made !== undefined) return { kind: 'new' };
  const found = await db
    .selectFrom('api_answer')
    .select(['request_hash', 'status', 'body'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirst();
  if (found === undefined || found.request_hash !== requestHash) return { kind: 'other' };
  const { status, body } = found;
  return status === null ? { kind: 'running' } : { kind: 'done', status, body };
}

/** Keeps what was answered. */
export async function endAct(
  db: Db,
  { caller, key }: Pick<KeyedAct, 'caller' | 'key'>,
  answer: { readonly status: number; readonly body: string | null },
): Promise<void> {
  await db
    .updateTable('api_answer')
    .set(answer)
    .where('caller', '=', caller)
    .where('key', '=', key)
    .execute();
}

/** Nothing came of it: the same may be tried again. */
export async function forgetAct(
  db: Db,
  { caller, key }: Pick<KeyedAct, 'caller' | 'key'>,
): Promise<void> {
  await db.deleteFrom('api_answer').where('caller', '=', caller).where('key', '=', key).execute();
}
