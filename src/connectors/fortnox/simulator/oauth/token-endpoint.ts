import { json, type Answer } from '../api/answer.ts';
import type { Choices } from '../choices.ts';
import { readQuery, type Query } from '../api/query.ts';
import type { Grants, OAuthClient, Tokens } from './grants.ts';
import { readScopes } from './scopes.ts';

/**
 * `/oauth-v1/token` and `/oauth-v1/revoke`.
 *
 * | Uncertain                                   | Chosen                                         |
 * |---------------------------------------------|------------------------------------------------|
 * | Text of a bad authorization code            | "Invalid authorization code", invalid_grant    |
 * | client_credentials without service consent  | 400 unauthorized_client                        |
 * | A refresh token used twice                  | That call fails (`refreshReuse`)               |
 * | Access tokens when a connection is revoked  | Good until they expire                         |
 */
export type TokenRequest = {
  readonly authorization: string;
  readonly tenantHeader: string;
  readonly mediaType: string;
  readonly body: Uint8Array;
};

export type TokenDesk = {
  readonly clients: ReadonlyMap<string, OAuthClient>;
  readonly grants: Grants;
  readonly choices: Choices;
};

const UTF8 = new TextDecoder();

export function readForm(request: TokenRequest): Query {
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.mediaType);
  return isForm ? readQuery(UTF8.decode(request.body)) : new Map();
}

export function answerToken(desk: TokenDesk, request: TokenRequest): Answer {
  const client = clientOf(desk, request.authorization);
  if (client === null) return invalidClient();
  const form = readForm(request);
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return byCode(desk, client, form);
    case 'refresh_token': {
      const token = form.get('refresh_token') ?? '';
      const tokens = desk.grants.useRefresh(token, client.id, desk.choices.refreshReuse);
      return tokens ? answerTokens(tokens) : error('invalid_grant', 'Invalid refresh token');
    }
    case 'client_credentials':
      return byService(desk, client, { form, tenantHeader: request.tenantHeader });
    case undefined:
      return error('invalid_request', 'Missing grant type');
    default:
      return error('unsupported_grant_type', 'Unsupported grant type');
  }
}

/** Says yes to any token, also one that never was. */
export function answerRevoke(desk: TokenDesk, request: TokenRequest): Answer {
  const client = clientOf(desk, request.authorization);
  if (client === null) return invalidClient();
  desk.grants.revoke(readForm(request).get('token') ?? '', client.id);
  return json(200, '{"revoked":true}');
}

function byCode(desk: TokenDesk, client: OAuthClient, form: Query): Answer {
  const tokens = desk.grants.useCode({
    code: form.get('code') ?? '',
    clientId: client.id,
    redirectUri: form.get('redirect_uri') ?? '',
    verifier: form.get('code_verifier') ?? null,
  });
  return tokens ? answerTokens(tokens) : error('invalid_grant', 'Invalid authorization code');
}

function byService(
  desk: TokenDesk,
  client: OAuthClient,
  request: { readonly form: Query; readonly tenantHeader: string },
): Answer {
  const tenantId = /^\d{1,15}$/.test(request.tenantHeader) ? Number(request.tenantHeader) : -1;
  const scopes = readScopes(request.form.get('scope') ?? '');
  if (scopes.some((scope) => !client.scopes.includes(scope))) {
    return error('invalid_scope', 'The requested scope is invalid');
  }
  const tokens = desk.grants.useService(client.id, tenantId, scopes);
  return tokens
    ? answerTokens(tokens)
    : error('unauthorized_client', 'No consent for a service account');
}

function clientOf({ clients }: TokenDesk, authorization: string): OAuthClient | null {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  const client = clients.get(text.slice(0, at));
  return client?.secret === text.slice(at + 1) ? client : null;
}

function answerTokens(tokens: Tokens): Answer {
  return json(200, JSON.stringify(tokens));
}

function invalidClient(): Answer {
  const body = {
    error: 'invalid_client',
    error_description: 'The client credentials are invalid',
  };
  return json(401, JSON.stringify(body));
}

function error(name: string, description: string): Answer {
  return json(400, JSON.stringify({ error: name, error_description: description }));
}
