import type { Money } from '../../../domain/money.ts';
import { parsePercent, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { FIELD_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { readAmount, STANDARD_DECIMALS } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import type { CreditCells, CreditField, CreditPlace } from './fields.ts';
import { readPurchaseIdentity, type PurchaseIdentity } from './identity.ts';

/** What one row says: the part of a receipt that was sold at one VAT rate. */
export type PurchaseRow = {
  readonly identity: PurchaseIdentity;
  readonly place: CreditPlace;
  readonly customerName: string;
  /** Digits only; null when the row does not say. */
  readonly orgNumber: string | null;
  /** null when one of the three could not be read: a problem says so. */
  readonly amounts: PurchaseAmounts | null;
  readonly problems: readonly Problem[];
};

/** An amount and the VAT in it, both negative for a return. */
export type PurchaseAmounts = {
  readonly rate: BasisPoints;
  readonly gross: Money;
  readonly vat: Money;
};

/** Reads a row. All problems of it are found, not the first one only. */
export function readPurchaseRow({ cells, place, found }: RowTexts, terms: Terms): PurchaseRow {
  const row = new RowReading(cells, place, terms);
  const identity = readPurchaseIdentity(cells, terms);
  for (const { code, ...facts } of identity.faults) row.tell(code, facts);
  const isWhole = found.length === 0;
  if (isWhole) row.expectPurchase();
  return {
    identity,
    place,
    customerName: row.customerName(),
    orgNumber: isWhole ? row.orgNumber() : null,
    amounts: isWhole ? row.amounts() : null,
    problems: [...found, ...row.problems],
  };
}

/** A row cut into fields. */
export type RowTexts = {
  readonly cells: CreditCells;
  readonly place: CreditPlace;
  /** Problems that the row had before its fields were looked at; with any, no field is trusted. */
  readonly found: readonly Problem[];
};

const ORG_NUMBER = /^\d{9,12}$/;

class RowReading {
  readonly problems: Problem[] = [];
  readonly #cells: CreditCells;
  readonly #place: CreditPlace;
  readonly #terms: Terms;

  constructor(cells: CreditCells, place: CreditPlace, terms: Terms) {
    this.#cells = cells;
    this.#place = place;
    this.#terms = terms;
  }

  tell(
    code: ProblemCode,
    facts: Readonly<Record<string, string>> & { readonly field: CreditField },
  ): void {
    const at = { line: this.#place.line, column: this.#place.columnOf(facts.field) };
    this.problems.push(problemAt(code, at, facts));
  }

  expectPurchase(): void {
    const found = this.#cells.record;
    if (found.trim().toUpperCase() === 'C') return;
    this.tell('unknown-value', { field: 'record', found, expected: 'C' });
  }

  customerName(): string {
    const text = this.#cells.customer_name;
    if (text.length <= FIELD_CHARS_MAX) return ownText(text);
    const limit = String(FIELD_CHARS_MAX);
    this.tell('record-too-long', { field: 'customer_name', limit });
    return '';
  }

  orgNumber(): string | null {
    const found = this.#cells.org_no.trim();
    if (found === '') return null;
    const digits = ownText(found.replaceAll(/[\s-]/g, ''));
    if (ORG_NUMBER.test(digits)) return digits;
    this.tell('unknown-value', { field: 'org_no', found, expected: '9–12 digits' });
    return null;
  }

  amounts(): PurchaseAmounts | null {
    const rate = this.#rate();
    const gross = this.#amount('gross');
    const vat = this.#amount('vat');
    if (rate === null || gross === null || vat === null) return null;
    if (gross.minor * vat.minor < 0n) {
      const expected = gross.minor < 0n ? '≤ 0' : '≥ 0';
      this.tell('unknown-value', { field: 'vat', found: this.#cells.vat, expected });
      return null;
    }
    return { rate, gross, vat };
  }

  #rate(): BasisPoints | null {
    const found = this.#cells.vat_rate.trim();
    const rate = found === '' ? null : parsePercent(found);
    const code = found === '' ? 'field-empty' : 'not-a-rate';
    if (rate === null) this.tell(code, { field: 'vat_rate', found });
    return rate;
  }

  #amount(field: 'gross' | 'vat'): Money | null {
    const found = this.#cells[field].trim();
    const read = found === '' ? null : readAmount(found, this.#terms.currency, STANDARD_DECIMALS);
    const code = found === '' ? 'field-empty' : 'not-a-number';
    if (read === null) this.tell(code, { field, found });
    return read;
  }
}
