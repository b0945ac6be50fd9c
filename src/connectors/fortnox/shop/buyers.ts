import type { SalesCustomer } from '../../../domain/sales-document.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { customerFields } from '../parties.ts';
import { saidBy } from '../register-writes.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';
import { foundByNumber } from '../found-by-number.ts';

const PATH = '/3/customers';

type BuyerInput = {
  readonly shop: 'buyer';
  /** The query parameter that finds them, and its value; null: nothing is known to ask by. */
  readonly asks: Asks | null;
  readonly body: Readonly<Record<string, string | boolean>>;
};

type Asks = { readonly parameter: Asked; readonly value: string };

type Asked = 'email' | 'organisationnumber';

const FIELDS: Readonly<Record<Asked, string>> = {
  email: 'Email',
  organisationnumber: 'OrganisationNumber',
};

const VAT_TYPES = { domestic: 'SEVAT', 'eu-business': 'EUREVERSEDVAT', export: 'EXPORT' } as const;

/**
 * The write that makes sure of whoever buys in a shop: looked for by e-mail or organisation
 * number, and left as found. An empty one is never asked for, for that would find everybody.
 */
export function buyerWrite(id: string, customer: SalesCustomer): Write {
  const fields = customerFields({ ...customer, name: customer.name || (customer.email ?? '-') });
  const body: BuyerInput['body'] = {
    ...fields,
    Type: customer.isBusiness ? 'COMPANY' : 'PRIVATE',
    VATType: VAT_TYPES[customer.vat],
    ShowPriceVATIncluded: !customer.isBusiness,
  };
  const input: BuyerInput = { shop: 'buyer', asks: askedBy(customer), body };
  return { id, call: `POST ${PATH}`, input };
}

/** By what a buyer is searched for. @returns null for one of whom nothing of their own is known */
export function askedBy(customer: SalesCustomer): Asks | null {
  const parameter = customer.knownBy === 'org-number' ? 'organisationnumber' : 'email';
  const value = customerFields(customer)[FIELDS[parameter]] ?? '';
  return customer.knownBy === 'none' || value === '' ? null : { parameter, value };
}

/** By what the customer is known once it is made sure of. */
export function buyerLink({ input }: Write): string {
  return `customer ${numberOf(input as BuyerInput)}`; // Made by `buyerWrite`.
}

export const BUYER: Handler = { make: makeBuyer, find: findBuyer };

async function makeBuyer(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  const input = write.input as BuyerInput; // Made by `buyerWrite`.
  const known = await askFor(client, input);
  if (known !== null) return made(known);
  const number = numberOf(input);
  // A number is burnt when its customer has been deleted: then the second one is taken.
  for (const own of [number, `${number}-2`]) {
    const answer = await client.change({
      method: 'POST',
      path: PATH,
      body: JSON.stringify({ Customer: { ...input.body, CustomerNumber: own } }),
    });
    if (answer.kind === 'ok') {
      const object = answer.body['Customer'];
      const id = isRecord(object) ? textOf(object, 'CustomerNumber') : '';
      if (id !== '') return made(id);
      throw new ConnectorError('Fortnox did not say what it made.', { kind: 'unanswered' });
    }
    const isThere = (await readOwn(client, own)) !== null;
    if (isThere) return made(own);
    if (own !== number || answer.kind === 'already' || !isTaken(answer.refusals)) {
      const refusals = answer.kind === 'refused' ? answer.refusals : [saidBy(answer.error)];
      return { kind: 'refused', refusals };
    }
  }
  throw new ConnectorError('Fortnox took no number for the customer.', { kind: 'bug' });
}

/** “The customer number is used already”, also by one who is deleted. */
function isTaken(refusals: readonly { readonly code: string; readonly theirCode?: string }[]) {
  return refusals.some(({ theirCode }) => theirCode === '2000637');
}

async function findBuyer(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const input = write.input as BuyerInput; // Made by `buyerWrite`.
  const known = await askFor(client, input);
  const id = known ?? (await readOwn(client, numberOf(input)));
  return id === null ? [] : [foundByNumber(id)];
}

function askFor(client: FortnoxClient, { asks }: BuyerInput): Promise<string | null> {
  return asks === null ? Promise.resolve(null) : knownCustomer(client, asks);
}

/** @returns the number of the first customer with just this e-mail or organisation number */
export async function knownCustomer(
  client: FortnoxClient,
  { parameter, value }: Asks,
): Promise<string | null> {
  const listed = await client.list(
    `${PATH}?${parameter}=${encodeURIComponent(value)}`,
    'Customers',
  );
  // The search is “contains”.
  const same = listed.find((one) => keyOf(one, parameter) === normal(value));
  return same === undefined ? null : textOf(same, 'CustomerNumber');
}

function keyOf(customer: WireObject, parameter: Asked): string {
  return normal(textOf(customer, FIELDS[parameter]));
}

function normal(text: string): string {
  return text.trim().toLowerCase();
}

async function readOwn(client: FortnoxClient, number: string): Promise<string | null> {
  const body = await client.get(`${PATH}/${encodeURIComponent(number)}`);
  return isRecord(body?.['Customer']) ? number : null;
}

function numberOf({ body }: BuyerInput): string {
  return String(body['CustomerNumber']);
}

function made(id: string): WriteOutcome {
  return { kind: 'done', remote: { id, label: '' }, differences: [] };
}
