import type { ConnectionReason } from '../ports/connection-reason.ts';
import { sql, type Selectable } from 'kysely';
import type { Language } from '../domain/posting/words.ts';
import type { Country } from '../domain/vat/rates.ts';
import { present } from '../lib/assert.ts';
import { encodeJson, type Json } from '../lib/json.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';

/** A company whose books the hub works for. */
export type Company = {
  readonly id: string;
  readonly name: string;
  readonly country: Country;
  readonly language: Language;
  readonly timeZone: string;
};

/** A company's login to one outside system. */
export type Connection = {
  readonly id: string;
  readonly companyId: string;
  readonly connector: string;
  readonly name: string;
  readonly settings: Json;
  /** `paused`: a person lets it rest. Only what is ready is used. */
  readonly state: 'ready' | 'reconnect' | 'setup' | 'paused';
  readonly stateReason: ConnectionReason | null;
  /** Grows when its login is another. */
  readonly secretsVersion: number;
};

/** What goes from a source connection to a target connection. */
export type Flow = {
  readonly id: string;
  readonly companyId: string;
  readonly source: Connection;
  readonly target: Connection;
  readonly mode: 'automatic' | 'review';
  readonly choices: Json;
  readonly startDate: string | null;
};

const TIME_ZONES: Readonly<Record<Country, string>> = {
  SE: 'Europe/Stockholm',
  NO: 'Europe/Oslo',
};

export async function addCompany(
  db: Db,
  company: {
    readonly name: string;
    readonly country: Country;
    readonly language: Language;
    readonly orgNumber?: string;
  },
): Promise<Company> {
  const timeZone = TIME_ZONES[company.country];
  const { id } = await db
    .insertInto('company')
    .values({
      name: company.name,
      country: company.country,
      language: company.language,
      org_number: company.orgNumber ?? null,
      time_zone: timeZone,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { name, country, language } = company;
  return { id, name, country, language, timeZone };
}

export async function listCompanies(db: Db): Promise<readonly Company[]> {
  const rows = await db
    .selectFrom('company')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute();
  return rows.map(asCompany);
}

/** Companies by their ids, by name. Ids that are nobody's are left out. */
export async function getCompanies(db: Db, ids: readonly string[]): Promise<readonly Company[]> {
  const rows = await db
    .selectFrom('company')
    .selectAll()
    .where('id', '=', (eb) => eb.fn.any(eb.val(ids)))
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute();
  return rows.map(asCompany);
}

function asCompany(row: Selectable<Schema['company']>): Company {
  const { id, name, country, language, time_zone: timeZone } = row;
  return { id, name, country, language, timeZone };
}

/** Adds a connection; a connection is also a lane, so that anything can be delivered to it. */
export async function addConnection(
  db: Db,
  connection: {
    readonly companyId: string;
    readonly connector: string;
    readonly name: string;
    readonly settings: unknown;
  },
): Promise<Connection> {
  const { companyId, connector, name, settings } = connection;
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('connection')
      .values({ company_id: companyId, connector, name, settings: encodeJson(settings) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx.insertInto('lane').values({ id, company_id: companyId }).execute();
    return getConnection(trx, id);
  });
}

/**
 * Stores a connection's settings. When they are others than before, its files that could not be
 * read are to be read again: a profile may have come that knows them.
 */
export async function changeSettings(db: Db, id: string, settings: unknown): Promise<void> {
  const written = encodeJson(settings);
  await sql`
    with changed as (
      update connection set settings = ${written}::jsonb
       where id = ${id} and settings is distinct from ${written}::jsonb
      returning id
    )
    update received_file f set state = 'received', problems = '[]'
      from changed
     where f.connection_id = changed.id and f.state = 'rejected' and f.set_aside_by is null
  `.execute(db);
}

export async function getConnection(db: Db, id: string): Promise<Connection> {
  const [connection] = await getConnections(db, [id]);
  return present(connection, `connection ${id}`);
}

/** @returns undefined in the place of each id that is nobody's */
export async function getConnections(
  db: Db,
  ids: readonly string[],
): Promise<readonly (Connection | undefined)[]> {
  const rows = await db
    .selectFrom('connection')
    .select(CONNECTION)
    .where('id', '=', (eb) => eb.fn.any(eb.val(ids)))
    .execute();
  const found = new Map(rows.map((row) => [row.id, asConnection(row)]));
  return ids.map((id) => found.get(id));
}

const CONNECTION = [
  'id',
  'company_id',
  'connector',
  'name',
  'settings',
  'state',
  'state_reason',
  'secrets_version',
] as const;

/** A connection's columns, as `asConnection` takes them. */
export type ConnectionRow = Pick<Selectable<Schema['connection']>, (typeof CONNECTION)[number]>;

export function asConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    companyId: row.company_id,
    connector: row.connector,
    name: row.name,
    settings: row.settings,
    state: row.state,
    stateReason: row.state_reason as ConnectionReason | null, // Written by `markConnection`.
    secretsVersion: row.secrets_version,
  };
}

export async function listConnections(db: Db, companyId: string): Promise<readonly Connection[]> {
  const rows = await db
    .selectFrom('connection')
    .select(CONNECTION)
    .where('company_id', '=', companyId)
    .orderBy('id')
    .execute();
  return rows.map(asConnection);
}

/**
 * Claims the store numbers or shops of a source connection.
 *
 * @returns those that another connection has: a store's takings belong to one company
 */
export async function claimAccounts(
  db: Db,
  connection: Connection,
  accounts: readonly string[],
): Promise<readonly string[]> {
  if (accounts.length === 0) return [];
  const { connector, id } = connection;
  await db
    .insertInto('source_account')
    .values(accounts.map((account) => ({ connector, account, connection_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const taken = await db
    .selectFrom('source_account')
    .select('account')
    .where('connector', '=', connector)
    .where('account', 'in', accounts)
    .where('connection_id', '<>', id)
    .execute();
  return taken.map((row) => row.account);
}

/**
 * The connection whose all these store numbers or shops are.
 *
 * @returns null when nobody has claimed one of them, or when they are of several
 */
export async function ownerOf(
  db: Db,
  connector: string,
  accounts: readonly string[],
): Promise<string | null> {
  const rows = await db
    .selectFrom('source_account')
    .select(['account', 'connection_id'])
    .where('connector', '=', connector)
    .where('account', '=', (eb) => eb.fn.any(eb.val(accounts)))
    .execute();
  const [owner, ...others] = new Set(rows.map((row) => row.connection_id));
  return others.length === 0 && rows.length === accounts.length ? (owner ?? null) : null;
}

/** Every connection of these systems. */
export async function connectionsOf(
  db: Db,
  connectors: readonly string[],
): Promise<readonly Connection[]> {
  const rows = await db
    .selectFrom('connection')
    .select(CONNECTION)
    .where('connector', '=', (eb) => eb.fn.any(eb.val(connectors)))
    .orderBy('id')
    .execute();
  return rows.map(asConnection);
}

/** Changes when a file that is nobody’s may have become somebody’s. */
export async function ownershipStamp(db: Db): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat((select md5(string_agg(concat(id, settings), ',' order by id)) from connection),
                  (select md5(string_agg(concat_ws(' ', connector, account, connection_id), ','
                                         order by connector, account))
                     from source_account)) as stamp
  `.execute(db);
  return rows[0]?.stamp ?? '';
}

/** The store numbers or shops that a connection has claimed, in their order. */
export async function claimedAccounts(db: Db, connectionId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('source_account')
    .select('account')
    .where('connection_id', '=', connectionId)
    .orderBy('account')
    .execute();
  return rows.map((row) => row.account);
}

export async function addFlow(
  db: Db,
  flow: {
    readonly source: Connection;
    readonly target: Connection;
    readonly mode: 'automatic' | 'review';
    readonly choices: unknown;
    readonly startDate: string | null;
    /** Back from a ledger to what it came from. */
    readonly isReturn?: boolean;
  },
): Promise<string> {
  const { id } = await db
    .insertInto('flow')
    .values({
      company_id: flow.source.companyId,
      source_id: flow.source.id,
      target_id: flow.target.id,
      mode: flow.mode,
      choices: encodeJson(flow.choices),
      start_date: flow.startDate,
      is_return: flow.isReturn ?? false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What goes into the ledgers of a company. */
export function listFlows(db: Db, companyId: string): Promise<readonly Flow[]> {
  return flowsOf(db, companyId, false);
}

/** What goes back from them to where it came from. */
export function listReturns(db: Db, companyId: string): Promise<readonly Flow[]> {
  return flowsOf(db, companyId, true);
}

async function flowsOf(db: Db, companyId: string, isReturn: boolean): Promise<readonly Flow[]> {
  const rows = await db
    .selectFrom('flow')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('is_return', '=', isReturn)
    .orderBy('id')
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      companyId: row.company_id,
      source: await getConnection(db, row.source_id),
      target: await getConnection(db, row.target_id),
      mode: row.mode,
      choices: row.choices,
      startDate: row.start_date,
    })),
  );
}

/** Stores a flow's choices. Deliveries that are held are planned again with them on request. */
export async function changeFlow(
  db: Db,
  id: string,
  change: {
    readonly choices?: unknown;
    readonly mode?: 'automatic' | 'review';
    readonly startDate?: string | null;
  },
): Promise<void> {
  await db
    .updateTable('flow')
    .set({
      ...(change.choices === undefined ? {} : { choices: encodeJson(change.choices) }),
      ...(change.mode === undefined ? {} : { mode: change.mode }),
      ...(change.startDate === undefined ? {} : { start_date: change.startDate }),
    })
    .where('id', '=', id)
    .execute();
}

/** Calls made to a connection so far. */
export async function callsOf(
  db: Db,
  connectionId: string,
): Promise<{ readonly calls: number; readonly rateLimited: number }> {
  const { rows } = await sql<{ calls: string | null; rate_limited: string | null }>`
    select sum(calls) as calls, sum(rate_limited) as rate_limited
      from call_count where connection_id = ${connectionId}
  `.execute(db);
  return { calls: Number(rows[0]?.calls ?? 0), rateLimited: Number(rows[0]?.rate_limited ?? 0) };
}
