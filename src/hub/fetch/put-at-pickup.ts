import { PickupError } from '../../ports/pickup.ts';
import { getPickup } from '../../store/pickups.ts';
import type { Hub } from '../hub.ts';
import { openPickupSftp } from './set-up.ts';

/**
 * Puts a file into a folder of a pick-up's SFTP server, where it replaces the one before.
 *
 * @throws PickupError saying what is in the way
 */
export async function putAtPickup(
  hub: Hub,
  of: {
    readonly pickupId: string;
    readonly folder: string;
    readonly file: { readonly name: string; readonly bytes: Uint8Array };
  },
): Promise<void> {
  const { pickupId, folder, file } = of;
  const pickup = await getPickup(hub.database.db, pickupId);
  if (pickup === null) {
    throw new PickupError({ code: 'failed', facts: { why: 'the server has been removed' } });
  }
  const session = await openPickupSftp(hub, pickup);
  try {
    await session.putWhole(folder, file);
  } finally {
    await session.close();
  }
}
