import type { Posting } from './postings.ts';

/** A customer or a supplier. */
export type PartyKind = 'customer' | 'supplier';

/** Whose claim or debt a posting is: of a party that an earlier write or plan made sure of. */
export type PartyName = { readonly kind: PartyKind } & (
  | { readonly from: string }
  | { readonly id: string }
);

/** A posting of a stored write: also whose claim or debt it is, where the account needs that. */
export type PostingInput = Posting & {
  readonly party?: PartyName;
  readonly invoiceNumber?: string;
  readonly due?: string;
};

/** What a stored voucher write holds: everything but its key and Tripletex's ids. */
export type VoucherInput = {
  readonly date: string;
  readonly description: string;
  /** Kind of voucher by its name; empty: none is said. */
  readonly type: string;
  /** Makes a voucher of the kind `Leverandørfaktura` a supplier's invoice. */
  readonly vendorInvoiceNumber?: string;
  readonly postings: readonly PostingInput[];
  /** What the ledger must come to: `3000 -100.00 21 P7`. */
  readonly sums: readonly string[];
};
