import type { Choices } from '../choices.ts';
import type { StandInClock } from '../../../../lib/stand-in/clock.ts';
import { RulePlan, type RuleTimes } from '../../../../lib/stand-in/rule-plan.ts';
import type { EventType } from '../shop/desk.ts';
import type { Shop } from '../shop/shop.ts';

/** What becomes of a webhook on its way. Late ones overtake each other. */
export type WebhookFault =
  | { readonly kind: 'lost' }
  | { readonly kind: 'twice' }
  | { readonly kind: 'late'; readonly ms: number };

export type WebhookRule = RuleTimes & {
  readonly fault: WebhookFault;
  readonly shop?: number;
  readonly event?: EventType;
};

/** One webhook and what has become of it. */
export type SentWebhook = {
  readonly shop: number;
  readonly event: EventType;
  /** Of the order or the product. */
  readonly id: number;
  readonly url: string;
  /** Status of the answer, or why there is none. */
  outcome: number | 'on its way' | 'lost' | 'unanswered';
};

/** Nothing is known of how long the real one waits. */
const PATIENCE_MS = 10_000;

/** The latest webhooks, for whoever asks; a long run sends more. */
const KEPT_MAX = 10_000;

/**
 * Tells listeners that something has happened, and only that: an event and a number, in clear, with
 * no signature, no secret and no time.
 *
 * | Uncertain                          | Chosen                                              |
 * |------------------------------------|-----------------------------------------------------|
 * | GET with a query, or POST a form   | GET (`webhooks`)                                    |
 * | Not answered, or not with 2xx      | Never sent again                                    |
 * | Redirects                          | Not followed                                        |
 */
export class Webhooks {
  readonly faults: RulePlan<WebhookRule>;
  readonly #clock: StandInClock;
  readonly #choices: () => Choices;
  readonly #going = new Set<Promise<void>>();
  #sent: SentWebhook[] = [];

  constructor(options: { clock: StandInClock; choices: () => Choices; seed: number }) {
    this.#clock = options.clock;
    this.#choices = options.choices;
    this.faults = new RulePlan(options.seed);
  }

  tell(shop: Shop, event: EventType, id: number): void {
    for (const url of shop.webhookUrls) this.#tellOne({ shop: shop.id, event, id, url });
  }

  /** The latest, oldest first. */
  list(): readonly SentWebhook[] {
    return this.#sent;
  }

  /** Ends when every webhook that has left is answered or given up; not those that come late. */
  async settled(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
  }

  #tellOne(said: Omit<SentWebhook, 'outcome'>): void {
    const rule = this.faults.take(
      (one) =>
        (one.shop === undefined || one.shop === said.shop) &&
        (one.event === undefined || one.event === said.event),
    );
    const fault = rule?.fault ?? null;
    if (fault?.kind === 'lost') {
      this.#keep({ ...said, outcome: 'lost' });
      return;
    }
    const times = fault?.kind === 'twice' ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const sent = this.#keep({ ...said, outcome: 'on its way' });
      if (fault?.kind === 'late') this.#clock.after(fault.ms, () => this.#send(sent));
      else this.#send(sent);
    }
  }

  #keep(sent: SentWebhook): SentWebhook {
    this.#sent.push(sent);
    if (this.#sent.length > KEPT_MAX) this.#sent = this.#sent.slice(-KEPT_MAX);
    return sent;
  }

  #send(sent: SentWebhook): void {
    const going = deliver(sent, this.#choices().webhooks).then((outcome) => {
      sent.outcome = outcome;
      this.#going.delete(going);
    });
    this.#going.add(going);
  }
}

async function deliver(
  { url, event, id }: SentWebhook,
  how: Choices['webhooks'],
): Promise<number | 'unanswered'> {
  const subject = event.startsWith('order.') ? 'order_id' : 'product_id';
  const said = new URLSearchParams({ event_type: event, [subject]: String(id) });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response =
      how === 'get'
        ? await fetch(withQuery(url, said), { redirect: 'manual', signal })
        : await fetch(url, { method: 'POST', body: said, redirect: 'manual', signal });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // Whoever listens is down or gone: nobody here hears of it, as with the real one.
    return 'unanswered';
  }
}

function withQuery(url: string, said: URLSearchParams): string {
  return `${url}${url.includes('?') ? '&' : '?'}${said.toString()}`;
}
