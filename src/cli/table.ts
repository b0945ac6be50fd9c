import Table from 'cli-table3';

/** How a column is set. */
export type Column = { readonly head: string; readonly align?: 'left' | 'right' };

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A table of text without lines, for terminals and files alike. Each line is indented by two. */
export function showTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const hasHead = columns.some((column) => column.head !== '');
  const table = new Table({
    head: hasHead ? columns.map((column) => column.head) : [],
    colAligns: columns.map((column) => column.align ?? 'left'),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}\n`)
    .join('');
}
