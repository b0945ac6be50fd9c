import { sql } from 'kysely';
import type { Document } from '../domain/document/document.ts';
import {
  newsRef,
  type InvoicePaymentState,
  type OrderNews,
} from '../domain/document/order-news.ts';
import { refKey } from '../domain/document/source-ref.ts';
import { encodeJson, sha256, stableJson } from '../lib/json.ts';
import type { Database, Db } from './db.ts';
import { makeDeliveries } from './file-deliveries.ts';
import type { JobQueue } from './jobs.ts';

/** Deliveries that one transaction makes news of. */
const MAKE_MAX = 200;

type Untold = {
  readonly delivery_id: string;
  readonly payment: InvoicePaymentState | null;
  readonly label: string | null;
  readonly body: Document;
  readonly business_date: string;
  readonly company_id: string;
  readonly back_id: string;
  readonly ledger_id: string;
  readonly connector: string;
  readonly start_date: string | null;
};

/**
 * Makes news of what has happened to orders and refunds since the last time, for the shops that
 * they came from, with the deliveries that take it there.
 *
 * @param ledgerName - what people call a connector's system
 * @returns how many deliveries were looked at; fewer than before each time it is called again
 */
export async function makeOrderNews(
  { db }: Pick<Database, 'db'>,
  jobs: JobQueue,
  ledgerName: (connector: string) => string,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const untold = await takeUntold(trx);
    const lanes = new Set<string>();
    for (const one of untold) {
      const news = await newsOf(trx, one, ledgerName(one.connector));
      if (news === null) continue;
      const documentId = await insertNews(trx, one, news);
      const way = { documentIds: [documentId], flowId: one.back_id };
      for (const lane of await makeDeliveries(trx, way)) lanes.add(lane);
    }
    if (lanes.size > 0) await jobs.wakeLanes([...lanes], trx);
    return untold.length;
  });
}

/** Oldest first. Another process takes others. */
async function takeUntold(trx: Db): Promise<readonly Untold[]> {
  const { rows } = await sql<Untold>`
    with taken as materialized (
      select delivery_id, payment from untold order by delivery_id
       limit ${MAKE_MAX} for update skip locked
    ), gone as (
      delete from untold u using taken where u.delivery_id = taken.delivery_id
    )
    select t.delivery_id, t.payment, doc.body,
           -- An invoice is paid or credited after other versions have been booked: they stand.
           case when t.payment is null then d.label else
             (select ld.label from document later
                join delivery ld on ld.document_id = later.id and ld.flow_id = d.flow_id
               where later.connection_id = doc.connection_id and later.key = doc.key
                 and ld.state = 'done' and ld.label <> ''
               order by later.version desc limit 1)
           end as label,
           doc.business_date, doc.company_id,
           back.id as back_id, back.start_date, ledger.id as ledger_id, ledger.connector
      from taken t
      join delivery d on d.id = t.delivery_id
      join document doc on doc.id = d.document_id
      join flow f on f.id = d.flow_id
      join flow back on back.source_id = f.target_id and back.target_id = f.source_id
                    and back.is_return
      join connection ledger on ledger.id = f.target_id
     order by t.delivery_id
  `.execute(trx);
  return rows;
}

/** @returns null when there is nothing that the shop has not been told */
async function newsOf(trx: Db, untold: Untold, ledger: string): Promise<OrderNews | null> {
  const { body: sale, label, start_date: start, ledger_id: ledgerId } = untold;
  if (sale.kind !== 'order' && sale.kind !== 'refund') return null;
  if (label === null || label === '' || (start !== null && sale.date < start)) return null;
  const ref = newsRef(sale.ref);
  const before = await latestNews(trx, ledgerId, refKey(ref));
  const payment = untold.payment ?? before?.payment ?? null;
  const isSame = before?.bookedAs === label && stableJson(before.payment) === stableJson(payment);
  if (isSame) return null;
  const order = sale.kind === 'order' ? sale.ref.id : sale.of.ref.id;
  return {
    kind: 'order-news',
    ref,
    about: { kind: sale.kind, ref: sale.ref, order },
    date: sale.date,
    currency: sale.currency,
    ledger,
    bookedAs: label,
    payment,
    toldBefore: before === null ? 0 : before.toldBefore + 1,
  };
}

async function latestNews(trx: Db, connectionId: string, key: string): Promise<OrderNews | null> {
  const row = await trx
    .selectFrom('document')
    .select('body')
    .where('connection_id', '=', connectionId)
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : (row.body as unknown as OrderNews);
}

async function insertNews(trx: Db, untold: Untold, news: OrderNews): Promise<string> {
  const body = encodeJson(news);
  const { id } = await trx
    .insertInto('document')
    .values({
      company_id: untold.company_id,
      connection_id: untold.ledger_id,
      kind: news.kind,
      key: refKey(news.ref),
      version: news.toldBefore + 1,
      content_hash: sha256(stableJson(news)),
      business_date: untold.business_date,
      body,
      doubts: '[]',
      extract: Buffer.from(body),
      media_type: 'application/json',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
