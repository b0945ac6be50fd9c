import { plainText } from '../../lib/plain-text.ts';
import type { ReadyVoucher, ReadyVoucherRow } from '../../domain/document/ready-voucher.ts';
import { refKey, type SourceRef } from '../../domain/document/source-ref.ts';
import { money, parseCurrency, type Currency } from '../../domain/money.ts';
import type { SieHeader, SieObject, SieRow, SieVoucher } from '../../domain/sie/model.ts';
import { stableJson } from '../../lib/json.ts';
import type { Problem } from '../source.ts';
import { problemAt } from '../problem.ts';
import { fingerprint } from '../../lib/print-index.ts';

/** Dimensions that the standard reserves. */
const COST_CENTRE = '1';
const PROJECT = '6';

/** The system that has written a file. */
export type SieWriter = {
  readonly system: string;
  /** Whose its vouchers are where a file does not say. */
  readonly account: string;
  /** Of amounts where a file does not say. */
  readonly currency: Currency;
};

/** Whose vouchers a file holds, as far as its head says. */
export type SieCompany = {
  readonly system: string;
  readonly account: string;
  readonly currency: Currency | null;
};

/**
 * The company of a file: by its organisation number, else its name.
 *
 * A system that writes neither gives every file the same account; its vouchers are still told apart
 * by series, number and day.
 */
export function companyOf(header: Partial<SieHeader>, writer: SieWriter): SieCompany {
  const number = header.organisation?.number.replaceAll(/\D/g, '') ?? '';
  const name = plainText(header.companyName ?? '');
  const written = header.currency ?? '';
  return {
    system: writer.system,
    account: number || name || writer.account,
    currency: written === '' ? writer.currency : parseCurrency(written.toUpperCase()),
  };
}

/** A voucher as a document, or why it cannot be one. */
export type VoucherOutcome =
  | { readonly kind: 'voucher'; readonly voucher: ReadyVoucher; readonly id: string }
  | { readonly kind: 'unreadable'; readonly id: string; readonly problems: readonly Problem[] };

/**
 * Reads one `#VER` with its rows. That the rows balance is the posting rule's affair.
 *
 * @param found - problems that the reader of the file told of these lines
 */
export function readVoucher(
  { voucher, line }: { readonly voucher: SieVoucher; readonly line: number },
  company: SieCompany,
  found: readonly Problem[],
): VoucherOutcome {
  const problems = found.length > 0 ? found : problemsOf(voucher, line);
  const date = voucher.date?.day ?? null;
  const { currency } = company;
  const ref = refOf(voucher, company);
  if (problems.length > 0 || date === null || currency === null) {
    const place = { line, column: 1 };
    const facts = { field: '#VALUTA', expected: 'SEK, NOK, DKK, EUR, ISK' };
    const wrong = currency === null ? [problemAt('unknown-value', place, facts)] : [];
    return { kind: 'unreadable', id: refKey(ref), problems: [...problems, ...wrong] };
  }
  const { series, number } = numberOf(voucher);
  return {
    kind: 'voucher',
    id: refKey(ref),
    voucher: {
      kind: 'ready-voucher',
      ref,
      date,
      text: plainText(voucher.text),
      number: [series, number].filter((part) => part !== '').join(' '),
      currency,
      rows: voucher.rows.map((row) => rowOf(row, currency)),
    },
  };
}

/** Series and number as the document has them. A backslash would not survive the extract. */
export function numberOf(voucher: SieVoucher): {
  readonly series: string;
  readonly number: string;
} {
  return { series: codeText(voucher.series), number: codeText(voucher.number) };
}

/**
 * Series, number and day. A voucher that was left unnumbered is known by what it says: two
 * alike on one day are one.
 */
function refOf(voucher: SieVoucher, { system, account }: SieCompany): SourceRef {
  const { series, number } = numberOf(voucher);
  const date = voucher.date?.day ?? voucher.date?.raw ?? '';
  const said = stableJson([voucher.text, voucher.rows]);
  const known = number === '' ? `#${fingerprint(said).toString(16)}` : number;
  return { system, account, id: `${series}:${known}:${date}` };
}

function rowOf(row: SieRow, currency: Currency): ReadyVoucherRow {
  const costCentre = codeIn(row.objects, COST_CENTRE);
  const project = codeIn(row.objects, PROJECT);
  return {
    account: codeText(row.account),
    amount: money(row.amountMinor ?? 0n, currency),
    text: plainText(row.text),
    ...(costCentre === '' ? {} : { costCentre }),
    ...(project === '' ? {} : { project }),
  };
}

function codeIn(objects: readonly SieObject[], wanted: string): string {
  return codeText(objects.find(({ dimension }) => dimension === wanted)?.code ?? '');
}

export function codeText(text: string): string {
  return plainText(text).replaceAll('\\', '/');
}

/** What a document cannot do without, for lines of which the reader told nothing. */
function problemsOf(voucher: SieVoucher, line: number): readonly Problem[] {
  const place = { line, column: 1 };
  const problems: Problem[] = [];
  if (voucher.date === null) problems.push(problemAt('field-empty', place, { field: 'date' }));
  else if (voucher.date.day === null) {
    problems.push(problemAt('not-a-date', place, { found: voucher.date.raw }));
  }
  if (voucher.rows.some(({ amountMinor }) => amountMinor === null)) {
    problems.push(problemAt('not-a-number', place, { field: '#TRANS' }));
  }
  if (voucher.rows.some(({ account }) => account === '')) {
    problems.push(problemAt('field-empty', place, { field: 'account' }));
  }
  return problems;
}
