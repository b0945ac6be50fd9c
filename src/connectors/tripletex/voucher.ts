import type { Books } from '../../domain/books.ts';
import type { Period } from '../../domain/date.ts';
import type { Voucher } from '../../domain/posting/voucher.ts';
import type { Notice, Refusal } from '../../domain/refusal.ts';
import { exactNumber, type Json } from '../../lib/json.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import { accountsOn } from './books.ts';
import type { TripletexClient } from './client.ts';
import { diagnose } from './diagnose.ts';
import { listVouchers } from './ledger.ts';
import { partyOf, type PostingParty } from './parties.ts';
import { postingsOf } from './postings.ts';
import { differencesOf, PROOF_FIELDS, remoteOf, sumsOfVoucher } from './read-back.ts';
import { resolve, type Resolved } from './resolve.ts';
import { fitText } from './text.ts';
import type { Session } from './session.ts';
import type { PostingInput, VoucherInput } from './voucher-input.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';

/** No length is documented; what lists and printed journals show is shorter still. */
const DESCRIPTION_MAX = 255;
/** Stands before our key in `externalVoucherNumber`, which is what is searched. */
const KEY_MARK = 'bokbro';
const MAKE = 'POST /ledger/voucher?sendToLedger=true';

/** What a voucher write is made of besides the voucher. */
export type VoucherMore = {
  readonly type: string;
  readonly vendorInvoiceNumber?: string;
  /** What postings on an account say besides. */
  readonly about?: (account: string) => Partial<PostingInput>;
};

/** The call that posts a voucher, and what had to be shortened for it. */
export function voucherWrite(
  id: string,
  voucher: Voucher,
  at: { readonly books: Books; readonly more: VoucherMore },
): { readonly write: Write; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const fit = (text: string): string => {
    const fitted = fitText(text, DESCRIPTION_MAX);
    if (fitted.isCut) notices.push({ code: 'text-shortened', from: text, to: fitted.text });
    return fitted.text;
  };
  const { type, vendorInvoiceNumber, about } = at.more;
  const input: VoucherInput = {
    date: voucher.date,
    description: fit(voucher.text),
    type,
    ...(vendorInvoiceNumber === undefined ? {} : { vendorInvoiceNumber }),
    postings: postingsOf(voucher, accountsOn(at.books, voucher.date)).map((one) => {
      return { ...one, text: fit(one.text), ...about?.(one.account) };
    }),
    sums: sumsOfVoucher(voucher),
  };
  return { write: { id, call: MAKE, input: input satisfies Json }, notices };
}

/** Posts a voucher, and reads back what Tripletex has made of it. */
export async function postVoucher(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { client, registers } = session;
  const input = inputOf(write);
  const resolved = await resolve(registers, input);
  if (resolved.kind === 'refused') return resolved;
  const parties = await partiesOf(session, input, context);
  if (parties.kind === 'refused') return parties;
  const answer = await client.change({
    method: 'POST',
    path: write.call.slice('POST '.length),
    body: bodyOf(input, { key: context.key, resolved, parties: parties.ids }),
  });
  if (answer.kind === 'refused') {
    return { kind: 'refused', refusals: await diagnose(session, input, answer.error) };
  }
  const id = textOf(answer.value, 'id');
  const made = id === '' ? null : await readMade(client, id);
  if (made === null) {
    // It was made, but we do not know as what: it will be looked for.
    throw new ConnectorError('Tripletex did not say which voucher it made.', {
      kind: 'unanswered',
    });
  }
  return { kind: 'done', remote: remoteOf(made), differences: differencesOf(input, made) };
}

/** It is made: whatever keeps us from reading it, nothing may be sent again. */
async function readMade(client: TripletexClient, id: string): Promise<WireObject | null> {
  try {
    return await client.get(`/ledger/voucher/${id}?fields=${PROOF_FIELDS}`);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const says = `Tripletex has posted it. ${error.message}`;
    throw new ConnectorError(says, { kind: 'unanswered' }, { cause: error });
  }
}

type Parties =
  | { readonly kind: 'known'; readonly ids: ReadonlyMap<PostingInput, PostingParty> }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Whose claim or debt each posting is. */
async function partiesOf(
  session: Session,
  { postings }: VoucherInput,
  context: WriteContext,
): Promise<Parties> {
  const ids = new Map<PostingInput, PostingParty>();
  for (const posting of postings) {
    const found = await partyOf(session, posting, context);
    if (found === null) continue;
    if ('code' in found) return { kind: 'refused', refusals: [found] };
    ids.set(posting, found);
  }
  return { kind: 'known', ids };
}

/** Finds a voucher by the key in its external number, on whatever day it stands. */
export async function findVoucher(
  { client }: Session,
  write: Write,
  { key }: WriteContext,
): Promise<readonly Found[]> {
  const number = encodeURIComponent(externalNumber(key));
  const listed = await client.list(
    `/ledger/voucher/%3EexternalVoucherNumber?externalVoucherNumber=${number}` +
      `&fields=${PROOF_FIELDS}`,
  );
  // The search takes no notice of capitals, and nothing says that it takes the whole number.
  return listed
    .filter((one) => keyOf(one) === key)
    .map((one) => ({ remote: remoteOf(one), differences: differencesOf(inputOf(write), one) }));
}

/** Every key of ours among the vouchers of some days. */
export async function surveyVouchers(
  client: TripletexClient,
  period: Period,
): Promise<readonly string[]> {
  const listed = await listVouchers(client, period, 'id,date,externalVoucherNumber');
  return listed.flatMap((voucher) => keyOf(voucher) ?? []);
}

function externalNumber(key: string): string {
  return `${KEY_MARK} ${key}`;
}

/** The key that was put into a voucher's external number; null when it is not ours. */
function keyOf(voucher: WireObject): string | null {
  const number = textOf(voucher, 'externalVoucherNumber');
  return /^bokbro ([A-Za-z0-9-]{1,40})$/.exec(number)?.[1] ?? null;
}

function inputOf(write: Write): VoucherInput {
  return write.input as VoucherInput; // Made by `voucherWrite`.
}

/** The body with exact amounts: decimal text becomes a JSON number without passing through one. */
function bodyOf(
  input: VoucherInput,
  to: {
    readonly key: string;
    readonly resolved: Resolved & { readonly kind: 'resolved' };
    readonly parties: ReadonlyMap<PostingInput, PostingParty>;
  },
): string {
  const { resolved, parties } = to;
  return JSON.stringify({
    date: input.date,
    description: input.description,
    externalVoucherNumber: externalNumber(to.key),
    ...(resolved.type === null ? {} : { voucherType: { id: resolved.type } }),
    ...(input.vendorInvoiceNumber === undefined
      ? {}
      : { vendorInvoiceNumber: input.vendorInvoiceNumber }),
    postings: input.postings.map((posting, index) => ({
      // Row 0 is Tripletex's own; two postings of one row would have to sum to zero.
      row: index + 1,
      date: input.date,
      ...(posting.text === '' ? {} : { description: posting.text }),
      amountGross: exactNumber(posting.gross),
      amountGrossCurrency: exactNumber(posting.gross),
      ...resolved.references[index],
      ...partyField(posting, parties),
      ...(posting.invoiceNumber === undefined ? {} : { invoiceNumber: posting.invoiceNumber }),
      ...(posting.due === undefined ? {} : { termOfPayment: posting.due }),
    })),
  });
}

function partyField(posting: PostingInput, parties: ReadonlyMap<PostingInput, PostingParty>) {
  const party = parties.get(posting);
  return party === undefined ? {} : { [party.kind]: { id: party.id } };
}
