import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { betterAuth } from 'better-auth';
import type { Hub } from '../../hub/hub.ts';
import { addAudit } from '../../store/audit.ts';
import { masterKey } from '../../store/secret-box.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from './passwords.ts';

/** Where the address of who asks stands, put there by our server and by nobody before it. */
export const CLIENT_HEADER = 'x-bokbro-client';

const HOUR = 3_600;
const SESSION_SECONDS = 12 * HOUR;
/** A session that is used is kept; its end is moved at most so often. */
const RENEW_SECONDS = HOUR;
/** Somebody who guesses gets this far in a minute; who mistypes has enough. */
const SIGN_IN_LIMIT = { window: 60, max: 10 };
const LIMIT = { window: 60, max: 300 };
const SECRET_BYTES = 32;

/** Who can sign in, by which password, and who has. */
export type Accounts = ReturnType<typeof openAccounts>;

/**
 * Sign-in on the hub's own tables. People are made by people: nobody signs up by themselves.
 *
 * The cookie is signed with a key of its own made from the master key: whoever restores the
 * database without it lets nobody in.
 */
export function openAccounts({ config, database, log }: Hub) {
  const { db } = database;
  const key = masterKey({ given: config.masterKey, file: join(config.home, 'master.key') });
  const secret = Buffer.from(hkdfSync('sha256', key, '', 'bokbro sessions', SECRET_BYTES));
  return betterAuth({
    appName: 'Bokbro',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: secret.toString('base64'),
    database: { db, type: 'postgres' },
    // The hub is reached by whatever name its machine has: the page's own address is one of ours.
    trustedOrigins: (request) => (request === undefined ? [] : ownOrigins(request)),
    emailAndPassword: {
      ...{ enabled: true, disableSignUp: true },
      ...{ minPasswordLength: PASSWORD_MIN, maxPasswordLength: PASSWORD_MAX },
    },
    session: { ...SESSION, expiresIn: SESSION_SECONDS, updateAge: RENEW_SECONDS },
    user: { ...PERSON, changeEmail: { enabled: false }, deleteUser: { enabled: false } },
    account: ACCOUNT,
    verification: VERIFICATION,
    rateLimit: {
      ...{ enabled: true, storage: 'memory', ...LIMIT },
      customRules: { '/sign-in/email': SIGN_IN_LIMIT, '/get-session': false },
    },
    advanced: {
      cookiePrefix: 'bokbro',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
    },
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'error' ? 'error' : 'info']({}, message) },
    databaseHooks: {
      session: {
        create: {
          after: async ({ userId }) => {
            const about = { person: userId };
            await addAudit(db, { by: userId, companyId: null, act: 'session.begin', about });
          },
        },
      },
    },
  });
}

/** The addresses a page of ours can have been loaded from, by what the request was sent to. */
export function ownOrigins(request: Request): string[] {
  const host = request.headers.get('host');
  return host === null ? [] : [`http://${host}`, `https://${host}`];
}

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' };

const PERSON = {
  modelName: 'person',
  fields: { ...TIMES, emailVerified: 'email_verified' },
};

const SESSION = {
  modelName: 'person_session',
  fields: {
    ...{ ...TIMES, userId: 'person_id', expiresAt: 'expires_at' },
    ...{ ipAddress: 'ip_address', userAgent: 'user_agent' },
  },
};

const ACCOUNT = {
  modelName: 'person_account',
  fields: {
    ...{ ...TIMES, userId: 'person_id', accountId: 'account_id', providerId: 'provider_id' },
    ...{ accessToken: 'access_token', refreshToken: 'refresh_token', idToken: 'id_token' },
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  },
};

const VERIFICATION = {
  modelName: 'person_verification',
  fields: { ...TIMES, expiresAt: 'expires_at' },
};
