import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getConnInfo } from '@hono/node-server/conninfo';
import { addAudit } from '../../store/audit.ts';
import { CLIENT_HEADER, OIDC, type Accounts } from '../access/accounts.ts';
import type { ApiProblemCode } from '../../text/api-problems.ts';
import { problem, refused, type ProblemStatus } from '../problem.ts';
import type { ApiEnv } from './route.ts';

/** A route of better-auth that is offered. */
type Offered = {
  readonly method: 'GET' | 'POST';
  /** What of its answer a page is told: what opens a session stands in a cookie, and in no body. */
  readonly tells: readonly string[] | 'all';
  /** What the audit trail says of it. Sign-ins are noted where sessions begin. */
  readonly act?: string;
};

const SILENT = { method: 'POST', tells: [] } as const;

/** All that is offered of what better-auth can do: the rest goes round our rules of passwords. */
const OFFERED: Readonly<Record<string, Offered>> = {
  '/sign-in/email': { method: 'POST', tells: ['twoFactorRedirect'] },
  '/sign-in/social': { method: 'POST', tells: ['url'] },
  [`/callback/${OIDC}`]: { method: 'GET', tells: [] },
  '/sign-out': SILENT,
  '/two-factor/enable': { method: 'POST', tells: ['totpURI', 'backupCodes'] },
  '/two-factor/verify-totp': SILENT,
  '/two-factor/verify-backup-code': SILENT,
  '/two-factor/generate-backup-codes': {
    ...{ method: 'POST', tells: ['backupCodes'], act: 'person.recovery-codes' },
  },
  '/two-factor/disable': { ...SILENT, act: 'person.factor-off' },
  '/passkey/generate-register-options': { method: 'GET', tells: 'all' },
  '/passkey/verify-registration': { ...SILENT, act: 'person.passkey-add' },
  '/passkey/generate-authenticate-options': { method: 'GET', tells: 'all' },
  '/passkey/verify-authentication': SILENT,
  '/passkey/delete-passkey': { ...SILENT, act: 'person.passkey-remove' },
};

/** Puts the ways in and out below `/auth`. */
export function offerSignIn(app: OpenAPIHono<ApiEnv>, accounts: Accounts): void {
  for (const [path, offered] of Object.entries(OFFERED)) {
    app.on(offered.method, `/auth${path}`, (c) => pass(c, accounts, { path, ...offered }));
  }
}

/** The library's codes that people meet. */
const CODES: Readonly<Record<string, ApiProblemCode>> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-login',
  INVALID_PASSWORD: 'wrong-password',
  INVALID_CODE: 'wrong-code',
  INVALID_BACKUP_CODE: 'wrong-code',
};

async function pass(
  c: Context<ApiEnv>,
  accounts: Accounts,
  { path, tells, act }: Offered & { readonly path: string },
): Promise<Response> {
  const before = await accounts.api.getSession({ headers: c.req.raw.headers });
  const answer = await accounts.handler(withAddress(c));
  if (answer.status >= 300 && answer.status < 400) return answer;
  const body = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) {
    const retry = answer.headers.get('x-retry-after');
    if (retry !== null) c.header('retry-after', retry);
    const status = answer.status as ProblemStatus;
    const known = CODES[String(body['code'])];
    if (known !== undefined) return refused(c, status, { code: known });
    const { message } = body;
    return typeof message === 'string'
      ? problem(c, status, message)
      : refused(c, status, { code: 'not-allowed' });
  }
  const done = path === '/two-factor/verify-totp' && before !== null ? 'person.factor-on' : act;
  if (done !== undefined && before !== null) {
    const about = { person: before.user.id };
    const by = before.user.email;
    await addAudit(c.get('hub').database.db, { by, companyId: null, act: done, about });
  }
  const told = Object.entries(body).filter(([name]) => tells === 'all' || tells.includes(name));
  const headers = new Headers(answer.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  return new Response(JSON.stringify(Object.fromEntries(told)), { headers });
}

/** The request with the address that it really came from, which sign-in counts by. */
function withAddress(c: Context): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.set(CLIENT_HEADER, addressOf(c));
  return new Request(c.req.raw, { headers });
}

/** Where a request came from, as its socket says. */
export function addressOf(c: Context): string {
  // Without a socket, as in a test that calls the routes themselves, everybody is one.
  const hasSocket = typeof c.env === 'object' && c.env !== null && 'incoming' in c.env;
  return (hasSocket ? getConnInfo(c).remote.address : undefined) ?? '127.0.0.1';
}
