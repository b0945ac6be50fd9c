import type { Answer } from '../api/answer.ts';
import { type Call, type Route } from '../api/call.ts';
import { badDates, isBetween } from '../api/dates.ts';
import { has, textOf, type Fields } from '../api/fields.ts';
import { answerList, badChoice, readListing } from '../api/listing.ts';
import { missingParameters, refuse } from '../api/refusal.ts';
import { twins } from '../shop/place-and-time.ts';
import { nextId, type Webhook } from '../shop/shop.ts';
import { routesOf } from './batch.ts';
import { CHANGEABLE, linksOf } from './links.ts';

const STATUSES = ['active', 'paused', 'disabled'] as const;

/** Something that tells a new hook's address that it is one. */
export type Pinging = { readonly ping: (webhook: Webhook) => void };

export function webhookRoutes({ ping }: Pinging): Route[] {
  return routesOf({
    path: 'webhooks',
    shapes: {
      name: 'string',
      status: { oneOf: STATUSES },
      topic: 'string',
      secret: 'string',
      delivery_url: 'string',
    },
    list: listWebhooks,
    read: (call, id) => write(call, webhookAt(call, id)),
    create: (call, body) => {
      const webhook = createWebhook(call, body);
      ping(webhook);
      return write(call, webhook);
    },
    update: updateWebhook,
    remove: removeWebhook,
    hasBatch: true,
  });
}

function webhookAt(call: Call, id: number): Webhook {
  const webhook = call.shop.webhooks.get(id);
  return webhook ?? refuse(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
}

function listWebhooks(call: Call): Answer {
  const { shop, query } = call;
  const status = query.get('status') ?? 'all';
  const bad = [badChoice('status', status, ['all', ...STATUSES]), ...badDates(query)];
  const listing = readListing(query, { orderBy: ['date', 'id', 'title'] }, bad);
  const found = [...shop.webhooks.values()].filter(
    (one) =>
      (status === 'all' || one.status === status) &&
      (listing.search === '' || one.name.toLowerCase().includes(listing.search)) &&
      isBetween(shop, query, one),
  );
  const items = found.sort((a, b) => (listing.isAscending ? a.id - b.id : b.id - a.id));
  return answerList(call, listing, { items, write: (one) => write(call, one) });
}

const RESOURCES = new Set(['coupon', 'customer', 'order', 'product']);
const EVENTS = new Set(['created', 'updated', 'deleted', 'restored', 'published']);

function createWebhook(call: Call, body: Fields): Webhook {
  const { shop, nowMs, key, chance } = call;
  const missing = ['topic', 'delivery_url'].filter((name) => !has(body, name));
  if (missing.length > 0) throw missingParameters(missing);
  const topic = checkedTopic(textOf(body, 'topic'));
  const deliveryUrl = checkedUrl(textOf(body, 'delivery_url'));
  const day = twins('on', nowMs, shop.zone)['on'] ?? '';
  const webhook: Webhook = {
    id: nextId(shop, 'webhook'),
    name: textOf(body, 'name') || `Webhook created on ${day}`,
    status: STATUSES.find((one) => one === textOf(body, 'status')) ?? 'active',
    topic,
    deliveryUrl,
    secret: has(body, 'secret') ? textOf(body, 'secret') : chance.hex(32),
    createdMs: nowMs,
    modifiedMs: nowMs,
    failures: 0,
    keyId: key.id,
  };
  shop.webhooks.set(webhook.id, webhook);
  return webhook;
}

function checkedTopic(topic: string): string {
  const [resource = '', event = ''] = topic.split('.');
  const isKnown = RESOURCES.has(resource) && EVENTS.has(event);
  if (isKnown || (resource === 'action' && event !== '')) return topic;
  const text = 'Webhook topic is required and must be valid.';
  return refuse(400, 'woocommerce_rest_shop_webhook_invalid_topic', text);
}

function checkedUrl(url: string): string {
  if (/^https?:\/\/[^/\s]+/.test(url)) return url;
  const text = 'Webhook delivery URL must be a valid URL starting with http:// or https://.';
  return refuse(400, 'woocommerce_rest_shop_webhook_invalid_delivery_url', text);
}

/** A hook that is made active again is not pinged, and is sent nothing of what it missed. */
function updateWebhook(call: Call, id: number, body: Fields): Fields {
  const webhook = call.shop.webhooks.get(id);
  if (!webhook) refuse(400, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
  if (has(body, 'topic')) webhook.topic = checkedTopic(textOf(body, 'topic'));
  if (has(body, 'delivery_url')) webhook.deliveryUrl = checkedUrl(textOf(body, 'delivery_url'));
  if (has(body, 'name')) webhook.name = textOf(body, 'name');
  if (has(body, 'secret')) webhook.secret = textOf(body, 'secret');
  const status = STATUSES.find((one) => one === textOf(body, 'status'));
  if (status === 'active' && webhook.status !== 'active') webhook.failures = 0;
  webhook.status = status ?? webhook.status;
  webhook.modifiedMs = call.nowMs;
  return write(call, webhook);
}

function removeWebhook(call: Call, id: number, isForced: boolean): Fields {
  if (!isForced) {
    refuse(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
  }
  const fields = write(call, webhookAt(call, id));
  call.shop.webhooks.delete(id);
  return fields;
}

const HOOKS: Readonly<Record<string, readonly string[]>> = {
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post', 'woocommerce_trash_order'],
  'order.restored': ['untrashed_post', 'woocommerce_untrash_order'],
};

/** Neither its secret nor how often it has failed is shown. */
function write(call: Call, webhook: Webhook): Fields {
  const { shop } = call;
  const [resource = '', event = ''] = webhook.topic.split('.');
  return {
    id: webhook.id,
    name: webhook.name,
    status: webhook.status,
    topic: webhook.topic,
    resource,
    event,
    hooks: [...(HOOKS[webhook.topic] ?? [])],
    delivery_url: webhook.deliveryUrl,
    ...twins('date_created', webhook.createdMs, shop.zone),
    ...twins('date_modified', webhook.modifiedMs, shop.zone),
    _links: linksOf({
      api: call.api,
      collection: 'webhooks',
      id: webhook.id,
      allow: CHANGEABLE,
    }),
  };
}
