import { PROBLEMS_MAX } from '../../../ports/problem.ts';
import { readDay } from '../report/values.ts';
import type { Problem } from '../../../ports/source.ts';

import type { Place } from '../../../ports/problem.ts';
import { fingerprint } from '../../../lib/print-index.ts';
import { AmountReader } from '../xml/amounts.ts';
import { childOf, textOf } from '../xml/nodes.ts';
import type { XmlNode } from '../xml/records.ts';
import type { SaftReport } from './z-report.ts';

/** A Z report and what the transactions before it add. */
export type ClosedDay = {
  readonly report: SaftReport;
  /** The report written again, for the extract: a twentieth of what its elements take. */
  readonly text: string;
  readonly place: Place;
  /** What was paid less what was sold, because cash has no øre: negative when given away. */
  rounded: bigint;
  /** When the first transaction was; null when there was none. */
  first: string | null;
  readonly problems: Problem[];
};

/**
 * The Z reports of one register, and the transactions that each has closed.
 *
 * Transactions stand behind all events of a register and name no Z report: the first report made
 * after a transaction is the one that has closed it.
 */
export class SaftRegister {
  readonly id: string;
  readonly #days: ClosedDay[] = [];
  readonly #prints = new Set<number>();
  #isSorted = true;
  notClosed = 0;

  constructor(id: string) {
    this.id = id;
  }

  get size(): number {
    return this.#days.length;
  }

  /** A report that stands there twice counts once. */
  addReport(report: SaftReport, { text, place }: Pick<ClosedDay, 'text' | 'place'>): void {
    const print = fingerprint(text);
    if (this.#prints.has(print)) return;
    this.#prints.add(print);
    this.#days.push({ report, text, place, rounded: 0n, first: null, problems: [] });
    this.#isSorted = false;
  }

  addTransaction(node: XmlNode): void {
    const isNothing = ['trainingID', 'voidTransaction'].some((name) =>
      IS_TRUE.test(textOf(node, name)),
    );
    if (isNothing) return;
    const time = `${textOf(node, 'transDate')}T${textOf(node, 'transTime')}`;
    const day = readDay(time.slice(0, 10)) === null ? null : this.#closing(time);
    if (day === null) {
      this.notClosed += 1;
      return;
    }
    if (day.first === null || time < day.first) day.first = time;
    const rounding = childOf(node, 'rounding');
    if (rounding === null || childOf(rounding, 'roundingAmnt') === null) return;
    const reader = new AmountReader('NOK');
    day.rounded += reader.amount(rounding, 'roundingAmnt') ?? 0n;
    if (day.problems.length < PROBLEMS_MAX) day.problems.push(...reader.problems);
  }

  /** In the order of time. */
  days(): readonly ClosedDay[] {
    if (!this.#isSorted) this.#days.sort((a, b) => compareTexts(a.report.time, b.report.time));
    this.#isSorted = true;
    return this.#days;
  }

  /** The first report not before a time: found by halves. */
  #closing(time: string): ClosedDay | null {
    const days = this.days();
    let [from, to] = [0, days.length];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if ((days[middle]?.report.time ?? '') < time) from = middle + 1;
      else to = middle;
    }
    return days[from] ?? null;
  }
}

const IS_TRUE = /^(?:true|1)$/;

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
