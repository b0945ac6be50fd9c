import type { Db } from './db.ts';

/** A consent that a person has been sent out to give. */
export type BegunConsent = {
  readonly connectionId: string;
  /** The PKCE verifier that the exchange must show. */
  readonly verifier: string;
  /** The page of ours that the person came from; null: none. */
  readonly returnTo: string | null;
  readonly begunAtMs: number;
};

export async function addConsent(
  db: Db,
  begun: {
    readonly state: string;
    readonly connectionId: string;
    readonly verifier: string;
    readonly returnTo?: string;
  },
): Promise<void> {
  const { state, connectionId, verifier, returnTo = null } = begun;
  await db
    .insertInto('consent')
    .values({ state, connection_id: connectionId, verifier, return_to: returnTo })
    .execute();
}

/** Takes a consent out: its state counts once. @returns null when there is none of this state */
export async function takeConsent(db: Db, state: string): Promise<BegunConsent | null> {
  const row = await db
    .deleteFrom('consent')
    .where('state', '=', state)
    .returning(['connection_id', 'verifier', 'created_at', 'return_to'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { connection_id: connectionId, verifier, created_at, return_to: returnTo } = row;
  return { connectionId, verifier, returnTo, begunAtMs: created_at.getTime() };
}

/** The page that a person came from who is out to give consent. @returns null when there is none */
export async function consentCameFrom(db: Db, state: string): Promise<string | null> {
  const row = await db
    .selectFrom('consent')
    .select('return_to')
    .where('state', '=', state)
    .executeTakeFirst();
  return row?.return_to ?? null;
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
