import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { Http } from '../../ports/http.ts';
import type { Secrets } from '../../ports/connector.ts';
import type { FortnoxSettings } from './settings.ts';
import { objectIn, textOf } from '../../lib/json-object.ts';

/** A token is renewed this long before it ends, so that no call meets its end on the way. */
const EARLY_MS = 60_000;

/** Whether the stored access token can be used for a call that starts now. */
export function isUsable(secrets: Secrets, clock: Clock): boolean {
  const endsAtMs = Number(secrets['accessEndsAtMs'] ?? 0);
  return secrets['accessToken'] !== undefined && clock.nowMs() < endsAtMs - EARLY_MS;
}

/** The page where the company's administrator consents, and what to keep until they are back. */
export function consentPage(
  settings: FortnoxSettings,
  redirectUri: string,
): { readonly url: string; readonly state: string; readonly verifier: string } {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(`${settings.authUrl}/oauth-v1/auth`);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    scope: settings.scopes.join(' '),
    state,
    access_type: 'offline',
    response_type: 'code',
    // Fortnox does not describe PKCE; a server that does not know it ignores these two.
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(settings.login === 'client-credentials' ? { account_type: 'service' } : {}),
  }).toString();
  return { url: url.href, state, verifier };
}

/** What a login needs to talk to the token endpoint. */
export type LoginTools = {
  readonly http: Http;
  readonly clock: Clock;
  readonly settings: FortnoxSettings;
};

/**
 * Exchanges the code that the consent page sent back; the token says which company it was.
 *
 * @throws ConnectorError `setup` when it was another company than the connection's: its documents
 *   would be booked in the wrong books
 */
export async function exchangeCode(
  tools: LoginTools,
  secrets: Secrets,
  consent: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
): Promise<{ readonly secrets: Secrets; readonly settings: FortnoxSettings }> {
  const granted = await requestToken(
    { ...tools, settings: { ...tools.settings, login: 'authorization-code' } },
    secrets,
    {
      grant_type: 'authorization_code',
      code: consent.code,
      redirect_uri: consent.redirectUri,
      code_verifier: consent.verifier,
    },
  );
  const { tenantId: before } = tools.settings;
  const tenantId = tenantOf(granted['accessToken'] ?? '') || before;
  if (before !== '' && tenantId !== before) {
    const says = `Consent was given for company ${tenantId}; this connection is of ${before}.`;
    throw new ConnectorError(`${says} Choose that company, or add a connection.`, {
      kind: 'setup',
    });
  }
  return { secrets: granted, settings: { ...tools.settings, tenantId } };
}

/** The company that a token is for: its claim `tenantId`. Empty when it cannot be read. */
function tenantOf(accessToken: string): string {
  const [, claims = ''] = accessToken.split('.');
  const read = objectIn(Buffer.from(claims, 'base64url'));
  return textOf(read, 'tenantId');
}

/**
 * The next access token. With client credentials nothing is used up; a refresh token is used once
 * and replaced, so the caller holds the connection's lock and stores the answer before using it.
 *
 * @throws ConnectorError `reconnect` when Fortnox does not know the refresh token any more
 */
export async function renewToken(tools: LoginTools, secrets: Secrets): Promise<Secrets> {
  if (tools.settings.login === 'client-credentials') {
    return requestToken(tools, secrets, { grant_type: 'client_credentials' });
  }
  const refreshToken = secrets['refreshToken'];
  if (refreshToken === undefined) throw reconnect('Fortnox is not connected yet.');
  return requestToken(tools, secrets, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
}

async function requestToken(
  { http, clock, settings }: LoginTools,
  secrets: Secrets,
  form: Readonly<Record<string, string>>,
): Promise<Secrets> {
  const request = {
    method: 'POST',
    url: `${settings.authUrl}/oauth-v1/token`,
    headers: tokenHeaders(settings, secrets),
    body: new URLSearchParams(form).toString(),
  } as const;
  const response = await http.send(request).catch(notSent);
  const body = objectIn(response.body);
  if (response.status !== 200) throw tokenFailure(response.status, textOf(body, 'error'));
  const accessToken = textOf(body, 'access_token');
  const seconds = Number(body['expires_in'] ?? 0);
  if (accessToken === '' || !(seconds > 0)) {
    throw new ConnectorError('Fortnox answered without a token.', { kind: 'unreachable' });
  }
  const refreshToken = textOf(body, 'refresh_token');
  return {
    ...secrets,
    accessToken,
    accessEndsAtMs: String(clock.nowMs() + seconds * 1_000),
    ...(refreshToken === '' ? {} : { refreshToken }),
  };
}

/** Whatever became of the call for a token: the call that it was for has not been made. */
function notSent(error: unknown): never {
  if (!(error instanceof ConnectorError) || error.failure.kind !== 'unanswered') throw error;
  throw new ConnectorError(error.message, { kind: 'unreachable' }, { cause: error });
}

function tokenHeaders(settings: FortnoxSettings, secrets: Secrets): Record<string, string> {
  const pair = `${settings.clientId}:${secrets['clientSecret'] ?? ''}`;
  return {
    authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    ...(settings.login === 'client-credentials' ? { TenantId: settings.tenantId } : {}),
  };
}

function tokenFailure(status: number, error: string): ConnectorError {
  if (status === 429) {
    return new ConnectorError('Fortnox asks us to slow down.', { kind: 'busy', waitMs: 5_000 });
  }
  if (status >= 500) {
    return new ConnectorError(`Fortnox answered ${status} when asked for a token.`, {
      kind: 'unreachable',
    });
  }
  if (error === 'invalid_grant' || error === 'unauthorized_client') {
    return reconnect('Fortnox does not know our consent any more.');
  }
  if (error === 'invalid_client') {
    return new ConnectorError('Fortnox does not accept the client id and secret.', {
      kind: 'setup',
    });
  }
  return new ConnectorError(`Fortnox gave no token: ${error || status}.`, { kind: 'setup' });
}

function reconnect(message: string): ConnectorError {
  return new ConnectorError(`${message} Connect it again.`, { kind: 'reconnect' });
}
