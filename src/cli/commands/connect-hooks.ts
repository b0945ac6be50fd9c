import { removeHooks, setUpHooks } from '../../hub/hooks/keep-hooks.ts';
import type { Hub } from '../../hub/hub.ts';
import { findHook } from '../../store/hooks.ts';
import { describeTrouble } from '../../text/pickups.ts';
import type { CliContext } from '../context.ts';

/**
 * Has a system send messages of what changes, or takes that back. What keeps them from coming is
 * said and stops nothing: the system is asked all the same.
 */
export async function connectHooks(
  context: CliContext,
  hub: Hub,
  of: { readonly connectionId: string; readonly wanted: boolean | undefined },
): Promise<void> {
  const { connectionId, wanted } = of;
  if (wanted === false) {
    const count = await removeHooks(hub, connectionId);
    context.out(`No messages are sent to us any more; ${count} kinds were taken back there.\n`);
    return;
  }
  // Asked for once, they are kept up whenever it is connected anew: the keys may be others.
  const isWanted = wanted === true || (await findHook(hub.database.db, connectionId)) !== null;
  if (!isWanted) return;
  const made = await setUpHooks(hub, connectionId);
  if (made === null) {
    context.out('It sends no messages: it is asked as often as --every says.\n');
  } else if (made.trouble !== null) {
    context.out(`${describeTrouble(made.trouble, context.language)}\n`);
  } else if (made.kept === null) {
    context.out(`Enter this address there, for messages of what has changed:\n\n  ${made.url}\n\n`);
  } else {
    const { made: fresh, moved, switchedOn } = made.kept;
    const changed = [...new Set([...fresh, ...moved, ...switchedOn])];
    const what = changed.length === 0 ? 'as before' : changed.join(', ');
    context.out(`It tells us at once what has changed: ${what}.\n`);
  }
}
