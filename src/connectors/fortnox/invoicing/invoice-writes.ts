import { isRecord } from '../../../lib/json-object.ts';
import type { Remote, Write } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { ATTACH, UPLOAD } from './attachments.ts';
import { CODE, codeLink, codeStands } from './codes.ts';
import { CREDIT, CREDITED_ENTRY } from './credits.ts';
import { SEND } from './sending.ts';

/** How the writes of coded invoices are made, by what their input calls itself. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  attach: ATTACH,
  code: CODE,
  credit: CREDIT,
  'credited-entry': CREDITED_ENTRY,
  send: SEND,
  upload: UPLOAD,
};

/** @returns null for writes of other plans */
export function invoiceHandler(write: Write): Handler | null {
  return HANDLERS[kindOf(write)] ?? null;
}

/** Cost centres, projects, terms and units are known from the first invoice on. */
export function invoiceLink(write: Write): string | null {
  return kindOf(write) === 'code' ? codeLink(write) : null;
}

/** Whether what is known under a link still says what the write is to make. */
export function invoiceStands(write: Write, remote: Remote): boolean {
  return kindOf(write) !== 'code' || codeStands(write, remote);
}

/**
 * A file that is attached is not known to stay in the inbox, where it is found by its name. A draft
 * that Fortnox has made of an invoice is known by having no description.
 */
export function invoiceHides(write: Write): boolean {
  return ['attach', 'credited-entry'].includes(kindOf(write));
}

function kindOf({ input }: Write): string {
  return isRecord(input) && typeof input['invoicing'] === 'string' ? input['invoicing'] : '';
}
