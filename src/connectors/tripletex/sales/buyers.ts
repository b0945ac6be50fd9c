import type { SalesCustomer } from '../../../domain/sales-document.ts';
import type { Json } from '../../../lib/json.ts';
import { textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { partyFields, refusalOf } from '../parties.ts';
import type { Session } from '../session.ts';
import { foundAs, madeIn } from './made.ts';

/**
 * Whoever buys: looked for by what can be searched, and left as found.
 *
 * A number of the quoting system's own, such as `W10552`, is no customer number to Tripletex. It is
 * kept in `description`, which no question asks by: the customers of that name are looked through.
 */
type BuyerInput = {
  readonly sale: 'buyer';
  readonly number: string;
  readonly asks: { readonly parameter: Asked; readonly value: string };
  readonly body: Json;
};

type Asked = 'email' | 'organizationNumber' | 'customerName' | 'customerAccountNumber';

/** Stands before a number of ours in `description`. */
const MARK = 'bokbro';

/** The write that makes sure of a customer. */
export function buyerWrite(id: string, customer: SalesCustomer): Write {
  const { number, isBusiness } = customer;
  const name = customer.name || (customer.email ?? '-');
  const fields = partyFields({ ...customer, name });
  const body = {
    ...fields,
    isPrivateIndividual: !isBusiness,
    description: markOf(number),
    // What a person sends from Tripletex later does not go out by itself.
    invoiceSendMethod: 'MANUAL',
    // Several orders of theirs may share an invoice: a person decides that in Tripletex.
    singleCustomerInvoice: true,
  };
  const asks = asksFor(customer, fields);
  const input: BuyerInput = { sale: 'buyer', number, asks, body };
  return { id, call: 'POST /customer', input };
}

function asksFor({ knownBy, number }: SalesCustomer, fields: WireObject): BuyerInput['asks'] {
  const [email, org] = [textOf(fields, 'email'), textOf(fields, 'organizationNumber')];
  if (knownBy === 'number') return { parameter: 'customerAccountNumber', value: number };
  if (knownBy === 'org-number' && org !== '')
    return { parameter: 'organizationNumber', value: org };
  if (knownBy === 'email' && email !== '') return { parameter: 'email', value: email };
  return { parameter: 'customerName', value: textOf(fields, 'name') };
}

/** By what the customer is known once it is made sure of. */
export function buyerLink({ input }: Write): string {
  return `customer ${inputOf(input).number}`;
}

export const BUYER: Handler = { make: makeBuyer, find: findBuyer };

async function makeBuyer(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const [there] = await findBuyer(session, write, context);
  if (there !== undefined) return { kind: 'done', ...there };
  const { number, asks, body } = inputOf(write.input);
  if (asks.parameter === 'customerAccountNumber') {
    const about = { account: '', about: number } as const;
    const refusal = { code: 'ledger-needs', system: 'Tripletex', need: 'known-customer' } as const;
    return { kind: 'refused', refusals: [{ ...refusal, ...about }] };
  }
  const json = JSON.stringify(body);
  const answer = await session.client.change({ method: 'POST', path: '/customer', body: json });
  if (answer.kind === 'refused') {
    return { kind: 'refused', refusals: [refusalOf(number, answer.error)] };
  }
  return madeIn(answer.value);
}

async function findBuyer(
  { client }: Session,
  { input }: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { number, asks } = inputOf(input);
  const query = `${asks.parameter}=${encodeURIComponent(asks.value)}`;
  const fields = 'id,name,email,organizationNumber,customerNumber,description,isInactive';
  const listed = await client.list(`/customer?${query}&fields=${fields}`);
  const [same] = listed.filter((one) => isSame(one, asks, number));
  return same === undefined ? [] : [foundAs(textOf(same, 'id'))];
}

/** How exactly a question is answered is documented of none: what it gives is compared here. */
function isSame(one: WireObject, asks: BuyerInput['asks'], number: string): boolean {
  switch (asks.parameter) {
    case 'customerName':
      return textOf(one, 'description').includes(markOf(number));
    case 'customerAccountNumber':
      return textOf(one, 'customerNumber') === asks.value;
    case 'organizationNumber':
      return textOf(one, 'organizationNumber').replace(/\D/g, '') === asks.value;
    case 'email':
      return textOf(one, 'email').trim().toLowerCase() === asks.value.trim().toLowerCase();
  }
}

function markOf(number: string): string {
  return `[${MARK} ${number}]`;
}

function inputOf(input: Json): BuyerInput {
  return input as BuyerInput; // Made by `buyerWrite`.
}
