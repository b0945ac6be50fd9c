import { SieChecksumCounter, compareChecksum } from './checksum.ts';
import type { SieChecksum } from './checksum.ts';
import { cite, diagnose } from './diagnostics.ts';
import type { SieDiagnostic, SieDiagnosticCode, SieReport } from './diagnostics.ts';
import type { SieEncoding } from './encoding.ts';
import type { SieLabel } from './labels.ts';
import { findLabel } from './labels.ts';
import { SieLedgerCheck } from './ledger-check.ts';
import type { SieLine } from './line.ts';
import { FLAW, SieLineLexer } from './line.ts';
import type { SieRecord, SieType, SieVoucher } from './model.ts';
import type { FieldContext } from './record.ts';
import { readRecord } from './record.ts';
import { SieStructureCheck } from './structure-check.ts';
import { LINE_LENGTH_MAX, PIECE_BYTES, SieTextBlocks } from './text-blocks.ts';
import { SieDates } from './values.ts';
import type { ReadVoucher } from './voucher-reader.ts';
import { SieVoucherReader } from './voucher-reader.ts';

/** Where the bytes of a file come from: all at once, or piece by piece, cut anywhere. */
export type SieSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What is known of a file when all of it has been read. */
export type SieOutcome = {
  readonly encoding: SieEncoding;
  /** null: not a SIE 1–4 file, or its type cannot be told. */
  readonly type: SieType | null;
  /** Records of each label. Of labels outside the standard, the first hundred. */
  readonly counts: ReadonlyMap<string, number>;
  /** Vouchers whose rows do not sum to zero. */
  readonly unbalanced: number;
  /** null: the file has no `#KSUMMA`. */
  readonly checksum: SieChecksum | null;
};

/** What the stream of a file yields, in the order of the file. */
export type SieItem =
  | { readonly kind: 'record'; readonly line: number; readonly record: SieRecord }
  | { readonly kind: 'voucher'; readonly line: number; readonly voucher: SieVoucher }
  | { readonly kind: 'diagnostic'; readonly diagnostic: SieDiagnostic }
  | { readonly kind: 'end'; readonly outcome: SieOutcome };

/** Lines that are looked at before a file without any SIE record is given up. */
const FOREIGN_LINES_MAX = 100;

/** What a bit of `FLAW` means in a diagnostic. */
const FLAW_CODES: readonly (readonly [number, SieDiagnosticCode, string])[] = [
  [FLAW.unterminatedQuote, 'unterminated-quote', 'a quoted field has no closing quote'],
  [FLAW.strayQuote, 'stray-quote', 'a quote stands inside a field without \\ before it'],
  [FLAW.trailingBackslash, 'trailing-backslash', 'the last \\" was read as \\ and the end'],
  [FLAW.controlCharacter, 'control-character', 'a field holds a control character'],
  [FLAW.listUnclosed, 'list-unclosed', 'an object list has no }'],
  [FLAW.listMisplaced, 'list-misplaced', 'there is more than one object list'],
];

/** The namespace or the root element of SIE 5. */
const SIE_5 = /sie\.se\/sie5|<(?:\w+:)?Sie(?:Entry)?(?:[\s>]|$)/i;

const HASH = 35;
const OPEN = 123;
const CLOSE = 125;
const SPACE = 32;

/** Reads a file piece by piece, in constant memory. Ends with the item of kind `end`. */
export async function* streamSie(source: SieSource): AsyncGenerator<SieItem> {
  const reader = new SieReader();
  for await (const bytes of source instanceof Uint8Array ? [source] : source) {
    for (const piece of cutIntoPieces(bytes)) yield* reader.push(piece);
  }
  yield* reader.end();
}

/** Pieces small enough that what they bring to an end is no burden. The bytes are not copied. */
export function* cutIntoPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

/**
 * A tolerant reader of SIE 1–4: takes bytes, gives back what they hold and what is wrong with it.
 *
 * Never throws for what a file holds, never gives up on a line because of another, and takes time
 * in proportion to the bytes. Holds one line, one voucher (`VOUCHER_ROWS_MAX`) and a sum per
 * account, each with a named limit. Texts of items may share memory with their block of the file
 * (64 KiB): who keeps a few of them for long copies them.
 */
export class SieReader {
  readonly #blocks = new SieTextBlocks();
  readonly #lexer = new SieLineLexer();
  readonly #report: SieReport;
  readonly #context: FieldContext;
  readonly #ledger: SieLedgerCheck;
  readonly #structure: SieStructureCheck;
  readonly #vouchers: SieVoucherReader;
  #items: SieItem[] = [];
  #lineNumber = 0;
  #foreignLines = 0;
  #isForeign = false;
  #isDamaged = false;
  #typeText: string | null = null;
  #hasCompanyName = false;
  #checksum: SieChecksum | null = null;
  #counter: SieChecksumCounter | null = null;

  constructor() {
    const report: SieReport = (line, code, message) => {
      this.#items.push({ kind: 'diagnostic', diagnostic: diagnose(line, code, message) });
    };
    this.#report = report;
    this.#context = {
      dates: new SieDates(),
      report: (code, message) => report(this.#lineNumber, code, message),
    };
    this.#ledger = new SieLedgerCheck(report);
    this.#structure = new SieStructureCheck(report);
    this.#vouchers = new SieVoucherReader(report, this.#context, this.#ledger);
  }

  /** @returns what the bytes brought to an end; a voucher comes when its last row has come. */
  push(bytes: Uint8Array): SieItem[] {
    for (const block of this.#blocks.push(bytes)) this.#readBlock(block.text, block.mixed);
    return this.#take();
  }

  /** No more bytes will come. @returns the rest, and last what is known of the file. */
  end(): SieItem[] {
    for (const block of this.#blocks.end()) this.#readBlock(block.text, block.mixed);
    this.#addVoucher(this.#vouchers.end());
    const isSie = this.#structure.knownRecords > 0;
    if (!isSie && !this.#isForeign) this.#giveUp('not-sie', 'no line is a SIE record');
    const type = isSie ? this.#judgeType() : null;
    if (isSie) this.#checkWhole(type);
    const outcome: SieOutcome = {
      encoding: this.#blocks.encoding,
      type,
      checksum: this.#checksum,
      counts: this.#structure.counts,
      unbalanced: this.#vouchers.unbalanced,
    };
    this.#items.push({ kind: 'end', outcome });
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** Until a first SIE record is seen nothing is let out: what comes may be no SIE file at all. */
  #take(): SieItem[] {
    if (this.#structure.knownRecords === 0 && !this.#isForeign) return [];
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #readBlock(text: string, mixed: readonly number[]): void {
    if (!this.#isDamaged && this.#blocks.encoding === 'utf-8') this.#seekDamage(text);
    const linesBefore = this.#lineNumber;
    let nextMixed = 0;
    let at = 0;
    while (at < text.length && !this.#isForeign) {
      const found = text.indexOf('\n', at);
      const end = found < 0 ? text.length : found;
      this.#lineNumber += 1;
      if (linesBefore + (mixed[nextMixed] ?? -1) + 1 === this.#lineNumber) {
        nextMixed += 1;
        this.#context.report('encoding-mixed', 'the line is not UTF-8 as the rest of the file');
      }
      this.#readLine(text, at, end);
      this.#vouchers.pass(end + 1 - at);
      at = end + 1;
    }
  }

  /** Says once that letters were lost before the file came here: no reader can bring them back. */
  #seekDamage(text: string): void {
    const at = text.indexOf('\ufffd');
    if (at < 0) return;
    this.#isDamaged = true;
    const line = this.#lineNumber + text.slice(0, at).split('\n').length;
    this.#report(line, 'damaged-text', 'letters are lost: U+FFFD stands in their place');
  }

  #readLine(text: string, start: number, end: number): void {
    if (end - start > LINE_LENGTH_MAX) {
      this.#context.report('line-too-long', `more than ${LINE_LENGTH_MAX} characters; skipped`);
      this.#noteForeign(text.slice(start, start + LINE_LENGTH_MAX));
      return;
    }
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code <= SPACE) continue;
      if (code === HASH) {
        this.#readRecord(this.#lexer.read(text, at, end));
        return;
      }
      if (code === OPEN) this.#vouchers.open(this.#lineNumber);
      else if (code === CLOSE) this.#addVoucher(this.#vouchers.close(this.#lineNumber));
      else {
        const rest = text.slice(at, end);
        this.#context.report('not-a-record', `${cite(rest)} begins with no label`);
        this.#noteForeign(rest);
        return;
      }
    }
  }

  #readRecord(line: SieLine): void {
    const at = this.#lineNumber;
    const label = findLabel(line.label);
    if (label === null) {
      this.#structure.addForeign(line.label, at);
      this.#noteForeign(line.label);
      this.#counter?.addLine(line);
      return;
    }
    this.#structure.addKnown(label, at);
    if (label.name !== line.label) this.#structure.addCase(label.name, at);
    if (line.flaws !== 0) this.#reportFlaws(label.name, line.flaws);
    this.#structure.checkFields(label, line, at);
    if (label.name === '#KSUMMA') this.#readChecksum(line);
    else {
      this.#counter?.addLine(line);
      this.#dispatch(label, line);
    }
    if ((line.flaws & FLAW.closingBrace) !== 0) this.#addVoucher(this.#vouchers.close(at));
  }

  #dispatch(label: SieLabel, line: SieLine): void {
    const { name } = label;
    const at = this.#lineNumber;
    if (name === '#TRANS' || name === '#RTRANS' || name === '#BTRANS') {
      const row = this.#vouchers.addRow(name, line, at);
      if (row !== null && row.objects.length > 0) this.#structure.useObjects(row.objects, at);
      return;
    }
    if (name === '#VER') {
      this.#addVoucher(this.#vouchers.begin(line, at));
      return;
    }
    if (this.#vouchers.isOpen) {
      this.#context.report('record-inside-voucher', `${name} stands inside a voucher`);
    }
    if (name === '#SIETYP') this.#readType(line.fields[0] ?? '');
    const record = name === '#SIETYP' ? null : readRecord(name, line, this.#context);
    if (record === null) return;
    this.#check(record);
    this.#items.push({ kind: 'record', line: at, record });
  }

  #check(record: SieRecord): void {
    const at = this.#lineNumber;
    switch (record.kind) {
      case 'header':
        if (record.part.companyName) this.#hasCompanyName = true;
        break;
      case 'year':
        this.#ledger.addYear(record.year, at);
        break;
      case 'account':
        this.#ledger.declareAccount(record.number, at);
        break;
      case 'dimension':
        this.#structure.declareDimension(record.dimension.number);
        break;
      case 'object':
        this.#structure.declareObject(record.object);
        break;
      case 'balance':
        this.#ledger.addBalance(record.balance, at);
        this.#structure.useObjects(record.balance.objects, at);
        break;
      case 'account-type':
      case 'account-unit':
      case 'account-sru':
        break;
    }
  }

  #reportFlaws(name: string, flaws: number): void {
    for (const [flaw, code, message] of FLAW_CODES) {
      const isVoucherBrace = name === '#VER' && flaw === FLAW.listUnclosed;
      if ((flaws & flaw) !== 0 && !isVoucherBrace) this.#context.report(code, message);
    }
  }

  #readType(text: string): void {
    this.#typeText = text;
    if (!/^[1-4]$/.test(text)) this.#context.report('bad-type', `#SIETYP is ${cite(text)}`);
  }

  #readChecksum(line: SieLine): void {
    const stored = line.fields[0] ?? '';
    if (stored === '') this.#counter = new SieChecksumCounter();
    else if (this.#counter === null) {
      this.#context.report('checksum-misplaced', '#KSUMMA has a value but was never begun');
    } else {
      this.#checksum = compareChecksum(stored, this.#counter.value());
      this.#counter = null;
      if (this.#checksum.match) return;
      const message = `#KSUMMA is ${cite(stored)}, the records sum to ${this.#checksum.computed}`;
      this.#context.report('checksum-differs', message);
    }
  }

  /** By `#SIETYP`, and where that says 4 or nothing, by what the file holds. */
  #judgeType(): SieType | null {
    const text = this.#typeText;
    if (text === '1' || text === '2' || text === '3') return text;
    const has = (name: string): boolean => this.#structure.count(name) > 0;
    const hasBalances = ['#IB', '#UB', '#RES', '#OIB', '#OUB', '#PSALDO', '#PBUDGET'].some(has);
    if (has('#VER') || text?.startsWith('4')) return hasBalances ? '4E' : '4I';
    return hasBalances && text === null ? '1' : null;
  }

  #checkWhole(type: SieType | null): void {
    if (this.#counter !== null) {
      this.#checksum = { stored: null, computed: this.#counter.value(), match: false };
      this.#context.report('checksum-unfinished', '#KSUMMA was begun but has no value');
    }
    if (this.#blocks.encoding === 'utf-8' || this.#blocks.encoding === 'latin-1') {
      this.#report(0, 'encoding-not-pc8', `the file is ${this.#blocks.encoding}, not CP437`);
    }
    this.#ledger.checkYears();
    this.#ledger.checkDeclared(type);
    this.#ledger.checkSums();
    if (type !== null) this.#structure.checkType(type, this.#hasCompanyName);
  }

  #addVoucher(read: ReadVoucher | null): void {
    if (read === null) return;
    this.#items.push({ kind: 'voucher', line: read.line, voucher: read.voucher });
  }

  /** Counts what is no SIE record, while there has been none that is. */
  #noteForeign(text: string): void {
    if (this.#structure.knownRecords > 0) return;
    this.#foreignLines += 1;
    if (SIE_5.test(text)) {
      this.#giveUp('sie-5', 'this is SIE 5 (XML); only SIE 1–4 is read');
    } else if (this.#foreignLines >= FOREIGN_LINES_MAX) {
      this.#giveUp('not-sie', `the first ${FOREIGN_LINES_MAX} lines hold no SIE record`);
    }
  }

  /** Says that the file is something else, and nothing more about it. */
  #giveUp(code: 'sie-5' | 'not-sie', message: string): void {
    this.#isForeign = true;
    this.#items = [{ kind: 'diagnostic', diagnostic: diagnose(1, code, message) }];
  }
}
