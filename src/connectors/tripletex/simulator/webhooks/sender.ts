import { createHmac } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import { entitiesOf, entityOf, type Company } from '../company/company.ts';
import { show } from '../company/show.ts';
import type { Entity } from '../company/shelf.ts';
import { readFilter } from '../wire/fields-filter.ts';
import { modelOf } from '../wire/models/all.ts';
import { textOf } from '../wire/record.ts';
import { eventKind } from './events.ts';

/** One call to a subscriber, or one that was not made. */
export type WebhookCall = {
  readonly companyId: number;
  readonly subscriptionId: number;
  readonly event: string;
  readonly id: number;
  /** 0 when no answer came; null when it was not sent: lost, or not to loopback. */
  readonly status: number | null;
};

/** How many failures in a row end a subscription is not published. */
const FAILURES_MAX = 10;
const PATIENCE_MS = 5_000;

/**
 * Tells subscribers what has happened. Only loopback is ever called: the simulator is made for
 * tests, and what it keeps is nobody's business.
 */
export class WebhookSender {
  readonly calls: WebhookCall[] = [];
  readonly #chance: Chance;
  readonly #choices: () => Choices;
  readonly #failures = new Map<number, number>();
  readonly #going = new Set<Promise<void>>();

  constructor(chance: Chance, choices: () => Choices) {
    this.#chance = chance;
    this.#choices = choices;
  }

  /** Takes what has happened in a company, and tells it to those who want to know. */
  tell(company: Company): void {
    const happenings = company.happenings.splice(0);
    if (happenings.length === 0) return;
    const active = entitiesOf(company, 'Subscription').filter(
      ({ fields }) => fields['status'] === 'ACTIVE',
    );
    for (const happening of happenings) {
      for (const subscription of active) {
        if (subscription.fields['event'] === happening.event) {
          this.#send(company, subscription, happening.id);
        }
      }
    }
  }

  /** Ends when every call that is under way has an end. */
  async settled(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
  }

  #send(company: Company, subscription: Entity, id: number): void {
    const event = textOf(subscription.fields, 'event');
    const about = { companyId: company.id, subscriptionId: subscription.id, event, id };
    const target = URL.parse(textOf(subscription.fields, 'targetUrl'));
    const { webhooks } = this.#choices();
    if (webhooks === 'lost' || target?.hostname !== '127.0.0.1') {
      this.calls.push({ ...about, status: null });
      return;
    }
    const body = bodyOf(company, subscription, id);
    const headers = headersOf(subscription, body, this.#chance.uuid());
    for (let times = webhooks === 'twice' ? 2 : 1; times > 0; times -= 1) {
      const going = post(target, headers, body).then((status) => {
        this.calls.push({ ...about, status });
        this.#judge(subscription, status);
        this.#going.delete(going);
      });
      this.#going.add(going);
    }
  }

  #judge(subscription: Entity, status: number): void {
    const isTaken = status >= 200 && status < 300;
    const failures = isTaken ? 0 : (this.#failures.get(subscription.id) ?? 0) + 1;
    this.#failures.set(subscription.id, failures);
    if (failures < FAILURES_MAX) return;
    subscription.fields = { ...subscription.fields, status: 'DISABLED_TOO_MANY_ERRORS' };
  }
}

/** The object as it is now; null when it is gone. */
function bodyOf(company: Company, { id: subscriptionId, fields }: Entity, id: number): string {
  const event = textOf(fields, 'event');
  const model = eventKind(event)?.model ?? '';
  const entity = entityOf(company, model, id);
  const filter = readFilter(textOf(fields, 'fields'), modelOf(model));
  const value = entity === null ? null : show(company, entity, filter);
  return JSON.stringify({ subscriptionId, event, id, value });
}

/** Signed as documented: the idempotency key, `&`, and the body. */
function headersOf({ fields }: Entity, body: string, key: string): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'idempotency-key': key,
  };
  const secret = textOf(fields, 'hmacSharedSecret');
  if (secret !== '') {
    const signature = createHmac('sha512', secret).update(`${key}&${body}`).digest('base64');
    headers['x-request-signature'] = signature;
  }
  const name = textOf(fields, 'authHeaderName');
  if (name !== '') headers[name.toLowerCase()] = textOf(fields, 'authHeaderValue');
  return headers;
}

/** @returns 0 when no answer comes */
function post(url: URL, headers: Record<string, string>, body: string): Promise<number> {
  return new Promise((resolve) => {
    const auth = url.username === '' ? {} : { auth: `${url.username}:${url.password}` };
    const going = plainRequest(url, { method: 'POST', headers, ...auth }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    going.setTimeout(PATIENCE_MS, () => going.destroy());
    going.on('error', () => resolve(0));
    going.on('close', () => resolve(0));
    going.end(body);
  });
}
