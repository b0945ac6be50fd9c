import { file, type Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import type { Entry } from '../tenant/shelf.ts';
import { isSet, textOf } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { mark } from './copy.ts';
import { action, answerDocument, findDocument } from './document.ts';
import type { SalesKind } from './kinds.ts';

/**
 * Ways to get a document out to the customer. All but `preview` change it, although most are GET.
 */
export function printRoutes(kind: SalesKind, names: readonly PrintName[]): Route[] {
  const routes = names.map((name): Route => ({
    method: 'GET',
    path: `/3/${kind.shelf}/{DocumentNumber}/${name}`,
    scope: kind.scope,
    act: (call) => print(kind, call, name),
  }));
  const quietly = action(kind, 'externalprint', (call, entry) => {
    mark(call, entry, { Sent: true });
    return answerDocument(kind, entry);
  });
  return [...routes, quietly];
}

export type PrintName = 'email' | 'print' | 'preview' | 'printreminder' | 'eprint' | 'einvoice';

function print(kind: SalesKind, call: Call, name: PrintName): Answer {
  // A client that asks for what it will get is refused: the PDF comes to those who accept JSON.
  if (/application\/pdf/i.test(call.accept)) refuse('response-type');
  const entry = findDocument(kind, call);
  checkCompany(call, name);
  if (name === 'printreminder') remind(call, entry);
  else if (name !== 'preview') mark(call, entry, { Sent: true });
  const isPaper = name === 'print' || name === 'preview' || name === 'printreminder';
  return isPaper ? file(pdfOf(kind, entry), 'application/pdf') : answerDocument(kind, entry);
}

function checkCompany({ tenant }: Call, name: PrintName): void {
  const { company, setup } = tenant;
  const isElectronic = name === 'einvoice' || name === 'eprint';
  if (isElectronic && !setup.isRegistered) refuse('company-not-registered');
  const hasBank = ['BG', 'PG', 'IBAN'].some((field) => isSet(company, field));
  if (name !== 'preview' && !hasBank) refuse('bank-details-missing');
}

function remind(call: Call, entry: Entry): void {
  const reminders = Number(textOf(entry.fields, 'Reminders') || '0') + 1;
  mark(call, entry, { Reminders: reminders, LastRemindDate: call.today });
}

/** A page without content that PDF readers open. */
function pdfOf(kind: SalesKind, entry: Entry): Uint8Array {
  return Buffer.from(
    `%PDF-1.4\n%${kind.single} ${entry.key}\n` +
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n' +
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n' +
      'trailer<</Root 1 0 R>>\n%%EOF\n',
    'latin1',
  );
}
