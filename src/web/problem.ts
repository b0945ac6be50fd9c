import type { Context } from 'hono';

/** Statuses of errors that are told as problems. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 502 | 503;

/** Errors as RFC 9457 asks for. */
export function problem(c: Context, status: ProblemStatus, detail: string): Response {
  return c.json({ type: 'about:blank', status, detail }, status, {
    'content-type': 'application/problem+json',
  });
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
