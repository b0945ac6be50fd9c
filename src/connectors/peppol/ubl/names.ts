const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** The namespaces of UBL 2 and of what it comes in. Prefixes are the file's own choice. */
const CBC = `${UBL}CommonBasicComponents-2`;
const CAC = `${UBL}CommonAggregateComponents-2`;
const SBDH = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/** The documents that are read. */
export type DocumentName = 'Invoice' | 'CreditNote';

/** A name with its namespace. */
export type QualifiedName = { readonly local: string; readonly uri: string };

/** @returns null when the element is no document that is read */
export function documentNameOf({ local, uri }: QualifiedName): DocumentName | null {
  if (local !== 'Invoice' && local !== 'CreditNote') return null;
  return uri === `${UBL}${local}-2` ? local : null;
}

/** Whether the element is the envelope that access points put around a document. */
export function isEnvelope({ local, uri }: QualifiedName): boolean {
  return local === 'StandardBusinessDocument' && uri === SBDH;
}

/** `cbc:ID`, `cac:Party`. @returns an empty text for what is not UBL, such as an extension */
export function ublNameOf({ local, uri }: QualifiedName): string {
  if (uri === CBC) return `cbc:${local}`;
  return uri === CAC ? `cac:${local}` : '';
}

/** What a file that is not read is told. */
export const EXPECTED = `UBL Invoice-2, UBL CreditNote-2, SBDH, zip`;

/** The content of an attached file, as base64. */
export const ATTACHMENT = 'cbc:EmbeddedDocumentBinaryObject';

/** What holds the files of a document as a whole. */
export const ATTACHED = 'cac:AdditionalDocumentReference';

/** Children of a document that are read, by name. Others are only passed on in the extract. */
export const KEPT: ReadonlySet<string> = new Set([
  'cbc:ID',
  'cbc:IssueDate',
  'cbc:DueDate',
  'cbc:InvoiceTypeCode',
  'cbc:CreditNoteTypeCode',
  'cbc:DocumentCurrencyCode',
  'cbc:AccountingCost',
  'cbc:BuyerReference',
  'cac:OrderReference',
  'cac:ProjectReference',
  ATTACHED,
  'cac:BillingReference',
  'cac:AccountingSupplierParty',
  'cac:AccountingCustomerParty',
  'cac:PaymentMeans',
  'cac:AllowanceCharge',
  'cac:TaxTotal',
  'cac:LegalMonetaryTotal',
]);

/** Lines, which may be many: each is let go of as soon as it is read. */
export const LINES: ReadonlySet<string> = new Set(['cac:InvoiceLine', 'cac:CreditNoteLine']);
