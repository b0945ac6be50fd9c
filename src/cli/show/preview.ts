import { BAS } from '../../domain/chart/bas.ts';
import type { AttachedFile } from '../../domain/document/attached-file.ts';
import type { Language } from '../../domain/posting/words.ts';
import { isZero, negate, sum, type Money } from '../../domain/money.ts';
import type { Voucher, VoucherRow } from '../../domain/posting/voucher.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { PreviewItem } from '../../engine/preview.ts';
import type { Problem } from '../../ports/source.ts';
import { showAmount } from '../../text/amounts.ts';
import { describeNotice } from '../../text/notices.ts';
import { describeProblem } from '../../text/problems.ts';
import { describeRefusal } from '../../text/refusals.ts';
import type { Paint } from '../paint.ts';
import { showTable } from '../table.ts';
import { documentJson, nameDocument } from './documents.ts';

/** One preview as an object of `plan --json`; null for what is no document. */
export function previewJson(item: PreviewItem, language: Language): unknown {
  switch (item.kind) {
    case 'unreadable':
      return unreadable({ kind: 'unreadable', id: item.id }, item.problems, language);
    case 'rejected':
      return unreadable({ kind: 'file', name: item.file }, item.problems, language);
    case 'notice':
    case 'guess':
      return null;
    case 'document': {
      const notices = item.notices.map((n) => ({ ...n, message: describeNotice(n, language) }));
      const about = { document: documentJson(item.document), outcome: item.outcome, notices };
      if (item.outcome === 'seen') return { ...about, postings: [], steps: [], refusals: [] };
      if (item.outcome === 'plan') {
        const postings = item.vouchers.map(postingJson);
        const { files } = item;
        return { ...about, postings, steps: item.writes, files, refusals: [] };
      }
      const why = item.outcome === 'held' ? item.refusals : [item.reason];
      const refusals = why.map((refusal) => refusalJson(refusal, language));
      return { ...about, postings: [], draft: item.draft.map(rowJson), steps: [], refusals };
    }
  }
}

/** A refusal with its facts, and in words. */
export function refusalJson(refusal: Refusal, language: Language): unknown {
  return { ...refusal, message: describeRefusal(refusal, language) };
}

function unreadable(document: unknown, problems: readonly Problem[], language: Language): unknown {
  const refusals = problems.map((problem) => {
    return { ...problem, message: describeProblem(problem, language) };
  });
  return { document, outcome: 'held', notices: [], postings: [], steps: [], refusals };
}

/** A voucher as JSON on standard output. */
export function postingJson(voucher: Voucher): unknown {
  const { date, text, currency, series, rows } = voucher;
  return { date, text, currency, series, rows: rows.map(rowJson) };
}

/** A row as JSON on standard output. */
export function rowJson(row: VoucherRow): unknown {
  const { account, amount, text, why, role, costCentre, project } = row;
  return { account, minor: String(amount.minor), text, reason: why, role, costCentre, project };
}

/** One preview as a person reads it. */
export function showPreview(item: PreviewItem, language: Language, with_: Paint): string {
  switch (item.kind) {
    case 'guess':
      return '';
    case 'notice':
      return `${with_.warn('!')} ${describeNotice(item.notice, language)}\n\n`;
    case 'unreadable':
      return showProblems({ what: `${item.id}: unreadable`, ...item }, language, with_);
    case 'rejected':
      return showProblems({ what: `${item.file}: nothing is taken in`, ...item }, language, with_);
    case 'document':
      return showDocument(item, language, with_);
  }
}

/** What is nobody's turn. */
const ASIDE = { pending: 'waits', skipped: 'left out', gathers: 'shares a voucher' } as const;

function showDocument(
  item: Extract<PreviewItem, { readonly kind: 'document' }>,
  language: Language,
  with_: Paint,
): string {
  const name = with_.bold(nameDocument(item.document));
  if (item.outcome === 'seen') return `${with_.dim('=')} ${name}: seen before, left alone\n\n`;
  const notices = item.notices.map((n) => `  ${with_.warn('!')} ${describeNotice(n, language)}\n`);
  if (item.outcome === 'held') {
    const reasons = item.refusals.map(
      (r) => `  ${with_.bad('–')} ${describeRefusal(r, language)}\n`,
    );
    return `${with_.bad('✗')} ${name}: held\n${reasons.join('')}${notices.join('')}\n`;
  }
  if (item.outcome !== 'plan') {
    const why = describeRefusal(item.reason, language);
    return `${with_.dim('·')} ${name}: ${ASIDE[item.outcome]}\n  ${why}\n${notices.join('')}\n`;
  }
  const vouchers = item.vouchers.map(
    (voucher) => `  ${voucher.date}  ${voucher.text}\n${showRows(voucher.rows, language)}`,
  );
  const calls = item.writes.map((write) => `  ${with_.dim(`→ ${write.call}`)}\n`);
  const files = item.files.map((file) => `  ${with_.dim('+')} ${fileText(file)}\n`);
  const rest = [...vouchers, ...calls, ...files, ...notices].join('');
  return `${with_.good('✓')} ${name}\n${rest}\n`;
}

/** `tidrapport.pdf (application/pdf, 48 kB)` */
function fileText(file: AttachedFile): string {
  if (file.kind === 'left-out') return file.name;
  return `${file.name} (${file.mediaType}, ${Math.ceil(file.size / 1_000)} kB)`;
}

/** Names of BAS are those of Swedish books: another country's accounts have the same numbers. */
function nameOf({ account, amount }: VoucherRow): string {
  return amount.currency === 'SEK' ? (BAS.get(account)?.name ?? '') : '';
}

/** Rows as a bookkeeper writes them: debit and credit in columns of their own, and their sums. */
export function showRows(rows: readonly VoucherRow[], language: Language): string {
  const side = (row: VoucherRow, sign: bigint): string =>
    row.amount.minor * sign > 0n ? showAmount(absoluteOf(row.amount), language) : '';
  const total = (sign: bigint): string => {
    const amounts = rows.map((row) => row.amount).filter((a) => a.minor * sign > 0n);
    const currency = rows[0]?.amount.currency;
    return currency === undefined ? '' : showAmount(absoluteOf(sum(amounts, currency)), language);
  };
  return showTable(
    [
      { head: '' },
      { head: '' },
      { head: 'debit', align: 'right' },
      { head: 'credit', align: 'right' },
      { head: '' },
    ],
    [
      ...rows.map((row) => [
        row.account,
        nameOf(row).slice(0, 36),
        side(row, 1n),
        side(row, -1n),
        [row.why, row.costCentre, row.project].filter(Boolean).join(' · '),
      ]),
      ['', '', total(1n), total(-1n), ''],
    ],
  );
}

function absoluteOf(amount: Money): Money {
  return isZero(amount) || amount.minor > 0n ? amount : negate(amount);
}

function showProblems(
  { what, problems }: { readonly what: string; readonly problems: readonly Problem[] },
  language: Language,
  with_: Paint,
): string {
  const lines = problems.map((p) => `  ${with_.bad('–')} ${describeProblem(p, language)}\n`);
  return `${with_.bad('✗')} ${with_.bold(what)}\n${lines.join('')}\n`;
}
