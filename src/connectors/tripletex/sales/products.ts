import type { BasisPoints } from '../../../domain/vat/rates.ts';
import { percentText, parsePercent } from '../../../domain/vat/rates.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { objectOf, textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Json } from '../../../lib/json.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { fitText } from '../text.ts';
import { foundAs, madeIn, needs, refusedAs } from './made.ts';

const NAME_MAX = 255;
/** No length is documented; lists show no more. */
const NUMBER_MAX = 100;

type ProductInput = {
  readonly sale: 'product';
  readonly number: string;
  readonly name: string;
  /** The number of the VAT code that one is made with. */
  readonly vat: string;
  /** Its sales account; empty: that of the VAT code. */
  readonly account: string;
  /** The rate that it must have, where lines name none of their own; null: any. */
  readonly rate: BasisPoints | null;
  /** Its sales are booked where it says: one that stands on another account is refused. */
  readonly isBooked?: true;
};

/** The number that Tripletex knows an article by. */
function productNumber(article: string): string {
  // Products are asked for by a list of numbers: a comma would end one.
  return fitText(article.replaceAll(',', '.'), NUMBER_MAX).text;
}

/** The write that makes sure of a product. What stands there under the number is left as it is. */
export function productWrite(
  id: string,
  of: Omit<ProductInput, 'sale' | 'number'> & { readonly article: string },
): Write {
  const { article, name, ...rest } = of;
  const number = productNumber(article);
  const fitted = fitText(name, NAME_MAX).text || number;
  const input: ProductInput = { sale: 'product', number, name: fitted, ...rest };
  return { id, call: 'POST /product', input };
}

/** By what the product is known once it is made sure of. */
export function productLink({ input }: Write): string {
  const { number, rate, isBooked, account } = inputOf(input);
  // One that was looked at for its rate or its account is not the same as one that was not.
  const looked = [rate === null ? '' : percentText(rate), isBooked === true ? account : ''];
  return ['product', number, ...looked].filter((word) => word !== '').join(' ');
}

export const PRODUCT: Handler = { make: makeProduct, find: findProduct };

async function makeProduct(
  session: Session,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  const input = inputOf(write.input);
  const there = await readProduct(session, input.number);
  if (there !== null) return asFound(there, input);
  const { registers, client } = session;
  const vat = await registers.idOf('vat', input.vat);
  if (vat === null) return refusedAs(vatMissing(input));
  const account = input.account === '' ? null : await registers.idOf('account', input.account);
  if (input.account !== '' && account === null) {
    return refusedAs({ code: 'account-unknown', account: input.account, role: '' });
  }
  const body = JSON.stringify({
    name: input.name,
    number: input.number,
    vatType: { id: vat },
    ...(account === null ? {} : { account: { id: account } }),
  });
  const answer = await client.change({ method: 'POST', path: '/product', body });
  if (answer.kind === 'ok') return madeIn(answer.value);
  // “The number is in use” may mean that somebody else was faster.
  const taken = await readProduct(session, input.number);
  if (taken !== null) return asFound(taken, input);
  const { error } = answer;
  const isOfVat = error.problems.some(({ field }) => field.includes('vatType'));
  return refusedAs(isOfVat ? vatMissing(input) : refusalBy(error));
}

async function findProduct(
  session: Session,
  { input }: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const found = await readProduct(session, inputOf(input).number);
  return found === null ? [] : [foundAs(textOf(found, 'id'))];
}

async function readProduct({ client }: Session, number: string): Promise<WireObject | null> {
  const query = `productNumber=${encodeURIComponent(number)}`;
  const fields = 'id,number,isInactive,vatType(number,percentage),account(number)';
  const listed = await client.list(`/product?${query}&fields=${fields}`);
  return listed.find((one) => textOf(one, 'number') === number) ?? null;
}

/**
 * A line that takes the product's VAT comes to what was sold only when that is the same, and an
 * invoice is booked on the product's account. One without an account goes by its VAT code.
 */
function asFound(product: WireObject, input: ProductInput): WriteOutcome {
  const { number, rate, account, isBooked } = input;
  const theirs = parsePercent(textOf(objectOf(product, 'vatType'), 'percentage'));
  if (rate !== null && theirs !== rate) {
    return refusedAs(needs('article-rate', `${number} (${percentText(rate)} %)`));
  }
  const own = textOf(objectOf(product, 'account'), 'number');
  if (isBooked === true && own !== '' && own !== account) {
    return refusedAs(needs('article-account', number, account));
  }
  return { kind: 'done', ...foundAs(textOf(product, 'id')) };
}

function vatMissing({ account, vat }: ProductInput): Refusal {
  return needs('vat-code', vat, account);
}

function inputOf(input: Json): ProductInput {
  return input as ProductInput; // Made by `productWrite`.
}
