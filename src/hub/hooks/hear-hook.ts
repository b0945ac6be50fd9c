import type { HookMessage } from '../../ports/hooks.ts';
import { countHeard, hookOfToken, hookSecrets, nudgeFeed } from '../../store/hooks.ts';
import { hurryInvoiceLook } from '../../store/invoice-looks.ts';
import { getConnection } from '../../store/registry.ts';
import { NUDGE_GAP_MS } from '../fetch/looking.ts';
import type { Hub } from '../hub.ts';

/** Objects are named by short ids; what is longer is no id. */
const OBJECT_CHARS_MAX = 100;

/** What a message that came over the web was. `nobodys`: its address is not one of ours. */
export type HookHeard = 'taken' | 'forged' | 'nobodys';

/**
 * Takes a message of an outside system. When this returns, it is on disk that the system is to be
 * looked at; what stands in the message is not acted on.
 */
export async function hearHook(hub: Hub, token: string, message: HookMessage): Promise<HookHeard> {
  const { db } = hub.database;
  const hook = await hookOfToken(db, token);
  if (hook === null) return 'nobodys';
  const { connectionId } = hook.place;
  const { connector } = await getConnection(db, connectionId);
  const reader = hub.connectors.get(connector)?.hooks;
  if (reader === undefined) return 'nobodys';
  const { secret } = await hookSecrets(db, hub.box, hook);
  const heard = reader.hear(message, secret);
  if (heard.kind === 'nothing') return 'taken';
  const nowMs = hub.clock.nowMs();
  if (heard.kind === 'look') {
    const object = heard.object?.slice(0, OBJECT_CHARS_MAX) ?? null;
    await nudgeFeed(db, connectionId, { object, nowMs, afterLookMs: NUDGE_GAP_MS });
    await hurryInvoiceLook(db, connectionId, NUDGE_GAP_MS);
  }
  const isForged = heard.kind === 'forged';
  await countHeard(db, connectionId, { isForged, atMs: nowMs });
  return isForged ? 'forged' : 'taken';
}
