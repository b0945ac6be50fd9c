/**
 * A kind of object that is created by one POST: where, in which envelope, and how one that was
 * created by an attempt whose answer was lost is found again.
 */
export type Register = {
  readonly path: string;
  readonly envelope: string;
  /** The field with the number that Fortnox knows the object by. */
  readonly number: string;
  /** Fields that are sent as numbers, whatever an earlier write has given them as. */
  readonly integers?: readonly string[];
  /** Fields, of rows too, whose decimal text is sent as a number of just these digits. */
  readonly amounts?: readonly string[];
  /** The field that says what it comes to; `Total` when absent. */
  readonly total?: string;
  readonly findBy: FindBy;
};

/**
 * - `own-number`: we give the number, so the object is read by it. `same` is the field that tells
 *   it from another one that somebody has given the number.
 * - `reference`: our key stands in `field`, which can be searched by `parameter`.
 * - `comment`: our key is a word of the comment, which lists leave out. What a list says otherwise
 *   in `alike` than we did is not read.
 * - `likeness`: there is no field for a key; what says the same in `fields` is the same.
 * - `marked-likeness`: our key stands in `mark`. What says the same in `fields` and has nothing
 *   there is ours too: nothing says that Fortnox gives the field back.
 */
type FindBy =
  | { readonly kind: 'own-number'; readonly same: string }
  | { readonly kind: 'reference'; readonly field: string; readonly parameter: string }
  | ({ readonly kind: 'comment'; readonly alike: string } & Narrowed)
  | ({ readonly kind: 'likeness'; readonly fields: readonly string[] } & Narrowed)
  | ({
      readonly kind: 'marked-likeness';
      readonly mark: string;
      readonly fields: readonly string[];
    } & Narrowed);

/** A list, and the field of the input that narrows it by a query parameter. */
export type Narrowed = {
  readonly list: string;
  readonly field: string;
  readonly parameter: string;
};

/** The registers of Fortnox that can be written. */
export const REGISTERS = {
  customer: own('/3/customers', 'Customer', { number: 'CustomerNumber', same: 'Name' }),
  supplier: own('/3/suppliers', 'Supplier', { number: 'SupplierNumber', same: 'Name' }),
  article: own('/3/articles', 'Article', { number: 'ArticleNumber', same: 'Description' }),
  project: own('/3/projects', 'Project', { number: 'ProjectNumber', same: 'Description' }),
  'cost-centre': own('/3/costcenters', 'CostCenter', { number: 'Code', same: 'Description' }),
  invoice: referenced('/3/invoices', 'Invoice'),
  order: referenced('/3/orders', 'Order'),
  'supplier-invoice': {
    path: '/3/supplierinvoices',
    envelope: 'SupplierInvoice',
    number: 'GivenNumber',
    amounts: ['Debit', 'Credit'],
    findBy: {
      kind: 'comment',
      alike: 'InvoiceNumber',
      list: 'SupplierInvoices',
      field: 'SupplierNumber',
      parameter: 'suppliernumber',
    },
  },
  payment: {
    path: '/3/invoicepayments',
    envelope: 'InvoicePayment',
    number: 'Number',
    integers: ['InvoiceNumber'],
    amounts: ['Amount'],
    total: 'Amount',
    findBy: {
      kind: 'likeness',
      fields: [
        ...['InvoiceNumber', 'PaymentDate', 'Amount', 'AmountCurrency'],
        ...['ModeOfPayment', 'ModeOfPaymentAccount'],
      ],
      list: 'InvoicePayments',
      field: 'InvoiceNumber',
      parameter: 'invoicenumber',
    },
  },
  'supplier-payment': {
    path: '/3/supplierinvoicepayments',
    envelope: 'SupplierInvoicePayment',
    number: 'Number',
    amounts: ['Amount'],
    total: 'Amount',
    findBy: {
      kind: 'marked-likeness',
      mark: 'Information',
      fields: ['PaymentDate', 'Amount', 'ModeOfPayment'],
      list: 'SupplierInvoicePayments',
      field: 'InvoiceNumber',
      parameter: 'invoicenumber',
    },
  },
} as const satisfies Readonly<Record<string, Register>>;

/** The name of a register that can be written. */
export type RegisterName = keyof typeof REGISTERS;

function own(
  path: string,
  envelope: string,
  fields: { readonly number: string; readonly same: string },
): Register {
  const { number, same } = fields;
  return { path, envelope, number, findBy: { kind: 'own-number', same } };
}

function referenced(path: string, envelope: string): Register {
  const field = 'ExternalInvoiceReference1';
  const findBy = { kind: 'reference', field, parameter: 'externalinvoicereference1' } as const;
  return { path, envelope, number: 'DocumentNumber', amounts: ['Price'], findBy };
}
