import type { LocalDate } from '../../../domain/date.ts';
import {
  ENTRY_KINDS,
  type EntryKind,
  type StatementEntry,
} from '../../../domain/document/account-statement.ts';
import { absolute, add, money, negate, type Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import type { Problem } from '../../../ports/source.ts';
import { FIELD_CHARS_MAX, IDENTITY_CHARS_MAX } from '../limits.ts';
import type { Layout } from '../profile/layout.ts';
import { ProfileRow, type ProfileCells } from '../profile/row.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';

/** A row of an account statement: one entry. */
export type StatementRow = {
  readonly account: string;
  /** null: it cannot be read. */
  readonly day: LocalDate | null;
  readonly entry: Omit<StatementEntry, 'id'>;
  /** The account keeper's own reference of it; empty when the file has none. */
  readonly ownReference: string;
  /** What there was after it; null when the file does not say. */
  readonly balance: Money | null;
  readonly problems: readonly Problem[];
  /** What the row holds that the profile does not name; null when there can be none. */
  readonly doubts: ((rowInExtract: number) => readonly Refusal[]) | null;
};

/** Reads a row by a profile. @returns null for a row that the profile says is no entry */
export function readStatementRow(
  cells: ProfileCells,
  using: { readonly layout: Layout; readonly terms: Terms },
): StatementRow | null {
  const { layout, terms } = using;
  const row = new ProfileRow(cells, using);
  const { profile } = layout;
  const rule = profile.entries.find((one) => one.matches.test(row.cellUnder(one.column))) ?? null;
  const kind = rule?.kind ?? kindIn(row);
  if (kind === 'ignore') return null;
  const account = textIn(row, 'account').replace(/\s+/g, '').toUpperCase();
  if (account === '') row.tell('field-empty', null, { field: 'account' });
  else if (account.length > IDENTITY_CHARS_MAX) {
    row.tell('record-too-long', null, { field: 'account', limit: String(IDENTITY_CHARS_MAX) });
  }
  const written = textIn(row, 'date');
  const day = layout.readDay(written);
  if (day === null) {
    const index = layout.fields.get('date')?.index ?? null;
    row.tell('not-a-date', index, { field: 'date', found: written });
  }
  const amount = amountOf(row, terms) ?? money(0n, terms.currency);
  const entry = {
    ...{ amount, kind: kind ?? 'other', code: rule?.code ?? textIn(row, 'code') },
    ...{ text: textIn(row, 'text'), reference: textIn(row, 'reference') || null },
    counterparty: textIn(row, 'counterparty') || null,
    invoices: textIn(row, 'invoice_no')
      .split(/[\s,;]+/)
      .filter((number) => number !== ''),
  };
  const [ownReference, balance] = [textIn(row, 'entry_id'), row.amountIn('balance')];
  const doubts = layout.unclaimed.length === 0 ? null : (at: number) => row.doubts(at);
  return { account, day, entry, ownReference, balance, problems: row.problems, doubts };
}

function kindIn(row: ProfileRow): EntryKind | 'ignore' | null {
  const text = textIn(row, 'kind');
  const kind = [...ENTRY_KINDS, 'ignore' as const].find((one) => one === text) ?? null;
  if (kind === null && text !== '') {
    const expected = [...ENTRY_KINDS, 'ignore'].join(', ');
    row.tell('unknown-value', null, { field: 'kind', found: text, expected });
  }
  return kind;
}

/** Either one signed amount, or what went out and what came in, each in a column of its own. */
function amountOf(row: ProfileRow, { currency }: Terms): Money | null {
  const before = row.problems.length;
  const signed = row.amountIn('amount');
  const [out, in_] = [row.amountIn('debit'), row.amountIn('credit')];
  if (signed !== null) return signed;
  const none = money(0n, currency);
  if (out !== null || in_ !== null) {
    return add(negate(absolute(out ?? none)), absolute(in_ ?? none));
  }
  // A text that is no amount has been told.
  if (row.problems.length === before) row.tell('field-empty', null, { field: 'amount' });
  return null;
}

type TextField =
  | 'account'
  | 'date'
  | 'kind'
  | 'code'
  | 'text'
  | 'reference'
  | 'counterparty'
  | 'invoice_no'
  | 'entry_id';

function textIn(row: ProfileRow, field: TextField): string {
  const text = ownText(row.field(field) ?? '');
  if (text.length <= FIELD_CHARS_MAX) return text;
  row.tell('record-too-long', null, { field, limit: String(FIELD_CHARS_MAX) });
  return '';
}
