import { readDecimal, type DecimalStyle } from '../../../lib/decimal-text.ts';
import { unreachable } from '../../../lib/assert.ts';
import type { HeaderName, Transform } from './transform-schema.ts';

/** What a transform may look at besides its own text. */
export type TransformContext = {
  readonly decimals: DecimalStyle;
  cellUnder(headers: readonly HeaderName[]): string;
};

/** @returns null when a lookup has no answer for the text */
export function transformText(
  text: string,
  transforms: readonly Transform[],
  context: TransformContext,
): string | null {
  let result: string | null = text;
  for (const transform of transforms) {
    if (result === null) return null;
    result = applyOne(result, transform, context);
  }
  return result;
}

function applyOne(text: string, step: Transform, context: TransformContext): string | null {
  switch (step.do) {
    case 'trim':
      return text.trim();
    case 'upper':
      return text.toUpperCase();
    case 'lower':
      return text.toLowerCase();
    case 'negate':
      return negated(text);
    case 'negate-if':
      return step.matches.test(context.cellUnder(step.column)) ? negated(text) : text;
    case 'pad':
      if (text === '') return text;
      return step.side === 'start'
        ? text.padStart(step.length, step.with)
        : text.padEnd(step.length, step.with);
    case 'replace':
      return step.pattern.replace(text, step.with);
    case 'lookup':
      return Object.hasOwn(step.table, text) ? (step.table[text] ?? '') : (step.default ?? null);
    case 'date':
      return step.readDay(text.trim()) ?? text;
    case 'number':
      return withMark(readDecimal(text, step), context.decimals) ?? text;
    default:
      return unreachable(step);
  }
}

const MINUS = /^\s*[-\u2212\u2013]|[-\u2212\u2013]\s*$/;

/** The number with its sign turned, however it was written: `12,50`, `−12,50`, `12,50-`. */
function negated(text: string): string {
  if (text.trim() === '') return text;
  return MINUS.test(text) ? text.replace(MINUS, '').trim() : `-${text.trim()}`;
}

/** The next reader expects the file's own decimal mark. */
function withMark(plain: string | null, { decimal }: DecimalStyle): string | null {
  return plain === null || decimal !== ',' ? plain : plain.replace('.', ',');
}
