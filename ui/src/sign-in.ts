import { failure } from './api.ts';

/** What is offered below `/api/auth`, which is not described as the rest of the API is. */
const AT = '/api/auth';

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${AT}${path}`, {
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  });
  if (!response.ok) throw await failure(response);
  return (await response.json()) as T;
}

/**
 * Signs in. The cookie that comes back is out of any script's reach.
 *
 * @returns whether a code is needed yet
 */
export async function signIn(email: string, password: string): Promise<'done' | 'code'> {
  const said = await ask<{ twoFactorRedirect?: boolean }>('/sign-in/email', { email, password });
  return said.twoFactorRedirect === true ? 'code' : 'done';
}

const ONE_TIME = /^\d{6}$/;

/** The second step: what the app shows, or one of the recovery codes. */
export async function signInByCode(given: string): Promise<void> {
  const code = given.replaceAll(/\s/g, '');
  const isOneTime = ONE_TIME.test(code);
  await ask(`/two-factor/${isOneTime ? 'verify-totp' : 'verify-backup-code'}`, { code });
}

/** Goes to the firm's own page. */
export async function signInByProvider(to: string): Promise<void> {
  const back = { callbackURL: to, errorCallbackURL: '/sign-in' };
  const { url } = await ask<{ url: string }>('/sign-in/social', { provider: 'oidc', ...back });
  location.assign(url);
}

export async function signOut(): Promise<void> {
  await ask('/sign-out', {});
}

/** Whether this browser has passkeys, at an address that can have them. */
export function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

export async function signInByPasskey(): Promise<void> {
  const options = await ask<PublicKeyCredentialRequestOptionsJSON>(
    '/passkey/generate-authenticate-options',
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const response = await navigator.credentials.get({ publicKey });
  await ask('/passkey/verify-authentication', { response });
}

export async function addPasskey(name: string): Promise<void> {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>(
    '/passkey/generate-register-options',
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const response = await navigator.credentials.create({ publicKey });
  await ask('/passkey/verify-registration', { response, name });
}

export async function removePasskey(id: string): Promise<void> {
  await ask('/passkey/delete-passkey', { id });
}

/** Begins to set up the app that makes codes; nothing is asked for before `confirmFactor`. */
export async function beginFactor(
  password: string,
): Promise<{ readonly totpURI: string; readonly backupCodes: readonly string[] }> {
  return ask('/two-factor/enable', { password });
}

export async function confirmFactor(code: string): Promise<void> {
  await ask('/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') });
}

export async function endFactor(password: string): Promise<void> {
  await ask('/two-factor/disable', { password });
}

/** New recovery codes in the place of those before. */
export async function renewCodes(password: string): Promise<readonly string[]> {
  const path = '/two-factor/generate-backup-codes';
  return (await ask<{ backupCodes: readonly string[] }>(path, { password })).backupCodes;
}
