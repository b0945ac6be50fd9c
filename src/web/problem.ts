import type { Context } from 'hono';
import type { Language } from '../domain/posting/words.ts';
import {
  describeApiProblem,
  type ApiProblemCode,
  type ApiProblemFacts,
} from '../text/api-problems.ts';

/** Statuses of errors that are told as problems. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 502 | 503;

/** Errors as RFC 9457 asks for. */
export function problem(
  c: Context,
  status: ProblemStatus,
  detail: string,
  code?: ApiProblemCode,
): Response {
  const body = { type: 'about:blank', status, detail, ...(code === undefined ? {} : { code }) };
  return c.json(body, status, { 'content-type': 'application/problem+json' });
}

/** A problem in the language of whoever asked, with a code that is the same in all of them. */
export function refused(
  c: Context,
  status: ProblemStatus,
  code: ApiProblemCode,
  facts: ApiProblemFacts = {},
): Response {
  return problem(c, status, describeApiProblem(code, facts, languageOf(c)), code);
}

/** The language of sentences: that of `accept-language`, else Swedish. */
export function languageOf(c: Context): Language {
  const asked = c.req.header('accept-language') ?? '';
  if (/^(nb|no|nn)/i.test(asked)) return 'nb';
  return /^en/i.test(asked) ? 'en' : 'sv';
}

/** Ends a request of the API. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: ProblemStatus;
  readonly code: ApiProblemCode;
  readonly facts: ApiProblemFacts;

  constructor(status: ProblemStatus, code: ApiProblemCode, facts: ApiProblemFacts) {
    super(code);
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}

/** The key that a request came with; null without one. */
export function keyOf(c: Context): string | null {
  const [scheme, key] = (c.req.header('authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? (key ?? null) : null;
}

export function unauthorized(c: Context): Response {
  return problem(c, 401, 'a valid key is needed: authorization: Bearer …');
}

/** The key is valid, and is for something else. */
export function forbidden(c: Context, scope: string): Response {
  return problem(c, 403, `this key is not for ${scope}: bokbro key NAME --for ${scope}`);
}
