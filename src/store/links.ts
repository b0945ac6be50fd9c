import type pg from 'pg';
import type { Remote } from '../ports/target.ts';

/** What a ledger calls what the hub knows by these keys, as far as it is known. */
export async function readLinks(
  pool: pg.Pool,
  connectionId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Remote>> {
  const { rows } = await pool.query<{ key: string; remote: Remote }>({
    name: 'read-links',
    text: 'select key, remote from link where connection_id = $1 and key = any ($2)',
    values: [connectionId, keys],
  });
  return new Map(rows.map(({ key, remote }) => [key, remote]));
}
