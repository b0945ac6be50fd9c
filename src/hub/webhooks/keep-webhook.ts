import { TEST_EVENT, type AddressFault, type WebhookEvent } from '../../ports/webhooks.ts';
import { addAudit } from '../../store/audit.ts';
import { addMessage, replayMessages } from '../../store/webhook-messages.ts';
import {
  addWebhook,
  changeWebhook,
  endWebhook,
  listWebhooks,
  rotateSecret,
  switchOff,
  switchOn,
  type Webhook,
} from '../../store/webhooks.ts';
import { ClosedNetworkError } from '../reach.ts';
import type { Hub } from '../hub.ts';
import { newSecret } from './signature.ts';

/** Webhooks of one company: more of them is a mistake of a program. */
const WEBHOOKS_MAX = 20;
const URL_LENGTH_MAX = 2_000;

/** Who does something, in which company. */
export type Doer = { readonly companyId: string; readonly by: string };

/** Where messages go, and which. */
export type Wanted = { readonly url: string; readonly events: readonly WebhookEvent[] };

/** Adds a webhook. @returns its secret, which is shown this once */
export async function makeWebhook(
  hub: Hub,
  { companyId, by }: Doer,
  { url, events }: Wanted,
): Promise<{ readonly id: string; readonly secret: string } | { readonly fault: AddressFault }> {
  const { db } = hub.database;
  const fault = faultOf(hub, url);
  if (fault !== null) return { fault };
  if ((await listWebhooks(db, companyId)).length >= WEBHOOKS_MAX) return { fault: 'too-many' };
  const secret = newSecret();
  const id = await addWebhook(db, hub.box, { companyId, url, events, by, secret });
  const about = { webhook: id, host: hostOf(url), events };
  await addAudit(db, { by, companyId, act: 'webhook.make', about });
  return { id, secret };
}

/** Changes where messages go and which, and whether any do. @returns what is wrong, or null */
export async function setWebhook(
  hub: Hub,
  webhook: Webhook,
  of: Wanted & { readonly isOn: boolean; readonly by: string },
): Promise<AddressFault | null> {
  const { url, events, isOn, by } = of;
  const fault = faultOf(hub, url);
  if (fault !== null) return fault;
  const { companyId, id: webhookId } = webhook;
  const place = { companyId, webhookId };
  const atMs = hub.clock.nowMs();
  await hub.database.db.transaction().execute(async (trx) => {
    await changeWebhook(trx, place, { url, events });
    if (isOn && webhook.off !== null) await switchOn(trx, place, atMs);
    if (!isOn && webhook.off === null) {
      await switchOff(trx, place, { why: 'person', atMs, finding: null });
    }
    const about = { webhook: webhookId, host: hostOf(url), events, isOn };
    await addAudit(trx, { by, companyId, act: 'webhook.change', about });
  });
  return null;
}

/** Gives a webhook another secret. @returns it, which is shown this once */
export async function renewSecret(hub: Hub, webhook: Webhook, by: string): Promise<string> {
  const { companyId, id: webhookId } = webhook;
  const secret = newSecret();
  const place = { companyId, webhookId };
  const { db } = hub.database;
  await rotateSecret(db, { box: hub.box, place }, { secret, atMs: hub.clock.nowMs() });
  await addAudit(db, { by, companyId, act: 'webhook.secret', about: { webhook: webhookId } });
  return secret;
}

/** Sends a message that says nothing, to see whether it gets there. @returns its id */
export async function tryWebhook(hub: Hub, webhook: Webhook, by: string): Promise<string> {
  const { companyId, id: webhookId } = webhook;
  const { db } = hub.database;
  const id = await addMessage(db, { companyId, webhookId }, { event: TEST_EVENT, about: {} });
  await addAudit(db, { by, companyId, act: 'webhook.test', about: { webhook: webhookId } });
  return id;
}

/** Has messages sent again. @returns how many */
export async function sendAgain(
  hub: Hub,
  webhook: Webhook,
  of: { readonly ids: readonly string[] | 'failed'; readonly by: string },
): Promise<number> {
  const { companyId, id: webhookId } = webhook;
  const { db } = hub.database;
  const { ids, by } = of;
  const place = { companyId, webhookId };
  const sent = await replayMessages(db, place, { ids, atMs: hub.clock.nowMs() });
  const about = { webhook: webhookId, messages: sent.length };
  await addAudit(db, { by, companyId, act: 'webhook.replay', about });
  return sent.length;
}

/** Ends a webhook: nothing is sent there any more. */
export async function removeWebhook(hub: Hub, webhook: Webhook, by: string): Promise<void> {
  const { companyId, id: webhookId, url } = webhook;
  const { db } = hub.database;
  await endWebhook(db, { companyId, webhookId }, hub.clock.nowMs());
  const about = { webhook: webhookId, host: hostOf(url) };
  await addAudit(db, { by, companyId, act: 'webhook.end', about });
}

/**
 * What is wrong with an address as it is written. Where its name leads is seen each time the hub
 * connects. Without TLS nothing is sent but within networks that the operator has named.
 */
function faultOf({ reach }: Hub, text: string): AddressFault | null {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) return 'unusable';
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  // A login in an address would stand in lists and logs.
  if (!isWeb || url.username !== '' || url.password !== '' || url.hash !== '') return 'unusable';
  try {
    reach.check(url.hostname);
  } catch (error) {
    if (error instanceof ClosedNetworkError) return 'closed-network';
    throw error;
  }
  return url.protocol === 'https:' || reach.isNamed(url.hostname) ? null : 'not-https';
}

function hostOf(url: string): string {
  return new URL(url).host;
}
