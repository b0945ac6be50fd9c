import type { Step } from '../../../domain/plan.ts';
import { present } from '../../../lib/assert.ts';
import { textOf } from '../../../lib/json-object.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { LISTED, type FortnoxClient } from '../client.ts';
import { uploadToArchive, waitingFile, whereTaken } from '../files.ts';
import type { Handler } from '../handler.ts';
import { foundByNumber } from '../found-by-number.ts';

/** The inbox folder for files that belong to customer invoices. */
const INBOX = 'inbox_kf';
const PATH = '/api/fileattachments/attachments-v1';
/** An invoice, among the things that files are attached to. */
const INVOICE = 'F';

type UploadInput = {
  readonly invoicing: 'upload';
  readonly fileName: string;
  readonly attachment?: number;
};
type AttachInput = {
  readonly invoicing: 'attach';
  readonly upload: string;
  readonly invoice: string;
};

/** The two calls that attach a file to the invoice that a write of the plan enters. */
export function attachToSalesInvoice(
  { id, fileName, attachment }: Extract<Step, { readonly kind: 'attach-file' }>,
  invoice: string,
): readonly Write[] {
  const which = attachment === undefined ? {} : { attachment };
  const upload: UploadInput = { invoicing: 'upload', fileName, ...which };
  const attach: AttachInput = { invoicing: 'attach', upload: `${id}.up`, invoice };
  return [
    { id: `${id}.up`, call: `POST /3/inbox?path=${INBOX}`, input: upload },
    { id: `${id}.tie`, call: `POST ${PATH}`, input: attach },
  ];
}

export const UPLOAD: Handler = { make: uploadToArchive, find: findUpload };
export const ATTACH: Handler = { make: attach, find: findAttached };

/** Whether a file that has been attached leaves the inbox is not known: before, it lies there. */
async function findUpload(
  client: FortnoxClient,
  _write: Write,
  { key }: WriteContext,
): Promise<readonly Found[]> {
  const file = await whereTaken(() => waitingFile(client, INBOX, key));
  return file === null ? [] : [{ remote: file, differences: [] }];
}

/** Attached files go with the invoice when it is sent. */
async function attach(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { fileId, invoice } = attached(write, context);
  const one = { fileId, entityId: Number(invoice), entityType: INVOICE, includeOnSend: true };
  const answer = await client.change({ method: 'POST', path: PATH, body: JSON.stringify([one]) });
  if (answer.kind === 'refused') return answer;
  if (answer.kind === 'ok') return { kind: 'done', ...foundByNumber(fileId) };
  throw new ConnectorError('Fortnox did not say what it attached.', { kind: 'unanswered' });
}

async function findAttached(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { fileId, invoice } = attached(write, context);
  const query = new URLSearchParams({ entityid: invoice, entitytype: INVOICE });
  const body = await client.get(`${PATH}?${query.toString()}`);
  const there = listIn(body).some((one) => textOf(one, 'fileId') === fileId);
  return there ? [foundByNumber(fileId)] : [];
}

function listIn(body: Awaited<ReturnType<FortnoxClient['get']>>) {
  const list = body?.[LISTED];
  return Array.isArray(list) ? list : [];
}

/** The file by its id in the archive, which is what these files are attached by. */
function attached({ input }: Write, { earlier }: WriteContext) {
  const { upload, invoice } = input as AttachInput; // Made by `attachToSalesInvoice`.
  const file = present(earlier.get(upload), 'the uploaded file');
  const archived = typeof file.data === 'string' ? file.data : file.id;
  return { fileId: archived, invoice: present(earlier.get(invoice), 'the entered invoice').id };
}
