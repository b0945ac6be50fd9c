import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import { money, negate, parseMoney, type Currency, type Money } from '../../../domain/money.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import { nodeAt, type XmlNode } from '../xml/node.ts';

/**
 * Reads fields of one statement and keeps what is wrong with them.
 *
 * What cannot be read comes back as null; the statement counts only while there is no problem.
 */
export class Sheet {
  readonly problems: Problem[] = [];
  readonly currency: Currency;

  constructor(currency: Currency) {
    this.currency = currency;
  }

  tell(code: ProblemCode, node: XmlNode, facts: Readonly<Record<string, string>>): null {
    this.problems.push(problemAt(code, node.place, facts));
    return null;
  }

  /** The amount of an element with its sign: credit makes our balance larger. */
  signed(node: XmlNode, amountNode: XmlNode | null, directionOf: XmlNode = node): Money | null {
    const amount = amountNode === null ? this.#missing(node, 'Amt') : this.#amount(amountNode);
    const isDebit = this.#isDebit(directionOf);
    if (amount === null || isDebit === null) return null;
    return isDebit ? negate(amount) : amount;
  }

  /** A day, or the day of a point in time in the bank's own zone. */
  day(node: XmlNode, name: string): LocalDate | null {
    const outer = nodeAt(node, name);
    const inner = outer === null ? null : (nodeAt(outer, 'Dt') ?? nodeAt(outer, 'DtTm'));
    if (inner === null) return this.#missing(node, name);
    const found = inner.text.trim();
    // Both may end in a time zone: 2026-05-04+02:00.
    const plain = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(found)?.[1];
    const day = parseLocalDate(plain ?? '');
    return day ?? this.tell('not-a-date', inner, { field: name, found });
  }

  #isDebit(node: XmlNode): boolean | null {
    const direction = nodeAt(node, 'CdtDbtInd');
    if (direction === null) return this.#missing(node, 'CdtDbtInd');
    const found = direction.text.trim();
    if (found === 'CRDT' || found === 'DBIT') return found === 'DBIT';
    return this.tell('unknown-value', direction, {
      ...{ field: 'CdtDbtInd', found, expected: 'CRDT, DBIT' },
    });
  }

  #amount(node: XmlNode): Money | null {
    const found = node.text.trim();
    const currency = node.attributes.get('Ccy') ?? '';
    if (currency !== this.currency) {
      const facts = { field: 'Ccy', found: currency, expected: this.currency };
      return this.tell('unknown-value', node, facts);
    }
    // The schema's decimals: no comma, no sign; the direction says which way it went.
    const isPlain = /^\d+(?:\.\d+)?$/.test(found);
    const read = isPlain ? parseMoney(found, this.currency) : null;
    if (read === null) return this.tell('not-a-number', node, { field: 'Amt', found });
    return money(read.minor, this.currency);
  }

  #missing(node: XmlNode, field: string): null {
    return this.tell('field-empty', node, { field });
  }
}
