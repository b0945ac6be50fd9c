import { DELIMITERS, isFault, splitFields, type CsvStyle } from '../../../lib/csv-fields.ts';
import { boundProblems, problemAt, rejected } from '../../../ports/problem.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { LINES_MAX } from '../limits.ts';
import { asPushed, type BatchInvoice, type Fields } from './batch-invoice.ts';

/** What a file is expected to be. */
const EXPECTED = 'Summa: external_id;kind;invoice_date;…';

/** What the columns are of, by the names that the same things have in a batch in XML. */
const COLUMNS = {
  head: {
    ...{ external_id: 'externalId', kind: 'kind', order_no: 'orderNo', credits: 'credits' },
    ...{ invoice_date: 'invoiceDate', due_date: 'dueDate', payment_terms: 'paymentTerms' },
    ...{ currency: 'currency', our_reference: 'ourReference', your_reference: 'yourReference' },
    buyer_order_no: 'buyerOrderNo',
  },
  customer: {
    ...{ customer_number: 'number', customer_name: 'name', customer_org_no: 'orgNo' },
    ...{ customer_email: 'email', customer_country: 'country' },
  },
  project: { project_number: 'number', project_name: 'name', project_start_date: 'startDate' },
  totals: { total_net: 'net', total_vat: 'vat', total_gross: 'gross', total_rounding: 'rounding' },
  line: {
    ...{ line_id: 'id', text: 'text', quantity: 'quantity', unit: 'unit' },
    ...{ unit_price: 'unitPrice', net: 'net', vat_rate: 'vatRate', account: 'account' },
    ...{ cost_center: 'costCenter', vat_code: 'vatCode' },
  },
} as const;

type Part = keyof typeof COLUMNS;

/** Without these a file is none of ours. */
const NEEDED = [
  ...['external_id', 'kind', 'invoice_date', 'currency', 'customer_number', 'text', 'net'],
  ...['vat_rate', 'account', 'total_net', 'total_vat', 'total_gross'],
];
/** Those that are written as the country writes numbers. */
const DECIMALS: ReadonlySet<string> = new Set([
  ...['quantity', 'unit_price', 'net', 'vat_rate'],
  ...['total_net', 'total_vat', 'total_gross', 'total_rounding'],
]);

type Table = { readonly style: CsvStyle; readonly names: readonly string[] };
type Row = { readonly line: number; readonly values: Fields };

/**
 * Reads a batch (“fakturaexport”) in CSV: a row for each line of an invoice, those of one invoice
 * below each other. What is of the whole invoice stands in its first row; the others say the same,
 * or nothing.
 *
 * @param take - reads an invoice in the form in which it is pushed
 */
export function* readCsvBatch(
  text: string,
  take: (invoice: BatchInvoice) => Iterable<Reading>,
): Generator<Reading> {
  const lines = text.split(/\r\n|\n|\r/);
  const head = lines[0] ?? '';
  const table = tableOf(head);
  if (table === null) {
    const facts = { found: head.slice(0, 200), expected: EXPECTED };
    return yield rejected(problemAt('format-unknown', { line: 1, column: 1 }, facts));
  }
  yield { kind: 'guess', facts: { format: 'Summa fakturaexport (CSV)' } };
  let open: Row[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === '') continue;
    const row = rowOf(line, { table, line: i + 1 });
    if ('problem' in row) return yield rejected(row.problem);
    const isNext = open[0]?.values['external_id'] !== row.values['external_id'];
    if (isNext) yield* invoiceOf(open, take);
    open = isNext ? [row] : [...open, row];
    if (open.length > LINES_MAX) {
      const facts = { what: 'lines of an invoice', limit: String(LINES_MAX) };
      return yield rejected(problemAt('over-limit', { line: i + 1, column: 1 }, facts));
    }
  }
  yield* invoiceOf(open, take);
}

/** @returns null for another file */
function tableOf(head: string): Table | null {
  for (const delimiter of DELIMITERS) {
    const style = { delimiter, quote: '"' };
    const cut = splitFields(head, style);
    if (isFault(cut)) continue;
    const names = cut.map((name) => name.trim().toLowerCase());
    const areAllThere = NEEDED.every((name) => names.includes(name));
    if (areAllThere && new Set(names).size === names.length) return { style, names };
  }
  return null;
}

function rowOf(
  text: string,
  { table, line }: { readonly table: Table; readonly line: number },
): Row | { readonly problem: Problem } {
  const { style, names } = table;
  const cut = splitFields(text, style);
  if (isFault(cut)) return { problem: problemAt('quote-open', { line, column: cut.column }) };
  if (cut.length !== names.length) {
    const code = cut.length < names.length ? 'too-few-fields' : 'too-many-fields';
    const facts = { found: String(cut.length), expected: String(names.length) };
    return { problem: problemAt(code, { line, column: 1 }, facts) };
  }
  const values = names.map((name, i) => {
    const value = (cut[i] ?? '').trim();
    return [name, DECIMALS.has(name) ? plainDecimal(value) : value];
  });
  return { line, values: Object.fromEntries(values) as Fields };
}

/** `18 450,00` → `18450.00`. What is no number is left for its reader to tell. */
function plainDecimal(text: string): string {
  const plain = text.replaceAll(/\s/gu, '').replace('\u2212', '-').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : text;
}

function* invoiceOf(
  rows: readonly Row[],
  take: (invoice: BatchInvoice) => Iterable<Reading>,
): Generator<Reading> {
  const [first] = rows;
  if (first === undefined) return;
  const problems = rows.slice(1).flatMap((row) => differencesOf(first, row));
  if (problems.length > 0) {
    const id = `summa/batch/${first.values['external_id'] ?? ''}`;
    return yield { kind: 'unreadable', id, problems: boundProblems(problems) };
  }
  const project = partOf(first, 'project');
  yield* take(
    asPushed({
      head: partOf(first, 'head'),
      place: { line: first.line, column: 1 },
      lines: rows.map((row) => partOf(row, 'line')),
      customer: partOf(first, 'customer'),
      project: project['number'] === undefined ? null : project,
      totals: partOf(first, 'totals'),
    }),
  );
}

/** What a part of an invoice is told by a row, by the names that it has in XML. */
function partOf({ values }: Row, part: Part): Fields {
  const named = Object.entries(COLUMNS[part]).flatMap(([column, name]) => {
    const value = values[column] ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}

/** What a later row says of the whole invoice otherwise than the first. */
function differencesOf(first: Row, { line, values }: Row): readonly Problem[] {
  const { line: _, ...whole } = COLUMNS;
  return Object.values(whole)
    .flatMap((columns) => Object.keys(columns))
    .flatMap((column) => {
      const found = values[column] ?? '';
      const expected = first.values[column] ?? '';
      if (found === '' || found === expected) return [];
      return [
        problemAt('identity-differs', { line, column: 1 }, { field: column, found, expected }),
      ];
    });
}
