import { dayAt } from '../../domain/date.ts';
import type { OffWhy, WebhookTrouble } from '../../ports/webhooks.ts';
import { addAudit } from '../../store/audit.ts';
import {
  forgetMessages,
  noteFailed,
  noteTold,
  takeMessages,
  type DueMessage,
} from '../../store/webhook-messages.ts';
import { switchOff, webhookSecrets } from '../../store/webhooks.ts';
import type { Hub } from '../hub.ts';
import { keepDoing, type KeptUp } from '../keep-doing.ts';
import { signed } from './signature.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const DAY = 24 * HOUR;

/** How webhooks are told. Tests give shorter waits. */
export type WebhookTiming = {
  /** How often it is looked for what is due. It costs one query when nothing is. */
  readonly lookMs: number;
  /** A receiver that has not answered within this has not taken it. */
  readonly answerMs: number;
  /** Waits between attempts. After the last one a message is given up. */
  readonly waitsMs: readonly number[];
  /** When nothing has got through for so long, and a message is given up, no more are sent. */
  readonly offAfterMs: number;
};

/** The waits that the specification recommends: ten attempts over some three days. */
export const WEBHOOK_TIMING: WebhookTiming = {
  lookMs: SECOND,
  answerMs: 15 * SECOND,
  waitsMs: [
    ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
    ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR),
  ],
  offAfterMs: 3 * DAY,
};

/** A message that was taken by somebody who has died is sent by another after this. */
const HOLD_MS = MINUTE;
/** Both secrets sign for so long after one was replaced. */
export const BOTH_SIGN_MS = DAY;
/** Messages are kept for so long, to be looked at and sent again. */
const KEPT_MS = 30 * DAY;
const FORGET_EVERY_MS = HOUR;

/** A receiver says by it that it wants no more. */
const GONE = 410;

/** Tells programs what has happened. Any number of processes may do so. */
export function sendWebhooks(hub: Hub, timing: WebhookTiming = WEBHOOK_TIMING): KeptUp {
  const failed = 'webhooks could not be told';
  /** Those that are being told: one that is slow to answer keeps none of the others waiting. */
  const busy = new Map<string, Promise<void>>();
  let forgottenAtMs = 0;
  const kept = keepDoing(hub, { everyMs: timing.lookMs, failed }, async () => {
    const nowMs = hub.clock.nowMs();
    const holdMs = HOLD_MS + timing.answerMs;
    const due = await takeMessages(hub.database.db, { nowMs, holdMs, not: [...busy.keys()] });
    for (const [webhook, messages] of Map.groupBy(due, ({ webhookId }) => webhookId)) {
      const telling = tellAll(hub, messages, timing).finally(() => busy.delete(webhook));
      busy.set(webhook, telling);
    }
    if (nowMs - forgottenAtMs < FORGET_EVERY_MS) return;
    forgottenAtMs = nowMs;
    await forgetMessages(hub.database.db, nowMs - KEPT_MS);
  });
  return {
    stop: async () => {
      await kept.stop();
      await Promise.all(busy.values());
    },
  };
}

/** What cannot be noted is sent again, when it has been held for long enough. */
async function tellAll(
  hub: Hub,
  messages: readonly DueMessage[],
  timing: WebhookTiming,
): Promise<void> {
  const told = await Promise.allSettled(messages.map((message) => tell(hub, message, timing)));
  for (const one of told) {
    if (one.status === 'fulfilled') continue;
    hub.log.warn({ error: String(one.reason) }, 'it could not be noted how a webhook was told');
  }
}

type Told =
  | { readonly kind: 'taken'; readonly status: number }
  | { readonly kind: 'failed'; readonly status: number | null; readonly trouble: WebhookTrouble };

async function tell(hub: Hub, message: DueMessage, timing: WebhookTiming): Promise<void> {
  const { db } = hub.database;
  const told = await send(hub, message, timing.answerMs);
  if (told.kind === 'taken') return noteTold(db, message, told.status);
  const nowMs = hub.clock.nowMs();
  const waitMs = timing.waitsMs[message.attempt - 1];
  const isGone = told.status === GONE;
  const isGivenUp = waitMs === undefined || isGone;
  const { status, trouble } = told;
  const failingMs = nowMs - (message.failingSinceMs ?? nowMs);
  const offWhy = isGivenUp && failingMs >= timing.offAfterMs ? 'failing' : null;
  await db.transaction().execute(async (trx) => {
    const againAtMs = isGivenUp ? null : nowMs + waitMs;
    await noteFailed(trx, message, { status, trouble, atMs: nowMs, againAtMs });
    const why = isGone ? 'gone' : offWhy;
    if (why !== null) await goOff(hub, trx, { message, why });
  });
}

async function goOff(
  hub: Hub,
  trx: Hub['database']['db'],
  { message, why }: { readonly message: DueMessage; readonly why: OffWhy },
): Promise<void> {
  const atMs = hub.clock.nowMs();
  const { companyId, webhookId, url } = message;
  const { host } = new URL(url);
  const day = dayAt(new Date(atMs), 'UTC');
  const finding = { kind: 'webhook-off', webhook: webhookId, host, day } as const;
  await switchOff(trx, { companyId, webhookId }, { why, atMs, finding });
  const about = { webhook: webhookId, host, why };
  await addAudit(trx, { by: 'the hub', companyId, act: 'webhook.off', about });
  hub.log.warn({ companyId, ...about }, 'a webhook is switched off');
}

async function send(hub: Hub, message: DueMessage, timeoutMs: number): Promise<Told> {
  const secrets = await secretsOf(hub, message);
  if (secrets === null) return { kind: 'failed', status: null, trouble: 'secret-sealed' };
  const body = bodyOf(hub, message);
  const { url, key } = message;
  const answer = await hub.outbound.tell({
    ...{ url, body, timeoutMs },
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Bokbro',
      ...signed({ key, body, atMs: hub.clock.nowMs() }, secrets),
    },
  });
  if (answer.kind === 'failed') return { ...answer, status: null };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'taken', status };
  return { kind: 'failed', status, trouble: 'status' };
}

/** Numbers of ours and codes, and where the rest is read by who may: nothing of people. */
function bodyOf(hub: Hub, { event, about, atMs, companyId }: DueMessage): string {
  const facts = about as Readonly<Record<string, unknown>>; // An object, by whoever writes it.
  const page = typeof facts['document'] === 'string' ? `/documents/${facts['document']}` : '';
  const url = `${hub.config.publicUrl}/c/${companyId}${page}`;
  return JSON.stringify({
    type: event,
    timestamp: new Date(atMs).toISOString(),
    data: { company: companyId, ...facts, url },
  });
}

/** @returns null when they cannot be opened with this master key */
async function secretsOf(hub: Hub, message: DueMessage): Promise<readonly string[] | null> {
  const { companyId, webhookId, rotatedAtMs } = message;
  try {
    const place = { companyId, webhookId };
    const { current, before } = await webhookSecrets(hub.database.db, hub.box, place);
    const isFresh = rotatedAtMs !== null && hub.clock.nowMs() - rotatedAtMs < BOTH_SIGN_MS;
    return before !== null && isFresh ? [current, before] : [current];
  } catch (error) {
    hub.log.error({ webhookId, error: String(error) }, 'the secret of a webhook cannot be opened');
    return null;
  }
}
