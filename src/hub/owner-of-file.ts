import { stableJson } from '../lib/json.ts';
import type { Nobodys } from '../ports/ownership.ts';
import type { FileSource, IncomingFile, Problem } from '../ports/source.ts';
import { connectionsOf, ownerOf } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** Whose a file is that came without a name: a connection's, or nobody's as yet. */
export type Ownership =
  | { readonly kind: 'owned'; readonly connectionId: string }
  | { readonly kind: 'nobodys'; readonly why: Nobodys };

/** The connection whose a file is; null while it is nobody's. */
export async function ownerOfFile(hub: Hub, file: IncomingFile): Promise<string | null> {
  const found = await whoseFile(hub, file);
  return found.kind === 'owned' ? found.connectionId : null;
}

/**
 * Whose a file is: of the connection that has claimed the store which all its documents are of.
 *
 * A file of no standard format is read by every profile that a connection has, each distinct one
 * once. A profile counts for the connections that have it and for no other: what it takes for the
 * number of a store may be anything in somebody else's file.
 */
export async function whoseFile(hub: Hub, file: IncomingFile): Promise<Ownership> {
  const seen = new Seen();
  const givers = [...hub.connectors.values()].filter(({ gives }) => gives.length > 0);
  for (const { id } of givers) {
    const accounts = await seen.read(hub.openLoose(id), file);
    const owner = await ownerOf(hub.database.db, id, accounts);
    if (owner !== null) return { kind: 'owned', connectionId: owner };
  }
  const owners = new Set<string>();
  for (const { connector, layout, connectionIds } of await layoutsOf(hub)) {
    const accounts = await seen.read(hub.openLoose(connector, layout), file);
    const owner = await ownerOf(hub.database.db, connector, accounts);
    if (owner !== null && connectionIds.has(owner)) owners.add(owner);
  }
  const [connectionId, ...others] = owners;
  if (connectionId === undefined) return { kind: 'nobodys', why: seen.why() };
  if (others.length === 0) return { kind: 'owned', connectionId };
  return { kind: 'nobodys', why: { kind: 'several', accounts: seen.accounts } };
}

/** A way of reading files that connections have in common. */
type Layout = {
  readonly connector: string;
  readonly layout: unknown;
  readonly connectionIds: ReadonlySet<string>;
};

/** Two hundred stores with the same profile are one layout: a file is read once for all of them. */
async function layoutsOf(hub: Hub): Promise<readonly Layout[]> {
  const found = new Map<string, Layout & { readonly connectionIds: Set<string> }>();
  for (const connection of await connectionsOf(hub.database.db, [...hub.connectors.keys()])) {
    const { id, connector } = connection;
    const { settings, layouts } = hub.connectors.get(connector) ?? {};
    const read = settings?.safeParse(connection.settings);
    if (layouts === undefined || read?.success !== true) continue;
    for (const layout of layouts(read.data)) {
      const key = stableJson([connector, layout]);
      const known = found.get(key) ?? { connector, layout, connectionIds: new Set() };
      known.connectionIds.add(id);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** What several ways of reading have shown of one file. */
class Seen {
  readonly #accounts = new Set<string>();
  readonly #problems: Problem[] = [];
  #isSeveral = false;

  get accounts(): readonly string[] {
    return [...this.#accounts].sort();
  }

  /** The stores or companies whose documents stand in it; none when it cannot be trusted. */
  async read(source: FileSource, file: IncomingFile): Promise<readonly string[]> {
    const accounts = new Set<string>();
    const problems: Problem[] = [];
    for await (const reading of source.read(file)) {
      if (reading.kind === 'document') accounts.add(reading.document.ref.account);
      if (reading.kind === 'unreadable') problems.push(...reading.problems);
      if (reading.kind !== 'rejected') continue;
      if (reading.problems.some(({ code }) => code === 'format-unknown')) return [];
      accounts.clear();
      problems.push(...reading.problems);
    }
    for (const account of accounts) this.#accounts.add(account);
    this.#problems.push(...problems.slice(0, PROBLEMS_MAX));
    this.#isSeveral ||= accounts.size > 1;
    return [...accounts];
  }

  why(): Nobodys {
    const { accounts } = this;
    if (this.#isSeveral) return { kind: 'several', accounts };
    if (accounts.length > 0) return { kind: 'unclaimed', accounts };
    if (this.#problems.length === 0) return { kind: 'unknown' };
    return { kind: 'unread', problems: this.#problems.slice(0, PROBLEMS_MAX) };
  }
}

/** Nobody reads more reasons why a file is nobody's. */
const PROBLEMS_MAX = 3;
