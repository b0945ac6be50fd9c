import { createHash, createHmac } from 'node:crypto';
import type { Choices } from '../choices.ts';
import type { Scene, Webhook } from '../shop/shop.ts';
import { payloadOf } from './payload.ts';
import { isPublic, send, type Sending } from './send.ts';

/** What a queue of hooks needs of the shop it is in. */
export type HookPlace = {
  readonly scene: () => Scene;
  readonly choices: () => Choices;
  readonly home: () => string;
  readonly api: () => string;
};

/** One thing that happened and that a hook is to be told of. */
export type Pending = {
  readonly hookId: number;
  readonly topic: string;
  readonly id: number;
  readonly raisedMs: number;
  /** As it was when it happened, where the shop is one that keeps bodies. */
  readonly body: string | null;
};

/** A hook that was sent, or that WordPress would not send. */
export type Delivery = Omit<Pending, 'body'> & {
  readonly sentMs: number;
  /** 0 when there was no answer, or it was not sent. */
  readonly status: number;
};

/** After so many failures in a row the next one disables the hook. */
const FAILURES_MAX = 5;

/** The latest that are remembered. */
const DELIVERIES_MAX = 10_000;

/**
 * Hooks that wait for WP-Cron. Each hook has one place in the queue per object, however much
 * happens to it; nothing is sent twice because it failed.
 */
export class HookQueue {
  readonly #place: HookPlace;
  #pending: Pending[] = [];
  /** Hooks and objects that have their place in the queue. */
  readonly #places = new Set<string>();
  readonly #deliveries: Delivery[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(place: HookPlace) {
    this.#place = place;
  }

  /** Notes what happened for every active hook of the topic. What others miss is lost. */
  raise(topic: string, id: number): void {
    const scene = this.#place.scene();
    for (const webhook of scene.shop.webhooks.values()) {
      if (webhook.status !== 'active' || webhook.topic !== topic) continue;
      const keepsBody = this.#place.choices().hookBodies === 'as-raised';
      const place = `${webhook.id}/${id}`;
      if (this.#places.has(place) && !keepsBody) continue;
      this.#places.add(place);
      const body = keepsBody ? this.#payload(webhook, id) : null;
      this.#pending.push({ hookId: webhook.id, topic, id, raisedMs: scene.nowMs, body });
    }
    if (this.#place.choices().cron === 'at-once') void this.run();
  }

  /** Sends all that waits, one after the other. */
  run(): Promise<void> {
    this.#running = this.#running.then(() => this.#sendAll());
    return this.#running;
  }

  pending(): readonly Pending[] {
    return this.#pending;
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Tells a new hook's address of it: a form without signature, whose answer does not matter. */
  ping(webhook: Webhook): void {
    if (webhook.status !== 'active') return;
    const headers = { ...this.#agent(), 'content-type': 'application/x-www-form-urlencoded' };
    const sending = { url: webhook.deliveryUrl, headers, body: `webhook_id=${webhook.id}` };
    this.#running = this.#running.then(async () => void (await this.#give(sending)));
  }

  async #sendAll(): Promise<void> {
    const { hookOrder, hookCopies } = this.#place.choices();
    const waiting = this.#pending;
    this.#pending = [];
    this.#places.clear();
    if (hookOrder === 'reversed') waiting.reverse();
    for (const one of waiting) {
      for (let copy = 0; copy < hookCopies; copy += 1) await this.#deliver(one);
    }
  }

  async #deliver(one: Pending): Promise<void> {
    const { shop, nowMs } = this.#place.scene();
    const webhook = shop.webhooks.get(one.hookId);
    if (webhook?.status !== 'active') return;
    const body = one.body ?? this.#payload(webhook, one.id);
    const status = await this.#give({
      url: webhook.deliveryUrl,
      headers: { ...this.#agent(), ...this.#headers(webhook, body, nowMs) },
      body,
    });
    const { body: _, ...said } = one;
    this.#deliveries.push({ ...said, sentMs: nowMs, status });
    if (this.#deliveries.length > DELIVERIES_MAX) this.#deliveries.shift();
    judge(webhook, status, nowMs);
  }

  #give(sending: Sending): Promise<number> {
    const isRefused = this.#place.choices().hookAddresses === 'public' && !isPublic(sending.url);
    return isRefused ? Promise.resolve(0) : send(sending);
  }

  #payload(webhook: Webhook, id: number): string {
    const { scene, home, api } = this.#place;
    return payloadOf(scene(), { webhook, id }, { home: home(), api: api() });
  }

  #agent(): Record<string, string> {
    const { version, wordPress } = this.#place.scene().shop;
    return {
      'user-agent': `WooCommerce/${version} Hookshot (WordPress/${wordPress})`,
      accept: '*/*',
      'accept-encoding': 'deflate, gzip, br, zstd',
    };
  }

  #headers(webhook: Webhook, body: string, nowMs: number): Record<string, string> {
    const [resource = '', event = ''] = webhook.topic.split('.');
    return {
      'content-type': 'application/json',
      'x-wc-webhook-source': `${this.#place.home()}/`,
      'x-wc-webhook-topic': webhook.topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': signatureOf(body, webhook.secret),
      'x-wc-webhook-id': String(webhook.id),
      'x-wc-webhook-delivery-id': deliveryId(webhook.id, nowMs),
    };
  }
}

/** HTML entities in a secret are read as the letters they stand for. */
export function signatureOf(body: string, secret: string): string {
  const key = secret
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#039;', "'")
    .replaceAll('&amp;', '&');
  return createHmac('sha256', key).update(body).digest('base64');
}

/** Made of the hook and the second: whatever a hook is sent within one second has the same. */
function deliveryId(hookId: number, nowMs: number): string {
  return createHash('md5')
    .update(`${hookId}${Math.trunc(nowMs / 1000)}`)
    .digest('hex');
}

/** A redirect counts as taken, though it is not followed. */
function judge(webhook: Webhook, status: number, nowMs: number): void {
  if (status >= 200 && status < 303) {
    webhook.failures = 0;
  } else if (webhook.failures > FAILURES_MAX) {
    webhook.status = 'disabled';
    webhook.modifiedMs = nowMs;
  } else webhook.failures += 1;
}
