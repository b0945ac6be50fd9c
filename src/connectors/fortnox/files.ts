import { randomUUID } from 'node:crypto';
import { present } from '../../lib/assert.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Remote, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import type { VoucherName } from './voucher.ts';
import { isRecord, listOf, textOf, type WireObject } from '../../lib/json-object.ts';
import { foundByNumber } from './found-by-number.ts';

/** The inbox folder for files that belong to vouchers. */
const VOUCHER_INBOX = 'inbox_v';
const FILE_NAME_MAX = 80;
/** A number from here up is a calendar year: ids of financial years count from 1. */
const CALENDAR_YEARS_FROM = 1_900;

type UploadInput = {
  readonly fileName: string;
  readonly voucher: string;
  /** A file that came inside the document; absent: the received one. */
  readonly attachment?: number;
};
type ConnectInput = {
  readonly upload: string;
  readonly voucher: string;
  /** Its file came inside the document, perhaps with others. */
  readonly isInner?: true;
};

/**
 * The two calls that attach a file to a voucher: it is uploaded to the inbox, then connected. A
 * file belongs to one voucher, since a connection is known by its file.
 */
export function attachWrites(id: string, of: UploadInput): readonly Write[] {
  const upload: UploadInput = of;
  const inner = of.attachment === undefined ? {} : ({ isInner: true } as const);
  const connect: ConnectInput = { upload: `${id}.up`, voucher: of.voucher, ...inner };
  return [
    { id: `${id}.up`, call: `POST /3/inbox?path=${VOUCHER_INBOX}`, input: upload },
    { id: `${id}.tie`, call: 'POST /3/voucherfileconnections', input: connect },
  ];
}

/** A file that is tied to a voucher leaves the inbox: of several there nobody knows which it is. */
export function fileHides({ input }: Write): boolean {
  return isRecord(input) && input['isInner'] === true;
}

/** Uploads the received file under a name that ends in our key. A key holds no `_`. */
export async function uploadFile(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const outcome = await uploadToArchive(client, write, context);
  if (outcome.kind === 'refused') return outcome;
  return { kind: 'done', remote: { id: outcome.remote.id, label: '' }, differences: [] };
}

/** The same, with the id that the file has in the archive. */
export async function uploadToArchive(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { attachment } = write.input as UploadInput; // Made by `attachWrites`.
  const file = await context.file(attachment);
  const boundary = `bokbro-${randomUUID()}`;
  const name = fileName(write, context.key, file.mediaType);
  const answer = await client.change({
    method: 'POST',
    path: write.call.slice('POST '.length),
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: multipart(boundary, name, file),
  });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  const made = answer.kind === 'ok' ? answer.body['File'] : null;
  const id = isRecord(made) ? textOf(made, 'Id') : '';
  if (id === '') {
    throw new ConnectorError('Fortnox did not say which file it took.', { kind: 'unanswered' });
  }
  return { kind: 'done', remote: remoteFile(made, id), differences: [] };
}

/** A file by its id in the inbox, and by the one in the archive where that is told. */
function remoteFile(file: unknown, id: string): Remote {
  const archived = isRecord(file) ? textOf(file, 'ArchiveFileId') : '';
  return { id, label: '', ...(archived === '' ? {} : { data: archived }) };
}

/**
 * Finds an uploaded file by the key in its name; one that is connected already has left the inbox
 * and is found at its voucher.
 *
 * That a folder of the inbox is listed by `path`, and connections by their voucher, is not
 * documented. Where Fortnox does not take it nothing is found: then the file is uploaded again, and
 * the first one stays in the inbox unused.
 */
export async function findFile(
  client: FortnoxClient,
  write: Write,
  { key, earlier }: WriteContext,
): Promise<readonly Found[]> {
  const { voucher, attachment } = write.input as UploadInput; // Made by `attachWrites`.
  const waiting = await whereTaken(() => waitingFile(client, VOUCHER_INBOX, key));
  // A connection to a voucher says no name: of several files nobody knows which it is.
  if (waiting !== null) return [{ remote: { id: waiting.id, label: '' }, differences: [] }];
  const id =
    attachment !== undefined
      ? null
      : await whereTaken(() => connectedFile(client, voucherOf(voucher, earlier)));
  return id === null ? [] : [foundByNumber(id)];
}

/** The file in a folder of the inbox that carries the key. */
export async function waitingFile(
  client: FortnoxClient,
  inbox: string,
  key: string,
): Promise<Remote | null> {
  const body = await client.get(`/3/inbox?path=${inbox}`);
  const folder = body?.['Folder'];
  const files = isRecord(folder) ? listOf(folder, 'Files') : [];
  const [first] = files.filter((file) => keyOf(textOf(file, 'Name')) === key);
  return first === undefined ? null : remoteFile(first, textOf(first, 'Id'));
}

/** The file at a voucher. The hub attaches one to each voucher of its own. */
async function connectedFile(client: FortnoxClient, voucher: VoucherName): Promise<string | null> {
  const query = new URLSearchParams({
    voucherseries: voucher.series,
    vouchernumber: voucher.number,
    ...(voucher.year === '' ? {} : { voucheryear: voucher.year }),
  });
  const listed = await client.list(
    `/3/voucherfileconnections?${query.toString()}`,
    'VoucherFileConnections',
  );
  const [first] = listed.filter((found) => isAt(found, voucher));
  return first === undefined ? null : textOf(first, 'FileId');
}

function isAt(connection: WireObject, voucher: VoucherName): boolean {
  return (
    textOf(connection, 'VoucherSeries') === voucher.series &&
    textOf(connection, 'VoucherNumber') === voucher.number &&
    ['', textOf(connection, 'VoucherYear')].includes(voucher.year)
  );
}

/** Whether a connection may be the one to a voucher: what it does not say counts as agreeing. */
function mayBeAt(connection: WireObject, voucher: VoucherName): boolean {
  const year = textOf(connection, 'VoucherYear');
  // Nobody has seen whether it is the id of a financial year, a small number, or a calendar year.
  const isTelling = year !== '' && Number(year) < CALENDAR_YEARS_FROM;
  return isAt(isTelling ? connection : { ...connection, VoucherYear: voucher.year }, voucher);
}

/** The answer to a question that is not documented. @returns null where Fortnox refuses it */
export async function whereTaken<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConnectorError && error.failure.kind === 'bug') return null;
    throw error;
  }
}

/** Connects the uploaded file to the voucher. */
export async function connectFile(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { file, voucher } = tied(write, context);
  const answer = await client.change({
    method: 'POST',
    path: `/3/voucherfileconnections${voucher.year === '' ? '' : `?financialyear=${voucher.year}`}`,
    body: JSON.stringify({
      VoucherFileConnection: {
        FileId: file.id,
        VoucherNumber: voucher.number,
        VoucherSeries: voucher.series,
      },
    }),
  });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  const made = answer.kind === 'ok' ? answer.body['VoucherFileConnection'] : null;
  if (!isRecord(made) || textOf(made, 'VoucherNumber') === '') {
    throw new ConnectorError('Fortnox did not say what it tied the file to.', {
      kind: 'unanswered',
    });
  }
  return { kind: 'done', ...tie(made, file, voucher) };
}

/** What a connection has come to; one to another voucher is not what was wanted. */
function tie(made: WireObject, file: Remote, voucher: VoucherName): Found {
  const remote = { id: file.id, label: '' };
  if (mayBeAt(made, voucher)) return { remote, differences: [] };
  const sent = `${voucher.series} ${voucher.number}`;
  const booked = `${textOf(made, 'VoucherSeries')} ${textOf(made, 'VoucherNumber')}`;
  const isOtherYear = sent === booked;
  const difference = {
    what: 'file',
    id: file.id,
    sent: isOtherYear ? `${sent} (${voucher.year})` : sent,
    booked: isOtherYear ? `${booked} (${textOf(made, 'VoucherYear')})` : booked,
  };
  return { remote, differences: [{ code: 'read-back-differs', ...difference }] };
}

/** A connection is known by its file. */
export async function findConnection(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { file, voucher } = tied(write, context);
  const body = await client.get(`/3/voucherfileconnections/${encodeURIComponent(file.id)}`);
  const found = body?.['VoucherFileConnection'];
  if (!isRecord(found) || textOf(found, 'VoucherNumber') === '') return [];
  return [tie(found, file, voucher)];
}

/** The file and the voucher that earlier writes of the plan have made. */
function tied(
  write: Write,
  { earlier }: WriteContext,
): { readonly file: Remote; readonly voucher: VoucherName } {
  const input = write.input as ConnectInput; // Made by `attachWrites`.
  const file = present(earlier.get(input.upload), 'the uploaded file');
  return { file, voucher: voucherOf(input.voucher, earlier) };
}

function voucherOf(writeId: string, earlier: WriteContext['earlier']): VoucherName {
  const made = present(earlier.get(writeId)?.data, 'the posted voucher') as WireObject;
  return {
    series: textOf(made, 'series'),
    number: textOf(made, 'number'),
    year: textOf(made, 'year'),
  };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/x-sie': 'si',
};

function fileName(write: Write, key: string, mediaType: string): string {
  const input = write.input as UploadInput; // Made by `attachWrites`.
  const [type = ''] = mediaType.split(';');
  return `${input.fileName.slice(0, FILE_NAME_MAX)}_${key}.${EXTENSIONS[type] ?? 'txt'}`;
}

/** The key in a name that we gave, whole: of two keys one may be the beginning of the other. */
export function keyOf(name: string): string | null {
  return /_([A-Za-z0-9-]+)\.[a-z]+$/.exec(name)?.[1] ?? null;
}

function multipart(
  boundary: string,
  name: string,
  file: { readonly mediaType: string; readonly bytes: Uint8Array },
): Uint8Array {
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
    `content-type: ${file.mediaType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
