import type { LocalDate } from '../date.ts';
import type { ReportDay } from './expected-reports.ts';
import type { ReportSerial } from './report-numbers.ts';

/** Something of a till that should have come and has not. Stored as it stands here. */
export type Finding =
  | ({ readonly kind: 'report-missing' } & ReportDay)
  /** Between two numbers of a series that have come; `day` is that of the later one. */
  | ({
      readonly kind: 'number-gap';
      readonly after: string;
      readonly before: string;
    } & ReportDay & {
        /** How many numbers. */
        readonly missing: number;
      });

/** No report of a till on a day. */
export function reportMissing({ store, register, day }: ReportDay): Finding {
  return { kind: 'report-missing', store, register, day };
}

/** Numbers between two that have come. */
export function numberGap(of: {
  readonly after: ReportSerial;
  readonly before: ReportSerial;
  readonly day: LocalDate;
}): Finding {
  const { after, before, day } = of;
  const { store, register } = before;
  const missing = before.number.count - after.number.count - 1;
  const numbers = { after: after.number.text, before: before.number.text, missing };
  return { kind: 'number-gap', store, register, day, ...numbers };
}

/** The same finding has the same key, however often it is found. */
export function findingKey(finding: Finding): string {
  const { kind, store, register } = finding;
  const what = kind === 'number-gap' ? [finding.after, finding.before] : [finding.day];
  return [kind, store, register, ...what].join('\n');
}
