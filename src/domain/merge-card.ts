import { CUSTOMER_FIELDS, type CustomerField } from './document/customer.ts';

/** Fields of a card by the ledger's names, and their texts. */
export type CardFields = Readonly<Record<string, string>>;

/** What becomes of a card: what is written on it, and the parts that are left as they stand. */
export type MergedCard = {
  readonly changes: CardFields;
  readonly kept: readonly CustomerField[];
};

/**
 * What of the source's card is to be written on the ledger's. What the ledger lacks is filled in;
 * what stands there otherwise is changed only when the source owns it and it still says what we
 * sent, for else somebody has changed it there. What the source leaves empty says nothing.
 *
 * @param card - `wanted`: the source's; `theirs`: the ledger's; `before`: what of ours stood there
 *   when it was kept last
 * @param parts - the ledger's fields of each part: one is changed as a whole or left
 */
export function mergeCard(
  card: { readonly wanted: CardFields; readonly theirs: CardFields; readonly before: CardFields },
  owned: readonly CustomerField[],
  parts: Readonly<Record<CustomerField, readonly string[]>>,
): MergedCard {
  const { wanted, theirs, before } = card;
  const changes: Record<string, string> = {};
  const kept: CustomerField[] = [];
  for (const part of CUSTOMER_FIELDS) {
    const other = parts[part].filter((name) => {
      return (wanted[name] ?? '') !== '' && wanted[name] !== (theirs[name] ?? '');
    });
    const held = other.filter((name) => (theirs[name] ?? '') !== '');
    const isOurs = held.every((name) => theirs[name] === before[name]);
    if (held.length > 0 && !(owned.includes(part) && isOurs)) kept.push(part);
    else for (const name of other) changes[name] = wanted[name] ?? '';
  }
  return { changes, kept };
}

/** What of the source's card stands in the ledger when the changes are written. */
export function standsAfter(
  card: { readonly wanted: CardFields; readonly theirs: CardFields },
  changes: CardFields,
): CardFields {
  const stands = Object.entries(card.wanted).filter(
    ([name, value]) => (changes[name] ?? card.theirs[name] ?? '') === value,
  );
  return Object.fromEntries(stands);
}
