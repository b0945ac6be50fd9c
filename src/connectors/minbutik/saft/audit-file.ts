import type { DayReportLine } from '../../../domain/document/day-report.ts';
import { money } from '../../../domain/money.ts';
import type { Problem } from '../../../ports/source.ts';
import { SAFT_REPORTS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Draft } from '../report/draft.ts';
import { readIdentity } from '../report/identity-reader.ts';
import { foundDrafts, type Found } from '../report/settle.ts';
import { readDay } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import { childOf, textOf } from '../xml/nodes.ts';
import { readXmlRecords, type XmlNode } from '../xml/records.ts';
import { Basics } from './basics.ts';
import { SaftRegister, type ClosedDay } from './register.ts';
import { SAFT_CASH_NAMESPACE, writeAuditFile, writeReport } from './written.ts';
import { readSaftReport } from './z-report.ts';

const RECORDS = [
  'curCode',
  'companyIdent',
  'basic',
  'name',
  'registerID',
  'event',
  'cashtransaction',
];

/**
 * Reads the Norwegian SAF-T Cash Register, version 1.00: a report for each Z report.
 *
 * The report gives sales, VAT and payments; what cash was rounded by stands in the transactions
 * alone.
 */
export async function* readAuditFile(
  pieces: AsyncIterable<string>,
  terms: Terms,
): AsyncGenerator<Found> {
  const file = new AuditFile(terms);
  const shape = { namespace: SAFT_CASH_NAMESPACE, records: RECORDS };
  for await (const item of readXmlRecords(pieces, shape)) {
    const problem = item.kind === 'broken' ? item.problem : file.add(item.node);
    if (problem !== null) return yield { kind: 'rejected', problems: [problem] };
    yield* foundDrafts(file.takeClosed());
  }
  yield* file.finish();
}

class AuditFile {
  readonly #terms: Terms;
  readonly #basics = new Basics();
  readonly #closed: Draft[] = [];
  #company = '';
  #location = '';
  #register = new SaftRegister('');
  #events = 0;
  #notClosed = 0;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** @returns why the whole file is to be rejected; null mostly */
  add(node: XmlNode): Problem | null {
    const text = node.text.trim();
    switch (node.name) {
      case 'curCode':
        return text === 'NOK' ? null : notKroner(node, text);
      case 'companyIdent':
        this.#company = ownText(text);
        return null;
      case 'name':
        this.#location = ownText(text);
        return null;
      case 'registerID':
        this.#closeRegister();
        this.#register = new SaftRegister(ownText(text));
        return null;
      case 'basic':
        this.#basics.add(node);
        return null;
      case 'event':
        return this.#addEvent(node);
      default:
        this.#register.addTransaction(node);
        return null;
    }
  }

  takeClosed(): readonly Draft[] {
    return this.#closed.splice(0);
  }

  *finish(): Generator<Found> {
    if (this.#events === 0) {
      const problem = problemAt('file-empty', null, { expected: '<event>' });
      return yield { kind: 'rejected', problems: [problem] };
    }
    this.#closeRegister();
    yield* foundDrafts(this.takeClosed());
    const facts = { transactionsNotClosed: String(this.#notClosed) };
    if (this.#notClosed > 0) yield { kind: 'remark', facts };
  }

  #addEvent(node: XmlNode): Problem | null {
    this.#events += 1;
    const report = childOf(node, 'eventReport');
    if (report === null || !this.#basics.isZReport(textOf(node, 'eventType'))) return null;
    if (this.#register.size >= SAFT_REPORTS_MAX) {
      const facts = { what: 'reports of a register', limit: String(SAFT_REPORTS_MAX) };
      return problemAt('over-limit', node.place, facts);
    }
    const read = readSaftReport(report, { basics: this.#basics, terms: this.#terms });
    this.#register.addReport(read, { text: writeReport(report), place: node.place });
    return null;
  }

  #closeRegister(): void {
    this.#notClosed += this.#register.notClosed;
    for (const day of this.#register.days()) this.#closed.push(this.#draftOf(day));
  }

  #draftOf(day: ClosedDay): Draft {
    const { report, text, place, rounded, first } = day;
    const register = this.#register.id;
    const texts = {
      store_no: this.#terms.storeOfJournal([register, this.#location, this.#company]),
      business_date: (first ?? report.time).slice(0, 10),
      register,
      report_no: report.number,
    };
    const { identity, faults } = readIdentity(texts, { stores: this.#terms.stores, readDay });
    const broken = faults.map(({ code, ...facts }) => problemAt(code, place, facts));
    const paidIn = report.lines.filter(({ kind }) => kind === 'paid-in');
    const added = paidIn.reduce(
      (total, line) => total + line.gross.minor,
      report.gross?.minor ?? 0n,
    );
    const tenders = report.lines.filter(({ kind }) => kind === 'tender');
    return {
      identity,
      head: { control: { gross: money(added, 'NOK') }, receipts: report.receipts },
      lines: [...report.lines, ...roundingLine(rounded)],
      problems: [...broken, ...report.problems, ...day.problems],
      doubts: [],
      extract: writeAuditFile({
        company: this.#company,
        location: this.#location,
        register,
        payments: tenders.map(({ code }) => this.#basics.written(code)),
        report: text,
        transactions: first === null ? null : { time: first, rounded },
      }),
      mediaType: 'application/xml',
      firstLine: place.line,
      lastLine: place.line,
    };
  }
}

/** Positive when the store gave øre away: less was paid than was sold. */
function roundingLine(rounded: bigint): readonly DayReportLine[] {
  if (rounded === 0n) return [];
  return [{ kind: 'cash-rounding', code: '', label: '', gross: money(-rounded, 'NOK') }];
}

function notKroner(node: XmlNode, found: string): Problem {
  return problemAt('unknown-value', node.place, { field: 'curCode', found, expected: 'NOK' });
}
