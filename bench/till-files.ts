import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which report of which till of which store. */
export type ReportIdentity = {
  readonly store: string;
  readonly date: string;
  readonly register: string;
  readonly number: number;
};

/**
 * - `small`: a sale and its payment, like the orders that other hubs were measured with
 * - `whole`: a day of a store with everything it has, twenty-four rows
 */
export type ReportSize = 'small' | 'whole';

const FIXTURE = join(
  import.meta.dirname,
  '../src/connectors/minbutik/fixtures/dagsrapport-1234-2026-05-02.csv',
);
const [HEADER = '', ...WHOLE_ROWS] = readFileSync(FIXTURE, 'utf8').trimEnd().split('\n');
/** Store, day, till and number: one row stands under the till that its cash was counted in. */
const WHOLE_IDENTITY = /;1234;2026-05-02;[^;]*;Z-000412;/;

const IDENTITY = ';#;';
const ROWS: Readonly<Record<ReportSize, readonly string[]>> = {
  small: [
    `H${IDENTITY}day_report;;Dagsrapport;;10;112,00;12,00;;`,
    `S${IDENTITY}sale;29;Café;12;;112,00;12,00;;`,
    `T${IDENTITY}tender;KORT;Kontokort;;;112,00;;;`,
  ],
  whole: WHOLE_ROWS.map((row) => row.replace(WHOLE_IDENTITY, IDENTITY)),
};

/** All reports stand in one month, so that what is known of a ledger reaches them. */
const MONTH = '2026-10';
const DAYS = 28;

/** A file of reports in the tidy layout. */
export function tillFile(reports: readonly ReportIdentity[], size: ReportSize): string {
  return `${[HEADER, ...reports.map((report) => reportRows(report, size))].join('\n')}\n`;
}

export const TIDY_HEADER = HEADER;

export function reportRows(report: ReportIdentity, size: ReportSize): string {
  const { store, date, register, number } = report;
  const identity = `;${store};${date};${register};Z-${String(number).padStart(6, '0')};`;
  return ROWS[size].map((row) => row.replace(IDENTITY, identity)).join('\n');
}

export function rowsOfReport(size: ReportSize): number {
  return ROWS[size].length;
}

/** So many reports of one till, spread over the month, numbered from 1. */
export function reportsOfTill(
  till: { readonly store: string; readonly register: string },
  count: number,
): readonly ReportIdentity[] {
  const perDay = Math.ceil(count / DAYS);
  return Array.from({ length: count }, (_, index) => ({
    ...till,
    date: dayOfMonth(Math.floor(index / perDay)),
    number: index + 1,
  }));
}

export function dayOfMonth(index: number): string {
  return `${MONTH}-${String((index % DAYS) + 1).padStart(2, '0')}`;
}
