import type { Hub } from '../../hub/hub.ts';
import type { HealthItem } from '../../ports/target.ts';
import { addFlow, listFlows, type Company, type Connection } from '../../store/registry.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';

/** Whether a flow between these would take something back to where documents come from. */
export function isReturn(hub: Hub, source: Connection, target: Connection): boolean {
  const keepsBooks = (hub.connectors.get(source.connector)?.takes.length ?? 0) > 0;
  return keepsBooks && (hub.connectors.get(target.connector)?.hears ?? []).length > 0;
}

/**
 * Adds a flow back from a ledger to a shop. With keys that may only read nothing is set up: nothing
 * would be told, one delivery after the other.
 */
export async function addReturn(
  context: CliContext,
  hub: Hub,
  of: {
    readonly company: Company;
    readonly source: Connection;
    readonly target: Connection;
    readonly mode: 'automatic' | 'review';
    readonly choices: unknown;
    readonly startDate: string | null;
  },
): Promise<ExitCode> {
  const { company, source, target, ...how } = of;
  const flows = await listFlows(hub.database.db, company.id);
  const isThere = flows.some((f) => f.source.id === target.id && f.target.id === source.id);
  if (!isThere) {
    const first = `bokbro flow add ${target.name} ${source.name}`;
    throw new CommandError(`Nothing goes from ${target.name} to ${source.name} yet: ${first}`);
  }
  const problem = (await shopItems(hub, target)).find(({ state }) => state === 'problem');
  if (problem !== undefined) {
    const says = `So nothing is told to ${target.name}: give it keys that may write`;
    throw new CommandError(`${problem.says} ${says}, by bokbro connect ${target.connector}.`);
  }
  await addFlow(hub.database.db, { source, target, isReturn: true, ...how });
  const says = 'what is booked from now on is told back to it';
  context.out(`${source.name} → ${target.name} is set up: ${says}.\n`);
  return 0;
}

/** What a person should know of a shop that is told something. */
export async function shopItems(hub: Hub, shop: Connection): Promise<readonly HealthItem[]> {
  return (await hub.openShop(shop.id))?.examine() ?? [];
}
