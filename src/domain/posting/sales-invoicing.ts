/** What a company chooses about invoices that another system has coded. */
export type SalesInvoicing = {
  /** Whether the invoice is booked, or left for a person to look at and book. */
  readonly as: 'draft' | 'booked';
  /** How the ledger sends it to the customer; `no`: a person does. */
  readonly send: 'no' | 'email' | 'e-invoice';
  /** Customers: kept like the source's cards, made where they are missing, or looked for only. */
  readonly customers: KeepInRegister;
  readonly projects: KeepInRegister;
  readonly costCentres: Exclude<KeepInRegister, 'keep'>;
};

/** What becomes of something that an invoice names in the ledger's register of it. */
export type KeepInRegister = 'keep' | 'create' | 'existing';
