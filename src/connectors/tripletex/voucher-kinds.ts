/** Kinds of voucher that are Tripletex's own acts: a document posted as one would become that. */
const OWN_KINDS: ReadonlySet<string> = new Set([
  'Utgående faktura',
  'Leverandørfaktura',
  'Betaling',
  'Lønnsbilag',
  'Åpningsbalanse',
]);
/** Of a supplier's invoice: posting with it enters the invoice in the ledger of suppliers. */
export const SUPPLIER_INVOICE = 'Leverandørfaktura';

/** Whether documents can be posted as a kind of voucher. */
export function isOpenKind(name: string): boolean {
  return !OWN_KINDS.has(name);
}
