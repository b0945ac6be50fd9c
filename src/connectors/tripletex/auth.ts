import { compactDate, dayAt, parseLocalDate, plusDays, type LocalDate } from '../../domain/date.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Secrets } from '../../ports/connector.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Http, HttpResponse } from '../../ports/http.ts';
import { waitOf } from './rate.ts';
import type { TripletexSettings } from './settings.ts';
import { objectIn, objectOf, textOf } from '../../lib/json-object.ts';

/** Tripletex ends sessions by the Norwegian day. */
const ZONE = 'Europe/Oslo';
/** Days that a session is asked for: one that is lost is good for no longer. */
const SESSION_DAYS = 2;
/** A session is renewed this long before its day begins, so that no call meets its end. */
const EARLY_MS = 5 * 60_000;

/** The day in Norway. */
export function todayAt(clock: Clock): LocalDate {
  return dayAt(new Date(clock.nowMs()), ZONE);
}

/** Whether the stored session can be used for a call that starts now. */
export function isUsable(secrets: Secrets, clock: Clock): boolean {
  const { sessionToken = '', sessionEndsOn = '' } = secrets;
  const soon = compactDate(dayAt(new Date(clock.nowMs() + EARLY_MS), ZONE));
  return sessionToken !== '' && soon < sessionEndsOn;
}

/** What a login needs to talk to Tripletex. */
export type LoginTools = {
  readonly http: Http;
  readonly clock: Clock;
  readonly settings: TripletexSettings;
};

/**
 * A new session, made of the consumer's token (ours, from Tripletex) and the employee's (the
 * company's). The caller holds the connection's lock and stores the answer before using it.
 *
 * @throws ConnectorError `reconnect` when Tripletex does not know one of the tokens any more
 */
export async function renewSession(tools: LoginTools, secrets: Secrets): Promise<Secrets> {
  const { consumerToken = '', employeeToken = '' } = secrets;
  if (consumerToken === '' || employeeToken === '') throw reconnect('A token is missing.');
  const { http, clock, settings } = tools;
  const expirationDate = plusDays(todayAt(clock), SESSION_DAYS);
  const response = await http
    .send({
      method: 'POST',
      url: `${settings.apiUrl}/token/session/:create`,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ consumerToken, employeeToken, expirationDate }),
    })
    .catch(notSent);
  if (response.status !== 200 && response.status !== 201) throw loginFailure(response);
  const session = objectOf(objectIn(response.body), 'value');
  const sessionToken = textOf(session, 'token');
  if (sessionToken === '') {
    const says = 'Tripletex answered without a session.';
    throw new ConnectorError(says, { kind: 'unreachable' });
  }
  const told = parseLocalDate(textOf(session, 'expirationDate'));
  return { ...secrets, sessionToken, sessionEndsOn: compactDate(told ?? expirationDate) };
}

/** The header that a session is shown in: user 0 is the employee's own company. */
export function authorization(settings: TripletexSettings, secrets: Secrets): string {
  const pair = `${settings.clientCompany || '0'}:${secrets['sessionToken'] ?? ''}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** Whatever became of the call for a session: the call that it was for has not been made. */
function notSent(error: unknown): never {
  if (!(error instanceof ConnectorError) || error.failure.kind !== 'unanswered') throw error;
  throw new ConnectorError(error.message, { kind: 'unreachable' }, { cause: error });
}

function loginFailure(response: HttpResponse): ConnectorError {
  const { status } = response;
  if (status === 429) {
    const waitMs = waitOf(response);
    return new ConnectorError('Tripletex asks us to slow down.', { kind: 'busy', waitMs });
  }
  if (status >= 500 || status === 408) {
    const says = `Tripletex answered ${status} when asked for a session.`;
    return new ConnectorError(says, { kind: 'unreachable' });
  }
  // A token that was deleted or never good: 401, or a validation that names it.
  return reconnect(`Tripletex does not take the tokens (${status}).`);
}

function reconnect(message: string): ConnectorError {
  const what = 'Make a new employee token in Tripletex and connect again.';
  return new ConnectorError(`${message} ${what}`, { kind: 'reconnect' });
}
