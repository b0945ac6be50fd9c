import { createHash } from 'node:crypto';
import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { SimulatorClock } from '../clock.ts';
import { accessToken } from './jwt.ts';

/** An app registered with Fortnox. */
export type OAuthClient = {
  readonly id: string;
  readonly secret: string;
  /** Addresses it may be sent back to; any when empty. */
  readonly redirectUris: readonly string[];
  /** Scopes it is registered for: asking for another fails the whole request. */
  readonly scopes: readonly string[];
  readonly mayUseServiceAccount: boolean;
  readonly hasLicence: boolean;
};

/** What a company has let an app do. */
export type Consent = {
  readonly clientId: string;
  readonly tenantId: number;
  readonly scopes: readonly string[];
  /** Given with `account_type=service`: lets the app fetch tokens without a person. */
  readonly isService: boolean;
};

export type Session = Consent & { readonly userId: string; readonly expiresAtMs: number };

export type CodeRequest = Consent & {
  readonly redirectUri: string;
  readonly isOffline: boolean;
  /** PKCE, when the app sent a challenge. */
  readonly challenge: string | null;
  readonly challengeMethod: string;
};

export type Tokens = {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly token_type: 'bearer';
  readonly scope: string;
};

const CODE_LIFE_MS = 600_000;
const ACCESS_LIFE_MS = 3_600_000;
const REFRESH_LIFE_MS = 45 * 86_400_000;

/** Sessions kept before the expired ones are swept out. */
const SESSIONS_MAX = 10_000;

type Code = CodeRequest & { readonly expiresAtMs: number };
type Refresh = Consent & { readonly expiresAtMs: number };

/** Codes, tokens and consents: who may do what, until when, and how often. */
export class Grants {
  readonly #clock: SimulatorClock;
  readonly #chance: Chance;
  readonly #codes = new Map<string, Code>();
  readonly #refresh = new Map<string, Refresh>();
  /** Spent refresh tokens, so that a second use is told from a token that never was. */
  readonly #spent = new Map<string, Consent>();
  readonly #sessions = new Map<string, Session>();
  readonly #consents = new Map<string, Consent>();

  constructor(clock: SimulatorClock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Gives a code for a consent. It is good for ten minutes and one use. */
  giveCode(request: CodeRequest): string {
    this.consent(request);
    const code = this.#chance.hex(40);
    this.#codes.set(code, { ...request, expiresAtMs: this.#clock.nowMs() + CODE_LIFE_MS });
    return code;
  }

  consent(consent: Consent): void {
    this.#consents.set(`${consent.clientId}/${consent.tenantId}`, consent);
  }

  /** @returns null when the code is not good, or the request does not match the one it was for */
  useCode(use: {
    readonly code: string;
    readonly clientId: string;
    readonly redirectUri: string;
    readonly verifier: string | null;
  }): Tokens | null {
    const code = this.#codes.get(use.code);
    this.#codes.delete(use.code);
    const isGood =
      code !== undefined &&
      code.clientId === use.clientId &&
      code.redirectUri === use.redirectUri &&
      code.expiresAtMs > this.#clock.nowMs() &&
      isVerified(code, use.verifier);
    return isGood ? this.issue(code, { hasRefresh: code.isOffline }) : null;
  }

  /** Rotates a refresh token. @returns null when it is unknown, expired, or was used before */
  useRefresh(token: string, clientId: string, reuse: Choices['refreshReuse']): Tokens | null {
    const held = this.#refresh.get(token);
    if (held === undefined || held.clientId !== clientId) {
      const spent = this.#spent.get(token);
      if (spent && reuse === 'revokes-all') this.loseRefresh(spent.tenantId);
      return null;
    }
    this.#refresh.delete(token);
    this.#spent.set(token, held);
    if (held.expiresAtMs <= this.#clock.nowMs()) return null;
    return this.issue(held, { hasRefresh: true });
  }

  /** Tokens without a person. @returns null without a consent to a service account */
  useService(clientId: string, tenantId: number, scopes: readonly string[]): Tokens | null {
    const consent = this.#consents.get(`${clientId}/${tenantId}`);
    if (!consent?.isService) return null;
    const narrowed = scopes.length === 0 ? consent.scopes : scopes;
    if (narrowed.some((scope) => !consent.scopes.includes(scope))) return null;
    return this.issue({ ...consent, scopes: narrowed }, { hasRefresh: false });
  }

  issue(consent: Consent, options: { readonly hasRefresh: boolean }): Tokens {
    const nowMs = this.#clock.nowMs();
    const userId = consent.isService ? 'service' : '1';
    const expiresAtMs = nowMs + ACCESS_LIFE_MS;
    const id = this.#chance.uuid();
    const token = accessToken({ ...consent, userId, id, issuedAtMs: nowMs, expiresAtMs });
    if (this.#sessions.size >= SESSIONS_MAX) this.#sweep();
    this.#sessions.set(token, { ...consent, userId, expiresAtMs });
    const tokens = {
      access_token: token,
      expires_in: ACCESS_LIFE_MS / 1000,
      token_type: 'bearer' as const,
      scope: consent.scopes.join(' '),
    };
    if (!options.hasRefresh) return tokens;
    const refresh = this.#chance.hex(40);
    this.#refresh.set(refresh, { ...consent, expiresAtMs: nowMs + REFRESH_LIFE_MS });
    return { ...tokens, refresh_token: refresh };
  }

  /** The session of a token, expired or not. @returns null for a token that never was or is gone */
  sessionOf(token: string): Session | null {
    return this.#sessions.get(token) ?? null;
  }

  isLive(session: Session): boolean {
    return session.expiresAtMs > this.#clock.nowMs();
  }

  tenantOfRefresh(token: string): number | null {
    return (this.#refresh.get(token) ?? this.#spent.get(token))?.tenantId ?? null;
  }

  tenantOfCode(code: string): number | null {
    return this.#codes.get(code)?.tenantId ?? null;
  }

  /** Takes one access token out of use. */
  expireToken(token: string): void {
    this.#sessions.delete(token);
  }

  expireAccess(tenantId: number): void {
    for (const [token, session] of this.#sessions) {
      if (session.tenantId === tenantId) this.#sessions.delete(token);
    }
  }

  /** The company must consent again: no refresh token of it is good any more. */
  loseRefresh(tenantId: number): void {
    for (const [token, held] of this.#refresh) {
      if (held.tenantId === tenantId) this.#refresh.delete(token);
    }
  }

  withdrawConsent(tenantId: number): void {
    for (const [key, consent] of this.#consents) {
      if (consent.tenantId === tenantId) this.#consents.delete(key);
    }
    this.loseRefresh(tenantId);
    this.expireAccess(tenantId);
  }

  revoke(refreshToken: string, clientId: string): void {
    if (this.#refresh.get(refreshToken)?.clientId === clientId) this.#refresh.delete(refreshToken);
  }

  #sweep(): void {
    for (const [token, session] of this.#sessions) {
      if (!this.isLive(session)) this.#sessions.delete(token);
    }
  }
}

function isVerified(code: Code, verifier: string | null): boolean {
  if (code.challenge === null) return true;
  if (verifier === null) return false;
  if (code.challengeMethod !== 'S256') return verifier === code.challenge;
  return createHash('sha256').update(verifier).digest('base64url') === code.challenge;
}
