import { money, add, type Currency, type Money } from '../../../domain/money.ts';
import { boundProblems, problemAt, rejected } from '../../../ports/problem.ts';
import type { Problem, Reading } from '../../../ports/source.ts';
import { addRow, batchKey, newBatch, payoutOf, type Batch } from '../batches.ts';
import { adyen } from '../providers/adyen.ts';
import { klarna } from '../providers/klarna.ts';
import { paypal } from '../providers/paypal.ts';
import { stripe } from '../providers/stripe.ts';
import { swish } from '../providers/swish.ts';
import { zettle } from '../providers/zettle.ts';
import type { PayoutSettings } from '../settings.ts';
import { findHeader, type Header } from './header.ts';
import type { RowRead, TableProvider } from './provider.ts';
import { linesOf, recordsOf, type FileRecord } from './records.ts';
import { Row } from './row.ts';
import { directiveOf, readDirective, writtenIn, type Written } from './written.ts';

const PROVIDERS: readonly TableProvider[] = [stripe, adyen, paypal, klarna, zettle, swish];

/** What a file is expected to be. */
const EXPECTED = 'Stripe, PayPal, Adyen, Klarna, Swish, Zettle: settlement';

/** The payouts of a table, each with its rows as the extract. */
export function* readTable(text: string, settings: PayoutSettings): Generator<Reading> {
  const [first, ...rest] = linesOf(text);
  if (first === undefined) return yield rejected(problemAt('file-empty', null));
  const directed = readDirective(first.text);
  const lines = directed === null ? [first, ...rest] : rest;
  const header = findHeader(lines, PROVIDERS, settings);
  if (header === null) {
    const facts = { found: first.text, expected: EXPECTED };
    return yield rejected(problemAt('format-unknown', null, facts));
  }
  if ('code' in header) return yield rejected(header);
  const records = recordsOf(lines.slice(header.at + 1), header.style);
  if ('code' in records) return yield rejected(records);
  const misfit = records.map((one) => widthProblem(one, header)).find((one) => one !== null);
  if (misfit) return yield rejected(misfit);
  if (mayBeCut(text, header)) {
    return yield rejected(problemAt('file-truncated', null, { found: lines.at(-1)?.text ?? '' }));
  }
  const head = lines[header.at]?.text ?? '';
  yield* readRows(records, { header, head, directed, settings });
}

/** A row that lacks fields, or has some that no column names: the file is cut or not this one. */
function widthProblem({ fields, line }: FileRecord, { width }: Header): Problem | null {
  const facts = { found: String(fields.length), expected: String(width) };
  if (fields.length < width) return problemAt('too-few-fields', { line, column: 1 }, facts);
  const isMore = fields.slice(width).some((field) => field !== '');
  return isMore ? problemAt('too-many-fields', { line, column: 1 }, facts) : null;
}

/** A last line without a break may lack the end of its last field: no matter if it is not read. */
function mayBeCut(text: string, { columns, width }: Header): boolean {
  return !/[\r\n]$/.test(text) && [...columns.values()].includes(width - 1);
}

type Found = {
  readonly header: Header;
  /** The header's line. */
  readonly head: string;
  readonly directed: Written | null;
  readonly settings: PayoutSettings;
};

function* readRows(records: readonly FileRecord[], found: Found): Generator<Reading> {
  const { header, directed, settings } = found;
  const { provider, columns } = header;
  const cells = (fields: readonly string[]): readonly string[] =>
    fields.flatMap((field) => {
      const at = columns.get(field);
      return at === undefined ? [] : records.map(({ fields: row }) => row[at] ?? '');
    });
  const shown = { amounts: cells(provider.amounts), days: cells(provider.days) };
  const written = directed ?? withUsual(header, writtenIn(shown, settings.dateOrder));
  const rows = records.map((record) => new Row(record, columns, written));
  const read = provider.begin(rows, settings);
  if (typeof read === 'string') {
    const facts = { field: `settings: ${read}`, found: 'auto', expected: 'minor, decimal' };
    return yield rejected(problemAt('unknown-value', null, facts));
  }
  yield { kind: 'guess', facts: guessOf(found, written) };
  const batches = new Batches(provider, `${directiveOf(written)}\n${found.head}\n`);
  for (const [i, row] of rows.entries()) {
    const says = read(row);
    batches.take(says, { problems: row.problems, text: records[i]?.text ?? '' });
  }
  const readings = [...batches.end()];
  yield* readings;
  if (readings.length > 0) return;
  yield rejected(problemAt('file-empty', null, { expected: EXPECTED }));
}

function withUsual({ provider, names }: Header, written: Written): Written {
  const usual = names.map((name) => provider.usualDates?.[name]).find((one) => one !== undefined);
  return { ...written, dates: written.dates ?? usual ?? null };
}

function guessOf({ header }: Found, { decimal, dates }: Written): Readonly<Record<string, string>> {
  const { provider, style } = header;
  const facts = { format: `${provider.provider} settlement`, delimiter: style.delimiter };
  return {
    ...facts,
    ...(decimal === null ? {} : { decimal }),
    ...(dates === null ? {} : { dates }),
  };
}

/** The rows of a table by their payouts. */
class Batches {
  readonly #provider: TableProvider;
  readonly #head: string;
  readonly #batches = new Map<string, { readonly batch: Batch; readonly lines: string[] }>();
  readonly #pending = new Map<Currency, { count: number; total: Money }>();

  constructor(provider: TableProvider, head: string) {
    this.#provider = provider;
    this.#head = head;
  }

  take(row: RowRead, from: { readonly problems: readonly Problem[]; readonly text: string }): void {
    if (row.batch === null && from.problems.length === 0) return this.#wait(row);
    const batch = newBatch(this.#provider.provider, row);
    const key = batchKey(batch);
    const group = this.#batches.get(key) ?? { batch, lines: [] };
    this.#batches.set(key, group);
    addRow(group.batch, row, from.problems);
    group.lines.push(from.text);
  }

  /** Of no payout yet: it comes again with one. */
  #wait({ says, currency }: RowRead): void {
    if (currency === null || says.kind !== 'entry') return;
    const before = this.#pending.get(currency) ?? { count: 0, total: money(0n, currency) };
    const total = add(before.total, says.entry.gross);
    this.#pending.set(currency, { count: before.count + 1, total });
  }

  *end(): Generator<Reading> {
    for (const { batch, lines } of this.#batches.values()) {
      if (batch.problems.length > 0) {
        yield { kind: 'unreadable', id: batchKey(batch), problems: boundProblems(batch.problems) };
        continue;
      }
      const document = payoutOf(batch);
      if (document === null) continue;
      const extract = Buffer.from(`${this.#head}${lines.join('\n')}\n`);
      yield { kind: 'document', document, doubts: [], extract, mediaType: 'text/csv' };
    }
    const account = this.#provider.provider;
    for (const waiting of this.#pending.values()) {
      yield { kind: 'notice', notice: { code: 'payout-rows-pending', account, ...waiting } };
    }
  }
}
