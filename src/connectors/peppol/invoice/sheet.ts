import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import {
  formatMoney,
  money,
  parseMoney,
  subtract,
  type Currency,
  type Money,
} from '../../../domain/money.ts';
import type { VatCategory, InvoiceRate } from '../../../domain/document/supplier-invoice.ts';
import { parsePercent, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem } from '../../../ports/source.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { WireRate } from '../ubl/line.ts';
import type { Field } from '../ubl/node.ts';

/** Where something has to stand, and the rule of EN 16931 that says so. */
export type Needed = { readonly rule: string; readonly name: string; readonly place: Place };

const CATEGORIES: ReadonlySet<string> = new Set<VatCategory>([
  'S',
  'Z',
  'E',
  'AE',
  'K',
  'G',
  'O',
  'L',
  'M',
  'B',
]);

/** Categories that have a rate of their own. Of the others it is zero, also when it is not said. */
const RATED: ReadonlySet<string> = new Set<VatCategory>(['S', 'L', 'M', 'B']);

/**
 * Reads fields of one document and keeps what is wrong with them.
 *
 * What cannot be read comes back as zero or null; the document counts only while there is no
 * problem.
 */
export class Sheet {
  readonly problems: Problem[] = [];
  readonly currency: Currency;

  constructor(currency: Currency) {
    this.currency = currency;
  }

  /** An amount in the document's currency, with the sign that it stands with. */
  amount(field: Field | null, needed: Needed): Money {
    if (field === null) {
      this.problems.push(missing(needed));
      return money(0n, this.currency);
    }
    const { text, place, name, currency } = field;
    if (currency !== null && currency !== this.currency) {
      const facts = { rule: 'PEPPOL-EN16931-R051', found: currency, expected: this.currency };
      this.problems.push(problemAt('rule-broken', place, facts));
    }
    // The schema's decimals: no comma, which elsewhere may mean thousands.
    const read = text.includes(',') ? null : parseMoney(text.replace(/^\+/, ''), this.currency);
    if (read === null)
      this.problems.push(problemAt('not-a-number', place, { field: name, found: text }));
    return read ?? money(0n, this.currency);
  }

  /** An amount that may be left out, which means zero. */
  optional(field: Field | null): Money {
    const anywhere = { rule: '', name: '', place: { line: 1, column: 1 } };
    return field === null ? money(0n, this.currency) : this.amount(field, anywhere);
  }

  date(field: Field): LocalDate | null {
    const { name, text, place } = field;
    // The schema's dates may end in a time zone, which Peppol forbids (PEPPOL-EN16931-F001).
    const date = parseLocalDate(text);
    if (date === null)
      this.problems.push(problemAt('not-a-date', place, { field: name, found: text }));
    return date;
  }

  rate({ category, percent, place }: WireRate, rule: string): InvoiceRate {
    if (category === null) {
      this.problems.push(missing({ rule, name: 'cac:TaxCategory/cbc:ID', place }));
      return { category: 'O', rate: null };
    }
    if (!isCategory(category.text)) {
      const facts = { field: 'cac:TaxCategory/cbc:ID', found: category.text };
      const expected = [...CATEGORIES].join(', ');
      this.problems.push(problemAt('unknown-value', category.place, { ...facts, expected }));
      return { category: 'O', rate: null };
    }
    const rate = category.text === 'O' ? null : this.#percent(category.text, percent, place);
    return { category: category.text, rate };
  }

  #percent(category: VatCategory, percent: Field | null, place: Place): BasisPoints {
    if (percent === null) {
      if (!RATED.has(category)) return 0;
      this.problems.push(problemAt('field-empty', place, { field: 'cbc:Percent' }));
      return 0;
    }
    const { text, name } = percent;
    const read = parsePercent(text.replace(/^(\d+\.\d{2})0+$/, '$1'));
    if (read !== null && !text.includes('%') && !text.includes(',')) return read;
    this.problems.push(problemAt('not-a-rate', percent.place, { field: name, found: text }));
    return 0;
  }

  /** Holds an amount that stands there against what the others come to. */
  compare(rule: string, place: Place, both: { found: Money; expected: Money }): void {
    const { found, expected } = both;
    if (found.minor === expected.minor) return;
    const facts = {
      rule,
      found: `${formatMoney(found)} ${found.currency}`,
      expected: `${formatMoney(expected)} ${expected.currency}`,
      difference: formatMoney(subtract(found, expected)),
    };
    this.problems.push(problemAt('rule-broken', place, facts));
  }
}

function isCategory(text: string): text is VatCategory {
  return CATEGORIES.has(text);
}

/** Something that a rule asks for is not there. */
export function missing({ rule, name, place }: Needed): Problem {
  return problemAt('rule-broken', place, { rule, found: '', expected: name });
}
