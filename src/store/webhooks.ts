import type { Selectable } from 'kysely';
import { findingKey, webhookOffKey, type WebhookOff } from '../domain/document/finding.ts';
import { encodeJson } from '../lib/json.ts';
import type { OffWhy } from '../ports/webhooks.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import type { SecretBox } from './secret-box.ts';

/** An address of a program that is told what happens in a company. */
export type Webhook = {
  readonly id: string;
  readonly companyId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly by: string;
  readonly madeAtMs: number;
  readonly rotatedAtMs: number | null;
  /** Nothing has got through since; null: the latest message did. */
  readonly failingSinceMs: number | null;
  readonly off: { readonly atMs: number; readonly why: OffWhy } | null;
};

/** What messages are signed with: the one before too, for a day after it was replaced. */
export type WebhookSecrets = { readonly current: string; readonly before: string | null };

/** Which webhook of which company. */
export type WebhookPlace = { readonly companyId: string; readonly webhookId: string };

export async function addWebhook(
  db: Db,
  box: SecretBox,
  of: {
    readonly companyId: string;
    readonly url: string;
    readonly events: readonly string[];
    readonly by: string;
    readonly secret: string;
  },
): Promise<string> {
  const { companyId, url, events, by: made_by, secret } = of;
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('webhook')
      .values({ company_id: companyId, url, events: [...events], made_by })
      .returning('id')
      .executeTakeFirstOrThrow();
    // Its seal needs its id.
    const secrets = box.seal({ companyId, webhookId: id }, { current: secret });
    await trx.updateTable('webhook').set({ secrets }).where('id', '=', id).execute();
    return id;
  });
}

/** The webhooks of a company that have not ended, oldest first. */
export async function listWebhooks(db: Db, companyId: string): Promise<readonly Webhook[]> {
  const rows = await db
    .selectFrom('webhook')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(asWebhook);
}

/** Changes where messages go and which ones. What waits goes to the new address. */
export async function changeWebhook(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  to: { readonly url: string; readonly events: readonly string[] },
): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ url: to.url, events: [...to.events] })
    .where('company_id', '=', companyId)
    .where('id', '=', webhookId)
    .execute();
}

/** Gives a webhook another secret; the one before is kept beside it. */
export async function rotateSecret(
  db: Db,
  { box, place }: { readonly box: SecretBox; readonly place: WebhookPlace },
  to: { readonly secret: string; readonly atMs: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Whoever else replaces it now waits: the secret before is the one that they made.
    await trx
      .selectFrom('webhook')
      .select('id')
      .where('id', '=', place.webhookId)
      .forUpdate()
      .execute();
    const { current } = await webhookSecrets(trx, box, place);
    await trx
      .updateTable('webhook')
      .set({
        secrets: box.seal(place, { current: to.secret, before: current }),
        rotated_at: new Date(to.atMs),
      })
      .where('id', '=', place.webhookId)
      .execute();
  });
}

/** @throws Error when they were sealed with another master key, or the webhook has ended */
export async function webhookSecrets(
  db: Db,
  box: SecretBox,
  place: WebhookPlace,
): Promise<WebhookSecrets> {
  const { secrets } = await db
    .selectFrom('webhook')
    .select('secrets')
    .where('company_id', '=', place.companyId)
    .where('id', '=', place.webhookId)
    .executeTakeFirstOrThrow();
  const { current = '', before } = box.open(place, secrets ?? Buffer.alloc(0));
  return { current, before: before ?? null };
}

/** Switches a webhook on: what waits is sent now, and what happened meanwhile is not told. */
export async function switchOn(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  atMs: number,
): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ off_at: null, off_why: null, failing_since: null })
    .where('company_id', '=', companyId)
    .where('id', '=', webhookId)
    .execute();
  await db
    .updateTable('webhook_message')
    .set({ due_at: new Date(atMs) })
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .execute();
  await closeFinding(db, { companyId, webhookId }, atMs);
}

/** Switches a webhook off. Unless a person does, it becomes a finding. */
export async function switchOff(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  of: { readonly why: OffWhy; readonly atMs: number; readonly finding: WebhookOff | null },
): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ off_at: new Date(of.atMs), off_why: of.why })
    .where('company_id', '=', companyId)
    .where('id', '=', webhookId)
    .where('off_at', 'is', null)
    .execute();
  if (of.finding === null) return;
  const fresh = {
    ...{ day: of.finding.day, about: encodeJson(of.finding), found_at: new Date(of.atMs) },
    ...{ closed_at: null, dismissed_at: null, dismissed_by: null, reason: null },
  };
  await db
    .insertInto('finding')
    .values({ company_id: companyId, key: findingKey(of.finding), ...fresh })
    .onConflict((conflict) => conflict.columns(['company_id', 'key']).doUpdateSet(fresh))
    .execute();
}

/** Ends a webhook and forgets its secret. Messages that wait are not sent. */
export async function endWebhook(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  atMs: number,
): Promise<void> {
  await db
    .updateTable('webhook')
    .set({ ended_at: new Date(atMs), secrets: null })
    .where('company_id', '=', companyId)
    .where('id', '=', webhookId)
    .execute();
  await closeFinding(db, { companyId, webhookId }, atMs);
}

async function closeFinding(
  db: Db,
  { companyId, webhookId }: WebhookPlace,
  atMs: number,
): Promise<void> {
  await db
    .updateTable('finding')
    .set({ closed_at: new Date(atMs) })
    .where('company_id', '=', companyId)
    .where('key', '=', webhookOffKey(webhookId))
    .where('closed_at', 'is', null)
    .execute();
}

function asWebhook(row: Selectable<Schema['webhook']>): Webhook {
  return {
    ...{ id: row.id, companyId: row.company_id, url: row.url, events: row.events },
    ...{ by: row.made_by, madeAtMs: row.created_at.getTime() },
    rotatedAtMs: row.rotated_at?.getTime() ?? null,
    failingSinceMs: row.failing_since?.getTime() ?? null,
    off:
      row.off_at === null || row.off_why === null
        ? null
        : { atMs: row.off_at.getTime(), why: row.off_why },
  };
}
