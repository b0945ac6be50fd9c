import { randomBytes } from 'node:crypto';
import { ConnectorError } from '../../ports/errors.ts';
import type { HookKeeper, HookPlace, HooksKept } from '../../ports/hooks.ts';
import type { PickupTrouble } from '../../ports/pickup.ts';
import {
  addHook,
  endHook,
  findHook,
  hookSecrets,
  noteHookCheck,
  type Hook,
} from '../../store/hooks.ts';
import { getConnection } from '../../store/registry.ts';
import type { Hub } from '../hub.ts';

/** How often a system is asked whether it still sends its messages. */
const CHECK_MS = 24 * 60 * 60_000;
/** That messages had been switched off is told for a week. */
const TOLD_MS = 7 * CHECK_MS;
/** In letters that no system reads as anything else: no `&`, `<`, `>`, quotes. */
const TOKEN_BYTES = 24;
const SECRET_BYTES = 32;

/** Where the messages of a connection go, and what came of having them sent there. */
export type HookSetUp = {
  readonly url: string;
  /** null: a person enters the address in the system. */
  readonly kept: HooksKept | null;
  /** Why they do not come; null: they do. */
  readonly trouble: PickupTrouble | null;
};

/** Gives a connection an address for messages and has its system send them there. */
export async function setUpHooks(hub: Hub, connectionId: string): Promise<HookSetUp | null> {
  const { db } = hub.database;
  const { companyId, connector } = await getConnection(db, connectionId);
  if (hub.connectors.get(connector)?.hooks === undefined) return null;
  const place = { companyId, connectionId };
  const secrets = {
    token: randomBytes(TOKEN_BYTES).toString('base64url'),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
  await addHook(db, hub.box, { place, secrets });
  return checkHooks(hub, connectionId);
}

/**
 * Looks whether a system still sends its messages, when that was not looked for a day.
 *
 * @returns null when it is not time yet, or when no messages are wanted
 */
export async function checkHooksDaily(hub: Hub, connectionId: string): Promise<HookSetUp | null> {
  const hook = await findHook(hub.database.db, connectionId);
  if (hook === null) return null;
  const isDue = hub.clock.nowMs() - (hook.checkedAtMs ?? 0) >= CHECK_MS;
  return isDue ? checkHooks(hub, connectionId) : null;
}

/** Takes back the messages of a connection, and forgets its address. @returns how many kinds */
export async function removeHooks(hub: Hub, connectionId: string): Promise<number> {
  const { db } = hub.database;
  const hook = await findHook(db, connectionId);
  if (hook === null) return 0;
  const keeper = await hub.openHooks(connectionId);
  const count = await takenBack(keeper, await placeOf(hub, hook));
  // What a system goes on sending that could not be asked is sent to nobody from now on.
  await endHook(db, connectionId);
  return count;
}

async function takenBack(keeper: HookKeeper | null, place: HookPlace): Promise<number> {
  if (keeper === null) return 0;
  try {
    return await keeper.remove(place);
  } catch (error) {
    if (error instanceof ConnectorError) return 0;
    throw error;
  }
}

async function checkHooks(hub: Hub, connectionId: string): Promise<HookSetUp | null> {
  const { db } = hub.database;
  const hook = await findHook(db, connectionId);
  if (hook === null) return null;
  const place = await placeOf(hub, hook);
  const { kept, trouble } = await tryKeep(hub, connectionId, place);
  const atMs = hub.clock.nowMs();
  const topics = kept?.switchedOn ?? [];
  const isRecent = atMs - (hook.mended?.atMs ?? 0) < TOLD_MS;
  const before = isRecent ? hook.mended : null;
  const mended = topics.length > 0 ? { atMs, topics } : before;
  await noteHookCheck(db, connectionId, { atMs, trouble, mended, forged: hook.forged });
  if (topics.length > 0) {
    hub.log.warn({ connectionId, topics }, 'messages that had been switched off are on again');
  }
  return { url: place.url, kept, trouble };
}

async function tryKeep(
  hub: Hub,
  connectionId: string,
  place: HookPlace,
): Promise<Pick<HookSetUp, 'kept' | 'trouble'>> {
  if (!hasAddress(hub)) return { kept: null, trouble: { code: 'hooks-no-address', facts: {} } };
  const keeper = await hub.openHooks(connectionId);
  if (keeper === null) return { kept: null, trouble: null };
  try {
    return { kept: await keeper.keep(place), trouble: null };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const code = error.failure.kind === 'setup' ? 'hooks-not-allowed' : 'hooks-not-kept';
    return { kept: null, trouble: { code, facts: { why: error.message } } };
  }
}

async function placeOf(hub: Hub, hook: Hook): Promise<HookPlace> {
  const { token, secret } = await hookSecrets(hub.database.db, hub.box, hook);
  const url = `${hub.config.publicUrl}/v1/hooks/${token}`;
  return { url, token, secret, isSecretWrong: hook.isSecretWrong };
}

/** Whether somebody has said under which address the hub is reached from outside. */
function hasAddress({ config }: Pick<Hub, 'config'>): boolean {
  return config.publicUrl !== `http://${config.host}:${config.port}`;
}
