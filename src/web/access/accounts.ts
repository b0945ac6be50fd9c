import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth, twoFactor, type GenericOAuthConfig } from 'better-auth/plugins';
import type { OidcConfig } from '../../hub/config.ts';
import type { Hub } from '../../hub/hub.ts';
import { addAudit } from '../../store/audit.ts';
import { getPerson } from '../../store/people.ts';
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
    // People are made by people, who say their address: nobody can have claimed one beforehand.
    account: { ...ACCOUNT, accountLinking: { enabled: true, requireLocalEmailVerified: false } },
    plugins: pluginsOf(config),
    verification: VERIFICATION,
    rateLimit: {
      // Counted in the database: who guesses has one count, however many processes there are.
      ...{ enabled: true, storage: 'database', modelName: 'sign_in_try', ...LIMIT },
      fields: { lastRequest: 'last_request' },
      customRules: {
        ...{ '/sign-in/email': SIGN_IN_LIMIT, '/get-session': false },
        ...{ '/two-factor/*': SIGN_IN_LIMIT, '/passkey/verify-authentication': SIGN_IN_LIMIT },
      },
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
          after: async ({ userId }, context) => {
            const person = await getPerson(db, userId);
            // By its password alone nobody with a second factor is in yet.
            const isHalfway = context?.path === '/sign-in/email' && person?.hasFactor === true;
            const way = WAYS[context?.path ?? ''];
            if (person === null || way === undefined || isHalfway) return;
            const about = { person: userId, way };
            const by = person.email;
            await addAudit(db, { by, companyId: null, act: 'session.begin', about });
          },
        },
      },
    },
  });
}

/** How somebody has signed in, by the route that ends it. */
const WAYS: Readonly<Record<string, string>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'recovery-code',
  '/passkey/verify-authentication': 'passkey',
  '/callback/:id': 'oidc',
};

/** Codes that get somebody in who has lost what makes the others. */
const RECOVERY_CODES = 10;
/** The one provider's name in addresses and rows. */
export const OIDC = 'oidc';

function pluginsOf({ publicUrl, oidc }: Hub['config']) {
  return [
    twoFactor({
      ...{ issuer: 'Bokbro', twoFactorTable: 'person_factor' },
      backupCodeOptions: { amount: RECOVERY_CODES },
      schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } }, twoFactor: FACTOR },
    }),
    passkey({
      ...{ rpID: new URL(publicUrl).hostname, rpName: 'Bokbro' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      authentication: { afterVerification: onlyVerified },
      schema: { passkey: PASSKEY },
    }),
    genericOAuth({ config: oidc === undefined ? [] : [providerOf(oidc)] }),
  ];
}

/** A passkey stands for a second factor too: the device has asked who holds it. */
async function onlyVerified({
  verification,
}: {
  readonly verification: { readonly authenticationInfo: { readonly userVerified: boolean } };
}): Promise<void> {
  if (!verification.authenticationInfo.userVerified) {
    throw new APIError('UNAUTHORIZED', { message: 'the device has not asked who holds it' });
  }
}

/** Whoever signs in there must be somebody here: nobody becomes a person by it. */
function providerOf(oidc: OidcConfig): GenericOAuthConfig {
  return {
    ...{ providerId: OIDC, name: oidc.name, disableSignUp: true },
    ...{ clientId: oidc.clientId, clientSecret: oidc.clientSecret },
    discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    scopes: ['openid', 'profile', 'email'],
    ...(oidc.trustsEmail ? { mapProfileToUser: () => ({ emailVerified: true }) } : {}),
  };
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

const FACTOR = {
  modelName: 'person_factor',
  fields: {
    ...{ userId: 'person_id', backupCodes: 'backup_codes', lockedUntil: 'locked_until' },
    failedVerificationCount: 'failed_verification_count',
  },
};

const PASSKEY = {
  modelName: 'person_passkey',
  fields: {
    ...{ userId: 'person_id', publicKey: 'public_key', credentialID: 'credential_id' },
    ...{ deviceType: 'device_type', backedUp: 'backed_up', createdAt: 'created_at' },
  },
};

const VERIFICATION = {
  modelName: 'person_verification',
  fields: { ...TIMES, expiresAt: 'expires_at' },
};
