import type { IncomingFile, Problem } from '../ports/source.ts';
import { listConnections, type Company, type Connection } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** How a connection reads a file. */
export type FileFit = {
  readonly connection: Connection;
  readonly documents: number;
  readonly unreadable: number;
  /** Why it cannot, of a whole file that is not taken. */
  readonly problems: readonly Problem[];
};

const PROBLEMS_MAX = 3;

/** The company's connections by how well they read a file: the most documents first. */
export async function sourcesFor(
  hub: Hub,
  company: Company,
  file: IncomingFile,
): Promise<readonly FileFit[]> {
  const all = await listConnections(hub.database.db, company.id);
  const givers = all.filter(({ connector }) => {
    return (hub.connectors.get(connector)?.gives.length ?? 0) > 0;
  });
  const fits: FileFit[] = [];
  for (const connection of givers) fits.push(await fitOf(hub, connection, file));
  return fits.sort((a, b) => b.documents - a.documents || b.unreadable - a.unreadable);
}

async function fitOf(hub: Hub, connection: Connection, file: IncomingFile): Promise<FileFit> {
  const source = await hub.openSource(connection.id);
  let [documents, unreadable] = [0, 0];
  for await (const reading of source.read(file)) {
    if (reading.kind === 'document') documents += 1;
    if (reading.kind === 'unreadable') unreadable += 1;
    if (reading.kind === 'rejected') {
      const problems = reading.problems.slice(0, PROBLEMS_MAX);
      return { connection, documents: 0, unreadable: 0, problems };
    }
  }
  return { connection, documents, unreadable, problems: [] };
}
