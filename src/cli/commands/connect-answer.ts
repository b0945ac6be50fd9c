import type { Hub } from '../../hub/hub.ts';
import { isConsentPending } from '../../store/consents.ts';
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

/** Waits until the answer to what a person was sent out for has come; ten minutes at most. */
export async function untilAnswered(hub: Hub, connectionId: string): Promise<void> {
  const untilMs = hub.clock.nowMs() + ANSWER_WAIT_MS;
  while (hub.clock.nowMs() < untilMs) {
    if (!(await isConsentPending(hub.database.db, connectionId))) return;
    await hub.clock.sleep(LOOK_MS);
  }
}
