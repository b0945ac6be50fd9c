import { addSecrets } from '../../hub/consent.ts';
import type { Hub } from '../../hub/hub.ts';
import { beginKeyPage, hasSecrets } from '../../hub/key-page.ts';
import { getConnection } from '../../store/registry.ts';
import { askSecret } from '../ask-secret.ts';
import type { CliContext } from '../context.ts';
import { chooseConnector } from '../incoming.ts';
import { sendTo, untilAnswered, whileListening } from './connect-answer.ts';

type Asked = {
  readonly connectionId: string;
  readonly options: {
    readonly consent: boolean;
    readonly hooks?: boolean;
    readonly open?: boolean;
  };
  /** What is done before the person goes, so that keys that come when we are gone are used. */
  readonly beforePage: () => Promise<unknown>;
};

/**
 * Gets the keys of a system: from the environment, from a page of its own where there is one and it
 * reaches this hub, or typed in.
 */
export async function giveKeys(context: CliContext, hub: Hub, asked: Asked): Promise<void> {
  const { connectionId, options } = asked;
  const { connector } = await getConnection(hub.database.db, connectionId);
  const { secrets, typedSecrets: names = secrets } = chooseConnector(context, connector);
  const isGiven = names.some((name) => `BOKBRO_SECRET_${name.toUpperCase()}` in process.env);
  const wantsPage = options.consent && !isGiven && !(await hasSecrets(hub, connectionId));
  if (wantsPage && (await givenByPage(context, hub, asked))) return;
  const given: Record<string, string> = {};
  for (const name of names) {
    const secret = await askSecret(context, name);
    if (secret !== null) given[name] = secret;
  }
  if (Object.keys(given).length > 0) await addSecrets(hub, connectionId, given);
}

/** @returns false when there is no such page, or it would not send keys to this hub */
async function givenByPage(
  context: CliContext,
  hub: Hub,
  { connectionId, options, beforePage }: Asked,
): Promise<boolean> {
  const mayWrite = options.hooks === true;
  return whileListening(hub, async () => {
    const url = await beginKeyPage(hub, connectionId, { mayWrite });
    if (url === null) return false;
    await beforePage();
    const why = 'approve; the shop sends its keys to this hub';
    await sendTo(context, { url, why, opens: options.open === true });
    await untilAnswered(hub, connectionId);
    return true;
  });
}
