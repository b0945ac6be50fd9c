import type { Db } from './db.ts';

/** A sign-in that is still good. */
export type OpenSession = {
  readonly id: string;
  readonly token: string;
  readonly beganAtMs: number;
  readonly usedAtMs: number;
  readonly address: string | null;
  readonly browser: string | null;
};

/** How somebody can sign in, and where they have. */
export type OwnAccount = {
  readonly hasPassword: boolean;
  readonly hasFactor: boolean;
  readonly isLinked: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly madeAtMs: number;
  }[];
  readonly sessions: readonly OpenSession[];
};

/** The account of a person; the newest session first. */
export async function readOwnAccount(db: Db, personId: string): Promise<OwnAccount> {
  const person = await db
    .selectFrom('person')
    .select('two_factor_enabled')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const ways = await db
    .selectFrom('person_account')
    .select('provider_id')
    .where('person_id', '=', personId)
    .execute();
  const passkeys = await db
    .selectFrom('person_passkey')
    .select(['id', 'name', 'created_at'])
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute();
  return {
    hasPassword: ways.some((way) => way.provider_id === 'credential'),
    hasFactor: person.two_factor_enabled,
    isLinked: ways.some((way) => way.provider_id !== 'credential'),
    passkeys: passkeys.map((row) => ({
      ...{ id: row.id, name: row.name, madeAtMs: row.created_at.getTime() },
    })),
    sessions: await listSessions(db, personId),
  };
}

async function listSessions(db: Db, personId: string): Promise<readonly OpenSession[]> {
  const rows = await db
    .selectFrom('person_session')
    .selectAll()
    .where('person_id', '=', personId)
    .where('expires_at', '>', (eb) => eb.fn<Date>('now'))
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, token: row.token, address: row.ip_address, browser: row.user_agent },
    ...{ beganAtMs: row.created_at.getTime(), usedAtMs: row.updated_at.getTime() },
  }));
}

/**
 * Ends sessions of a person: what opens them opens nothing from here on.
 *
 * @param sessionId - absent: all of them
 * @returns how many there were
 */
export async function endSessions(db: Db, personId: string, sessionId?: string): Promise<number> {
  let ending = db.deleteFrom('person_session').where('person_id', '=', personId);
  if (sessionId !== undefined) ending = ending.where('id', '=', sessionId);
  return Number((await ending.executeTakeFirst()).numDeletedRows);
}
