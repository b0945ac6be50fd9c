import { parseLocalDate } from '../../domain/date.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { ConnectorError, type Failure } from '../../ports/errors.ts';
import type { HttpResponse } from '../../ports/http.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';
import type { WireError } from './wire.ts';

/**
 * What a Fortnox error code asks of us.
 *
 * - `retry`: the system failed; the call may have taken effect.
 * - `login`: the login is not valid any more: connect again.
 * - `setup`: a licence, right or scope is missing in Fortnox.
 * - `bug`: our request is malformed.
 *
 * All other codes are about the data: the document is held with what Fortnox says.
 */
type Meaning = 'retry' | 'login' | 'setup' | 'bug';

const CODES: Readonly<Record<Meaning, readonly number[]>> = {
  retry: [1_000_003, 2_003_127],
  login: [2_000_310, 2_000_311, 2_000_719, 2_003_241, 2_004_054],
  setup: [2_000_663, 2_001_101, 2_001_103, 2_001_339, 2_001_393, 2_002_455, 2_003_275, 2_003_277],
  bug: [
    1_000_030, 1_000_031, 2_000_134, 2_000_587, 2_000_588, 2_000_729, 2_001_392, 2_001_399,
    2_001_740, 2_002_115,
  ],
};

const MEANINGS: ReadonlyMap<number, Meaning> = new Map(
  Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes.map((code) => [code, meaning as Meaning] as const),
  ),
);

/** Codes that say “this has been done already”: the caller reads the state and goes on. */
export const ALREADY_DONE: ReadonlySet<number> = new Set([
  2_000_496, 2_000_861, 2_001_242, 2_001_350, 2_003_055,
]);

/**
 * Fortnox documents no Retry-After; its window is five seconds, so after that a call is free.
 *
 * @see docs: “25 requests per 5 seconds”
 */
const BUSY_WAIT_MS = 5_000;

/** Fortnox says what it refuses in a sentence; a person reads no more. */
const SAID_CHARS_MAX = 200;

/** An error answer, in either of the spellings Fortnox uses. null when it is none. */
export function readError(body: unknown): WireError | null {
  if (!isRecord(body)) return null;
  const information = body['ErrorInformation'];
  if (!isRecord(information)) return null;
  const code = textOf(information, 'Code') || textOf(information, 'code');
  const message = textOf(information, 'Message') || textOf(information, 'message');
  return { code: Number(code) || 0, message: message.slice(0, SAID_CHARS_MAX) };
}

/** Whether an answer says that there is no such thing: Fortnox's own 404, with a body. */
export function isNotFound(response: HttpResponse, error: WireError | null): boolean {
  return response.status === 404 && error !== null;
}

/**
 * Makes of an answer that is not a success what the engine can act on.
 *
 * @returns what Fortnox has against the data; nothing took effect
 * @throws ConnectorError for everything else
 */
export function refusalOf(response: HttpResponse, error: WireError | null): Refusal {
  const { status } = response;
  if (status === 429)
    throw failure('Fortnox asks us to slow down.', { kind: 'busy', waitMs: BUSY_WAIT_MS });
  if (error === null) throw failureOfStatus(status);
  switch (MEANINGS.get(error.code)) {
    case 'retry':
      throw failure(`Fortnox had a system error (${error.code}).`, { kind: 'unanswered' });
    case 'login':
      throw failure(`Fortnox does not accept the login any more (${error.code}).`, {
        kind: 'reconnect',
      });
    case 'setup':
      throw failure(`Fortnox says: ${error.message} (${error.code}).`, { kind: 'setup' });
    case 'bug':
      throw failure(`Fortnox calls our request malformed: ${error.message} (${error.code}).`, {
        kind: 'bug',
      });
    case undefined:
      if (status >= 500) throw failureOfStatus(status);
      return dataRefusal(error);
  }
}

/** Reasons known by their code or words in the hub's own terms, the others as Fortnox says. */
function dataRefusal({ code, message }: WireError): Refusal {
  const locked = code === 2_000_401 ? /(\d{4}-\d{2}-\d{2})/.exec(message)?.[1] : undefined;
  const lockedTo = locked === undefined ? null : parseLocalDate(locked);
  if (lockedTo !== null) return { code: 'period-locked', date: lockedTo, lockedTo };
  const account = /[Kk]onto\D{0,3}(\d{4})/.exec(message)?.[1];
  if (code === 2_000_550 && account !== undefined) {
    return { code: 'account-inactive', account, role: '' };
  }
  if ([2_000_423, 2_001_303, 2_001_304].includes(code) && account !== undefined) {
    return { code: 'account-unknown', account, role: '' };
  }
  const needing = /^(Kostnadsställe|Projekt) (?:måste|är obligatoriskt)\D*(\d{4})/.exec(message);
  const [, what, needs] = needing ?? [];
  if (needs !== undefined) {
    const code = what === 'Projekt' ? 'project-required' : 'cost-centre-required';
    return { code, account: needs };
  }
  return { code: 'target-refused', system: 'Fortnox', said: message, theirCode: String(code) };
}

/** An answer without Fortnox's own error body: from the gateway, or cut short. */
function failureOfStatus(status: number): ConnectorError {
  // A token that was renewed a moment ago is good: the gateway will say so again later. When the
  // consent is gone, the token endpoint tells.
  if (status === 401) {
    return failure('Fortnox did not accept the login.', { kind: 'unreachable' });
  }
  if (status === 403) {
    return failure('Fortnox says that this login may not do that.', { kind: 'setup' });
  }
  if (status >= 500 || status === 408) {
    return failure(`Fortnox answered ${status}.`, { kind: 'unanswered' });
  }
  if (status >= 400) return failure(`Fortnox answered ${status}.`, { kind: 'bug' });
  return failure(`Fortnox gave an answer we cannot read (${status}).`, { kind: 'unanswered' });
}

function failure(message: string, kind: Failure): ConnectorError {
  return new ConnectorError(message, kind);
}
