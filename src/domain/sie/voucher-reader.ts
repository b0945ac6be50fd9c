import { cite } from './diagnostics.ts';
import type { SieReport } from './diagnostics.ts';
import type { SieLedgerCheck } from './ledger-check.ts';
import type { SieLine } from './line.ts';
import { FLAW } from './line.ts';
import type { SieCorrection, SieDate, SieRow, SieVoucher } from './model.ts';
import { SieNumberCheck } from './number-check.ts';
import type { FieldContext } from './record.ts';
import {
  afterList,
  dateMessage,
  readObjects,
  takeAmount,
  takeDate,
  takeQuantity,
} from './record.ts';
import { dateRemark, formatAmount, parseAmount } from './values.ts';

/** Rows that a voucher keeps, struck and added ones included. A year-end run has thousands. */
export const VOUCHER_ROWS_MAX = 100_000;

/**
 * Characters of the file from a `#VER` to the last row that is kept. Without it one voucher of long
 * lines could hold a whole file.
 */
export const VOUCHER_LENGTH_MAX = 33_554_432;

/** A voucher and the line of its `#VER`. */
export type ReadVoucher = { readonly line: number; readonly voucher: SieVoucher };

/** A voucher that is being read. */
type Draft = {
  readonly line: number;
  readonly head: Omit<SieVoucher, 'rows' | 'corrections'>;
  readonly rows: SieRow[];
  readonly corrections: SieCorrection[];
  isOpen: boolean;
  rowCount: number;
  length: number;
  isCut: boolean;
  sumMinor: bigint;
};

const NO_CORRECTIONS: readonly SieCorrection[] = [];

/** Puts vouchers together from `#VER`, braces and rows, and checks each when it is whole. */
export class SieVoucherReader {
  readonly #report: SieReport;
  readonly #context: FieldContext;
  readonly #ledger: SieLedgerCheck;
  readonly #numbers = new SieNumberCheck();
  #draft: Draft | null = null;
  #unbalanced = 0;

  constructor(report: SieReport, context: FieldContext, ledger: SieLedgerCheck) {
    this.#report = report;
    this.#context = context;
    this.#ledger = ledger;
  }

  /** Vouchers so far whose rows do not sum to zero. */
  get unbalanced(): number {
    return this.#unbalanced;
  }

  /** Whether a brace has been opened and not yet closed. */
  get isOpen(): boolean {
    return this.#draft?.isOpen ?? false;
  }

  /** `#VER`. @returns the voucher before it, when that had not ended. */
  begin(line: SieLine, at: number): ReadVoucher | null {
    const before = this.end();
    const [series = '', number = '', date = '', text = '', registered, sign = ''] = line.fields;
    const head = {
      series,
      number,
      text,
      sign,
      date: this.#takeVoucherDate(date),
      registered: takeDate(registered, this.#context),
    };
    const isOpen = (line.flaws & FLAW.listUnclosed) !== 0;
    const none = { rowCount: 0, length: 0, isCut: false, sumMinor: 0n };
    this.#draft = { line: at, head, rows: [], corrections: [], isOpen, ...none };
    const yearIndex = this.#ledger.beginVoucher(head.date?.day ?? null, at);
    const finding = this.#numbers.add(series, number, yearIndex);
    if (finding !== null) this.#report(at, finding.code, finding.message);
    return before;
  }

  /** A line of the file is read, whatever it holds. */
  pass(length: number): void {
    if (this.#draft !== null) this.#draft.length += length;
  }

  /** `{` */
  open(at: number): void {
    if (this.#draft === null || this.#draft.isOpen) {
      this.#report(at, 'stray-brace', '{ belongs to no #VER');
    } else this.#draft.isOpen = true;
  }

  /** `}` @returns the voucher that it ends. */
  close(at: number): ReadVoucher | null {
    const draft = this.#draft;
    if (draft === null || !draft.isOpen) {
      this.#report(at, 'stray-brace', '} closes no voucher');
      return draft === null ? null : this.#finish(draft);
    }
    return this.#finish(draft);
  }

  /** `#TRANS`, `#RTRANS` or `#BTRANS`. @returns null when it belongs to no voucher. */
  addRow(name: string, line: SieLine, at: number): SieRow | null {
    const draft = this.#draft;
    if (draft === null) {
      this.#report(at, 'row-outside-voucher', `${name} stands in no voucher; it is skipped`);
      return null;
    }
    if (!draft.isOpen && draft.rowCount === 0) {
      this.#report(draft.line, 'braces-missing', `${cite(nameOf(draft))} has rows but no braces`);
    }
    const row = this.#readRow(line);
    if (name === '#TRANS') {
      draft.sumMinor += row.amountMinor ?? 0n;
      this.#ledger.addRow(row.account, row.amountMinor, at);
    }
    this.#keep(draft, name, row);
    return row;
  }

  /** The next voucher begins, or the file ends. @returns the voucher that had not been closed. */
  end(): ReadVoucher | null {
    const draft = this.#draft;
    if (draft === null) return null;
    if (draft.isOpen) {
      this.#report(draft.line, 'voucher-unclosed', `${cite(nameOf(draft))} has no }`);
    }
    return this.#finish(draft);
  }

  #finish(draft: Draft): ReadVoucher {
    const { line, rows, corrections, rowCount, sumMinor } = draft;
    this.#draft = null;
    if (rowCount === 0) {
      this.#report(line, 'empty-voucher', `${cite(nameOf(draft))} has no rows`);
    }
    if (sumMinor !== 0n) {
      this.#unbalanced += 1;
      const message = `${cite(nameOf(draft))} sums to ${formatAmount(sumMinor)} and not to 0.00`;
      this.#report(line, 'unbalanced-voucher', message);
    }
    if (corrections.length === 0) {
      return { line, voucher: { ...draft.head, rows, corrections: NO_CORRECTIONS } };
    }
    const voucher = { ...draft.head, rows, corrections };
    const alone = lonelyAdditions(voucher).length;
    if (alone > 0) {
      const message = `${cite(nameOf(draft))} has ${alone} #RTRANS without the same #TRANS behind`;
      this.#report(line, 'added-row-alone', message);
    }
    return { line, voucher };
  }

  #keep(draft: Draft, name: string, row: SieRow): void {
    draft.rowCount += 1;
    if (draft.isCut) return;
    if (draft.rowCount > VOUCHER_ROWS_MAX || draft.length > VOUCHER_LENGTH_MAX) {
      draft.isCut = true;
      const message = `${cite(nameOf(draft))}: rows from number ${draft.rowCount} on were dropped`;
      this.#report(draft.line, 'voucher-too-long', message);
    } else if (name === '#TRANS') draft.rows.push(row);
    else {
      const kind = name === '#RTRANS' ? 'added' : 'struck';
      draft.corrections.push({ kind, at: draft.rows.length, row });
    }
  }

  #readRow(line: SieLine): SieRow {
    const { fields } = line;
    const context = this.#context;
    const account = fields[0] ?? '';
    if (account === '') context.report('missing-account', 'the row names no account');
    const at = line.listAt === 1 ? 2 : afterList(line, 1, context);
    const amount = fields[at] ?? '';
    return {
      account,
      objects: readObjects(line, context),
      amountMinor: parseAmount(amount) ?? takeAmount(amount, context),
      date: takeDate(fields[at + 1], context),
      text: fields[at + 2] ?? '',
      quantity: takeQuantity(fields[at + 3], context),
      sign: fields[at + 4] ?? '',
    };
  }

  #takeVoucherDate(text: string): SieDate | null {
    const date = this.#context.dates.read(text);
    if (date === null) {
      this.#context.report('missing-voucher-date', 'the voucher has no date');
      return null;
    }
    const remark = dateRemark(date);
    if (remark === null) return date;
    const code = remark === 'bad-date' ? 'bad-voucher-date' : remark;
    this.#context.report(code, dateMessage(date, remark));
    return date;
  }
}

/** Added rows that do not stand once more, just behind, among the rows. */
export function lonelyAdditions(voucher: SieVoucher): readonly SieCorrection[] {
  return voucher.corrections.filter(({ kind, at, row }) => {
    const next = voucher.rows[at];
    return kind === 'added' && (next === undefined || !isSameRow(row, next));
  });
}

function isSameRow(a: SieRow, b: SieRow): boolean {
  const objectsOf = (row: SieRow): string =>
    row.objects.map(({ dimension, code }) => `${dimension} ${code}`).join('\n');
  return (
    a.account === b.account &&
    a.amountMinor === b.amountMinor &&
    a.text === b.text &&
    a.sign === b.sign &&
    a.quantity === b.quantity &&
    a.date?.raw === b.date?.raw &&
    objectsOf(a) === objectsOf(b)
  );
}

/** A voucher as people name it: `A 12 20170101`. */
function nameOf(draft: Draft): string {
  const { series, number, date } = draft.head;
  return [series, number, date?.raw ?? ''].filter((part) => part !== '').join(' ');
}
