import type { z } from '@hono/zod-openapi';
import type { Language } from '../../domain/posting/words.ts';
import {
  describeApiProblem,
  type ApiProblemCode,
  type ApiProblemFacts,
} from '../../text/api-problems.ts';

type Issue = z.core.$ZodIssue;

/** The library's words for a value that is not there: an issue does not hold the value itself. */
const MISSING = /received undefined$/;

/** What is wrong with what was sent, a sentence for each thing, in the reader's language. */
export function describeIssues(
  issues: readonly Issue[],
  about: {
    readonly language: Language;
    /** What a form calls its fields. Absent: their names are all there is. */
    readonly labels?: ReadonlyMap<string, string>;
  },
): string {
  const { language, labels } = about;
  return issues
    .map((issue) => {
      const [first = '', ...rest] = issue.path.map(String);
      const field = [labels?.get(first) ?? first, ...rest].join(' · ');
      const [code, facts] = toldAs(issue);
      return describeApiProblem(code, { field, ...facts }, language);
    })
    .join(' ');
}

/** What schemas say of a value themselves, where a language has its own sentence for it. */
const SAID: Readonly<Record<string, ApiProblemCode>> = {
  'an account number, such as 1930': 'value-account',
  'a state, such as completed': 'value-shop-state',
  'a rate, such as 25': 'value-rate',
  'an amount, such as 500 or 12,50': 'value-amount',
  'a time such as 05:00': 'value-time',
  'a rule says a code, a counterparty or what the text contains': 'value-bank-rule',
  'https://…': 'value-not-url',
};

function toldAs(issue: Issue): readonly [code: ApiProblemCode, facts: ApiProblemFacts] {
  const said = SAID[issue.message];
  if (said !== undefined) return [said, {}];
  switch (issue.code) {
    case 'invalid_type':
      return [MISSING.test(issue.message) ? 'value-missing' : 'value-kind', {}];
    case 'too_small':
      if (issue.origin === 'string') return shortest(issue.minimum);
      return ['value-too-small', { limit: String(issue.minimum) }];
    case 'too_big':
      return [
        issue.origin === 'string' ? 'value-too-long' : 'value-too-big',
        { limit: String(issue.maximum) },
      ];
    case 'invalid_format':
      return [FORMATS[issue.format] ?? 'value-form', {}];
    case 'invalid_value':
      return ['value-not-one-of', { values: issue.values.map(String).join(', ') }];
    case 'unrecognized_keys':
      return ['value-unknown', { field: [...issue.path.map(String), ...issue.keys].join(' · ') }];
    case 'custom':
      // One without a sentence here stands as it is.
      return ['value-says', { says: issue.message.replace(/\.$/, '') }];
    default:
      return ['value-form', {}];
  }
}

const FORMATS: Readonly<Record<string, ApiProblemCode>> = {
  url: 'value-not-url',
  email: 'value-not-email',
};

/** A text that must not be empty is missing when it is. */
function shortest(
  minimum: number | bigint,
): readonly [code: ApiProblemCode, facts: ApiProblemFacts] {
  return Number(minimum) === 1
    ? ['value-missing', {}]
    : ['value-too-short', { limit: String(minimum) }];
}
