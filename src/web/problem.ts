import type { Context } from 'hono';
import type { Language } from '../domain/posting/words.ts';
import { describeApiProblem, type ApiProblem, type ApiProblemCode } from '../text/api-problems.ts';

/** Statuses of errors that are told as problems. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 502 | 503;

/** Errors as RFC 9457 asks for. */
export function problem(c: Context, status: ProblemStatus, detail: string): Response {
  return answer(c, { status, detail });
}

/** A problem in the language of whoever asked, with a code that is the same in all of them. */
export function refused(
  c: Context,
  status: ProblemStatus,
  { code, ...facts }: ApiProblem,
): Response {
  return answer(c, { status, detail: describeApiProblem(code, facts, languageOf(c)), code });
}

type Answer = {
  readonly status: ProblemStatus;
  readonly detail: string;
  readonly code?: ApiProblemCode;
};

function answer(c: Context, of: Answer): Response {
  const body = { type: 'about:blank', ...of };
  return c.json(body, of.status, { 'content-type': 'application/problem+json' });
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
  readonly problem: ApiProblem;

  constructor(status: ProblemStatus, of: ApiProblem) {
    super(of.code);
    this.status = status;
    this.problem = of;
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
