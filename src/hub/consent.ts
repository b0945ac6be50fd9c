import { present } from '../lib/assert.ts';
import type { Secrets } from '../ports/connector.ts';
import { ConnectorError } from '../ports/errors.ts';
import { addConsent, takeConsent } from '../store/consents.ts';
import { connectionCredentials, writeSecrets } from '../store/credentials.ts';
import { changeSettings, getConnection } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** A consent that took longer than this is begun anew. */
export const CONSENT_MINUTES = 15;

/** Where outside systems send the person back to. Register it there, exactly like this. */
export function redirectUri(hub: Hub): string {
  return `${hub.config.publicUrl}/oauth/callback`;
}

/**
 * Begins a consent.
 *
 * @param returnTo - the path of ours that the person comes from, and is sent back to
 * @returns the page to send the person to
 */
export async function beginConsent(
  hub: Hub,
  connectionId: string,
  returnTo?: string,
): Promise<string> {
  const { connector, settings } = await consenting(hub, connectionId);
  const page = connector.page(settings, redirectUri(hub));
  const { state, verifier } = page;
  await addConsent(hub.database.db, {
    ...{ state, connectionId, verifier },
    ...(returnTo === undefined ? {} : { returnTo }),
  });
  return page.url;
}

/**
 * Ends a consent: what the page sent back becomes the connection's login. A state counts once.
 *
 * @returns the connection that is ready now; null when the state is not one of ours
 * @throws ConnectorError when the outside system does not accept it
 */
export async function endConsent(
  hub: Hub,
  answer: { readonly state: string; readonly code: string },
): Promise<string | null> {
  const begun = await takeConsent(hub.database.db, answer.state);
  if (begun === null) return null;
  if (hub.clock.nowMs() - begun.begunAtMs > CONSENT_MINUTES * 60_000) return null;
  const { connectionId: id, verifier } = begun;
  const { connector, settings, place, hosts } = await consenting(hub, id);
  const before = await connectionCredentials(hub.database, hub.box, place).current();
  const http = hub.outbound.to(hosts, { timeoutMs: hub.timing.callMs });
  const granted = await connector.exchange({ settings, http, clock: hub.clock }, before, {
    code: answer.code,
    verifier,
    redirectUri: redirectUri(hub),
  });
  await changeSettings(hub.database.db, id, granted.settings);
  await writeSecrets(hub.database.db, { box: hub.box, place }, granted.secrets);
  await hub.jobs.wakeLane(id);
  await hub.jobs.notify();
  return id;
}

/** Stores secrets that a person has typed in, such as a client secret, beside those there are. */
export async function addSecrets(hub: Hub, connectionId: string, more: Secrets): Promise<void> {
  const { companyId } = await getConnection(hub.database.db, connectionId);
  const place = { companyId, connectionId };
  // What cannot be opened any more is what a person mends by this.
  const before = await connectionCredentials(hub.database, hub.box, place)
    .current()
    .catch((error: unknown) => {
      if (error instanceof ConnectorError) return {};
      throw error;
    });
  await writeSecrets(hub.database.db, { box: hub.box, place }, { ...before, ...more });
}

async function consenting(hub: Hub, connectionId: string) {
  const connection = await getConnection(hub.database.db, connectionId);
  const connector = present(hub.connectors.get(connection.connector), connection.connector);
  const settings = connector.settings.parse(connection.settings);
  const place = { companyId: connection.companyId, connectionId };
  const consent = present(connector.consent, `a consent page of ${connector.name}`);
  return { connector: consent, settings, place, hosts: connector.hosts(settings) };
}
