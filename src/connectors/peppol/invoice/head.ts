import { CURRENCY_DIGITS, parseCurrency, type Currency } from '../../../domain/money.ts';
import type { Party } from '../../../domain/document/party.ts';
import type { SourceRef } from '../../../domain/document/source-ref.ts';
import type { Problem } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX } from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import { fieldAt, nodeAt, nodesAt } from '../ubl/node.ts';
import type { UblDocument } from '../ubl/parser.ts';
import { identityOf, partyOf } from './party.ts';
import { missing } from './sheet.ts';

/** Who has invoiced whom, under which number and in which currency. */
export type Head = {
  readonly ref: SourceRef;
  readonly number: string;
  readonly supplier: Party;
  readonly buyer: Party;
  /** Null when it is missing, or none that the hub books in. */
  readonly currency: Currency | null;
  readonly problems: readonly Problem[];
};

const SELLER = 'cac:AccountingSupplierParty';
const BUYER = 'cac:AccountingCustomerParty';
const LEGAL_NAME = 'cac:Party/cac:PartyLegalEntity/cbc:RegistrationName';

/** Types of the billing profile (PEPPOL-EN16931-P0100): all of them make us owe more. */
const INVOICE_TYPES =
  '71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 ' +
  '876 877';
/** Types of a credit note (PEPPOL-EN16931-P0101). */
const CREDIT_NOTE_TYPES = '81 83 381 396 532';

/** Reads what every document has to say of itself, and what of it is missing (BR-02 to BR-07). */
export function headOf(document: UblDocument): Head {
  const { root } = document;
  const supplier = partyOf(nodeAt(root, SELLER));
  const buyer = partyOf(nodeAt(root, BUYER));
  const number = fieldAt(root, 'cbc:ID')?.text ?? '';
  const seller = identityOf(supplier);
  const account = identityOfBuyer(buyer);
  const currency = fieldAt(root, 'cbc:DocumentCurrencyCode');
  const lacking = [
    number === '' ? { rule: 'BR-02', name: 'cbc:ID' } : null,
    fieldAt(root, 'cbc:IssueDate') ? null : { rule: 'BR-03', name: 'cbc:IssueDate' },
    currency ? null : { rule: 'BR-05', name: 'cbc:DocumentCurrencyCode' },
    supplier.name === '' ? { rule: 'BR-06', name: `${SELLER}/${LEGAL_NAME}` } : null,
    buyer.name === '' ? { rule: 'BR-07', name: `${BUYER}/${LEGAL_NAME}` } : null,
  ].filter((one) => one !== null);
  const known = currency && parseCurrency(currency.text);
  return {
    ref: { system: 'peppol', account: cut(account), id: identityIn(document, seller, number) },
    number,
    supplier,
    buyer,
    currency: known,
    problems: [
      ...lacking.map((one) => missing({ ...one, place: root.place })),
      ...twiceProblems(document),
      ...typeProblems(document),
      ...(currency !== null && known === null
        ? [unknown('cbc:DocumentCurrencyCode', currency, Object.keys(CURRENCY_DIGITS).join(', '))]
        : []),
      ...longProblems({ 'cbc:ID': number, [SELLER]: seller, [BUYER]: account }, document),
    ],
  };
}

/** Suppliers number invoices and credit notes by themselves: the same number may be of both. */
function identityIn({ name }: UblDocument, seller: string, number: string): string {
  const own = `${cut(seller)}:${cut(number)}`;
  return name === 'CreditNote' ? `${own}:credit` : own;
}

/** Which company of ours it is for. */
function identityOfBuyer({ orgNumber, endpoint }: Party): string {
  return orgNumber ?? endpoint ?? 'unknown';
}

/** What the schema allows once. Of two, nobody knows which is meant. */
function twiceProblems({ name, root }: UblDocument): readonly Problem[] {
  const once = ['cbc:ID', 'cbc:IssueDate', `cbc:${name}TypeCode`, 'cbc:DocumentCurrencyCode'];
  return [...once, SELLER, BUYER, 'cac:LegalMonetaryTotal'].flatMap((element) => {
    const [, second] = nodesAt(root, element);
    const facts = { rule: 'UBL 2.1', found: `2 × ${element}`, expected: `1 × ${element}` };
    return second === undefined ? [] : [problemAt('rule-broken', second.place, facts)];
  });
}

/** A type that is not known, and one that would turn all signs around. */
function typeProblems({ name, root }: UblDocument): readonly Problem[] {
  const element = `cbc:${name}TypeCode`;
  const type = fieldAt(root, element);
  if (type === null) return [missing({ rule: 'BR-04', name: element, place: root.place })];
  const expected = name === 'Invoice' ? INVOICE_TYPES : CREDIT_NOTE_TYPES;
  return expected.split(' ').includes(type.text) ? [] : [unknown(element, type, expected)];
}

function unknown(
  field: string,
  { text, place }: { readonly text: string; readonly place: Place },
  expected: string,
): Problem {
  return problemAt('unknown-value', place, { field, found: text, expected });
}

/** A part of the id that is longer than any number is: cut, two of them may become one. */
function longProblems(
  parts: Readonly<Record<string, string>>,
  { root }: UblDocument,
): readonly Problem[] {
  const limit = String(IDENTITY_CHARS_MAX);
  return Object.entries(parts)
    .filter(([, text]) => text.length > IDENTITY_CHARS_MAX)
    .map(([name]) => problemAt('over-limit', root.place, { what: `characters in ${name}`, limit }));
}

function cut(text: string): string {
  return text.slice(0, IDENTITY_CHARS_MAX);
}
