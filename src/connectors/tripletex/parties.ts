import type { Address, Party } from '../../domain/document/party.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { present } from '../../lib/assert.ts';
import type { Json } from '../../lib/json.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { refusalBy } from './errors.ts';
import type { Session } from './session.ts';
import { fitText } from './text.ts';
import type { PartyKind, PostingInput } from './voucher-input.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

/**
 * Customers and suppliers. Each is made sure of, not created: what stands in Tripletex under the
 * number is left as it is, whatever else we know of its name or address.
 */
type PartyInput = {
  readonly party: PartyKind;
  /** What it is looked for by: a customer's number, a supplier's organisation number. */
  readonly by: string;
  readonly body: Json;
};

const NAME_MAX = 255;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Tripletex numbers its customers by whole numbers of 32 bits. */
const CUSTOMER_NUMBER = /^[1-9]\d{0,8}$/;

/** The write that makes sure of the customer of a step. */
export function whoIn(step: string): string {
  return `${step}.who`;
}

/** By what a customer is known once it is made sure of: the number that it has in Tripletex. */
export function partyLink(write: Write): string | null {
  if (!isPartyWrite(write)) return null;
  const { party, by } = inputOf(write);
  return party === 'customer' ? `customer-number ${by}` : null;
}

/** The write that makes sure of a customer. @returns null when Tripletex takes no such number */
export function customerWrite(
  id: string,
  customer: Party & { readonly number: string },
): Write | null {
  const { number } = customer;
  if (!CUSTOMER_NUMBER.test(number)) return null;
  const body = {
    ...partyFields(customer),
    customerNumber: Number(number),
    // What a person sends from Tripletex later does not go out by itself.
    invoiceSendMethod: 'MANUAL',
  };
  return partyWrite(id, { party: 'customer', by: number, body });
}

/**
 * The write that makes sure of a supplier.
 *
 * @returns null when nothing is known that it could be found by again
 */
export function supplierWrite(id: string, supplier: Party): Write | null {
  const { orgNumber, vatNumber, endpoint } = supplier;
  const numbers = [orgNumber, vatNumber, endpoint].map((one) =>
    (one ?? '').replace(/[^A-Za-z\d]/g, ''),
  );
  const by = numbers.find((one) => one !== '') ?? '';
  if (by === '') return null;
  return partyWrite(id, {
    party: 'supplier',
    by,
    body: { ...partyFields(supplier), organizationNumber: by },
  });
}

function partyWrite(id: string, input: PartyInput): Write {
  return { id, call: `POST /${input.party}`, input: input satisfies Json };
}

/** Whether a write makes sure of a customer or supplier. */
export function isPartyWrite({ input }: Write): boolean {
  return isRecord(input) && 'party' in input;
}

/** What Tripletex keeps of a party, those fields left out that are empty. */
export function partyFields(of: Party): Readonly<Record<string, Json>> {
  const fields = {
    name: fitText(of.name, NAME_MAX).text,
    organizationNumber: (of.orgNumber ?? '').replace(/\D/g, ''),
    email: EMAIL.test(of.email ?? '') ? (of.email ?? '') : '',
  };
  const said = Object.entries(fields).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(said),
    ...(of.address === null ? {} : { postalAddress: addressOf(of.address) }),
  };
}

/** The country is an id of Tripletex's own: an address is taken for one at home. */
function addressOf({ street, postcode, city }: Address): Json {
  return {
    addressLine1: fitText(street, NAME_MAX).text,
    postalCode: postcode,
    city: fitText(city, NAME_MAX).text,
  };
}

/** Looks for the customer or supplier, and creates it when it is not there. */
export async function ensureParty(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const [there] = await findParty(session, write, context);
  if (there !== undefined) return { kind: 'done', ...there };
  const { party, body } = inputOf(write);
  const json = JSON.stringify(body);
  const answer = await session.client.change({ method: 'POST', path: `/${party}`, body: json });
  if (answer.kind === 'refused') {
    // “The number is in use” may mean that somebody else was faster.
    const [taken] = await findParty(session, write, context);
    if (taken !== undefined) return { kind: 'done', ...taken };
    return { kind: 'refused', refusals: [refusalOf(inputOf(write).by, answer.error)] };
  }
  const id = textOf(answer.value, 'id');
  if (id === '') {
    throw new ConnectorError('Tripletex did not say what it made.', { kind: 'unanswered' });
  }
  return { kind: 'done', remote: { id, label: '' }, differences: [] };
}

/** Why Tripletex does not take a party, in the hub's own terms where its field tells. */
export function refusalOf(number: string, error: WireError): Refusal {
  if (error.problems.some(({ field }) => field.endsWith('Number'))) {
    return {
      code: 'ledger-needs',
      system: 'Tripletex',
      need: 'free-number',
      account: '',
      about: number,
    };
  }
  return refusalBy(error);
}

/** A customer is found by its number, a supplier by its organisation number. */
export async function findParty(
  session: Session,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { party, by } = inputOf(write);
  const found = await readParty(session, party, by);
  return found === null
    ? []
    : [{ remote: { id: textOf(found, 'id'), label: '' }, differences: [] }];
}

/** What Tripletex keeps of a party. @returns null when it knows none */
export async function readParty(
  { client }: Session,
  party: PartyKind,
  by: string,
): Promise<WireObject | null> {
  const query =
    party === 'customer'
      ? `customerAccountNumber=${encodeURIComponent(by)}`
      : `organizationNumber=${encodeURIComponent(by)}`;
  const listed = await client.list(`/${party}?${query}&fields=*,postalAddress(*)`);
  const field = party === 'customer' ? 'customerNumber' : 'organizationNumber';
  const same = listed.filter((one) => textOf(one, field).replace(/\s/g, '') === by);
  return same.find((one) => one['isInactive'] !== true) ?? same[0] ?? null;
}

/** Which customers of these numbers there are. One without letters is asked for. */
export async function readCustomers(
  session: Session,
  numbers: readonly string[],
): Promise<Readonly<Record<string, { readonly active: boolean }>>> {
  const known: Record<string, { readonly active: boolean }> = {};
  for (const number of numbers) {
    const found = CUSTOMER_NUMBER.test(number)
      ? await readParty(session, 'customer', number)
      : null;
    if (found !== null) known[number] = { active: found['isInactive'] !== true };
  }
  return known;
}

/** The party of a posting as Tripletex refers to it. */
export type PostingParty = { readonly kind: PartyKind; readonly id: number };

/**
 * Whose claim or debt a posting is: the party of the document, or on an account of customers or
 * suppliers the one that the company collects the rest under.
 *
 * @returns null for a posting on any other account; a refusal where nobody is known
 */
export async function partyOf(
  session: Session,
  posting: PostingInput,
  { earlier }: WriteContext,
): Promise<PostingParty | Refusal | null> {
  const { account, party } = posting;
  if (party !== undefined) {
    const id = 'id' in party ? party.id : present(earlier.get(party.from), 'the party').id;
    return { kind: party.kind, id: Number(id) };
  }
  const found = (await session.registers.all('account')).get(account);
  const ledger = found === undefined ? '' : textOf(found, 'ledgerType');
  if (ledger !== 'CUSTOMER' && ledger !== 'VENDOR') return null;
  const kind = ledger === 'CUSTOMER' ? 'customer' : 'supplier';
  const number = await collective(session, kind);
  if (number !== null) return { kind, id: number };
  return { code: 'ledger-needs', system: 'Tripletex', need: kind, account, about: '' };
}

export async function collective({ client }: Session, kind: PartyKind): Promise<number | null> {
  const { collectiveCustomer, collectiveSupplier } = client.settings;
  const number = kind === 'customer' ? collectiveCustomer : collectiveSupplier;
  if (number === '') return null;
  const query =
    kind === 'customer' ? `customerAccountNumber=${number}` : `supplierNumber=${number}`;
  const [found] = await client.list(`/${kind}?${query}&fields=id`);
  return found === undefined ? null : Number(textOf(found, 'id'));
}

function inputOf(write: Write): PartyInput {
  return write.input as PartyInput; // Made by `partyWrite`.
}
