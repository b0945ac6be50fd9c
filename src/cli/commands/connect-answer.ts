import type { Hub } from '../../hub/hub.ts';
import { isConsentPending } from '../../store/consents.ts';
import type { CliContext } from '../context.ts';
import { openPage } from '../open-page.ts';
import { openServer } from '../../web/server.ts';

const ANSWER_WAIT_MS = 600_000;
const LOOK_MS = 500;

/** Does something while the hub can be reached: by its own server, unless a hub runs already. */
export async function whileListening<T>(hub: Hub, act: () => Promise<T>): Promise<T> {
  const { host, port } = hub.config;
  // A hub that runs already takes the answer itself: then our own server is not needed.
  const server = await openServer({ host, port }).catch(() => null);
  server?.ready(hub);
  try {
    return await act();
  } finally {
    await server?.close();
  }
}

/** Prints the page that a person has to open, and opens it where they want that and can see it. */
export async function sendTo(
  context: CliContext,
  of: { readonly url: string; readonly why: string; readonly opens: boolean },
): Promise<void> {
  const { url, why, opens } = of;
  context.out(`Open this page and ${why}:\n\n  ${url}\n\n`);
  if (!opens) return;
  const isOpen = await openPage(url);
  context.err(
    isOpen ? 'It opens in a browser.\n' : 'There is no browser here: open it yourself.\n',
  );
}

/** Waits until the answer to what a person was sent out for has come; ten minutes at most. */
export async function untilAnswered(hub: Hub, connectionId: string): Promise<void> {
  const untilMs = hub.clock.nowMs() + ANSWER_WAIT_MS;
  while (hub.clock.nowMs() < untilMs) {
    if (!(await isConsentPending(hub.database.db, connectionId))) return;
    await hub.clock.sleep(LOOK_MS);
  }
}
