import type { Document } from './document.ts';
import type { Party } from './party.ts';

/**
 * What an invoice is known by whatever way it comes: its supplier and the supplier's number of it.
 *
 * The same invoice may come as Peppol and in the chain's own file, under two source references.
 * Two documents with the same twin are most likely one; a person says so. Leading zeros, spaces and
 * the case of letters are lost where people and spreadsheets have had a number in their hands.
 *
 * @returns null for documents that come one way only
 */
export function twinOf(document: Document): string | null {
  // Two products with one number would write over each other in the ledger's register.
  if (document.kind === 'article') {
    const { number } = document.article;
    return number === '' ? null : `article/${number}`;
  }
  if (document.kind !== 'supplier-invoice') return null;
  const { supplier, number, total } = document;
  const plain = number
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replace(/^0+(?=.)/, '');
  // Suppliers number invoices and credit notes by themselves.
  const own = total.gross.minor < 0n ? '/credit' : '';
  return `${supplierKey(supplier)}/${plain}${own}`;
}

/**
 * By what a supplier is the same in every source: the organisation number, which also stands in
 * Swedish and Norwegian VAT numbers and electronic addresses; else whatever is said of it.
 */
export function supplierKey({ orgNumber, vatNumber, endpoint, name }: Party): string {
  return (
    orgNumber?.replace(/^\d\d(\d{10})$/, '$1') ??
    /^SE(\d{10})\d\d$/.exec(vatNumber ?? '')?.[1] ??
    /^NO(\d{9})(?:MVA)?$/.exec(vatNumber ?? '')?.[1] ??
    vatNumber ??
    /^(?:0007|0192):(\d{9,10})$/.exec(endpoint ?? '')?.[1] ??
    endpoint ??
    name.toUpperCase()
  );
}
