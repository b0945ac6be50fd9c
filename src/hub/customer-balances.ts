import { dayAt } from '../domain/date.ts';
import { creditBalances } from '../engine/credit-balances.ts';
import type { BalanceSnapshot, BalanceWriter } from '../ports/balances.ts';
import { OperatorError } from '../ports/errors.ts';
import type { Target } from '../ports/target.ts';
import { listDeliveries } from '../store/deliveries.ts';
import { knownCustomers } from '../store/known-customers.ts';
import { claimedAccounts, type Company, type Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** States in which a document is on its way to the ledger. */
const WAITING = ['review', 'waiting', 'sending', 'in doubt', 'held'] as const;

/**
 * What the customers of a flow's ledger owe now, as the flow's source reads it.
 *
 * @throws OperatorError when the ledger does not tell, or the source takes no balances
 * @throws ConnectorError when the ledger cannot be read
 */
export async function balancesOf(
  hub: Hub,
  of: { readonly company: Company; readonly flow: Flow },
): Promise<{ readonly snapshot: BalanceSnapshot; readonly file: ReturnType<BalanceWriter> }> {
  const { company, flow } = of;
  const { db } = hub.database;
  const { write, readClaims } = await balanceEnds(hub, flow);
  const now = new Date(hub.clock.nowMs());
  const query = { companyId: company.id, flowId: flow.id, states: WAITING };
  // Before the ledger: what is booked in between is counted twice for once, and not left out.
  const waiting = (await listDeliveries(db, query)).map(({ document }) => document);
  const cards = await knownCustomers(db, flow.source.id);
  const ledger = await readClaims(dayAt(now, company.timeZone));
  const snapshot: BalanceSnapshot = {
    asOf: momentAt(now, company.timeZone),
    stores: await claimedAccounts(db, flow.source.id),
    customers: creditBalances(ledger, [
      ...cards,
      ...waiting.filter((one) => one.kind !== 'customer'),
    ]),
  };
  return { snapshot, file: write(snapshot) };
}

/**
 * Both ends of a flow by which balances go back. The ledger is not asked for anything yet.
 *
 * @throws OperatorError when the ledger does not tell, or the source takes no balances
 */
export async function balanceEnds(
  hub: Hub,
  flow: Flow,
): Promise<{
  readonly write: BalanceWriter;
  readonly readClaims: NonNullable<Target['readClaims']>;
}> {
  const write = await hub.openBalances(flow.source.id);
  if (write === null) throw new OperatorError(`${flow.source.name} takes no balances.`);
  const { target } = await hub.openTarget(flow.target.id);
  const readClaims = target.readClaims?.bind(target);
  if (readClaims === undefined) {
    throw new OperatorError(`${flow.target.name} does not tell what customers owe.`);
  }
  return { write, readClaims };
}

/** `2026-05-03T04:00:00+02:00` */
function momentAt(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toString({ smallestUnit: 'second', timeZoneName: 'never' });
}
