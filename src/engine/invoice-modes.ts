import type { InvoiceMode } from '../domain/document/customer.ts';
import type { Document } from '../domain/document/document.ts';

/** How often customers of some files are invoiced, by number; null: as all others again. */
export type InvoiceModes = Map<string, InvoiceMode | null>;

/** Notes what a document says of it. The latest counts. */
export function noteMode(modes: InvoiceModes, document: Document): void {
  if (document.kind === 'customer') modes.set(document.customer.number, document.invoiceMode);
}

/** What is stored, and after it what has been read and not stored yet. */
export function withModes(
  stored: ReadonlyMap<string, InvoiceMode>,
  later: InvoiceModes,
): ReadonlyMap<string, InvoiceMode> {
  const modes = new Map(stored);
  for (const [number, mode] of later) {
    if (mode === null) modes.delete(number);
    else modes.set(number, mode);
  }
  return modes;
}
