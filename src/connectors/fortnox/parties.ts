import { passesLuhn } from './check-digit.ts';
import { isPersonalNumber } from '../../domain/document/customer.ts';
import type { Address, Party } from '../../domain/document/party.ts';
import type { Json } from '../../lib/json.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { whereTaken } from './files.ts';
import { fitText } from './text.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * Customers and suppliers of the plan's invoices. Each is made sure of, not created: what stands
 * in the ledger under the number is left as it is, whatever else we know of its name or address.
 */
const PARTIES = {
  customer: {
    path: '/3/customers',
    list: 'Customers',
    envelope: 'Customer',
    number: 'CustomerNumber',
  },
  supplier: {
    path: '/3/suppliers',
    list: 'Suppliers',
    envelope: 'Supplier',
    number: 'SupplierNumber',
  },
} as const;

type PartyInput = {
  readonly party: keyof typeof PARTIES;
  /** As Fortnox keeps it, `556036-0793`: what a supplier is matched by; empty when not known. */
  readonly orgNumber: string;
  readonly body: Readonly<Record<string, string>>;
  /** It goes before an invoice: once it is made sure of it is not looked for again. */
  readonly isBeside?: true;
};

const NAME_MAX = 1_024;
const POSTCODE_MAX = 10;
/** No length is documented; no organisation or VAT number, and no GLN, is longer. */
const NUMBER_MAX = 30;
/** Fortnox takes letters, digits and these signs in a number. */
const NUMBER = /^[\p{L}\d\-+/_]+$/u;
const GLN = /^\d{13}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Fortnox refuses VAT numbers of other countries than those of the union. */
const VAT_COUNTRIES =
  /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)/;

/** The write that makes sure of a customer. @returns null when Fortnox takes no such number */
export function customerWrite(
  id: string,
  customer: Party & { readonly number: string },
  more: Pick<PartyInput, 'isBeside'> = {},
): Write | null {
  const { number } = customer;
  if (!NUMBER.test(number) || number.length > NUMBER_MAX) return null;
  const body = customerFields(customer);
  return partyWrite(id, { party: 'customer', orgNumber: '', body, ...more });
}

/** A customer in Fortnox's fields, those left out that are empty or that it would refuse. */
export function customerFields(
  customer: Party & { readonly number: string; readonly gln?: string | null },
): Readonly<Record<string, string>> {
  const { gln, orgNumber } = customer;
  return {
    ...bodyOf('customer', customer),
    ...(GLN.test(gln ?? '') ? { GLN: gln ?? '' } : {}),
    // Fortnox takes everyone else for a company.
    ...(isPersonalNumber(orgNumber) ? { Type: 'PRIVATE' } : {}),
  };
}

/**
 * The write that makes sure of a supplier.
 *
 * @returns null when nothing is known that a number can be made of
 */
export function supplierWrite(id: string, supplier: Party): Write | null {
  const number = supplierNumber(supplier);
  if (number === null) return null;
  const body = bodyOf('supplier', { ...supplier, number });
  return partyWrite(id, { party: 'supplier', orgNumber: body['OrganisationNumber'] ?? '', body });
}

function partyWrite(id: string, input: PartyInput): Write {
  const json: Json = input;
  return { id, call: `POST ${PARTIES[input.party].path}`, input: json };
}

/** By what a customer is known once an invoice has made sure of it. */
export function partyLink(write: Write): string | null {
  if (!isPartyWrite(write)) return null;
  const { party, body, isBeside } = write.input as PartyInput; // Made by `partyWrite`.
  return isBeside === true ? `${party} ${body[PARTIES[party].number] ?? ''}` : null;
}

/** Whether a write makes sure of a customer or supplier. */
export function isPartyWrite({ input }: Write): boolean {
  return isRecord(input) && 'party' in input;
}

/** Looks for the customer or supplier, and creates it when it is not there. */
export async function ensureParty(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const [there] = await findParty(client, write, context);
  if (there !== undefined) return { kind: 'done', ...there };
  const { party, body } = write.input as PartyInput; // Made by `partyWrite`.
  const { path, envelope, number } = PARTIES[party];
  const json = JSON.stringify({ [envelope]: body });
  const answer = await client.change({ method: 'POST', path, body: json });
  if (answer.kind === 'refused') {
    // “The number is taken” may mean that somebody else was faster.
    const [taken] = await findParty(client, write, context);
    return taken === undefined
      ? { kind: 'refused', refusals: answer.refusals }
      : { kind: 'done', ...taken };
  }
  const made = answer.kind === 'ok' ? answer.body[envelope] : null;
  const id = isRecord(made) ? textOf(made, number) : '';
  if (id === '') {
    throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', ...foundAs(id) };
}

/** The number of a supplier that the ledger knows. @returns null when it knows none */
export async function knownSupplier(
  client: FortnoxClient,
  supplier: Party,
): Promise<string | null> {
  const write = supplierWrite('who', supplier);
  const [found] = write === null ? [] : await partiesFound(client, write);
  return found?.remote.id ?? null;
}

/** The customer by its number; the supplier by its organisation number first. */
export async function findParty(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  return partiesFound(client, write);
}

async function partiesFound(client: FortnoxClient, write: Write): Promise<readonly Found[]> {
  const { party, orgNumber, body } = write.input as PartyInput; // Made by `partyWrite`.
  const { path, envelope, number } = PARTIES[party];
  const matched = orgNumber === '' ? null : await supplierOf(client, orgNumber);
  if (matched !== null) return [foundAs(matched)];
  const own = body[number] ?? '';
  const answer = await client.get(`${path}/${encodeURIComponent(own)}`);
  return isRecord(answer?.[envelope]) ? [foundAs(own)] : [];
}

/** Its number alone: only the voucher of an invoice goes by a label. */
function foundAs(number: string): Found {
  return { remote: { id: number, label: '' }, differences: [] };
}

/**
 * The number of the supplier with an organisation number; one that is active when there are more.
 *
 * That suppliers are searched by `organisationnumber` is not documented: what is listed is
 * compared all the same.
 */
async function supplierOf(client: FortnoxClient, orgNumber: string): Promise<string | null> {
  const { path, list, number } = PARTIES.supplier;
  const query = new URLSearchParams({ organisationnumber: orgNumber });
  const listed = await whereTaken(() => client.list(`${path}?${query.toString()}`, list));
  const same = (listed ?? []).filter((one) => isOf(one, orgNumber));
  const chosen = same.find((one) => one['Active'] !== false) ?? same[0];
  return chosen === undefined ? null : textOf(chosen, number);
}

function isOf(supplier: WireObject, orgNumber: string): boolean {
  return digitsOf(textOf(supplier, 'OrganisationNumber')).slice(-10) === digitsOf(orgNumber);
}

function bodyOf(
  party: PartyInput['party'],
  of: Party & { readonly number: string },
): Readonly<Record<string, string>> {
  const body = {
    [PARTIES[party].number]: of.number,
    Name: fitText(of.name, NAME_MAX).text,
    OrganisationNumber: swedishNumber(of.orgNumber ?? ''),
    VATNumber: VAT_COUNTRIES.test(of.vatNumber ?? '') ? (of.vatNumber ?? '') : '',
    Email: EMAIL.test(of.email ?? '') ? (of.email ?? '') : '',
    ...(of.address === null ? {} : addressOf(of.address)),
  };
  // An empty text clears nothing, and Fortnox may refuse it.
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
}

function addressOf({ street, postcode, city, country }: Address): Record<string, string> {
  return {
    Address1: fitText(street, NAME_MAX).text,
    ZipCode: fitText(postcode, POSTCODE_MAX).text,
    City: fitText(city, NAME_MAX).text,
    CountryCode: /^[A-Z]{2}$/.test(country) ? country : '',
  };
}

/** `556036-0793`. Empty for a number that Fortnox would refuse, such as one of another country. */
function swedishNumber(digits: string): string {
  const ten = /^(?:\d{2})?(\d{10})$/.exec(digits)?.[1] ?? '';
  return ten !== '' && passesLuhn(ten) ? `${ten.slice(0, 6)}-${ten.slice(6)}` : '';
}

/** Organisation number, VAT number or electronic address: the first there is, without signs. */
function supplierNumber({ orgNumber, vatNumber, endpoint }: Party): string | null {
  const numbers = [orgNumber, vatNumber, endpoint].map((one) =>
    (one ?? '').replace(/[^A-Za-z\d]/g, ''),
  );
  const number = numbers.find((one) => one !== '') ?? '';
  return number === '' || number.length > NUMBER_MAX ? null : number;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
