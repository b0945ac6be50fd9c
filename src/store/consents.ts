import type { Db } from './db.ts';

/** A consent that a person has been sent out to give. */
export type BegunConsent = {
  readonly connectionId: string;
  /** The PKCE verifier that the exchange must show. */
  readonly verifier: string;
  readonly begunAtMs: number;
};

export async function addConsent(
  db: Db,
  begun: {
    readonly state: string;
    readonly connectionId: string;
    readonly verifier: string;
  },
): Promise<void> {
  const { state, connectionId, verifier } = begun;
  await db.insertInto('consent').values({ state, connection_id: connectionId, verifier }).execute();
}

/** Takes a consent out: its state counts once. @returns null when there is none of this state */
export async function takeConsent(db: Db, state: string): Promise<BegunConsent | null> {
  const row = await db
    .deleteFrom('consent')
    .where('state', '=', state)
    .returning(['connection_id', 'verifier', 'created_at'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { connection_id: connectionId, verifier, created_at } = row;
  return { connectionId, verifier, begunAtMs: created_at.getTime() };
}

/** Whether a person is still out to give consent for this connection. */
export async function isConsentPending(db: Db, connectionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('consent')
    .select('state')
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return row !== undefined;
}
