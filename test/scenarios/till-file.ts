/** A day report of a till, as a test writes it: rows as `kind;code;label;rate;gross;vat`. */
export type TillReport = {
  readonly store?: string;
  readonly day: string;
  readonly till?: string;
  readonly number?: string;
  readonly rows: readonly string[];
};

const HEADER =
  'record;store_no;business_date;register;report_no;kind;code;label;vat_rate;quantity;gross;vat;' +
  'customer_no;reference';

/** Which record a kind of row stands in. */
const RECORDS: Readonly<Record<string, string>> = {
  day_report: 'H',
  sale: 'S',
  deposit_in: 'A',
  agency_in: 'A',
  giftcard_sold: 'A',
  tender: 'T',
  deposit_out: 'P',
  agency_out: 'P',
  cash_rounding: 'R',
  cash_count: 'D',
  info: 'I',
};

/** A file of day reports, in the tidy form. */
export function tillFile(...reports: readonly TillReport[]): string {
  const lines = reports.flatMap(({ store = '1234', day, till = '1', number = 'Z-1', rows }) =>
    rows.map((row) => {
      const [kind = '', code, label, rate, gross, vat] = row.split(';');
      const identity = [store, day, till, number];
      return [RECORDS[kind] ?? kind, ...identity, kind, code, label, rate, '', gross, vat, '', '']
        .map((cell) => cell ?? '')
        .join(';');
    }),
  );
  return `${[HEADER, ...lines].join('\n')}\n`;
}

/**
 * 1 000.00 sold at 25 % (VAT 1 000.00 × 25 / 125 = 200.00, net 800.00), paid by card: the smallest
 * day that is whole. `soldBy` gives it its day and number.
 */
export function smallDay(report: Omit<TillReport, 'rows'>): TillReport {
  return {
    ...report,
    rows: ['sale;50;Hygien;25;1000,00;200,00', 'tender;KORT;Kontokort;;1000,00;'],
  };
}

/** The rows that `smallDay` becomes in the ledger. */
export const SMALL_DAY_ROWS = [
  '3001 -800.00 · Försäljning 25 %',
  '2611 -200.00 · Moms 25 %',
  '1580 1000.00 · Kort',
] as const;
