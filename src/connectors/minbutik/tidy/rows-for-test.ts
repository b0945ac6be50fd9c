/** The header line of the tidy format. */
export const HEADER =
  'record;store_no;business_date;register;report_no;kind;code;label;vat_rate;quantity;gross;vat;' +
  'customer_no;reference\n';

/** A balanced report of one sale: 125.00 with 25.00 VAT, paid by card. */
export function report(day: string, number: string, register = 'ALL'): string {
  const own = `1234;${day};${register};${number}`;
  return (
    `H;${own};day_report;;;;10;125,00;25,00;;\n` +
    `S;${own};sale;50;Hygien;25;;125,00;25,00;;\n` +
    `T;${own};tender;KORT;Kort;;10;125,00;;;\n`
  );
}

export const MAY_2 = report('2026-05-02', 'Z-000412');
export const MAY_3 = report('2026-05-03', 'Z-000413');
export const MAY_4 = report('2026-05-04', 'Z-000414');
