import { present } from '../../lib/assert.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { keyOf, waitingFile, whereTaken } from './files.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';
import { foundByNumber } from './found-by-number.ts';

/** The inbox folder for files that belong to supplier invoices. */
const INVOICE_INBOX = 'inbox_s';

/** How the upload of a supplier invoice's file begins: it is found otherwise than a voucher's. */
export const INVOICE_UPLOAD = `POST /3/inbox?path=${INVOICE_INBOX}`;
export const INVOICE_CONNECTION = 'POST /3/supplierinvoicefileconnections';

const CONNECTIONS = '/3/supplierinvoicefileconnections';

type UploadInput = {
  readonly fileName: string;
  readonly invoice: string;
  /** A file that came inside the document; absent: the received one. */
  readonly attachment?: number;
};
type ConnectInput = {
  readonly upload: string;
  readonly invoice: string;
  /** Its file came inside the document, perhaps with others: see `fileHides`. */
  readonly isInner?: true;
};

/** The two calls that attach a file to the supplier invoice that a write of the plan enters. */
export function attachToInvoice(id: string, of: UploadInput): readonly Write[] {
  const upload: UploadInput = of;
  const inner = of.attachment === undefined ? {} : ({ isInner: true } as const);
  const connect: ConnectInput = { upload: `${id}.up`, invoice: of.invoice, ...inner };
  return [
    { id: `${id}.up`, call: INVOICE_UPLOAD, input: upload },
    { id: `${id}.tie`, call: INVOICE_CONNECTION, input: connect },
  ];
}

/** Finds an uploaded file by the key in its name, or at the invoice once it is connected. */
export async function findInvoiceFile(
  client: FortnoxClient,
  write: Write,
  { key, earlier }: WriteContext,
): Promise<readonly Found[]> {
  const { invoice } = write.input as UploadInput; // Made by `attachToInvoice`.
  const waiting = await whereTaken(() => waitingFile(client, INVOICE_INBOX, key));
  const id =
    waiting?.id ?? (await whereTaken(() => connectedFile(client, numberOf(invoice, earlier), key)));
  return id === null ? [] : [foundByNumber(id)];
}

/** The file at an invoice that carries the key in its name. */
async function connectedFile(
  client: FortnoxClient,
  invoice: string,
  key: string,
): Promise<string | null> {
  const query = new URLSearchParams({ supplierinvoicenumber: invoice });
  const listed = await client.list(
    `${CONNECTIONS}?${query.toString()}`,
    'SupplierInvoiceFileConnections',
  );
  const own = listed.filter((one) => textOf(one, 'SupplierInvoiceNumber') === invoice);
  const named = own.find((one) => keyOf(textOf(one, 'Name')) === key);
  if (named !== undefined) return textOf(named, 'FileId');
  // Nobody has seen what `Name` holds: the only file of an invoice is ours whatever it is called.
  const [only, ...others] = own.filter((one) => keyOf(textOf(one, 'Name')) === null);
  return only === undefined || others.length > 0 ? null : textOf(only, 'FileId');
}

/** Connects the uploaded file to the invoice. */
export async function connectInvoiceFile(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { file, invoice } = tied(write, context);
  const connection = { FileId: file, SupplierInvoiceNumber: invoice };
  const answer = await client.change({
    method: 'POST',
    path: CONNECTIONS,
    body: JSON.stringify({ SupplierInvoiceFileConnection: connection }),
  });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  const found = answer.kind === 'ok' ? tieOf(answer.body, file, invoice) : null;
  if (found === null) {
    throw new ConnectorError('Fortnox did not say what it tied the file to.', {
      kind: 'unanswered',
    });
  }
  return { kind: 'done', ...found };
}

/** A connection is known by its file. */
export async function findInvoiceConnection(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { file, invoice } = tied(write, context);
  const body = await client.get(`${CONNECTIONS}/${encodeURIComponent(file)}`);
  const found = tieOf(body, file, invoice);
  return found === null ? [] : [found];
}

/** What a connection has come to; one to another invoice is not what was wanted. */
function tieOf(body: unknown, file: string, invoice: string): Found | null {
  const made = isRecord(body) ? body['SupplierInvoiceFileConnection'] : null;
  const booked = isRecord(made) ? textOf(made, 'SupplierInvoiceNumber') : '';
  if (booked === '') return null;
  if (booked === invoice) return foundByNumber(file);
  const difference = { what: 'file', id: file, sent: invoice, booked };
  return { ...foundByNumber(file), differences: [{ code: 'read-back-differs', ...difference }] };
}

/** The file and the invoice that earlier writes of the plan have made. */
function tied(
  write: Write,
  { earlier }: WriteContext,
): { readonly file: string; readonly invoice: string } {
  const input = write.input as ConnectInput; // Made by `attachToInvoice`.
  const file = present(earlier.get(input.upload), 'the uploaded file').id;
  return { file, invoice: numberOf(input.invoice, earlier) };
}

function numberOf(writeId: string, earlier: WriteContext['earlier']): string {
  return present(earlier.get(writeId), 'the entered invoice').id;
}
