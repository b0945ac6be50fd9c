import { DELIMITERS } from '../../lib/csv-fields.ts';
import { problemAt } from '../../ports/problem.ts';
import type { Problem } from '../../ports/source.ts';

/**
 * What stands in a record of a payment, in its order: the report of Handelsbanken has records and
 * no heads. Names and numbers of payers have heads that nothing is read from.
 */
const HEADS = [
  ...['posttyp', 'organisationsnummer', 'konto', 'bic', 'swishnummer', 'transaktionsdatum'],
  ...['transaktionstyp', 'belopp', 'valuta', 'betalarensnummer', 'betalarensnamn'],
  ...['betalningsreferens', 'meddelande', 'orderid', 'tidpunkt', 'bokforingsdatum'],
];

/** Records begin with their type: 01 begins the report, 02 is a payment, 03 ends it. */
const START = /^"?01"?([;,\t])/;

/**
 * A report of Swish payments by records as a table with heads, its payments on the lines where
 * they stood; or why it cannot be one.
 *
 * @returns null when the text is no such report
 */
export function recordsAsTable(text: string): string | Problem | null {
  const delimiter = START.exec(text)?.[1];
  if (delimiter === undefined || !DELIMITERS.some((one) => one === delimiter)) return null;
  const [, ...lines] = text.split(/\r?\n/).filter((line, at) => at === 0 || line.trim() !== '');
  const end = lines.findIndex((line) => isOf(line, '03', delimiter));
  const payments = end < 0 ? lines : lines.slice(0, end);
  if (!payments.every((line) => isOf(line, '02', delimiter)) || payments.length === 0) return null;
  if (end < 0) {
    return problemAt('file-truncated', null, { found: lines.at(-1)?.slice(0, 2) ?? '' });
  }
  return `${[HEADS.join(delimiter), ...payments].join('\n')}\n`;
}

function isOf(line: string, type: string, delimiter: string): boolean {
  return line.startsWith(`${type}${delimiter}`) || line.startsWith(`"${type}"${delimiter}`);
}
