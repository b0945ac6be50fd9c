import { z } from 'zod';
import { PROFILE_RULES_MAX } from '../limits.ts';
import { dayReader, isDayPattern } from './day-pattern.ts';
import { isSlashed, readPattern, type Pattern } from './pattern.ts';

const TEXT_MAX = 200;
const text = z.string().max(TEXT_MAX);

/** A regular expression, with or without slashes. */
export const patternSchema = text.min(1).transform((source, context): Pattern => {
  const outcome = readPattern(source);
  if ('pattern' in outcome) return outcome.pattern;
  context.issues.push({ code: 'custom', input: source, message: outcome.fault });
  return z.NEVER;
});

/** The name of a column, or a pattern between slashes. */
export const headerSchema = text.min(1).transform((source, context): HeaderName => {
  if (!isSlashed(source)) return { name: source, pattern: null };
  const outcome = readPattern(source);
  if ('pattern' in outcome) return { name: source, pattern: outcome.pattern };
  context.issues.push({ code: 'custom', input: source, message: outcome.fault });
  return z.NEVER;
});

/** One column name, or several of which the first that the file has is meant. */
export const headersSchema = z
  .union([headerSchema, z.array(headerSchema).min(1).max(PROFILE_RULES_MAX)])
  .transform((one): readonly HeaderName[] => (Array.isArray(one) ? one : [one]));

/** A column as a profile names it. `pattern` is null for a plain name. */
export type HeaderName = { readonly name: string; readonly pattern: Pattern | null };

/** How a day is written: `yyyy-MM-dd`, `dd.MM.yyyy`, `excel`. */
export const dayPatternSchema = text
  .min(1)
  .refine(isDayPattern, { error: 'a pattern of yyyy (or yy), MM and dd with marks, or excel' });

const decimalMark = z.enum([',', '.', 'either']);

/** What can be done to a text before it is read. */
const transformSchema = z.union(
  [
    z.enum(['trim', 'upper', 'lower', 'negate']).transform((name) => ({ do: name })),
    z
      .strictObject({
        pad: z.strictObject({
          length: z.int().min(1).max(50),
          with: z.string().length(1).default('0'),
          side: z.enum(['start', 'end']).default('start'),
        }),
      })
      .transform(({ pad }) => ({ do: 'pad' as const, ...pad })),
    z
      .strictObject({ replace: z.strictObject({ pattern: patternSchema, with: text }) })
      .transform(({ replace }) => ({ do: 'replace' as const, ...replace })),
    z
      .strictObject({
        lookup: z.strictObject({ table: z.record(text, text), default: text.optional() }),
      })
      .transform(({ lookup }) => ({ do: 'lookup' as const, ...lookup })),
    z
      .strictObject({
        'negate-if': z.strictObject({ column: headersSchema, matches: patternSchema }),
      })
      .transform((rule) => ({ do: 'negate-if' as const, ...rule['negate-if'] })),
    z
      .strictObject({ date: dayPatternSchema })
      .transform(({ date }) => ({ do: 'date' as const, readDay: dayReader(date) })),
    z
      .strictObject({
        number: z.strictObject({ decimal: decimalMark, thousands: z.array(text).default([]) }),
      })
      .transform(({ number }) => ({ do: 'number' as const, ...number })),
  ],
  {
    error:
      'one of "trim", "upper", "lower", "negate", {pad}, {replace}, {lookup}, {negate-if}, ' +
      '{date}, {number}',
  },
);

/** One step of what is done to a text. */
export type Transform = z.output<typeof transformSchema>;

export const transformsSchema = z.array(transformSchema).max(PROFILE_RULES_MAX).default([]);
