import type { DayReportLine, TenderMeans } from '../../../domain/document/day-report.ts';
import type { Money } from '../../../domain/money.ts';
import type { BasisPoints } from '../../../domain/vat/rates.ts';
import { unreachable } from '../../../lib/assert.ts';
import type { Terms } from '../terms.ts';

/** The kinds of line as files name them, each with the record letters it may stand under. */
export const RECORDS_OF_KIND = {
  sale: 'S',
  deposit_in: 'A',
  agency_in: 'A',
  giftcard_sold: 'A',
  pay_in: 'A',
  tender: 'T',
  deposit_out: 'P',
  agency_out: 'P',
  pay_out: 'P',
  bank_deposit: 'PD',
  cash_rounding: 'R',
  cash_count: 'D',
  cash_difference: 'D',
  info: 'I',
} as const;

/** The name of a kind of line in a file. */
export type LineKind = keyof typeof RECORDS_OF_KIND;

/** What a line of a file says, read but not yet understood. */
export type LineParts = {
  readonly code: string;
  readonly label: string;
  readonly rate: BasisPoints | null;
  readonly gross: Money;
  readonly vat: Money | null;
};

export function isLineKind(text: string): text is LineKind {
  return Object.hasOwn(RECORDS_OF_KIND, text);
}

/** Kinds whose VAT the document holds. On any other, VAT would be lost. */
export function carriesVat(kind: LineKind): boolean {
  return kind === 'sale' || kind === 'deposit_in' || kind === 'deposit_out';
}

/** The line in the hub's own terms. */
export function makeLine(kind: LineKind, parts: LineParts, terms: Terms): DayReportLine {
  const { code, label, gross, rate, vat } = parts;
  const said = { code, label, gross };
  switch (kind) {
    case 'sale':
      return { kind: 'sale', ...said, rate, vat };
    case 'deposit_in':
      return { kind: 'deposit-sold', ...said, rate, vat };
    case 'deposit_out':
      return { kind: 'deposit-returned', ...said, rate, vat };
    case 'agency_in':
      return { kind: 'agency-sold', ...said, scheme: terms.schemeOf(code) };
    case 'agency_out':
      return { kind: 'agency-paid-out', ...said, scheme: terms.schemeOf(code) };
    case 'tender':
      return { kind: 'tender', ...said, means: terms.meansOf(code) };
    case 'giftcard_sold':
      return { kind: 'gift-card-sold', ...said };
    case 'cash_rounding':
      return { kind: 'cash-rounding', ...said };
    case 'cash_count':
      return { kind: 'cash-count', ...said };
    case 'cash_difference':
      return { kind: 'cash-difference', ...said };
    case 'pay_in':
      return { kind: 'paid-in', ...said };
    case 'pay_out':
      return { kind: 'paid-out', ...said };
    case 'bank_deposit':
      return { kind: 'bank-deposit', ...said };
    case 'info':
      return { kind: 'info', ...said };
    default:
      return unreachable(kind);
  }
}

const FILE_KINDS: Readonly<Record<DayReportLine['kind'], LineKind>> = {
  sale: 'sale',
  'deposit-sold': 'deposit_in',
  'deposit-returned': 'deposit_out',
  'agency-sold': 'agency_in',
  'agency-paid-out': 'agency_out',
  'gift-card-sold': 'giftcard_sold',
  tender: 'tender',
  'cash-rounding': 'cash_rounding',
  'cash-count': 'cash_count',
  'cash-difference': 'cash_difference',
  'paid-in': 'pay_in',
  'paid-out': 'pay_out',
  'bank-deposit': 'bank_deposit',
  info: 'info',
};

/** The kind of a line as files name it. */
export function fileKindOf({ kind }: DayReportLine): LineKind {
  return FILE_KINDS[kind];
}

/**
 * Whether a line says nothing: zero, and not a count.
 *
 * Wide files have a cell for every payment of every day and tidy ones only what occurred; without
 * such lines both give the same document. A drawer counted to zero does say something.
 */
export function isSilent(line: DayReportLine): boolean {
  if (line.kind === 'cash-count' || line.kind === 'cash-difference') return false;
  return line.gross.minor === 0n && vatOf(line) === 0n;
}

const KIND_RANK: Readonly<Record<DayReportLine['kind'], number>> = {
  sale: 0,
  'deposit-sold': 1,
  'agency-sold': 2,
  'gift-card-sold': 3,
  'paid-in': 4,
  tender: 5,
  'deposit-returned': 6,
  'agency-paid-out': 7,
  'paid-out': 8,
  'cash-rounding': 9,
  'cash-count': 10,
  'cash-difference': 11,
  'bank-deposit': 12,
  info: 13,
};

const MEANS_RANK: Readonly<Record<TenderMeans, number>> = {
  card: 0,
  swish: 1,
  cash: 2,
  'gift-card': 3,
  'chain-gift-card': 4,
  bonus: 5,
  credit: 6,
  other: 7,
};

/** The order of a document's lines, the same whatever order a file had them in. */
export function compareLines(a: DayReportLine, b: DayReportLine): number {
  return (
    KIND_RANK[a.kind] - KIND_RANK[b.kind] ||
    meansRank(a) - meansRank(b) ||
    compareTexts(a.code, b.code) ||
    rateOf(a) - rateOf(b) ||
    compareTexts(a.label, b.label) ||
    compareAmounts(a.gross.minor, b.gross.minor) ||
    compareAmounts(vatOf(a), vatOf(b))
  );
}

/** What a line is about, its amounts aside: two such lines in one report may be one line twice. */
export function topicOf(line: DayReportLine): string {
  return `${line.kind}\t${line.code}\t${line.label}\t${rateOf(line)}`;
}

function meansRank(line: DayReportLine): number {
  return line.kind === 'tender' ? MEANS_RANK[line.means] : 0;
}

function rateOf(line: DayReportLine): number {
  return 'rate' in line ? (line.rate ?? -1) : -1;
}

/** The VAT of a line in minor units; zero where it has none. */
export function vatOf(line: DayReportLine): bigint {
  return 'vat' in line ? (line.vat?.minor ?? 0n) : 0n;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareAmounts(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
