import type { AnswerError, Invoice } from './job.ts';

/** What came back for one invoice, as Summa understands it. */
export type Answer =
  | {
      readonly kind: 'created';
      readonly invoiceNo: string;
      readonly ocr: string | null;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'rejected'; readonly errors: readonly AnswerError[] }
  /** Nobody knows what became of it: the same is sent again, with the same key. */
  | { readonly kind: 'unknown'; readonly why: string };

type Fields = { readonly [name: string]: unknown };

/** What a status in 400 to 499 says that the sender cannot have meant. */
const TRY_AGAIN = new Set([401, 403, 404, 408, 409, 425, 429]);

/**
 * Reads one answer.
 *
 * | Answer                                        | Summa                                      |
 * |-----------------------------------------------|--------------------------------------------|
 * | `created`, a number, and about this invoice   | Shows the number; the job is invoiced      |
 * | `rejected`, not `retryable`                   | Shows the errors; a person corrects it     |
 * | `rejected` and `retryable`, no answer, 5xx    | Sends it again later, with the same key    |
 * | 4xx that the sender did not cause             | The same (`TRY_AGAIN`)                     |
 * | Another 4xx without a readable body           | As rejected                                |
 * | Anything else                                 | Not understood: sends it again             |
 */
export function readAnswer(invoice: Invoice, status: number, body: unknown): Answer {
  const fields = isFields(body) ? body : {};
  const said = textOf(fields, 'status');
  const about = textOf(fields, 'external_id');
  if (about !== '' && about !== invoice.externalId) {
    return { kind: 'unknown', why: `the answer is about ${about}` };
  }
  const invoiceNo = textOf(fields, 'invoice_no');
  if (status < 300 && said === 'created' && about !== '' && invoiceNo !== '') {
    const ocr = textOf(fields, 'ocr');
    const warnings = rowsOf(fields, 'warnings').map((one) => textOf(one, 'code'));
    return { kind: 'created', invoiceNo, ocr: ocr === '' ? null : ocr, warnings };
  }
  if (said === 'rejected') {
    if (fields['retryable'] === true) return { kind: 'unknown', why: 'rejected for now' };
    return { kind: 'rejected', errors: rowsOf(fields, 'errors').map(errorOf) };
  }
  if (status >= 400 && status < 500 && !TRY_AGAIN.has(status)) {
    const message = textOf(fields, 'error');
    return { kind: 'rejected', errors: [{ code: `HTTP_${status}`, path: '', value: '', message }] };
  }
  return { kind: 'unknown', why: `status ${status}` };
}

function errorOf(fields: Fields): AnswerError {
  return {
    code: textOf(fields, 'code'),
    path: textOf(fields, 'path'),
    value: textOf(fields, 'value'),
    message: textOf(fields, 'message'),
  };
}

/**
 * The answers to many, by the invoices they are about: a list, or a list in `results`. One that is
 * not there is not answered.
 */
export function answersIn(body: unknown): ReadonlyMap<string, Fields> {
  const list = isFields(body) ? body['results'] : body;
  const rows = Array.isArray(list) ? list.filter(isFields) : [];
  return new Map(rows.map((row) => [textOf(row, 'external_id'), row]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function rowsOf(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}
