import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sharedPath } from '../../testing/shared.ts';
import type { SieReading } from './book.ts';
import { readSie } from './book.ts';
import type { SieDiagnosticCode } from './diagnostics.ts';
import type { SieLine } from './line.ts';
import { SieLineLexer } from './line.ts';
import { summarizeSie } from './summary.ts';
import { SieTextBlocks } from './text-blocks.ts';
import { formatAmount } from './values.ts';
import { writeSie } from './writer.ts';

/**
 * Public SIE files of many programs, with what another reader (in Python) found in each. Their
 * licences keep them out of this repository, so the tests skip where the folder is not.
 */
const FOLDER = process.env['BOKBRO_SIE_FILES'] ?? sharedPath('data', 'sie');

const MANIFEST = join(FOLDER, 'manifest.json');

const SKIP = existsSync(MANIFEST)
  ? false
  : `there are no SIE files in ${FOLDER}; name another folder in BOKBRO_SIE_FILES`;

type Expected = {
  readonly file: string;
  readonly encoding_seen: string;
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly labels: Readonly<Record<string, number>>;
  readonly vouchers: number;
  readonly trans: number;
  readonly series: Readonly<Record<string, number>>;
  readonly unbalanced: readonly (readonly string[])[];
  readonly unbalanced_count: number;
  readonly ledger_mismatch_count?: number;
  readonly accounts_used_but_not_declared?: readonly string[];
  readonly declared_dims: readonly string[];
  readonly objects_per_dim: Readonly<Record<string, number>>;
  readonly field_counts: Readonly<Record<string, number>>;
  readonly sum_UB_plus_RES_year0?: string;
  readonly ksumma?: {
    readonly stored: string;
    readonly computed_unsigned: number;
    readonly match: boolean;
  };
};

/**
 * Files that break the standard, and the problems by which the strict writer names how. A file
 * that is not here must come through reading, writing and reading again as it was.
 */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'sie4j/Arousells_Visning_AB.SE': ['not-in-cp437'],
  'sie4j/BLBLOV_SIE1_erroneous_leap_year.SE': ['not-in-cp437', 'year-reversed'],
  'sie4j/BLBLOV_SIE2.SE': ['record-missing'],
  'sie4j/BLBLOV_SIE2_UTF_8_with_errors.SE': [
    'account-not-declared',
    'non-numeric-account',
    'record-missing',
  ],
  'sie4j/BLBLOV_SIE2_UTF_8_with_multiple_errors.SE': [
    'account-not-declared',
    'non-numeric-account',
    'record-missing',
  ],
  'sie4j/BLBLOV_SIE2_UTF_8_with_non_numeric_account_number.SE': [
    'non-numeric-account',
    'record-missing',
  ],
  'sie4j/BLBLOV_SIE3.SE': ['record-missing'],
  'sie4j/BLBLOV_SIE3_UTF_8_with_vouchers.SE': [
    'account-not-declared',
    'record-missing',
    'record-not-allowed',
  ],
  'sie4j/BLBLOV_SIE4_UTF_8_IMBALANCED.SI': ['unbalanced-voucher'],
  'sie4j/BLBLOV_SIE4_UTF_8_MISSING_ACCOUNTS.SE': ['account-not-declared'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_8_digit_account_number.SE': ['account-not-declared'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_critical_voucher_date_error.SI': ['bad-date'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_empty_voucher.SE': ['empty-voucher'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_empty_voucher_date.SI': ['bad-date'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_erroneous_voucher_date.SI': ['bad-date'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_errors.SE': ['account-not-declared', 'non-numeric-account'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_faulty_transaction.SI': ['missing-amount', 'unbalanced-voucher'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_imbalanced_voucher.SE': ['unbalanced-voucher'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_iso_voucher_date.SI': ['bad-date'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_missing_account_balance.SE': ['missing-amount'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_missing_account_numbers.SE': ['account-not-declared'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_missing_account_numbers_in_transaction.SI': ['missing-account'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_missing_company_name.SI': ['record-missing'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_missing_voucher_date.SI': ['bad-date'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_missing_voucher_series.SE': ['bad-date'],
  'sie4j/BLBLOV_SIE4_UTF_8_with_non_numeric_account_number.SE': [
    'account-not-declared',
    'non-numeric-account',
  ],
  'sie4j/BLBLOV_SIE4_UTF_8_with_unparseable_taxar.SE': ['bad-tax-year'],
  'sie4j/Balanserad förlust.se': ['record-not-allowed'],
  'sie4j/SIE_with_missing_program_version.se': ['field-missing', 'record-missing'],
  'sie4sdk/Sie4E1.SI': ['account-not-declared'],
  'sie4sdk/Sie4E1ksumma.SI': ['account-not-declared'],
};

/** Folders of which every file is accounted for above. Others may be refused for any reason. */
const KNOWN_FOLDERS = /^(?:sie4j|sie4sdk|jswetzen|node-sie-reader)\//;

const FILES: readonly Expected[] = SKIP === false ? readManifest() : [];

function readManifest(): readonly Expected[] {
  const all = JSON.parse(readFileSync(MANIFEST, 'utf8')) as readonly Expected[];
  return all.filter(({ file }) => existsSync(join(FOLDER, file)));
}

function bytesOf(file: string): Uint8Array {
  return readFileSync(join(FOLDER, file));
}

/** The records of a file, before any meaning is given to them. */
function linesOf(bytes: Uint8Array): readonly SieLine[] {
  const blocks = new SieTextBlocks();
  const lexer = new SieLineLexer();
  const texts = [...blocks.push(bytes), ...blocks.end()].map(({ text }) => text);
  const lines = texts.join('').split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'))
    .map((line) => lexer.read(line, 0, line.length));
}

function tally(keys: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function countOf({ diagnostics }: SieReading, codes: readonly SieDiagnosticCode[]): number {
  return diagnostics.filter(({ code }) => codes.includes(code)).length;
}

describe('readSie against the manifest', { skip: SKIP }, () => {
  it('has files to read', () => {
    assert.ok(FILES.length > 0);
  });

  for (const expected of FILES) {
    it(`reads ${expected.file} as the other reader did`, () => {
      const bytes = bytesOf(expected.file);
      const reading = readSie(bytes);
      const { book, outcome } = reading;
      assert.equal(outcome.encoding, expected.encoding_seen);
      assert.deepEqual(Object.fromEntries(outcome.counts), expected.labels);
      assert.equal(book.vouchers.length, expected.vouchers);
      assert.deepEqual(tally(book.vouchers.map(({ series }) => series)), expected.series);
      assert.equal(book.vouchers.flatMap(({ rows }) => rows).length, expected.trans);
      assert.equal(outcome.unbalanced, expected.unbalanced_count);
      assert.deepEqual(unbalancedOf(reading), expected.unbalanced);
      const mismatches = countOf(reading, ['closing-differs', 'result-differs']);
      assert.equal(mismatches, expected.ledger_mismatch_count ?? 0);
      assert.deepEqual(undeclaredOf(reading), expected.accounts_used_but_not_declared ?? []);
      assert.deepEqual(
        book.dimensions.map(({ number }) => number).toSorted(),
        expected.declared_dims,
      );
      assert.deepEqual(
        tally(book.objects.map(({ dimension }) => dimension)),
        expected.objects_per_dim,
      );
      const { stored, computed_unsigned: computed, match } = expected.ksumma ?? {};
      assert.deepEqual(outcome.checksum, match === undefined ? null : { stored, computed, match });
    });
  }
});

describe('SieLineLexer against the manifest', { skip: SKIP }, () => {
  for (const expected of FILES) {
    it(`takes the lines of ${expected.file} apart as the other reader did`, () => {
      const lines = linesOf(bytesOf(expected.file));
      const labels = new Set(Object.keys(expected.field_counts).map((key) => key.split('/')[0]));
      const counted = lines.filter(({ label }) => labels.has(label));
      const counts = tally(counted.map(({ label, fields }) => `${label}/${fields.length}`));
      assert.deepEqual(counts, expected.field_counts);
      for (const [label, values] of Object.entries(expected.header)) {
        const mark = label === '#RAR' ? ' ' : ' | ';
        const found = lines.filter((line) => line.label === label);
        assert.deepEqual(
          found.map(({ fields }) => fields.join(mark)),
          values,
        );
      }
    });
  }
});

describe('sums against the manifest', { skip: SKIP }, () => {
  for (const expected of FILES) {
    it(`sums the balances of ${expected.file} as the other reader did`, () => {
      const { balances } = readSie(bytesOf(expected.file)).book;
      const isOwn = ({ kind, year }: (typeof balances)[0]): boolean =>
        year === 0 && (kind === 'closing' || kind === 'result');
      const sum = balances
        .filter(isOwn)
        .reduce((total, one) => total + (one.amountMinor ?? 0n), 0n);
      const stated = Number(expected.sum_UB_plus_RES_year0 ?? '0').toFixed(2);
      assert.equal(formatAmount(sum), stated);
    });

    it(`summarizes ${expected.file} as it reads it`, async () => {
      const summary = await summarizeSie(bytesOf(expected.file));
      const { book, outcome, diagnostics } = readSie(bytesOf(expected.file));
      assert.deepEqual(summary, {
        encoding: outcome.encoding,
        type: book.type,
        unbalanced: outcome.unbalanced,
        accounts: expected.labels['#KONTO'] ?? 0,
        vouchers: expected.vouchers,
        rows: expected.trans,
        checksum: outcome.checksum,
        diagnostics,
      });
    });
  }
});

describe('writeSie with the files of the manifest', { skip: SKIP }, () => {
  for (const { file } of FILES) {
    it(REFUSED[file] ? `refuses ${file} and says why` : `gives ${file} back as it was`, () => {
      const { book } = readSie(bytesOf(file));
      const written = writeSie(book, { checksum: true });
      if (written.kind === 'refused') {
        const codes = [...new Set(written.problems.map(({ code }) => code))].toSorted();
        assert.ok(codes.length > 0);
        if (KNOWN_FOLDERS.test(file)) assert.deepEqual(codes, REFUSED[file]);
        return;
      }
      assert.equal(REFUSED[file], undefined, 'the file should have been refused');
      const again = readSie(written.bytes);
      assert.deepEqual(again.book, book);
      assert.equal(again.outcome.checksum?.match, true);
      assert.ok(['cp437', 'ascii'].includes(again.outcome.encoding));
    });
  }

  it('gives back what adds up to something, so that the comparison is not empty', (context) => {
    const known = FILES.filter(({ file }) => KNOWN_FOLDERS.test(file));
    if (known.length !== 60) {
      context.skip(`${known.length} of the 60 files of the known folders are here`);
      return;
    }
    const back = known.filter(({ file }) => REFUSED[file] === undefined);
    const books = back.map(({ file }) => readSie(bytesOf(file)).book);
    const vouchers = books.flatMap((book) => book.vouchers);
    const rows = vouchers.flatMap((voucher) => voucher.rows);
    const balances = books.flatMap((book) => book.balances);
    assert.deepEqual(
      [back.length, vouchers.length, rows.length, balances.length],
      [29, 195, 705, 2452],
    );
  });
});

describe('the file of SIE 5', { skip: SKIP }, () => {
  it('is recognised', () => {
    const file = join(FOLDER, 'sie4sdk/SampleEntry3.sie');
    if (!existsSync(file)) return;
    const { diagnostics, outcome } = readSie(readFileSync(file));
    assert.deepEqual([diagnostics.map(({ code }) => code), outcome.type], [['sie-5'], null]);
  });
});

/** Vouchers that do not sum to zero, as `series/number/date`, and what they sum to. */
function unbalancedOf({ book }: SieReading): readonly (readonly string[])[] {
  return book.vouchers
    .map(({ series, number, date, rows }) => ({
      key: `${series}/${number}/${date?.raw ?? ''}`,
      sum: rows.reduce((total, { amountMinor }) => total + (amountMinor ?? 0n), 0n),
    }))
    .filter(({ sum }) => sum !== 0n)
    .map(({ key, sum }) => [key, formatAmount(sum)]);
}

/** Accounts of rows that have no `#KONTO`. */
function undeclaredOf({ book }: SieReading): readonly string[] {
  const declared = new Set(book.accounts.filter(({ name }) => name !== null).map((a) => a.number));
  const used = book.vouchers.flatMap(({ rows }) => rows.map(({ account }) => account));
  return [...new Set(used)].filter((account) => !declared.has(account)).toSorted();
}
