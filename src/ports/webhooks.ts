/** What programs can be told of. Stable: triggers of the database write them. */
export const WEBHOOK_EVENTS = [
  ...(['document.booked', 'document.credited', 'document.held', 'document.skipped'] as const),
  ...(['file.unreadable', 'connection.attention', 'connection.ready', 'finding.opened'] as const),
] as const;

/** One of them. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** What a message says that somebody sends to try a webhook. */
export const TEST_EVENT = 'webhook.test';

/** Why a webhook is told nothing: nothing got through for days, it said so itself, or a person. */
export type OffWhy = 'failing' | 'gone' | 'person';

/** Why an attempt did not do. Stable: stored. `src/text/webhooks.ts` words it. */
export type WebhookTrouble =
  | 'status'
  | 'closed-network'
  | 'unreachable'
  | 'unanswered'
  | 'secret-sealed';

/** Why an address cannot be told anything. */
export type AddressFault = 'unusable' | 'not-https' | 'closed-network' | 'too-many';
