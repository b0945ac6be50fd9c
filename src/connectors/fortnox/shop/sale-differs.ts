import {
  absolute,
  add,
  formatMoney,
  isZero,
  parseMoney,
  subtract,
  type Money,
} from '../../../domain/money.ts';
import type { Notice, Refusal } from '../../../domain/refusal.ts';
import type { Remote } from '../../../ports/target.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';

/** Marks what was made otherwise than it was meant: it is reckoned anew before it is booked. */
export function asMade(remote: Remote, differences: readonly Refusal[]): Remote {
  if (differences.length === 0) return remote;
  const data = isRecord(remote.data) ? remote.data : {};
  return { ...remote, data: { ...data, differs: true } };
}

/** What is known of an invoice once it is entered: what it is paid by. */
function enteredData(shown: WireObject): Pick<Remote, 'data'> {
  const ocr = textOf(shown, 'OCR');
  return ocr === '' ? {} : { data: { ocr } };
}

/** What is kept of an invoice or an order: what it is paid by, what later plans want to know. */
export function keptData(
  shown: WireObject,
  of: { readonly mayRound?: boolean | undefined; readonly memo?: string | undefined },
): Pick<Remote, 'data'> {
  if (of.memo !== undefined) return { data: { memo: of.memo } };
  return of.mayRound === true ? enteredData(shown) : {};
}

/** That Fortnox has rounded the invoice, where it has. */
export function roundedNotices(shown: WireObject, invoice: string): readonly Notice[] {
  const amount = parseMoney(textOf(shown, 'RoundOff'), 'SEK');
  if (amount === null || isZero(amount)) return [];
  return [{ code: 'rounded-by-ledger', invoice, amount }];
}

/** Whether a write made something otherwise than it was meant. */
export function isOtherwise(remote: Remote | undefined): boolean {
  return isRecord(remote?.data) && remote.data['differs'] === true;
}

/**
 * How an invoice or order that Fortnox has reckoned differs from what was meant: its total, and
 * the VAT in it. Rounding to whole kronor, which many companies have switched on, has a name; an
 * invoice that `mayRound` is the same when its rounding is all that it differs by.
 */
export function saleDiffers(
  object: WireObject,
  meant: {
    readonly id: string;
    readonly total: string;
    readonly vat: string;
    readonly mayRound?: boolean;
  },
): readonly Refusal[] {
  const { id, vat, mayRound = false } = meant;
  const exact = parseMoney(meant.total, 'SEK');
  const booked = parseMoney(textOf(object, 'Total'), 'SEK');
  const roundOff = parseMoney(textOf(object, 'RoundOff'), 'SEK');
  const isOwn = mayRound && exact !== null && roundOff !== null && isUnderOne(roundOff);
  const stated = isOwn ? add(exact, roundOff) : exact;
  const total = stated === null ? meant.total : formatMoney(stated);
  const isRounded = roundOff !== null && roundOff.minor !== 0n;
  if (stated !== null && booked !== null && stated.minor !== booked.minor && isRounded) {
    const difference = subtract(stated, booked);
    return [{ code: 'invoice-rounded', id, stated, booked, difference }];
  }
  const fields = [
    ['Total', total],
    ['TotalVAT', vat],
  ] as const;
  const differing = fields.filter(
    ([field, sent]) =>
      parseMoney(sent, 'SEK')?.minor !== parseMoney(textOf(object, field), 'SEK')?.minor,
  );
  if (differing.length === 0) return [];
  const told = (value: (field: string, sent: string) => string): string =>
    differing.map(([field, sent]) => `${field} ${value(field, sent)}`).join(', ');
  const sent = told((_, text) => text);
  const shown = told((field) => textOf(object, field));
  return [{ code: 'read-back-differs', what: 'invoice', id, sent, booked: shown }];
}

/** Whole kronor are the nearest ones: less than one away. */
function isUnderOne(amount: Money): boolean {
  return absolute(amount).minor < ORE_PER_KRONA;
}

const ORE_PER_KRONA = 100n;
