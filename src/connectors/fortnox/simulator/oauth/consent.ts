import type { Answer } from '../api/answer.ts';
import type { Query } from '../api/query.ts';
import type { Grants, OAuthClient } from './grants.ts';
import { readScopes } from './scopes.ts';

/**
 * `/oauth-v1/auth`: a page where a person lets an app into a company, or, when consent is given
 * automatically, the way back at once.
 */
export type ConsentDesk = {
  readonly clients: ReadonlyMap<string, OAuthClient>;
  readonly grants: Grants;
  /** Companies that can be chosen; the first is chosen by itself. */
  readonly companies: readonly { readonly id: number; readonly name: string }[];
  readonly mode: 'automatic' | 'page' | 'denied';
  /** Whether the company has the licence that the app needs. */
  readonly hasLicence: (tenantId: number) => boolean;
};

/** Simulator's own: which company consents. A person would choose it after logging in. */
const COMPANY = 'company';

/** @param answered what the person chose on the page; null when the page is only opened */
export function answerAuthorize(
  desk: ConsentDesk,
  query: Query,
  answered: 'approved' | 'denied' | null,
): Answer {
  const client = desk.clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  const isAllowed = client?.redirectUris.length === 0 || client?.redirectUris.includes(redirectUri);
  if (!client || !isAllowed || !URL.canParse(redirectUri)) {
    return page(400, '<h1>Ogiltig integration</h1><p>Okänd client_id eller redirect_uri.</p>');
  }
  const problem = problemOf(desk, client, query);
  if (problem) return sendBack(query, problem);
  if (answered === null && desk.mode === 'page') return page(200, form(desk, query));
  if (answered === 'denied' || desk.mode === 'denied') {
    return sendBack(query, { error: 'access_denied' });
  }
  return sendBack(query, { code: giveCode(desk, client, query) });
}

type Problem = Readonly<Record<string, string>>;

function problemOf(desk: ConsentDesk, client: OAuthClient, query: Query): Problem | null {
  const scopes = readScopes(query.get('scope') ?? '');
  if (query.get('response_type') !== 'code') return { error: 'unsupported_response_type' };
  if (!query.get('state')) return { error: 'invalid_request', error_description: 'Missing state' };
  if (scopes.length === 0 || scopes.some((scope) => !client.scopes.includes(scope))) {
    return { error: 'invalid_scope' };
  }
  if (query.get('account_type') === 'service' && !client.mayUseServiceAccount) {
    return {
      error: 'unauthorized_client',
      error_description: 'Client does not allow service account',
    };
  }
  if (!client.hasLicence) return { error: 'error_missing_app_license' };
  return desk.hasLicence(companyOf(desk, query)) ? null : { error: 'error_missing_license' };
}

function companyOf(desk: ConsentDesk, query: Query): number {
  const asked = Number(query.get(COMPANY));
  return desk.companies.find(({ id }) => id === asked)?.id ?? desk.companies[0]?.id ?? 0;
}

function giveCode(desk: ConsentDesk, client: OAuthClient, query: Query): string {
  return desk.grants.giveCode({
    clientId: client.id,
    tenantId: companyOf(desk, query),
    scopes: readScopes(query.get('scope') ?? ''),
    isService: query.get('account_type') === 'service',
    redirectUri: query.get('redirect_uri') ?? '',
    isOffline: query.get('access_type') === 'offline',
    challenge: query.get('code_challenge') ?? null,
    challengeMethod: query.get('code_challenge_method') ?? 'plain',
  });
}

function sendBack(query: Query, result: Readonly<Record<string, string>>): Answer {
  const address = new URL(query.get('redirect_uri') ?? '');
  for (const [name, value] of Object.entries(result)) address.searchParams.set(name, value);
  const state = query.get('state');
  if (state) address.searchParams.set('state', state);
  return { status: 302, mediaType: 'text/html', body: '', location: address.toString() };
}

function form(desk: ConsentDesk, query: Query): string {
  const hidden = [...query]
    .filter(([name]) => name !== COMPANY)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const options = desk.companies
    .map(({ id, name }) => `<option value="${id}">${escape(name)} (${id})</option>`)
    .join('');
  const scopes = readScopes(query.get('scope') ?? '')
    .map((scope) => `<li>${escape(scope)}</li>`)
    .join('');
  return `<h1>Godkänn åtkomst</h1><p>Integrationen vill ha behörighet till:</p><ul>${scopes}</ul>
<form method="post" action="/oauth-v1/auth">${hidden}
<label>Företag <select name="${COMPANY}">${options}</select></label>
<button name="answer" value="approved">Godkänn</button>
<button name="answer" value="denied">Avbryt</button></form>`;
}

function page(status: number, body: string): Answer {
  const html = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Fortnox</title>${body}`;
  return { status, mediaType: 'text/html; charset=utf-8', body: html, location: null };
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
