import type { Context } from 'hono';
import { endConsent } from '../hub/consent.ts';
import type { Hub } from '../hub/hub.ts';
import { storableText } from '../lib/json.ts';
import { ConnectorError } from '../ports/errors.ts';
import { consentCameFrom } from '../store/consents.ts';

/** What became of a consent, as the page it began on is told in its address. */
type Came = 'given' | 'refused' | 'ended' | 'failed';

/**
 * The person is back from an outside system's own page. Who came from a page of ours is sent back
 * to it; who began at a terminal is told in a line.
 */
export async function consentCallback(c: Context, hub: Hub): Promise<Response> {
  const { state: said, code, error } = c.req.query();
  const state = storableText(said ?? '');
  const from = await consentCameFrom(hub.database.db, state);
  const back = (came: Came, status: 200 | 400 | 502, says: string): Response =>
    from === null ? c.text(says, status) : c.redirect(`${from}?consent=${came}`);
  if (error !== undefined) return back('refused', 400, `The consent was not given: ${error}`);
  if (code === undefined || said === undefined)
    return back('refused', 400, 'Something is missing.');
  try {
    const connection = await endConsent(hub, { state, code });
    if (connection === null) return back('ended', 400, 'This consent has ended. Begin again.');
    return back('given', 200, 'Connected. You can close this page.');
  } catch (failed) {
    if (!(failed instanceof ConnectorError)) throw failed;
    hub.log.warn({ error: failed.message }, 'a consent was not accepted');
    return back('failed', 502, failed.message);
  }
}

/** A page of a connection, where it is one; anything else that stands in an address is nobody's. */
export function pageToGoBackTo(text: string | undefined): string | null {
  return text !== undefined && /^\/c\/\d{1,18}\/connections\/\d{1,18}$/.test(text) ? text : null;
}
