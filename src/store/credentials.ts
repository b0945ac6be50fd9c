import type { Credentials, Secrets } from '../ports/connector.ts';
import { ConnectorError } from '../ports/errors.ts';
import type { Database, Db } from './db.ts';
import type { ConnectionPlace, SecretBox } from './secret-box.ts';

/**
 * The login of one connection. The newest secrets are kept in memory; renewing them holds the
 * connection's row, so over all processes one renews and the others get what it got.
 */
export function connectionCredentials(
  { db, keeping }: Database,
  box: SecretBox,
  place: ConnectionPlace,
): Credentials {
  let kept: Secrets | null = null;

  function opened(sealed: Buffer | null): Secrets {
    try {
      return sealed === null ? {} : box.open(place, sealed);
    } catch (cause) {
      const says =
        'The saved login cannot be opened with this master key. Put the right master.key back, ' +
        'or connect again.';
      throw new ConnectorError(says, { kind: 'reconnect' }, { cause });
    }
  }

  return {
    current: async () => {
      if (kept !== null) return kept;
      const row = await db
        .selectFrom('connection')
        .select('secrets')
        .where('id', '=', place.connectionId)
        .executeTakeFirstOrThrow();
      kept = opened(row.secrets);
      return kept;
    },
    refresh: async (stale, renew) => {
      const renewed = (): Promise<Secrets> =>
        db.transaction().execute(async (trx) => {
          const row = await trx
            .selectFrom('connection')
            .select('secrets')
            .where('id', '=', place.connectionId)
            .forUpdate()
            .executeTakeFirstOrThrow();
          const newest = opened(row.secrets);
          if (newest['accessToken'] !== stale['accessToken']) return newest;
          const fresh = await renew(newest);
          await writeSecrets(trx, { box, place }, fresh);
          return fresh;
        });
      kept = await keeping.whileRenewing(renewed);
      return kept;
    },
  };
}

/** Stores a connection's secrets; it is ready to be used from now on. */
export async function writeSecrets(
  db: Db,
  { box, place }: { readonly box: SecretBox; readonly place: ConnectionPlace },
  secrets: Secrets,
): Promise<void> {
  await db
    .updateTable('connection')
    .set((eb) => ({
      secrets: box.seal(place, secrets),
      secrets_version: eb('secrets_version', '+', 1),
      state: 'ready',
      state_reason: null,
    }))
    .where('id', '=', place.connectionId)
    .execute();
}
