/** A printing house's or an agency's order, from calculation to invoice. */
export type Job = {
  readonly orderNo: string;
  readonly customer: Customer;
  readonly project: Project | null;
  readonly ourReference: string;
  readonly yourReference: string;
  readonly buyerOrderNo: string;
  /** Days, as a text: `30`. */
  readonly paymentTerms: string;
  readonly currency: string;
  lines: readonly JobLine[];
  readonly attachments: readonly Attachment[];
  /**
   * `i produktion`, `levererad`, `faktura` (it is to be invoiced), `fakturerad` (the number has
   * come back). Going from `levererad` to `faktura` is what sends it.
   */
  status: 'in-production' | 'delivered' | 'to-invoice' | 'invoiced';
};

export type Customer = {
  readonly number: string;
  readonly name: string;
  readonly orgNo: string;
  readonly email?: string;
  readonly address?: {
    readonly line1: string;
    readonly postalCode: string;
    readonly city: string;
    readonly country: string;
  };
  readonly country: string;
  readonly delivery?: 'email' | 'print' | 'peppol';
};

export type Project = {
  readonly number: string;
  readonly name: string;
  readonly startDate?: string;
  readonly status?: 'ongoing' | 'closed';
};

export type JobLine = {
  readonly text: string;
  readonly quantity: string;
  readonly unit: string;
  /** Without VAT; up to six decimals. */
  readonly unitPrice: string;
  /** Per cent: 6 for books and brochures, 25 for commercial print. */
  readonly vatRate: number;
  /** An account of the ledger: every line is coded in Summa. Empty: by its VAT code. */
  readonly account: string;
  /** A Norwegian standard tax code: `52`. */
  readonly vatCode?: string;
  readonly costCentre: { readonly code: string; readonly name?: string };
};

export type Attachment = {
  readonly filename: string;
  readonly mediaType: string;
  readonly contentBase64: string;
};

/** An invoice, a part payment (a conto) or a credit note on its way to the ledger. */
export type Invoice = {
  /** `summa:order:24117:invoice:1`. */
  readonly externalId: string;
  /** The same for each time the same content is sent. */
  key: string;
  readonly kind: 'invoice' | 'acconto' | 'credit_note';
  readonly job: Job;
  readonly date: string;
  lines: readonly InvoiceLine[];
  /** Of a credit note: what it takes back. */
  readonly credits: Invoice | null;
  /** `waiting` until an answer tells; `rejected` until a person has corrected it. */
  state: 'waiting' | 'created' | 'rejected';
  /** How often it was sent. */
  attempts: number;
  /** Numbers always come from the ledger. */
  invoiceNo: string | null;
  ocr: string | null;
  errors: readonly AnswerError[];
  warnings: readonly string[];
};

export type InvoiceLine = Omit<JobLine, 'unit'> & {
  readonly id: string;
  readonly unit: string | null;
};

export type AnswerError = {
  readonly code: string;
  readonly path: string;
  readonly value: string;
  readonly message: string;
};
