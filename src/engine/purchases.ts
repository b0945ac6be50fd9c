import type { Document } from '../domain/document/document.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { PurchaseLedger } from '../domain/purchase-ledger.ts';
import type { Target } from '../ports/target.ts';

/** What a document's plan needs to know of the ledger of suppliers. */
type Asked = {
  readonly document: Document;
  readonly choices: Pick<FlowChoices, 'bookedOnArrival'>;
};

/**
 * Reads what is open in the ledger of suppliers, for a document that pays invoices.
 *
 * @returns null, without a call, for any other document and for a ledger that keeps no suppliers
 * @throws ConnectorError when the target cannot be read
 */
export async function readPurchases(
  target: Pick<Target, 'readPurchaseLedger'>,
  { document, choices }: Asked,
): Promise<PurchaseLedger | null> {
  if (target.readPurchaseLedger === undefined || document.kind !== 'account-statement') return null;
  if (choices.bookedOnArrival.includes(document.accountId)) return null;
  const paying = document.entries.filter(({ kind }) => kind === 'invoice');
  if (paying.length === 0) return null;
  const names = paying.flatMap(({ reference, invoices }) => [reference ?? '', ...invoices]);
  const plain = names.map((name) => name.replace(/\s+/g, '')).filter((name) => name !== '');
  return target.readPurchaseLedger([...new Set(plain)]);
}
