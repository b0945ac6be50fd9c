import { parseMoney, type Currency } from '../../../domain/money.ts';
import { parsePercent, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { JOURNAL_KINDS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { ownText } from '../text/kept-texts.ts';
import { childOf, textOf } from './nodes.ts';
import type { XmlNode } from './records.ts';

/** Amounts in minor units, each under its VAT rate or its means of payment. */
export type Amounts<Key> = Map<Key, bigint>;

/** Reads the texts of a receipt or report, and gathers all that is wrong with them. */
export class AmountReader {
  readonly problems: Problem[] = [];
  readonly #currency: Currency;

  constructor(currency: Currency) {
    this.#currency = currency;
  }

  /** Amounts of elements added up by the rate that each gives. */
  byRate(
    nodes: readonly XmlNode[],
    { rate, amount }: { readonly rate: string; readonly amount: string },
  ): Amounts<BasisPoints> {
    const found: Amounts<BasisPoints> = new Map();
    for (const node of nodes) {
      const percent = parsePercent(textOf(node, rate));
      const minor = this.amount(node, amount);
      if (percent === null) this.tell('not-a-rate', node, rate);
      if (percent !== null && minor !== null) this.#add(found, percent, { minor, node });
    }
    return found;
  }

  /** Amounts of elements added up by the text that each gives. */
  byText(
    nodes: readonly XmlNode[],
    { text, amount }: { readonly text: string; readonly amount: string },
  ): Amounts<string> {
    const found: Amounts<string> = new Map();
    for (const node of nodes) {
      const word = ownText(textOf(node, text));
      const minor = this.amount(node, amount);
      if (word === '') this.tell('field-empty', node, text);
      else if (minor !== null) this.#add(found, word, { minor, node });
    }
    return found;
  }

  /** @returns null when it could not be read: a problem says so */
  amount(node: XmlNode, name: string): bigint | null {
    const text = textOf(node, name);
    const read = parseMoney(text, this.#currency);
    if (read === null) this.tell(text === '' ? 'field-empty' : 'not-a-number', node, name);
    return read?.minor ?? null;
  }

  tell(code: ProblemCode, node: XmlNode, field: string): void {
    const place = (childOf(node, field) ?? node).place;
    this.problems.push(problemAt(code, place, { field, found: textOf(node, field) }));
  }

  #add<Key>(
    amounts: Amounts<Key>,
    key: Key,
    { minor, node }: { readonly minor: bigint; readonly node: XmlNode },
  ): void {
    if (amounts.size < JOURNAL_KINDS_MAX || amounts.has(key)) {
      addTo(amounts, key, minor);
      return;
    }
    const facts = { what: 'rates or means of payment', limit: String(JOURNAL_KINDS_MAX) };
    this.problems.push(problemAt('over-limit', node.place, facts));
  }
}

export function addTo<Key>(amounts: Amounts<Key>, key: Key, minor: bigint): void {
  amounts.set(key, (amounts.get(key) ?? 0n) + minor);
}

/** All amounts together. */
export function totalOf<Key>(amounts: Amounts<Key>): bigint {
  return [...amounts.values()].reduce((total, minor) => total + minor, 0n);
}

/** The same amounts as negative ones altogether: what a return takes back. */
export function takenBack<Key>(amounts: Amounts<Key>): Amounts<Key> {
  if (totalOf(amounts) <= 0n) return amounts;
  return new Map([...amounts].map(([key, minor]) => [key, -minor]));
}
