import { isLineKind, type LineKind } from '../report/line.ts';

/** What a term of a check adds up, and with which sign. */
export type Term = {
  readonly sign: 1n | -1n;
  readonly kind: LineKind | 'control';
  readonly of: 'gross' | 'vat';
};

/** A sum of amounts of a report, as a check compares two of them. */
export type Sum = { readonly text: string; readonly terms: readonly Term[] };

const TERMS_MAX = 50;

/**
 * Reads `sale.gross + agency_in − deposit_out.vat`: kinds of line, each with its gross amounts
 * unless it says `.vat`. `control.gross` and `control.vat` are the file's own totals.
 */
export function readSum(text: string): Sum | { readonly fault: string } {
  const parts = text
    .replaceAll('\u2212', '-')
    .split(/([+-])/)
    .map((part) => part.trim());
  const terms: Term[] = [];
  let sign: 1n | -1n = 1n;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      sign = part === '-' ? -1n : 1n;
      continue;
    }
    if (part === '' && index === 0 && parts.length > 1) continue;
    const [kind = '', of = 'gross', ...more] = part.split('.');
    const isKnown = isLineKind(kind) || kind === 'control';
    if (!isKnown || more.length > 0) return { fault: `"${part}" is no kind of line` };
    if (of !== 'gross' && of !== 'vat') return { fault: `"${part}": gross or vat` };
    terms.push({ sign, kind, of });
  }
  if (terms.length === 0 || terms.length > TERMS_MAX) return { fault: `1 to ${TERMS_MAX} terms` };
  return { text, terms };
}
