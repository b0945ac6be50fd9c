import type { Hub } from '../../hub/hub.ts';
import { PickupError, type Pickup } from '../../ports/pickup.ts';
import { findPickup, listPickups } from '../../store/pickups.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';

/** What is in the way is told in the person's language. */
export async function told(context: CliContext, act: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof PickupError)) throw error;
    throw new CommandError(describeTrouble(error.trouble, context.language));
  }
}

/** The pick-up of that name. */
export async function choosePickup(hub: Hub, name: string): Promise<Pickup> {
  const found = await findPickup(hub.database.db, name);
  if (found !== null) return found;
  const names = (await listPickups(hub.database.db)).map((one) => one.name).join(', ') || 'none';
  throw new CommandError(`Nothing is fetched from “${name}”. There are: ${names}.`);
}
