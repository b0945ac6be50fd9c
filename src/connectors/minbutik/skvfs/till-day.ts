import type { DayReportLine } from '../../../domain/document/day-report.ts';
import { money } from '../../../domain/money.ts';
import { percentText, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem } from '../../../ports/source.ts';
import { JOURNAL_REPORT_BYTES_MAX } from '../limits.ts';
import { problemAt, type Place, PROBLEMS_MAX } from '../../../ports/problem.ts';
import type { Draft } from '../report/draft.ts';
import { readIdentity } from '../report/identity-reader.ts';
import { isSilent, makeLine } from '../report/line.ts';
import { fingerprint } from '../../../lib/print-index.ts';
import type { ReportHead } from '../report/row.ts';
import { readDay } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { ByteText } from '../text/byte-text.ts';
import { addTo, totalOf, type Amounts } from '../xml/amounts.ts';
import type { Receipt } from './receipt.ts';
import { JOURNAL_END, journalStart, writeReceipt, writeZReport } from './written.ts';
import type { Registered } from './written.ts';
import type { ZReport } from './z-report.ts';

/** Whose journal it is. */
export type Company = { readonly organisation: string; readonly address: string };

/** What was registered where, and where in the file that stands. */
export type Event<Content> = Registered & { readonly content: Content; readonly place: Place };

/** The receipts that one Z report of one register has closed, added up. */
export class TillDay {
  readonly register: string;
  readonly zNumber: string;
  readonly #sales: Amounts<BasisPoints> = new Map();
  readonly #vat: Amounts<BasisPoints> = new Map();
  readonly #tenders: Amounts<string> = new Map();
  readonly #returned = { gross: 0n, vat: 0n };
  /** The content of each receipt by its number, because tills write some of them twice. */
  readonly #prints = new Map<string, number>();
  readonly #problems: Problem[] = [];
  readonly #written = new ByteText();
  #closed: Event<ZReport> | null = null;
  #closedAs = '';
  #firstDay: string | null = null;
  #firstLine: number | null = null;
  #lastLine = 0;

  constructor(register: string, zNumber: string) {
    this.register = register;
    this.zNumber = zNumber;
  }

  /** Bytes held of it. */
  get size(): number {
    return this.#written.length;
  }

  get receipts(): number {
    return this.#prints.size;
  }

  addReceipt(event: Event<Receipt>): void {
    const { content: receipt, place } = event;
    for (const problem of receipt.problems) this.#tell(problem);
    const written = writeReceipt(receipt, event);
    const key = `${receipt.kind} ${receipt.number}`;
    const print = fingerprint(written);
    const before = this.#prints.get(key);
    if (before !== undefined) {
      if (before !== print) this.#tell(twice('LopnummerForKassakvitto', receipt.number, place));
      return;
    }
    if (this.size > JOURNAL_REPORT_BYTES_MAX) return this.#tell(tooLong(place));
    this.#prints.set(key, print);
    this.#written.append(written);
    this.#note(place);
    const day = readDay(event.time.slice(0, 10));
    if (day !== null && (this.#firstDay === null || day < this.#firstDay)) this.#firstDay = day;
    for (const [rate, minor] of receipt.sales) addTo(this.#sales, rate, minor);
    for (const [rate, minor] of receipt.vat) addTo(this.#vat, rate, minor);
    for (const [word, minor] of receipt.tenders) addTo(this.#tenders, word, minor);
    if (receipt.kind !== 'return') return;
    this.#returned.gross += totalOf(receipt.sales);
    this.#returned.vat += totalOf(receipt.vat);
  }

  close(event: Event<ZReport>): void {
    const written = writeZReport(event.content, event);
    for (const problem of event.content.problems) this.#tell(problem);
    if (this.#closed !== null) {
      const isSame = written === this.#closedAs;
      if (!isSame) this.#tell(twice('LopnummerForZDagrapport', this.zNumber, event.place));
      return;
    }
    this.#note(event.place);
    this.#closed = event;
    this.#closedAs = written;
  }

  /** @returns null when the file has no Z report of it */
  draft(company: Company, terms: Terms): Draft | null {
    const closed = this.#closed;
    if (closed === null) return null;
    const organisation = closed.content.organisation || company.organisation;
    const names = [this.register, company.address, organisation];
    const day = this.#firstDay ?? closed.time.slice(0, 10);
    const texts = {
      store_no: terms.storeOfJournal(names),
      business_date: day,
      register: this.register,
      report_no: this.zNumber,
    };
    const { identity, faults } = readIdentity(texts, { stores: terms.stores, readDay });
    const broken = faults.map(({ code, ...facts }) => problemAt(code, closed.place, facts));
    return {
      identity,
      head: this.#headOf(closed.content),
      lines: this.#lines(terms),
      problems: [...broken, ...this.#problems],
      doubts: [],
      extract: this.#extract({ organisation, address: company.address }),
      mediaType: 'application/xml',
      firstLine: this.#firstLine ?? closed.place.line,
      lastLine: this.#lastLine,
    };
  }

  #lines(terms: Terms): readonly DayReportLine[] {
    const sales = [...this.#sales].map(([rate, minor]): DayReportLine => {
      const vat = this.#vat.get(rate) ?? (rate === 0 ? 0n : null);
      const gross = money(minor, 'SEK');
      const label = `${percentText(rate)} %`;
      return { kind: 'sale', code: '', label, rate, gross, vat: vat === null ? null : sek(vat) };
    });
    const tenders = [...this.#tenders].map(([word, minor]) => {
      const parts = { code: word, label: word, rate: null, gross: sek(minor), vat: null };
      return makeLine('tender', parts, terms);
    });
    return [...sales, ...tenders].filter((line) => !isSilent(line));
  }

  #headOf({ gross, vat, receipts }: ZReport): ReportHead {
    const own = { gross: totalOf(this.#sales), vat: totalOf(this.#vat) };
    const stated = {
      gross: lessReturns(gross, own.gross, this.#returned.gross),
      vat: lessReturns(vat, own.vat, this.#returned.vat),
    };
    return {
      control: {
        ...(stated.gross === null ? {} : { gross: sek(stated.gross) }),
        ...(stated.vat === null ? {} : { vat: sek(stated.vat) }),
      },
      receipts: receipts ?? this.receipts,
    };
  }

  #extract(company: Company): Uint8Array {
    return Buffer.concat([
      Buffer.from(journalStart(company), 'utf8'),
      this.#written.between(0, this.#written.length),
      Buffer.from(this.#closedAs + JOURNAL_END, 'utf8'),
    ]);
  }

  #note({ line }: Place): void {
    this.#firstLine = Math.min(this.#firstLine ?? line, line);
    this.#lastLine = Math.max(this.#lastLine, line);
  }

  #tell(problem: Problem): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(problem);
  }
}

/**
 * A total of the Z report with returns taken off.
 *
 * The law asks for total sales and for returns beside each other and does not say whether the first
 * is before the second. A total that agrees with the receipts before their returns is before.
 */
function lessReturns(stated: bigint | null, own: bigint, returned: bigint): bigint | null {
  return stated !== null && stated + returned === own ? own : stated;
}

function sek(minor: bigint): ReturnType<typeof money> {
  return money(minor, 'SEK');
}

function twice(field: string, found: string, place: Place): Problem {
  return problemAt('identity-differs', place, { field, found, expected: found });
}

function tooLong(place: Place): Problem {
  const limit = String(JOURNAL_REPORT_BYTES_MAX);
  return problemAt('over-limit', place, { what: 'bytes of a report', limit });
}
