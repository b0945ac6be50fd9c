import type { Value } from './record.ts';
import { told, type Language, type SentenceName } from './sentences.ts';

/** One entry of `validationMessages`. The field stands as Tripletex writes it, `postings.row`. */
export type Problem = {
  /** Null where Tripletex names none; `@vatTypeId` stands for an internal field of that name. */
  readonly field: string | null;
  readonly sentence: SentenceName;
  readonly about?: readonly (string | number)[];
};

/**
 * Kinds of refusal. Statuses and codes are those of the vendor's description; texts of those that
 * nobody has seen are the simulator's own, which does no harm as texts follow the language of the
 * employee and may not be relied on.
 */
const KINDS = {
  'bad-request': [400, 4000, 'Bad request'],
  'illegal-fields': [400, 11000, ''],
  unauthenticated: [401, 3000, 'Unauthorized'],
  forbidden: [403, 9000, 'You do not have permission to access this feature.'],
  'no-object': [404, 6000, 'Object not found'],
  'no-path': [404, 6000, 'HTTP 404 Not Found'],
  'no-method': [405, 4000, 'HTTP 405 Method Not Allowed'],
  'old-version': [409, 8000, 'RevisionException'],
  sorting: [422, 17000, ''],
  invalid: [422, 18000, ''],
  json: [422, 22000, 'Invalid JSON'],
  'too-large': [422, 23000, 'Result set too large'],
  'too-many-requests': [429, 4290, 'Too many requests'],
  unexpected: [500, 1000, null],
  'media-type': [415, 4000, 'HTTP 415 Unsupported Media Type'],
  /** The simulator's own: a part of Tripletex that it does not keep, rather than a silent loss. */
  'not-simulated': [501, 1000, 'The simulator does not keep this'],
} as const satisfies Record<string, readonly [number, number, string | null]>;

export type RefusalKind = keyof typeof KINDS;

/** Tripletex says no. Thrown where it is found, and turned into the answer at the API's door. */
export class Refused extends Error {
  readonly kind: RefusalKind;
  readonly status: number;
  readonly code: number;
  /** Takes the place of the general text. */
  readonly text: string | null;
  readonly problems: readonly Problem[] | null;

  constructor(
    kind: RefusalKind,
    said: { readonly text?: string; readonly problems?: readonly Problem[] } = {},
  ) {
    super(kind);
    this.kind = kind;
    const [status, code, text] = KINDS[kind];
    this.status = status;
    this.code = code;
    this.text = said.text ?? text;
    this.problems = said.problems ?? null;
  }
}

export function refuse(kind: RefusalKind, text?: string): never {
  throw new Refused(kind, text === undefined ? {} : { text });
}

/** Refuses with every problem at once; does nothing when there is none. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refused('invalid', { problems });
}

export function invalid(
  field: string | null,
  sentence: SentenceName,
  ...about: readonly (string | number)[]
): never {
  throw new Refused('invalid', { problems: [{ field, sentence, about }] });
}

/** The body of an answer that refuses. */
export function errorBody(
  refused: Refused,
  said: { readonly language: Language; readonly requestId: string },
): Value {
  const { kind, status, code, text, problems } = refused;
  const isInvalid = kind === 'invalid';
  const message = isInvalid ? told('validation-failed', said.language, []) : text;
  const messages = (problems ?? []).map(({ field, sentence, about }) => ({
    field: fieldName(field, said.language),
    message: told(sentence, said.language, about ?? []),
    path: null,
    rootId: null,
  }));
  return {
    status,
    code,
    message,
    link: 'https://tripletex.no/v2-docs/',
    developerMessage: isInvalid ? 'VALIDATION_ERROR' : null,
    validationMessages: isInvalid || kind === 'sorting' ? messages : null,
    requestId: said.requestId,
  };
}

function fieldName(field: string | null, language: Language): string | null {
  if (!field?.startsWith('@')) return field;
  return `${language === 'nb' ? 'Internt felt' : 'Internal field'} (${field.slice(1)})`;
}
