import { randomBytes } from 'node:crypto';
import { dayAt } from '../domain/date.ts';
import { present } from '../lib/assert.ts';
import type { Secrets } from '../ports/connector.ts';
import { ConnectorError } from '../ports/errors.ts';
import { connectionCredentials, writeSecrets } from '../store/credentials.ts';
import { addConsent, takeConsent } from '../store/consents.ts';
import { getConnection, listCompanies } from '../store/registry.ts';
import { CONSENT_MINUTES } from './consent.ts';
import { keepFeed } from './fetch/keep-feed.ts';
import type { Hub } from './hub.ts';

const STATE_BYTES = 24;

/**
 * Begins a hand-out of keys.
 *
 * @returns the page to send the person to; null when the system has none, or would not send keys to
 *   this hub: they travel over https only, except within one machine
 */
export async function beginKeyPage(
  hub: Hub,
  connectionId: string,
  { mayWrite, returnTo }: { readonly mayWrite: boolean; readonly returnTo?: string },
): Promise<string | null> {
  const connection = await getConnection(hub.database.db, connectionId);
  const connector = present(hub.connectors.get(connection.connector), connection.connector);
  const { publicUrl } = hub.config;
  const { protocol, hostname } = new URL(publicUrl);
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  if (connector.keyPage === undefined || !isSafe) return null;
  const state = randomBytes(STATE_BYTES).toString('base64url');
  const to = `${publicUrl}/v1/keys/${connector.id}`;
  // The keys come before the person does, and take the state with them: the page to go back to
  // stands in the address that the shop sends the person to.
  const back = returnTo === undefined ? '' : `?to=${encodeURIComponent(returnTo)}`;
  const at = { state, keysTo: to, personTo: `${to}${back}`, mayWrite };
  const url = connector.keyPage.url(connector.settings.parse(connection.settings), at);
  await addConsent(hub.database.db, { state, connectionId, verifier: '' });
  return url;
}

/** Whether a connection has every secret that its system wants. */
export async function hasSecrets(hub: Hub, connectionId: string): Promise<boolean> {
  const { companyId, connector } = await getConnection(hub.database.db, connectionId);
  const place = { companyId, connectionId };
  const credentials = connectionCredentials(hub.database, hub.box, place);
  // What cannot be opened any more is asked for again.
  const secrets = await credentials.current().catch((error: unknown): Secrets => {
    if (error instanceof ConnectorError) return {};
    throw error;
  });
  const wanted = hub.connectors.get(connector)?.secrets ?? [];
  return wanted.every((name) => (secrets[name] ?? '') !== '');
}

/**
 * Takes keys that a system sends, and has it asked what is new from now on. Their state counts once
 * and for a quarter of an hour.
 *
 * @returns false when they are not what a person of ours was sent out for
 */
export async function takeKeys(
  hub: Hub,
  { connector: id, body }: { readonly connector: string; readonly body: Uint8Array },
): Promise<boolean> {
  const { db } = hub.database;
  const given = hub.connectors.get(id)?.keyPage?.read(body) ?? null;
  if (given === null) return false;
  // Together: whoever sees that the answer has come finds the keys there.
  const connection = await db.transaction().execute(async (trx) => {
    const begun = await takeConsent(trx, given.state);
    if (begun === null) return null;
    const found = await getConnection(trx, begun.connectionId);
    const isLate = hub.clock.nowMs() - begun.begunAtMs > CONSENT_MINUTES * 60_000;
    if (isLate || found.connector !== id) return null;
    const place = { companyId: found.companyId, connectionId: found.id };
    await writeSecrets(trx, { box: hub.box, place }, given.secrets);
    return found;
  });
  if (connection === null) return false;
  const { companyId, id: connectionId } = connection;
  const company = present(
    (await listCompanies(db)).find((one) => one.id === companyId),
    'the company of a connection',
  );
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  await keepFeed(hub, connectionId, { today });
  return true;
}

/** The person came back without having given keys: what was begun has ended. */
export async function refuseKeys(hub: Hub, state: string): Promise<void> {
  await takeConsent(hub.database.db, state);
}
