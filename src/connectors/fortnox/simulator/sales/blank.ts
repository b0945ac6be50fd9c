import type { FieldTable, FieldType } from '../wire/field-table.ts';

/** What a blanked field becomes: documents show no null where there was text or a number. */
const BLANKS: Readonly<Record<FieldType, string | number | boolean | null>> = {
  text: '',
  choice: '',
  'amount-text': '0',
  integer: 0,
  number: 0,
  amount: 0,
  account: 0,
  boolean: false,
  date: null,
  rows: null,
  object: null,
};

export function blankOf(table: FieldTable, name: string): string | number | boolean | null {
  const type = table.get(name)?.type;
  return type === undefined ? null : BLANKS[type];
}
