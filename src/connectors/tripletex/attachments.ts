import { randomUUID } from 'node:crypto';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import { ConnectorError, uncertain } from '../../ports/errors.ts';
import type {
  FileContent,
  Found,
  Remote,
  Write,
  WriteContext,
  WriteOutcome,
} from '../../ports/target.ts';
import { saidBy } from './errors.ts';
import { asPdf } from './pdf.ts';
import type { Session } from './session.ts';
import { isRecord, objectOf, textOf } from '../../lib/json-object.ts';

const FILE_NAME_MAX = 80;
/** What Tripletex takes as it is. Anything else goes inside a PDF. */
const TAKEN: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
};

type AttachInput = {
  readonly fileName: string;
  /** The write that posted the voucher. */
  readonly voucher: string;
  /** The write that attached the file before; null for a voucher's first. */
  readonly after: string | null;
  /** A file that came inside the document; absent: the received one. */
  readonly attachment?: number;
};

/** The call that attaches a file to a voucher. */
export function attachWrite(id: string, input: AttachInput): Write {
  const json: Json = input;
  return { id, call: 'POST /ledger/voucher/{id}/attachment', input: json };
}

/** Whether a write attaches a file. */
export function isAttachWrite({ call }: Write): boolean {
  return call.endsWith('/attachment');
}

/** Uploads the file. Tripletex keeps one document for each voucher, and adds to its pages. */
export async function attachFile(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { attachment, fileName } = inputOf(write);
  const voucher = voucherOf(write, context);
  const named = { fileName, key: context.key };
  const answer = await session.client.change({
    method: 'POST',
    path: `/ledger/voucher/${voucher.id}/attachment`,
    ...fileBody(await context.file(attachment), named),
  });
  if (answer.kind === 'refused') {
    const theirCode = String(answer.error.code);
    const said = saidBy(answer.error);
    return {
      kind: 'refused',
      refusals: [{ code: 'target-refused', system: 'Tripletex', said, theirCode }],
    };
  }
  const attached = await read(session, voucher).catch(uncertain);
  if (attached === null) {
    throw new ConnectorError('Tripletex did not say which file it took.', { kind: 'unanswered' });
  }
  return { kind: 'done', remote: attached, differences: [] };
}

/**
 * A file is found by its voucher having one: the hub attaches its own before anybody else can. One
 * that follows is found by the document having grown since.
 */
export async function findAttached(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const attached = await read(session, voucherOf(write, context));
  if (attached === null) return [];
  const { after } = inputOf(write);
  const before = after === null ? null : sizeOf(context.earlier.get(after));
  if (before !== null && sizeOf(attached) <= before) return [];
  return [{ remote: attached, differences: [] }];
}

async function read({ client }: Session, voucher: Remote): Promise<Remote | null> {
  const found = await client.get(`/ledger/voucher/${voucher.id}?fields=attachment(id,size)`);
  const document = found === null ? {} : objectOf(found, 'attachment');
  const id = textOf(document, 'id');
  return id === '' ? null : { id, label: '', data: { size: Number(textOf(document, 'size')) } };
}

function sizeOf(remote: Remote | undefined): number {
  const data = remote?.data;
  return isRecord(data) ? Number(textOf(data, 'size')) : 0;
}

/** A file as a body that Tripletex takes, under a name that holds our key. */
export function fileBody(
  given: FileContent,
  { fileName, key }: { readonly fileName: string; readonly key: string },
): { readonly body: Uint8Array; readonly contentType: string } {
  const file = fitting(given, fileName);
  const boundary = `bokbro-${randomUUID()}`;
  const name = `${fileNameOf(fileName, key)}.${TAKEN[file.mediaType] ?? ''}`;
  return {
    body: multipart(boundary, name, file),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** The name of a file, without its ending. */
export function fileNameOf(fileName: string, key: string): string {
  return `${fileName.slice(0, FILE_NAME_MAX)}_${key}`;
}

/** The file as Tripletex takes it. */
function fitting(file: FileContent, name: string): FileContent {
  const [type = ''] = file.mediaType.split(';');
  if (Object.hasOwn(TAKEN, type)) return { mediaType: type, bytes: file.bytes };
  return { mediaType: 'application/pdf', bytes: asPdf(file, name) };
}

function voucherOf(write: Write, { earlier }: WriteContext): Remote {
  return present(earlier.get(inputOf(write).voucher), 'the posted voucher');
}

function inputOf(write: Write): AttachInput {
  return write.input as AttachInput; // Made by `attachWrite`.
}

function multipart(boundary: string, name: string, file: FileContent): Uint8Array {
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
    `content-type: ${file.mediaType}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
