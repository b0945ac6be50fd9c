import { negate, type Money } from '../../../domain/money.ts';
import type {
  InvoiceClass,
  InvoiceLine,
  SupplierInvoice,
} from '../../../domain/document/supplier-invoice.ts';
import { present } from '../../../lib/assert.ts';
import type { Problem } from '../../../ports/source.ts';
import type { PeppolSettings } from '../settings.ts';
import { short, type WireLine } from '../ubl/line.ts';
import { fieldAt, nodesAt, textAt, type UblNode } from '../ubl/node.ts';
import type { UblDocument } from '../ubl/parser.ts';
import { headOf, type Head } from './head.ts';
import { textOrNull } from './party.ts';
import { payToOf } from './pay-to.ts';
import { missing, Sheet } from './sheet.ts';
import { adjustmentsOf, checkTotals, totalsOf, vatOf } from './totals.ts';

/** A supplier's invoice, or all that keeps a document from being one. */
export type InvoiceOutcome =
  | { readonly kind: 'invoice'; readonly invoice: SupplierInvoice }
  | {
      readonly kind: 'unreadable';
      readonly ref: SupplierInvoice['ref'];
      readonly problems: readonly Problem[];
    };

/** Reads a UBL document as an invoice and holds it to the rules that its numbers rest on. */
export function invoiceOf(document: UblDocument, settings: PeppolSettings): InvoiceOutcome {
  const head = headOf(document);
  if (head.currency === null) {
    return { kind: 'unreadable', ref: head.ref, problems: head.problems };
  }
  const sheet = new Sheet(head.currency);
  sheet.problems.push(...head.problems);
  const invoice = readInvoice(document, { head, sheet, settings });
  return sheet.problems.length === 0
    ? { kind: 'invoice', invoice: present(invoice, 'an invoice without problems') }
    : { kind: 'unreadable', ref: head.ref, problems: sheet.problems };
}

type Task = { readonly head: Head; readonly sheet: Sheet; readonly settings: PeppolSettings };

/** @returns null when the sheet has problems */
function readInvoice(document: UblDocument, task: Task): SupplierInvoice | null {
  const { root, name } = document;
  const { head, sheet, settings } = task;
  const lines = linesOf(document, sheet);
  const adjustments = adjustmentsOf(root, sheet);
  const vat = vatOf(root, sheet);
  const totals = totalsOf(root, sheet);
  const issued = fieldAt(root, 'cbc:IssueDate');
  const due =
    fieldAt(root, 'cbc:DueDate') ?? fieldAt(root, 'cac:PaymentMeans', 'cbc:PaymentDueDate');
  const date = issued && sheet.date(issued);
  const dueDate = due && sheet.date(due);
  // Sums of what could not be read would only repeat that it could not be read.
  if (sheet.problems.length === 0) checkTotals(totals, { lines, adjustments, vat }, sheet);
  if (sheet.problems.length > 0 || date === null) return null;
  const owed = (amount: Money): Money => (name === 'CreditNote' ? negate(amount) : amount);
  return {
    kind: 'supplier-invoice',
    ref: head.ref,
    number: head.number,
    date,
    dueDate,
    currency: sheet.currency,
    supplier: head.supplier,
    buyer: head.buyer,
    ...referencesOf(document),
    payTo: payToOf(root),
    class: classOf(head, settings),
    lines: lines.map((line) => ({ ...line, net: owed(line.net) })),
    charges: adjustments.map(({ isCharge, net, ...rest }) => {
      return { ...rest, net: owed(isCharge ? net : negate(net)) };
    }),
    vat: vat.parts.map((part) => ({ ...part, base: owed(part.base), vat: owed(part.vat) })),
    prepaid: owed(totals.prepaid),
    rounding: owed(totals.rounding),
    total: {
      net: owed(totals.total.net),
      vat: owed(vat.total),
      gross: owed(totals.total.gross),
      payable: owed(totals.total.payable),
    },
  };
}

type References = Pick<
  SupplierInvoice,
  | 'paymentReference'
  | 'buyerReference'
  | 'orderReference'
  | 'projectReference'
  | 'accountingCost'
  | 'corrects'
>;

function referencesOf({ root, name }: UblDocument): References {
  const text = (...path: readonly string[]): string | null =>
    textOrNull(short(textAt(root, ...path)));
  const corrected = nodesAt(root, 'cac:BillingReference', 'cac:InvoiceDocumentReference', 'cbc:ID');
  return {
    paymentReference: text('cac:PaymentMeans', 'cbc:PaymentID'),
    buyerReference: text('cbc:BuyerReference'),
    orderReference: text('cac:OrderReference', 'cbc:ID'),
    projectReference:
      name === 'Invoice' ? text('cac:ProjectReference', 'cbc:ID') : projectOfCreditNote(root),
    accountingCost: text('cbc:AccountingCost'),
    corrects: corrected.map((node) => short(node.text.trim())),
  };
}

/** A credit note has no `ProjectReference`: it is a document reference of type 50. */
function projectOfCreditNote(root: UblNode): string | null {
  const project = nodesAt(root, 'cac:AdditionalDocumentReference').find(
    (reference) => textAt(reference, 'cbc:DocumentTypeCode') === '50',
  );
  return textOrNull(short(textAt(project ?? null, 'cbc:ID')));
}

function classOf({ supplier }: Head, settings: PeppolSettings): InvoiceClass | null {
  const keys = [supplier.orgNumber, supplier.vatNumber, supplier.endpoint];
  const own = keys.map((key) => (key === null ? null : lookUp(settings.classes, key)));
  return own.find((found) => found !== null) ?? null;
}

function lookUp(classes: Readonly<Record<string, InvoiceClass>>, key: string): InvoiceClass | null {
  return Object.hasOwn(classes, key) ? (classes[key] ?? null) : null;
}

function linesOf({ name, root, lines }: UblDocument, sheet: Sheet): readonly InvoiceLine[] {
  if (lines.length === 0) {
    sheet.problems.push(missing({ rule: 'BR-16', name: `cac:${name}Line`, place: root.place }));
  }
  return lines.map((line) => lineFrom(line, sheet));
}

function lineFrom(line: WireLine, sheet: Sheet): InvoiceLine {
  const { place, id, text, quantity } = line;
  const needed = { rule: 'BR-24', name: 'cbc:LineExtensionAmount', place };
  return {
    ...sheet.rate(line.rate, 'BR-CO-04'),
    id,
    text,
    net: sheet.amount(line.net, needed),
    quantity,
    accountingCost: textOrNull(line.accountingCost),
    itemNumber: textOrNull(line.itemNumber),
    itemClass: textOrNull(line.itemClass),
  };
}
