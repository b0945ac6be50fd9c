import { sql } from 'kysely';
import { twinOf } from '../domain/document/twin.ts';
import type { Document } from '../domain/document/document.ts';
import { serialOf } from '../domain/document/report-numbers.ts';
import { present } from '../lib/assert.ts';
import { encodeJson, storableText, type Json } from '../lib/json.ts';
import type {
  FileOutcome,
  FileRead,
  ReadingStore,
  StagedAs,
  StagedDocument,
  StagedReading,
} from '../ports/store.ts';
import type { Db } from './db.ts';
import { makeDeliveries } from './file-deliveries.ts';
import { keepCreditSales, planCreditAgain } from './credit-sales.ts';
import type { JobQueue } from './jobs.ts';
import { keepPayments } from './payments.ts';
import { invoiceModes } from './known-customers.ts';
import { numberGaps, seriesKey } from './number-gaps.ts';

const INSERT_ROWS_MAX = 500;

/**
 * What a reading of files writes.
 *
 * @param inTransaction - runs what must hold or fall together
 */
export function readingStore(
  db: Db,
  jobs: JobQueue,
  inTransaction: <T>(act: (trx: Db) => Promise<T>) => Promise<T>,
): ReadingStore {
  return {
    beginReading: (fileIds) => beginReading(db, fileIds),
    stage: (documents) => stage(db, documents),
    stageReadings: (readings) => stageReadings(db, readings),
    invoiceModes: (connectionId) => invoiceModes(db, connectionId),
    numberGaps: (fileIds, limit) => numberGaps(db, fileIds, limit),
    commitFiles: (files) => inTransaction((trx) => commitFiles(trx, jobs, files)),
    rejectFile: (fileId, problems) => inTransaction((trx) => rejectFile(trx, fileId, problems)),
  };
}

async function beginReading(
  db: Db,
  fileIds: readonly string[],
): Promise<readonly (FileRead | null)[]> {
  const rows = await db
    .selectFrom('received_file')
    .select(['id', 'state', 'problems'])
    .where('id', '=', (eb) => eb.fn.any(eb.val(fileIds)))
    .execute();
  const files = new Map(rows.map((row) => [row.id, row]));
  const isRead = (id: string): boolean => files.get(id)?.state === 'read';
  const outcomes = await countOutcomes(db, fileIds.filter(isRead));
  const unread = fileIds.filter((id) => !isRead(id));
  // Left by a reading that was cut short: it would be told twice.
  if (unread.length > 0) {
    await db
      .deleteFrom('reading')
      .where('file_id', '=', (eb) => eb.fn.any(eb.val(unread)))
      .execute();
  }
  return fileIds.map((id) => {
    const { state, problems } = present(files.get(id), `file ${id}`);
    if (state === 'rejected') return { kind: 'rejected', problems };
    if (state !== 'read') return null;
    return { kind: 'read', outcome: present(outcomes.get(id), `the counts of file ${id}`) };
  });
}

type Known = {
  readonly version: number;
  readonly hash: string;
  readonly fileId: string | null;
  /** When the source changed it last; null when it does not say. */
  readonly changedAt: string | null;
};

async function stage(db: Db, documents: readonly StagedDocument[]): Promise<StagedAs[]> {
  if (documents.length === 0) return [];
  const known = await knownVersions(db, documents);
  const fresh: Fresh[] = [];
  const staged = documents.map((document) => {
    const { fileId, contentHash: hash } = document;
    const versions = present(known.get(placeOf(document)), document.key);
    const same = sameVersion(document.document, versions, hash);
    const isOurs = same?.fileId === fileId; // Read once already, before a crash.
    const isFirst = versions.every((one) => one === same);
    if (same === undefined) {
      const version = Math.max(0, ...versions.map((one) => one.version)) + 1;
      const isAgain = versions.some((one) => one.hash === hash);
      const contentHash = isAgain ? `${hash}.${version}` : hash;
      fresh.push({ ...document, contentHash, version });
      versions.push({
        version,
        hash: contentHash,
        fileId,
        changedAt: changedAt(document.document),
      });
    }
    return stagedAs({ isKnown: same !== undefined && !isOurs, isFirst });
  });
  for (let at = 0; at < fresh.length; at += INSERT_ROWS_MAX) {
    const some = fresh.slice(at, at + INSERT_ROWS_MAX);
    await insertDocuments(db, some);
    await keepCreditSales(db, some);
    await keepPayments(db, some);
  }
  await insertAttachments(db, fresh);
  return staged;
}

/**
 * The version that a document is already. A card that is changed back is another version than the
 * one in between, though it is like the one before that; a report in an old file is that report.
 */
function sameVersion(document: Document, versions: readonly Known[], hash: string) {
  const isLike = (one: Known | undefined): boolean => one?.hash.split('.')[0] === hash;
  const latest = versions.toSorted((a, b) => a.version - b.version).at(-1);
  const isCard = document.kind === 'customer' || document.kind === 'article';
  if (isCard) return isLike(latest) ? latest : undefined;
  const [before, now] = [latest?.changedAt ?? null, changedAt(document)];
  // An order in an old export, and one that was changed back: the shop says when, and a quoting
  // system how often.
  if (before !== null && now !== null && now < before) return latest;
  if (before !== null && now !== null && now > before) return isLike(latest) ? latest : undefined;
  return versions.find(isLike);
}

/** Digits enough for every revision of a quote, so that texts are in the order of numbers. */
const REVISION_DIGITS = 9;

/** What later versions have more of: the moment of an order, the revision of a quote. */
function changedAt(document: Document): string | null {
  if (document.kind === 'order') return document.changedAt ?? null;
  if (document.kind !== 'quote' || document.revision === undefined) return null;
  return String(document.revision).padStart(REVISION_DIGITS, '0');
}

/** The versions that there are of each document, by its place. */
async function knownVersions(
  db: Db,
  documents: readonly StagedDocument[],
): Promise<ReadonlyMap<string, Known[]>> {
  const places = new Map(documents.map((document) => [placeOf(document), document]));
  const known = new Map<string, Known[]>([...places.keys()].map((place) => [place, []]));
  const asked = [...places.values()];
  const { rows } = await sql<{
    connection_id: string;
    key: string;
    version: number;
    content_hash: string;
    file_id: string | null;
    changed_at: string | null;
  }>`
    select connection_id, key, version, content_hash, file_id,
           case kind when 'order' then body ->> 'changedAt'
                     when 'quote' then lpad(body ->> 'revision', ${REVISION_DIGITS}, '0')
           end as changed_at
      from unnest(${asked.map((one) => one.connectionId)}::bigint[],
                  ${asked.map((one) => one.key)}::text[]) as asked(connection_id, key)
      join document using (connection_id, key)
  `.execute(db);
  for (const row of rows) {
    const versions = known.get(placeOf({ connectionId: row.connection_id, key: row.key }));
    const { version, content_hash: hash, file_id: fileId, changed_at: changedMoment } = row;
    versions?.push({ version, hash, fileId, changedAt: changedMoment });
  }
  return known;
}

function placeOf(of: { readonly connectionId: string; readonly key: string }): string {
  return `${of.connectionId} ${of.key}`;
}

function stagedAs(found: { readonly isKnown: boolean; readonly isFirst: boolean }): StagedAs {
  if (found.isKnown) return 'seen';
  return found.isFirst ? 'new' : 'revision';
}

type Fresh = StagedDocument & { readonly version: number };

async function insertDocuments(db: Db, fresh: readonly Fresh[]): Promise<void> {
  const serials = fresh.map(({ document }) => serialColumns(document));
  await sql`
    insert into document (company_id, connection_id, file_id, kind, key, version, content_hash,
                          business_date, series, serial, twin, body, doubts, extract,
                          media_type)
    select f.company_id, f.connection_id, f.id, d.kind, d.key, d.version, d.hash,
           coalesce(d.day, current_date), d.series, d.serial, d.twin, d.body, d.doubts,
           d.extract, d.media_type
      from unnest(${fresh.map((one) => one.fileId)}::bigint[],
                  ${fresh.map((one) => one.document.kind)}::text[],
                  ${fresh.map((one) => one.key)}::text[],
                  ${fresh.map((one) => one.version)}::integer[],
                  ${fresh.map((one) => one.contentHash)}::text[],
                  ${fresh.map((one) => one.businessDate)}::date[],
                  ${serials.map((one) => one.series)}::text[],
                  ${serials.map((one) => one.serial)}::bigint[],
                  ${fresh.map((one) => twinOf(one.document))}::text[],
                  ${fresh.map((one) => encodeJson(one.document))}::jsonb[],
                  ${fresh.map((one) => encodeJson(one.doubts))}::jsonb[],
                  ${fresh.map((one) => Buffer.from(one.extract))}::bytea[],
                  ${fresh.map((one) => one.mediaType)}::text[])
           with ordinality as d(file_id, kind, key, version, hash, day, series, serial, twin,
                                body, doubts, extract, media_type, place)
      join received_file f on f.id = d.file_id
     order by d.place
  `.execute(db);
}

/** One at a time: on its way to the database a file takes several times its bytes. */
async function insertAttachments(db: Db, fresh: readonly Fresh[]): Promise<void> {
  for (const { connectionId, key, version, attachments = [] } of fresh) {
    for (const [index, one] of attachments.entries()) {
      const [bytes, mediaType] = one.kind === 'file' ? [one.bytes, one.mediaType] : [null, null];
      const why = one.kind === 'file' ? null : one.why;
      await sql`
        insert into attachment (document_id, number, name, media_type, bytes, left_out)
        select id, ${index + 1}, ${storableText(one.name)}, ${mediaType},
               ${bytes === null ? null : Buffer.from(bytes)}::bytea, ${why}
          from document
         where connection_id = ${connectionId} and key = ${key} and version = ${version}
      `.execute(db);
    }
  }
}

/** By which missing numbers are found. */
function serialColumns(document: Document): { series: string | null; serial: string | null } {
  const serial = serialOf(document);
  if (serial === null) return { series: null, serial: null };
  return { series: seriesKey(serial), serial: String(serial.number.count) };
}

async function stageReadings(db: Db, readings: readonly StagedReading[]): Promise<void> {
  for (let at = 0; at < readings.length; at += INSERT_ROWS_MAX) {
    const some = readings.slice(at, at + INSERT_ROWS_MAX);
    await sql`
      insert into reading (company_id, file_id, kind, key, detail)
      select f.company_id, f.id, r.kind, r.key, r.detail
        from unnest(${some.map((one) => one.fileId)}::bigint[],
                    ${some.map((one) => one.kind)}::text[],
                    ${some.map((one) => storableText(one.key))}::text[],
                    ${some.map((one) => encodeJson(one.detail))}::jsonb[])
             with ordinality as r(file_id, kind, key, detail, place)
        join received_file f on f.id = r.file_id
       order by r.place
    `.execute(db);
  }
}

async function commitFiles(
  trx: Db,
  jobs: JobQueue,
  files: Parameters<ReadingStore['commitFiles']>[0],
): Promise<readonly FileOutcome[]> {
  const fileIds = files.map((file) => file.fileId);
  await takeBackContested(trx, fileIds);
  const made = await makeDeliveries(trx, { fileIds });
  const lanes = [...new Set([...made, ...(await planCreditAgain(trx, fileIds))])];
  await sql`
    update received_file f set state = 'read', guess = read.guess
      from unnest(${fileIds}::bigint[],
                  ${files.map((file) => encodeJson(file.guess))}::jsonb[]) as read(id, guess)
     where f.id = read.id
  `.execute(trx);
  if (lanes.length > 0) await jobs.wakeLanes(lanes, trx);
  const outcomes = await countOutcomes(trx, fileIds);
  return fileIds.map((id) => present(outcomes.get(id), `the counts of file ${id}`));
}

/** A document that the same file also gives otherwise is neither: see `Reading`. */
async function takeBackContested(trx: Db, fileIds: readonly string[]): Promise<void> {
  await sql`
    delete from document d using reading r
     where r.file_id = any(${fileIds}) and r.kind = 'unreadable'
       and d.file_id = r.file_id and d.key = r.key
  `.execute(trx);
}

async function countOutcomes(
  db: Db,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, FileOutcome>> {
  if (fileIds.length === 0) return new Map();
  const { rows } = await sql<
    { id: string } & Record<'documents' | 'revisions' | 'seen' | 'unreadable', string>
  >`
    select f.id, d.documents, d.revisions, r.seen, r.unreadable
      from unnest(${fileIds}::bigint[]) as f(id)
     cross join lateral (select count(*) as documents,
                                count(*) filter (where version > 1) as revisions
                           from document where file_id = f.id) d
     cross join lateral (select count(*) filter (where kind = 'seen') as seen,
                                count(*) filter (where kind = 'unreadable') as unreadable
                           from reading where file_id = f.id) r
  `.execute(db);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        fileId: row.id,
        documents: Number(row.documents),
        revisions: Number(row.revisions),
        seen: Number(row.seen),
        unreadable: Number(row.unreadable),
      },
    ]),
  );
}

async function rejectFile(trx: Db, fileId: string, problems: Json): Promise<void> {
  await trx.deleteFrom('document').where('file_id', '=', fileId).execute();
  await trx.deleteFrom('reading').where('file_id', '=', fileId).execute();
  await trx
    .updateTable('received_file')
    .set({ state: 'rejected', problems: encodeJson(problems) })
    .where('id', '=', fileId)
    .execute();
}
