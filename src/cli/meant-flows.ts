import type { Hub } from '../hub/hub.ts';
import type { Company, Connection } from '../store/registry.ts';
import { chooseConnection } from './choose.ts';
import { CommandError } from './context.ts';

/** Which flows a command is about, as it was said. */
export type FlowsSaid = {
  readonly connection?: string;
  /** The connections at its two ends, in the order that it goes. */
  readonly flow?: readonly string[];
};

/** Which flows are meant, and what they are called when there is none of them. */
export type FlowsMeant = {
  readonly name: string;
  readonly has: (source: Connection, target: Connection) => boolean;
};

/** Flows of a connection, a flow by both its ends, or all of a company. */
export async function flowsMeant(
  hub: Hub,
  company: Company,
  { connection, flow }: FlowsSaid,
): Promise<FlowsMeant> {
  if (flow !== undefined) {
    const [from, to, ...more] = flow;
    if (from === undefined || to === undefined || more.length > 0) {
      throw new CommandError('A flow is named by its two ends: --flow SOURCE TARGET');
    }
    const ends = [
      await chooseConnection(hub, company, from),
      await chooseConnection(hub, company, to),
    ];
    const [first, last] = ends.map(({ id }) => id);
    const name = ends.map((end) => end.name).join(' → ');
    return { name, has: (source, target) => source.id === first && target.id === last };
  }
  if (connection === undefined) return { name: company.name, has: () => true };
  const { id, name } = await chooseConnection(hub, company, connection);
  return { name, has: (source, target) => source.id === id || target.id === id };
}
