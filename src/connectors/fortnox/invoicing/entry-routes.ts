import { yearOf, type Books } from '../../../domain/books.ts';
import { pricedRow, type InvoiceEntry } from '../../../domain/invoice-entry.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Json } from '../../../lib/json.ts';
import type { Route, Write } from '../../../ports/target.ts';
import { bookWrite } from '../booking.ts';
import { cannot } from '../cannot.ts';
import { entryOf, Fit } from '../invoices.ts';
import { surveyedWrite } from '../register-writes.ts';
import { changeWrite } from '../shop/changes.ts';
import { attachToSalesInvoice } from './attachments.ts';
import { termsWrite, unitWrite } from './codes.ts';
import { creditedEntryWrite, creditWrite } from './credits.ts';
import { entryHead, entryRows, externalReference } from './entry-body.ts';
import { sendWrite } from './sending.ts';

type EnterStep = Extract<Step, { readonly kind: 'enter-invoice' }>;

/**
 * The calls that enter a coded invoice, with its files, book it and have it sent. The total and the
 * VAT that Fortnox reckons are held against the invoice before it is booked, and the voucher after.
 */
export function enterInvoiceWrites(
  step: EnterStep,
  at: { readonly steps: readonly Step[]; readonly books: Books },
): Route {
  const { id, invoice, voucher, send } = step;
  if (invoice.total.currency !== 'SEK') return cannot(`invoices in ${invoice.total.currency}`);
  const fit = new Fit();
  const writes = [...codeWrites(id, invoice), ...enteringWrites(step, fit)];
  for (const file of at.steps) {
    if (file.kind !== 'attach-file' || file.to !== id) continue;
    writes.push(...attachToSalesInvoice(file, entryOf(id)));
  }
  if (voucher !== null) {
    const year = yearOf(at.books, voucher.date)?.id ?? null;
    const { claims, rounding } = at.books.invoices ?? {};
    const rounds =
      claims === undefined || rounding === undefined ? {} : { rounds: { claims, rounding } };
    const of = { register: 'invoice', invoice: entryOf(id), year, voucher, ...rounds } as const;
    writes.push(bookWrite(id, of));
  }
  if (send !== null) writes.push(sendWrite(`${id}.send`, { of: entryOf(id), by: send }));
  return { kind: 'route', writes, notices: fit.notices };
}

/** Terms of so many days and units that rows name are made where Fortnox lacks them. */
function codeWrites(id: string, { terms, rows }: InvoiceEntry): Write[] {
  const days = terms !== null && /^\d{1,3}$/.test(terms) ? [termsWrite(`${id}.terms`, terms)] : [];
  const units = rows.filter((row) => row.unit !== '' && !pricedRow(row).isLump);
  const codes = [...new Set(units.map(({ unit }) => unit))];
  return [...days, ...codes.map((code, i) => unitWrite(`${id}.unit-${i + 1}`, code))];
}

function enteringWrites({ id, invoice, change, voucher }: EnterStep, fit: Fit): readonly Write[] {
  const sums = { total: formatMoney(invoice.total), vat: formatMoney(invoice.vat) };
  // The delivery goes by its voucher; a draft by its own number.
  const label = voucher === null ? { label: 'Faktura' } : {};
  const common = { register: 'invoice', ...sums, ...label, mayRound: true } as const;
  const body: Readonly<Record<string, Json>> = {
    CustomerNumber: invoice.customer.number,
    ...entryHead(invoice, fit),
    InvoiceRows: entryRows(invoice),
  };
  if (change !== null) return [changeWrite(entryOf(id), { ...common, number: change, body })];
  const { credits } = invoice;
  if (credits === null) return [surveyedWrite(entryOf(id), { ...common, body })];
  const credit = `${id}.credit`;
  const reference = externalReference(credits.reference);
  return [
    creditWrite(credit, { reference, number: credits.number }),
    creditedEntryWrite(entryOf(id), { ...common, body, of: credit }),
  ];
}
