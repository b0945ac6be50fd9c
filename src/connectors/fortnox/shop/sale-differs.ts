import { parseMoney, subtract } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Remote } from '../../../ports/target.ts';
import { isRecord, textOf, type WireObject } from '../../../lib/json-object.ts';

/** Marks what was made otherwise than it was meant: it is reckoned anew before it is booked. */
export function asMade(remote: Remote, differences: readonly Refusal[]): Remote {
  return differences.length === 0 ? remote : { ...remote, data: { differs: true } };
}

/** Whether a write made something otherwise than it was meant. */
export function isOtherwise(remote: Remote | undefined): boolean {
  return isRecord(remote?.data) && remote.data['differs'] === true;
}

/**
 * How an invoice or order that Fortnox has reckoned differs from what was meant: its total, and
 * the VAT in it. Rounding to whole kronor, which many companies have switched on, has a name.
 */
export function saleDiffers(
  object: WireObject,
  meant: { readonly id: string; readonly total: string; readonly vat: string },
): readonly Refusal[] {
  const { id, total, vat } = meant;
  const stated = parseMoney(total, 'SEK');
  const booked = parseMoney(textOf(object, 'Total'), 'SEK');
  const roundOff = parseMoney(textOf(object, 'RoundOff'), 'SEK');
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
