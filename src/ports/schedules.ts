import type { LocalDate } from '../domain/date.ts';

/** When something is done: times of a company's day, on some days or on each. */
export type Timetable = {
  /** `04:00`, in the company's own time; at least one. */
  readonly times: readonly string[];
  /**
   * `mon` … `sun`, or days of the month `1` … `31`, any of which counts. Empty: every day. A day
   * that a month lacks is its last one.
   */
  readonly days: readonly string[];
};

/** What the hub can be told to do by itself. */
export type ScheduledAct = 'missing' | 'reconcile';

/** Something that the hub does by itself for a company. */
export type Schedule = {
  readonly id: string;
  readonly companyId: string;
  readonly act: ScheduledAct;
  /** Whose; null: of the whole company. */
  readonly flowId: string | null;
  /** Days that a run looks at, up to yesterday. */
  readonly daysBack: number;
  readonly timetable: Timetable;
  readonly dueAtMs: number;
  /** Runs that have failed since the last one that did not. */
  readonly failures: number;
};

/** What a run of a schedule came to. */
export type RunResult =
  /** Findings that are open, those of them that are new, and how many were closed. */
  | {
      readonly kind: 'looked';
      readonly open: number;
      readonly fresh: number;
      readonly closed: number;
    }
  | {
      readonly kind: 'reconciled';
      readonly from: LocalDate;
      readonly to: LocalDate;
      readonly documents: number;
      readonly differences: number;
    }
  /** `says` is for a person: what happened and what to do. */
  | { readonly kind: 'failed'; readonly says: string };

/** A run of a schedule. */
export type ScheduleRun = {
  readonly begunAtMs: number;
  /** null: it is under way, or was cut short. */
  readonly endedAtMs: number | null;
  readonly outcome: 'clean' | 'found' | 'failed' | 'interrupted' | null;
  /** null: it has not come to its end. */
  readonly result: RunResult | null;
};
