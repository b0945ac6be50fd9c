import { createHmac } from 'node:crypto';

/** Not a secret: the simulator looks its tokens up, and only clients read them. */
const KEY = 'fortnox-simulator';

export type TokenSubject = {
  readonly clientId: string;
  readonly tenantId: number;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly id: string;
};

/** An access token in the form Fortnox gives it, with the same claims. */
export function accessToken(subject: TokenSubject): string {
  const { clientId, tenantId, userId, scopes, id } = subject;
  const claims = {
    userId,
    tenantId,
    clientId,
    rightsAsJson: '{}',
    scopes,
    authsource: 'oauth',
    id,
    jti: id,
    iss: 'https://api.fortnox.se/oauth2',
    aud: clientId,
    sub: `${userId}@${tenantId}`,
    exp: Math.floor(subject.expiresAtMs / 1000),
    iat: Math.floor(subject.issuedAtMs / 1000),
    token_type: 'bearer',
    scope: scopes.join(' '),
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', KEY).update(signed).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
