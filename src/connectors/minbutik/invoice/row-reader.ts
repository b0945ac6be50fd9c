import type { LocalDate } from '../../../domain/date.ts';
import type { InvoiceClass } from '../../../domain/document/supplier-invoice.ts';
import {
  add,
  formatMoney,
  money,
  subtract,
  sum,
  type Currency,
  type Money,
} from '../../../domain/money.ts';
import { percentText, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { REFERENCE_CHARS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { readAmount, readDay, STANDARD_DECIMALS } from '../report/values.ts';
import { ownText } from '../text/kept-texts.ts';
import type { InvoiceCells, InvoiceField, InvoicePlace } from './fields.ts';

/** What a row says besides which invoice it is. */
export type InvoiceRow = {
  readonly date: LocalDate;
  readonly due: LocalDate | null;
  readonly kind: ClassWord;
  readonly parts: readonly InvoicePart[];
  readonly gross: Money;
  readonly rounding: Money;
  /** OCR number; empty when the row has none. */
  readonly ocr: string;
  readonly department: string;
};

/** What was bought at one rate. */
export type InvoicePart = { readonly rate: BasisPoints; readonly net: Money; readonly vat: Money };

/** A kind of invoice, and the word that stands for it in the chain's electronic invoices too. */
export type ClassWord = { readonly class: InvoiceClass; readonly word: string };

const CLASSES: Readonly<Record<string, ClassWord>> = {
  VARU: { class: 'goods', word: 'VARUFAKTURA' },
  OMKOSTNAD: { class: 'overhead', word: 'OMKOSTNAD' },
  TJANST: { class: 'service', word: 'TJANST' },
};

const RATES: readonly {
  readonly rate: BasisPoints;
  readonly net: InvoiceField;
  readonly vat: InvoiceField | null;
}[] = [
  { rate: 2500, net: 'net_25', vat: 'vat_25' },
  { rate: 1200, net: 'net_12', vat: 'vat_12' },
  { rate: 600, net: 'net_6', vat: 'vat_6' },
  { rate: 0, net: 'net_0', vat: null },
];

/** Reads a row. All problems of it are found, not the first one only. */
export function readInvoiceRow(
  { cells, place }: { readonly cells: InvoiceCells; readonly place: InvoicePlace },
  currency: Currency,
): { readonly row: InvoiceRow | null; readonly problems: readonly Problem[] } {
  const reading = new RowReading(cells, place, currency);
  const date = reading.day('date');
  const due = cells.due.trim() === '' ? null : reading.day('due');
  const kind = reading.kind();
  const parts = reading.parts();
  const gross = reading.needed('gross');
  const rounding = reading.amount('rounding');
  const row = {
    ...{ date, due, kind, parts, gross, rounding },
    ocr: reading.text('ocr'),
    department: reading.text('department'),
  };
  if (reading.problems.length === 0) reading.compareSum(row);
  const { problems } = reading;
  const isWhole = problems.length === 0 && date !== null && kind !== null && gross !== null;
  return { row: isWhole ? { ...row, date, kind, gross } : null, problems };
}

class RowReading {
  readonly problems: Problem[] = [];
  readonly #cells: InvoiceCells;
  readonly #place: InvoicePlace;
  readonly #currency: Currency;

  constructor(cells: InvoiceCells, place: InvoicePlace, currency: Currency) {
    this.#cells = cells;
    this.#place = place;
    this.#currency = currency;
  }

  /** @returns null when it is none: a problem says so */
  day(field: 'date' | 'due'): LocalDate | null {
    const found = this.#cells[field].trim();
    const date = readDay(found);
    if (date === null) this.#tell(found === '' ? 'field-empty' : 'not-a-date', field, { found });
    return date;
  }

  kind(): ClassWord | null {
    const found = ownText(this.#cells.class);
    const word = found
      .toUpperCase()
      .replaceAll('Ä', 'A')
      .replace(/FAKTURA$/, '');
    const kind = Object.hasOwn(CLASSES, word) ? (CLASSES[word] ?? null) : null;
    const expected = Object.keys(CLASSES).join(', ');
    if (kind === null) this.#tell('unknown-value', 'class', { found, expected });
    return kind;
  }

  /** VAT without anything that it is of, or of the other sign, stands in the wrong column. */
  parts(): readonly InvoicePart[] {
    return RATES.flatMap((one): InvoicePart[] => {
      const net = this.amount(one.net);
      const vat = one.vat === null ? money(0n, this.#currency) : this.amount(one.vat);
      const isOdd = vat.minor !== 0n && net.minor * vat.minor <= 0n;
      if (isOdd && one.vat !== null) {
        const expected = `${percentText(one.rate)} % × ${formatMoney(net)}`;
        this.#tell('unknown-value', one.vat, { found: formatMoney(vat), expected });
      }
      return net.minor === 0n && vat.minor === 0n ? [] : [{ rate: one.rate, net, vat }];
    });
  }

  needed(field: 'gross'): Money | null {
    if (this.#cells[field].trim() !== '') return this.amount(field);
    this.#tell('field-empty', field, {});
    return null;
  }

  /** Zero where nothing stands, and where no amount stands: a problem says so. */
  amount(field: InvoiceField): Money {
    const found = this.#cells[field].trim();
    if (found === '') return money(0n, this.#currency);
    const read = readAmount(found, this.#currency, STANDARD_DECIMALS);
    if (read === null) this.#tell('not-a-number', field, { found });
    return read ?? money(0n, this.#currency);
  }

  text(field: 'ocr' | 'department'): string {
    const text = ownText(this.#cells[field]);
    if (text.length <= REFERENCE_CHARS_MAX) return text;
    this.#tell('record-too-long', field, { limit: String(REFERENCE_CHARS_MAX) });
    return '';
  }

  /** Nothing else tells that a column was left out or an amount lost. */
  compareSum({ parts, gross }: Pick<InvoiceRow, 'parts'> & { readonly gross: Money | null }): void {
    if (gross === null) return;
    const sums = parts.map(({ net, vat }) => add(net, vat));
    const summed = sum(sums, this.#currency);
    if (summed.minor === gross.minor) return;
    this.#tell('rule-broken', 'gross', {
      rule: 'gross = net + vat',
      found: `${formatMoney(gross)} ${gross.currency}`,
      expected: `${formatMoney(summed)} ${summed.currency}`,
      difference: formatMoney(subtract(gross, summed)),
    });
  }

  #tell(code: ProblemCode, field: InvoiceField, facts: Readonly<Record<string, string>>): void {
    const at = { line: this.#place.line, column: this.#place.columnOf(field) };
    this.problems.push(problemAt(code, at, { field, ...facts }));
  }
}
