import { problemAt } from '../../../ports/problem.ts';
import { JOURNAL_OPEN_BYTES_MAX, JOURNAL_OPEN_MAX } from '../limits.ts';
import type { Draft } from '../report/draft.ts';
import { ALL_REGISTERS } from '../report/identity.ts';
import { foundDrafts, type Found } from '../report/settle.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import { textOf } from '../xml/nodes.ts';
import { readXmlRecords, type XmlNode, type XmlRoot } from '../xml/records.ts';
import { eventsIn, RECORDS, type TillEvent } from './events.ts';
import { readReceipt } from './receipt.ts';
import { TillDay, type Company } from './till-day.ts';
import { JOURNAL_NAMESPACE, JOURNAL_PARTS_NAMESPACE, JOURNAL_ROOT } from './written.ts';
import { readZReport } from './z-report.ts';

/** Whether a document is a till's journal as Swedish law has it since 2022 (SKVFS 2021:16). */
export function isTillJournal(root: XmlRoot | null): boolean {
  return root?.namespace === JOURNAL_NAMESPACE && root.name === JOURNAL_ROOT;
}

/**
 * Reads the journal of a till: a report for each Z report, made of the receipts that name it.
 *
 * Receipts that no Z report has closed are left out and counted: they come again in the journal
 * of the next day.
 */
export async function* readTillJournal(
  pieces: AsyncIterable<string>,
  terms: Terms,
): AsyncGenerator<Found> {
  const journal = new Journal(terms);
  const shape = { namespace: JOURNAL_PARTS_NAMESPACE, records: RECORDS };
  for await (const item of readXmlRecords(pieces, shape)) {
    if (item.kind === 'broken') return yield { kind: 'rejected', problems: [item.problem] };
    journal.add(item.node);
    yield* foundDrafts(journal.takeClosed());
  }
  yield* journal.finish();
}

class Journal {
  readonly #terms: Terms;
  /** In the order of their latest event, the latest last. */
  readonly #open = new Map<string, TillDay>();
  readonly #closed: Draft[] = [];
  readonly #leftOut: string[] = [];
  #company: Company = { organisation: '', address: '' };
  #bytesOpen = 0;
  #events = 0;
  #notClosed = 0;
  #daysWithoutReport = 0;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  add(node: XmlNode): void {
    if (node.name === 'InformationOmForetaget') {
      this.#company = {
        organisation: ownText(textOf(node, 'OrganisationsnummerEllerPersonnummer')),
        address: ownText(textOf(node, 'DenAdressDarForsaljningSker')),
      };
      return;
    }
    for (const event of eventsIn(node)) this.#addEvent(event);
  }

  takeClosed(): readonly Draft[] {
    return this.#closed.splice(0);
  }

  *finish(): Generator<Found> {
    if (this.#events === 0) {
      const problem = problemAt('file-empty', null, { expected: '<Kassakvitto>, <ZDagrapport>' });
      return yield { kind: 'rejected', problems: [problem] };
    }
    for (const day of this.#open.values()) this.#close(day);
    yield* foundDrafts(this.takeClosed());
    const facts = {
      ...(this.#notClosed > 0 ? { receiptsNotClosed: String(this.#notClosed) } : {}),
      ...(this.#daysWithoutReport > 0 ? { receiptsWithoutReport: this.#leftOut.join(', ') } : {}),
    };
    if (Object.keys(facts).length > 0) yield { kind: 'remark', facts };
  }

  #addEvent(event: TillEvent): void {
    this.#events += 1;
    const { node, place } = { node: event.node, place: event.node.place };
    const registered = { register: ownText(event.register), time: ownText(event.time), place };
    if (event.kind === 'z-report') {
      const content = readZReport(node);
      this.#dayOf(registered.register, content.number).close({ ...registered, content });
      this.#closeOldest();
      return;
    }
    const content = readReceipt(event);
    if (NOT_CLOSED.test(content.zNumber)) {
      this.#notClosed += 1;
      return;
    }
    const day = this.#dayOf(registered.register, content.zNumber);
    const before = day.size;
    day.addReceipt({ ...registered, content });
    this.#bytesOpen += day.size - before;
    this.#closeOldest();
  }

  #dayOf(register: string, number: string): TillDay {
    const zNumber = ownText(number);
    const key = `${register}\n${zNumber}`;
    const day = this.#open.get(key) ?? new TillDay(register || ALL_REGISTERS, zNumber);
    this.#open.delete(key);
    this.#open.set(key, day);
    return day;
  }

  #closeOldest(): void {
    for (const [key, day] of this.#open) {
      const isRoom =
        this.#bytesOpen <= JOURNAL_OPEN_BYTES_MAX && this.#open.size <= JOURNAL_OPEN_MAX;
      if (isRoom) return;
      this.#close(day);
      this.#open.delete(key);
    }
  }

  #close(day: TillDay): void {
    this.#bytesOpen -= day.size;
    const draft = day.draft(this.#company, this.#terms);
    if (draft !== null) {
      this.#closed.push(draft);
      return;
    }
    this.#daysWithoutReport += 1;
    const isTold = this.#leftOut.length < LEFT_OUT_TOLD;
    if (isTold) this.#leftOut.push(`${day.register} ${day.zNumber}: ${day.receipts}`);
  }
}

/** `0`, or nothing at all: no Z report has closed the receipt. */
const NOT_CLOSED = /^0*$/;
const LEFT_OUT_TOLD = 20;
