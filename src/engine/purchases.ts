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
 * @param kept - as it was read a moment ago; taken as it is when it answers for the document
 * @returns null, without a call, for any other document and for a ledger that keeps no suppliers
 * @throws ConnectorError when the target cannot be read
 */
export async function readPurchases(
  target: Pick<Target, 'readPurchaseLedger'>,
  asked: Asked,
  kept: PurchaseLedger | null = null,
): Promise<PurchaseLedger | null> {
  const names = namesIn(asked);
  if (target.readPurchaseLedger === undefined || names.length === 0) return null;
  if (kept !== null && (kept.isWhole || answersFor(kept, names))) return kept;
  return target.readPurchaseLedger(names);
}

/** Whether a delivery of the document may change what is open. */
export function changesPurchases({ kind }: Document): boolean {
  return kind === 'supplier-invoice' || kind === 'account-statement';
}

/** What the invoices are called that a document pays. An empty name: it pays without naming any. */
function namesIn({ document, choices }: Asked): readonly string[] {
  if (document.kind !== 'account-statement') return [];
  if (choices.bookedOnArrival.includes(document.accountId)) return [];
  const paying = document.entries.filter(({ kind }) => kind === 'invoice');
  const names = paying.flatMap(({ reference, invoices }) => [reference ?? '', ...invoices]);
  return [...new Set(names.map(plain))];
}

function answersFor({ invoices }: PurchaseLedger, names: readonly string[]): boolean {
  const known = new Set(invoices.flatMap((one) => [one.number, ...one.references]).map(plain));
  return names.every((name) => name === '' || known.has(name));
}

function plain(name: string): string {
  return name.replace(/\s+/g, '');
}
