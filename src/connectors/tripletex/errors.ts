import type { Refusal } from '../../domain/refusal.ts';
import { ConnectorError, type Failure } from '../../ports/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { waitOf } from './rate.ts';
import { isRecord, listOf, textOf } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

/** Words of Tripletex that a person reads are cut at this length. */
const SAID_CHARS_MAX = 200;

/** Codes that say our request is malformed, whatever the status. */
const MALFORMED: ReadonlySet<number> = new Set([4_000, 11_000, 17_000, 22_000]);
/** The result is longer than Tripletex gives, however small the page. */
export const TOO_LARGE = 23_000;
const NO_OBJECT = 6_000;

/** An error answer in Tripletex's own shape. null when it is none. */
export function readError(body: unknown): WireError | null {
  if (!isRecord(body) || textOf(body, 'code') === '') return null;
  return {
    code: Number(textOf(body, 'code')) || 0,
    message: textOf(body, 'message').slice(0, SAID_CHARS_MAX),
    problems: listOf(body, 'validationMessages').map((one) => ({
      field: textOf(one, 'field'),
      message: textOf(one, 'message'),
    })),
  };
}

/** What Tripletex says to a person, in the language of the employee whose token it is. */
export function saidBy({ message, problems }: WireError): string {
  const said = problems.map((one) => one.message).join(' ') || message;
  return said.slice(0, SAID_CHARS_MAX);
}

/** What Tripletex has against it, in its own words. */
export function refusalBy(error: WireError): Refusal {
  const theirCode = String(error.code);
  return { code: 'target-refused', system: 'Tripletex', said: saidBy(error), theirCode };
}

/** Whether an answer says that there is no such thing. */
export function isNotFound(response: HttpResponse, error: WireError | null): boolean {
  return response.status === 404 && error?.code === NO_OBJECT;
}

/** Whether the session is not taken: as documented, or as a proxy in front of the API says it. */
export function isSessionDead(response: HttpResponse, body: unknown): boolean {
  if (response.status === 401) return true;
  return response.status === 403 && isRecord(body) && typeof body['error'] === 'string';
}

/**
 * Makes of an answer that is not a success what the engine can act on.
 *
 * @returns what Tripletex has against the data: nothing took effect
 * @throws ConnectorError for everything else
 */
export function refusedData(response: HttpResponse, error: WireError | null): WireError {
  const { status } = response;
  if (status === 429) {
    throw failure('Tripletex asks us to slow down.', { kind: 'busy', waitMs: waitOf(response) });
  }
  if (status >= 500 || status === 408) {
    throw failure(`Tripletex answered ${status}.`, { kind: 'unanswered' });
  }
  // A session that was made a moment ago is good: the gateway will say so again later.
  if (status === 401) {
    throw failure('Tripletex did not accept the session.', { kind: 'unreachable' });
  }
  if (status === 403) throw failure(`${FORBIDDEN} ${saidIn(error)}`.trim(), { kind: 'setup' });
  if (error === null || status === 405 || status === 415 || MALFORMED.has(error.code)) {
    const says = `Tripletex calls our request malformed (${status}). ${saidIn(error)}`;
    throw failure(says.trim(), { kind: 'bug' });
  }
  return error;
}

const FORBIDDEN =
  'Tripletex says that this login may not do that: a right of the employee, a module or a ' +
  'licence is missing.';

function saidIn(error: WireError | null): string {
  return error === null ? '' : saidBy(error);
}

function failure(message: string, kind: Failure): ConnectorError {
  return new ConnectorError(message, kind);
}
