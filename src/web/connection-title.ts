import { systemName, type AnyConnector } from '../ports/connector.ts';
import type { Language } from '../domain/posting/words.ts';
import type { Hub } from '../hub/hub.ts';
import { listConnections, type Company, type Connection, type Flow } from '../store/registry.ts';

type Connectors = ReadonlyMap<string, AnyConnector>;
type Named = Pick<Connection, 'name' | 'connector'>;

/** Connections as people call them, by the names that they have in a company. */
export async function titlesByName(
  hub: Hub,
  { company, language }: { readonly company: Company; readonly language: Language },
): Promise<(name: string) => string> {
  const { connection } = titlesOf(hub.connectors, language);
  const all = await listConnections(hub.database.db, company.id);
  const titles = new Map(all.map((one) => [one.name, connection(one)]));
  return (name) => titles.get(name) ?? name;
}

/** What people call connections and flows, in the reader’s language. */
export function titlesOf(connectors: Connectors, language: Language) {
  const connection = (of: Named): string => {
    const known = connectors.get(of.connector);
    if (known === undefined) return of.name;
    const system = systemName(known, language);
    // A connection that nobody has named is called after its connector.
    const says = of.name.toLowerCase();
    const isUsual = says === known.id.toLowerCase() || says === system.toLowerCase();
    return isUsual ? system : `${system} – ${of.name}`;
  };
  return {
    connection,
    flow: ({ source, target }: Pick<Flow, 'source' | 'target'>): string =>
      `${connection(source)} → ${connection(target)}`,
  };
}
