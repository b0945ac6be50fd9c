import { sql, type Selectable } from 'kysely';
import { encodeJson, type Json } from '../lib/json.ts';
import type { WebhookTrouble } from '../ports/webhooks.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import type { WebhookPlace } from './webhooks.ts';

/** A message to a webhook, and how it has gone. */
export type WebhookMessage = {
  readonly id: string;
  /** The same however often it is sent: by it a receiver knows what it has had. */
  readonly key: string;
  readonly event: string;
  readonly about: Json;
  readonly atMs: number;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly attempts: number;
  readonly triedAtMs: number | null;
  /** When it is sent again; null: it is not. */
  readonly dueAtMs: number | null;
  readonly status: number | null;
  readonly trouble: WebhookTrouble | null;
};

/** A message whose time has come, with where it goes. */
export type DueMessage = WebhookPlace & {
  readonly id: string;
  readonly key: string;
  readonly event: string;
  readonly about: Json;
  readonly atMs: number;
  /** Which attempt this is, counted from 1. */
  readonly attempt: number;
  readonly url: string;
  readonly rotatedAtMs: number | null;
  readonly failingSinceMs: number | null;
};

/** Messages that a receiver gets at once, and all of them together. */
const EACH_MAX = 20;
const TAKE_MAX = 200;
const PAGE_MAX = 50;
/** A person sends again what failed; thousands at once would be a flood. */
const REPLAY_MAX = 1_000;

/**
 * Takes messages that are due. Whoever takes one has until then to say how it went: after that
 * another one sends it, since the first has died.
 */
export async function takeMessages(
  db: Db,
  of: {
    readonly nowMs: number;
    readonly holdMs: number;
    /** Webhooks that are being told something already. */
    readonly not: readonly string[];
  },
): Promise<readonly DueMessage[]> {
  const { nowMs, holdMs, not } = of;
  const now = new Date(nowMs);
  const { rows } = await sql<DueRow>`
    with due as (
      select m.id from webhook w
       cross join lateral (
         select id from webhook_message
          where webhook_id = w.id and state = 'waiting' and due_at <= ${now}
          order by due_at, id limit ${EACH_MAX} for update skip locked) m
       where w.off_at is null and w.ended_at is null and w.id <> all(${not}::bigint[])
       limit ${TAKE_MAX}
    )
    update webhook_message m
       set attempts = m.attempts + 1, tried_at = ${now}, due_at = ${new Date(nowMs + holdMs)}
      from due, webhook w
     where m.id = due.id and w.id = m.webhook_id
    returning m.id, m.company_id, m.webhook_id, m.key, m.event, m.about, m.at,
              m.attempts as attempt, w.url, w.rotated_at, w.failing_since
  `.execute(db);
  return rows.map((row) => ({
    ...{ id: row.id, companyId: row.company_id, webhookId: row.webhook_id, key: row.key },
    ...{ event: row.event, about: row.about, atMs: row.at.getTime(), attempt: row.attempt },
    ...{ url: row.url, rotatedAtMs: row.rotated_at?.getTime() ?? null },
    failingSinceMs: row.failing_since?.getTime() ?? null,
  }));
}

type DueRow = {
  readonly id: string;
  readonly company_id: string;
  readonly webhook_id: string;
  readonly key: string;
  readonly event: string;
  readonly about: Json;
  readonly at: Date;
  readonly attempt: number;
  readonly url: string;
  readonly rotated_at: Date | null;
  readonly failing_since: Date | null;
};

/** A message has got through: its webhook works. */
export async function noteTold(db: Db, message: DueMessage, status: number): Promise<void> {
  await db
    .updateTable('webhook_message')
    .set({ state: 'done', status, trouble: null })
    .where('id', '=', message.id)
    .execute();
  await db
    .updateTable('webhook')
    .set({ failing_since: null })
    .where('id', '=', message.webhookId)
    .where('failing_since', 'is not', null)
    .execute();
}

/** A message has not got through. `againAtMs` null: it is given up. */
export async function noteFailed(
  db: Db,
  message: DueMessage,
  of: {
    readonly status: number | null;
    readonly trouble: WebhookTrouble;
    readonly atMs: number;
    readonly againAtMs: number | null;
  },
): Promise<void> {
  const { status, trouble, againAtMs } = of;
  await db
    .updateTable('webhook_message')
    .set({
      ...{ status, trouble, state: againAtMs === null ? 'failed' : 'waiting' },
      ...(againAtMs === null ? {} : { due_at: new Date(againAtMs) }),
    })
    .where('id', '=', message.id)
    .execute();
  await db
    .updateTable('webhook')
    .set({ failing_since: new Date(of.atMs) })
    .where('id', '=', message.webhookId)
    .where('failing_since', 'is', null)
    .execute();
}

/** Writes a message of one's own, such as a test. It is sent like any other. @returns its id */
export async function addMessage(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  of: { readonly event: string; readonly about: Json },
): Promise<string> {
  const { id } = await db
    .insertInto('webhook_message')
    .values({
      ...{ company_id: companyId, webhook_id: webhookId },
      ...{ event: of.event, about: encodeJson(of.about) },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The newest messages of a webhook first; `before` continues a list. */
export async function listMessages(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  of: { readonly before?: string; readonly state?: WebhookMessage['state'] } = {},
): Promise<{ readonly messages: readonly WebhookMessage[]; readonly next: string | null }> {
  let select = db
    .selectFrom('webhook_message')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('webhook_id', '=', webhookId)
    .orderBy('id', 'desc')
    .limit(PAGE_MAX + 1);
  if (of.before !== undefined) select = select.where('id', '<', of.before);
  if (of.state !== undefined) select = select.where('state', '=', of.state);
  const rows = await select.execute();
  const page = rows.slice(0, PAGE_MAX);
  return {
    messages: page.map(asMessage),
    next: rows.length > PAGE_MAX ? (page.at(-1)?.id ?? null) : null,
  };
}

/**
 * Has messages sent again under the same key, from the first attempt on: those that are named, or
 * the newest that were given up.
 *
 * @returns the ids of those that will be
 */
export async function replayMessages(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  of: { readonly ids: readonly string[] | 'failed'; readonly atMs: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update webhook_message
       set state = 'waiting', attempts = 0, status = null, trouble = null,
           due_at = ${new Date(of.atMs)}
     where id in (
       select id from webhook_message
        where company_id = ${companyId} and webhook_id = ${webhookId}
          and ${
            of.ids === 'failed'
              ? sql<boolean>`state = 'failed'`
              : sql<boolean>`id = any(${of.ids}::bigint[])`
          }
        order by id desc limit ${REPLAY_MAX})
    returning id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Forgets messages that came to their end before a time. @returns how many */
export async function forgetMessages(db: Db, beforeMs: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('webhook_message')
    .where('at', '<', new Date(beforeMs))
    .where((eb) =>
      eb.or([
        eb('state', '<>', 'waiting'),
        eb.exists(
          eb
            .selectFrom('webhook')
            .select('id')
            .whereRef('webhook.id', '=', 'webhook_message.webhook_id')
            .where((of) => of.or([of('ended_at', 'is not', null), of('off_at', 'is not', null)])),
        ),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function asMessage(row: Selectable<Schema['webhook_message']>): WebhookMessage {
  return {
    ...{ id: row.id, key: row.key, event: row.event, about: row.about, state: row.state },
    ...{ atMs: row.at.getTime(), attempts: row.attempts, status: row.status },
    triedAtMs: row.tried_at?.getTime() ?? null,
    dueAtMs: row.state === 'waiting' ? row.due_at.getTime() : null,
    trouble: row.trouble as WebhookTrouble | null, // Written by `noteFailed`.
  };
}
