import type { LocalDate } from '../date.ts';
import { cite } from './diagnostics.ts';
import type { SieChange, SieCharacters } from './line-writer.ts';
import { SieLineWriter } from './line-writer.ts';
import type { SieBook, SieCorrection, SieHead, SieRow, SieType, SieVoucher } from './model.ts';
import { SieNumberCheck } from './number-check.ts';
import type { SieProblem } from './problems.ts';
import { SieProblemList } from './problems.ts';
import { formatAmount } from './values.ts';
import { VOUCHER_LENGTH_MAX, VOUCHER_ROWS_MAX, lonelyAdditions } from './voucher-reader.ts';
import type { WriteContext } from './write-head.ts';
import { amountField, checkAccount, dateField, quantityField, writeHead } from './write-head.ts';

/** How a file is to be written. */
export type SieWriteOptions = {
  /** Without it, the type of the head. */
  readonly type?: SieType;
  /** Whether to enclose the records in `#KSUMMA`. Few programs check it, and all must allow it. */
  readonly checksum?: boolean;
  /** What becomes of characters outside CP437. Without it they are refused. */
  readonly characters?: SieCharacters;
};

/** What was written. */
export type SieWriteResult = {
  readonly vouchers: number;
  readonly rows: number;
  /** Unsigned; null when none was asked for. */
  readonly checksum: number | null;
  /** Texts that were transliterated, the first thousand of them. */
  readonly changes: readonly SieChange[];
  /** How many texts were transliterated, listed or not. */
  readonly changeCount: number;
};

/** A file, or all the reasons at once why there is none. */
export type SieWritten =
  | { readonly kind: 'written'; readonly bytes: Uint8Array; readonly result: SieWriteResult }
  | { readonly kind: 'refused'; readonly problems: readonly SieProblem[] };

/**
 * What a stream of writing yields: bytes, and last either `end` or `refused`.
 *
 * A problem in a voucher shows when bytes have gone out already. Bytes without an `end` are no
 * file: who stores them makes the file known only after `end`.
 */
export type SiePiece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly result: SieWriteResult }
  | { readonly kind: 'refused'; readonly problems: readonly SieProblem[] };

/** Bytes gathered before they are given on. */
const PIECE_BYTES = 65_536;

/** Writes a file that fits in memory. Never throws for what it is given. */
export function writeSie(book: SieBook, options: SieWriteOptions = {}): SieWritten {
  const writer = new SieWriter(book, options);
  for (const voucher of book.vouchers) writer.add(voucher);
  const { bytes, ending } = writer.end();
  return ending.kind === 'refused' ? ending : { kind: 'written', bytes, result: ending.result };
}

/**
 * Writes a file of any size in constant memory: the head first, then each voucher as it comes.
 *
 * After a first problem no more bytes come, but all vouchers are still looked at, so that every
 * reason is told at once.
 */
export async function* writeSieStream(
  head: SieHead,
  vouchers: Iterable<SieVoucher> | AsyncIterable<SieVoucher>,
  options: SieWriteOptions = {},
): AsyncGenerator<SiePiece> {
  const writer = new SieWriter(head, options);
  for await (const voucher of vouchers) {
    writer.add(voucher);
    if (writer.length >= PIECE_BYTES) yield { kind: 'bytes', bytes: writer.take() };
  }
  const { bytes, ending } = writer.end();
  if (bytes.length > 0) yield { kind: 'bytes', bytes };
  yield ending;
}

/** A strict writer of SIE 1–4: refuses what the standard forbids instead of writing it. */
class SieWriter {
  readonly #problems = new SieProblemList();
  readonly #lines: SieLineWriter;
  readonly #context: WriteContext;
  readonly #years: SieHead['years'];
  readonly #numbers = new SieNumberCheck();
  readonly #isVoucherType: boolean;
  #vouchers = 0;
  #rows = 0;

  constructor(head: SieHead, options: SieWriteOptions) {
    this.#lines = new SieLineWriter(options.characters ?? 'refuse', this.#problems);
    const type = options.type ?? head.type;
    if (type === null) this.#problems.add('type-unknown', '#SIETYP', 'no type was told');
    const names = head.accounts.filter(({ name }) => name !== null).map(({ number }) => number);
    const declared = new Set(names);
    if (declared.size < names.length) {
      this.#problems.add('duplicate-account', '#KONTO', 'an account stands twice');
    }
    this.#context = {
      type: type ?? '4E',
      lines: this.#lines,
      problems: this.#problems,
      declared: type === '4I' ? null : declared,
    };
    this.#years = head.years;
    this.#isVoucherType = type === null || type.startsWith('4');
    writeHead(head, this.#context, options.checksum ?? false);
  }

  /** Bytes ready to be taken. */
  get length(): number {
    return this.#lines.length;
  }

  take(): Uint8Array {
    return this.#lines.take();
  }

  add(voucher: SieVoucher): void {
    this.#vouchers += 1;
    this.#rows += voucher.rows.length;
    const { series, number, date, text, registered, sign } = voucher;
    const where = ['#VER', series, number].filter((part) => part !== '').join(' ');
    this.#check(voucher, where);
    const before = this.#lines.length;
    const fields = [
      series,
      number,
      dateField(date, where, this.#problems),
      text,
      dateField(registered, where, this.#problems),
      sign,
    ];
    this.#lines.write({ label: '#VER', where, fields, fieldsMin: 3 });
    this.#lines.brace('{');
    this.#writeRows(voucher, where);
    this.#lines.brace('}');
    if (this.#lines.length - before > VOUCHER_LENGTH_MAX) {
      const message = `more than ${VOUCHER_LENGTH_MAX} characters`;
      this.#problems.add('voucher-too-long', where, message);
    }
  }

  /** The last bytes, and how it went. */
  end(): { readonly bytes: Uint8Array; readonly ending: Exclude<SiePiece, { kind: 'bytes' }> } {
    const checksum = this.#lines.endChecksum();
    const bytes = this.#lines.take();
    if (!this.#problems.isEmpty) {
      return { bytes, ending: { kind: 'refused', problems: this.#problems.list() } };
    }
    const { changes, changeCount } = this.#lines;
    const counts = { vouchers: this.#vouchers, rows: this.#rows };
    return {
      bytes,
      ending: { kind: 'end', result: { ...counts, checksum, changes, changeCount } },
    };
  }

  #writeRows(voucher: SieVoucher, where: string): void {
    const corrections = voucher.corrections.toSorted((a, b) => a.at - b.at);
    let next = 0;
    voucher.rows.forEach((row, at) => {
      for (; (corrections[next]?.at ?? Infinity) <= at; next += 1) {
        this.#writeCorrection(corrections[next], where);
      }
      this.#writeRow('#TRANS', row, where);
    });
    for (; next < corrections.length; next += 1) this.#writeCorrection(corrections[next], where);
  }

  #writeCorrection(correction: SieCorrection | undefined, where: string): void {
    if (correction === undefined) return;
    this.#writeRow(correction.kind === 'added' ? '#RTRANS' : '#BTRANS', correction.row, where);
  }

  #writeRow(label: string, row: SieRow, voucher: string): void {
    const where = `${voucher}, ${label} ${row.account}`;
    const problems = this.#problems;
    checkAccount(row.account, where, this.#context);
    const fields = [
      row.account,
      row.objects,
      amountField(row.amountMinor, where, problems),
      dateField(row.date, where, problems),
      row.text,
      quantityField(row.quantity, where, problems),
      row.sign,
    ];
    this.#lines.write({ label, where, fields, fieldsMin: 3 });
  }

  #check(voucher: SieVoucher, where: string): void {
    const { rows, corrections, date } = voucher;
    const problems = this.#problems;
    if (!this.#isVoucherType) {
      const message = `a file of type ${this.#context.type} must not have vouchers`;
      problems.add('record-not-allowed', where, message);
    }
    if (date === null) problems.add('bad-date', where, 'the voucher has no date');
    if (rows.length + corrections.length === 0) {
      problems.add('empty-voucher', where, 'the voucher has no rows');
    }
    if (rows.length + corrections.length > VOUCHER_ROWS_MAX) {
      const message = `${rows.length + corrections.length} rows, at most ${VOUCHER_ROWS_MAX} fit`;
      problems.add('voucher-too-long', where, message);
    }
    const sum = rows.reduce((total, row) => total + (row.amountMinor ?? 0n), 0n);
    if (sum !== 0n) {
      const message = `the rows sum to ${formatAmount(sum)} and not to 0.00`;
      problems.add('unbalanced-voucher', where, message);
    }
    const isOut = corrections.some(({ at }) => !(at >= 0 && at <= rows.length));
    if (isOut || lonelyAdditions(voucher).length > 0) {
      const message = 'an added row is not followed by the same row';
      problems.add('correction-misplaced', where, message);
    }
    this.#checkNumber(voucher, where);
  }

  #checkNumber({ series, number, date }: SieVoucher, where: string): void {
    const finding = this.#numbers.add(series, number, this.#yearIndexOf(date?.day ?? null));
    if (finding?.code === 'duplicate-number' || finding?.code === 'number-order') {
      this.#problems.add(finding.code, where, `${cite(where)}: ${finding.message}`);
    }
  }

  #yearIndexOf(day: LocalDate | null): number | null {
    if (day === null) return null;
    const year = this.#years.find(({ start, end }) => {
      const [from, to] = [start?.day, end?.day];
      return from && to && from <= day && day <= to;
    });
    return year?.index ?? null;
  }
}
