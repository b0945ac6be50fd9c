import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who has signed in at the provider. */
export type Claims = { readonly sub: string; readonly email: string; readonly verified: boolean };

/** An OpenID Connect provider on loopback, as OpenID Connect Core 1.0 and RFC 7636 have it. */
export type OidcProvider = {
  readonly issuer: string;
  /** The next who comes is this one; `key: 'foreign'` signs with a key nobody knows. */
  next(claims: Claims, key?: 'own' | 'foreign'): void;
  stop(): Promise<void>;
};

export const CLIENT = { id: 'bokbro', secret: 'hemlig mellan två' };

type Code = {
  readonly challenge: string;
  readonly nonce: string | null;
  readonly redirect: string;
};

export async function startOidcProvider(): Promise<OidcProvider> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, Code>();
  let claims: Claims = { sub: 'nobody', email: 'nobody@byran.example', verified: false };
  let signing = own.privateKey;
  let issuer = '';

  const token = (nonce: string | null): string => {
    const now = Math.floor(Date.now() / 1_000);
    const said = {
      ...{ iss: issuer, aud: CLIENT.id, sub: claims.sub, iat: now, exp: now + 300 },
      ...{ email: claims.email, email_verified: claims.verified, name: 'Någon Annan' },
      ...(nonce === null ? {} : { nonce }),
    };
    const part = (of: unknown) => Buffer.from(JSON.stringify(of)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(said)}`;
    return `${text}.${sign('sha256', Buffer.from(text), signing).toString('base64url')}`;
  };

  /** @returns the tokens, or why there are none */
  const exchange = (form: URLSearchParams, authorization: string): object | string => {
    const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
    const isOurs =
      form.get('client_secret') === CLIENT.secret || authorization === `Basic ${basic}`;
    if (!isOurs) return 'invalid_client';
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    if (code === undefined || code.redirect !== form.get('redirect_uri')) return 'invalid_grant';
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (challenge !== code.challenge) return 'invalid_grant';
    return { access_token: randomUUID(), token_type: 'Bearer', id_token: token(code.nonce) };
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', issuer);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/.well-known/openid-configuration') {
      json(200, {
        ...{
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
        },
        ...{ jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported: ['RS256'] },
        ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      });
    } else if (url.pathname === '/keys') {
      const key = own.publicKey.export({ format: 'jwk' });
      json(200, { keys: [{ ...key, kid: 'one', use: 'sig', alg: 'RS256' }] });
    } else if (url.pathname === '/authorize') {
      const asked = (name: string) => url.searchParams.get(name);
      const code = randomUUID();
      const redirect = asked('redirect_uri') ?? '';
      const challenge = asked('code_challenge') ?? '';
      codes.set(code, { challenge, nonce: asked('nonce'), redirect });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked('state') ?? '');
      response.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === '/token') {
      let text = '';
      request.on('data', (piece) => (text += String(piece)));
      request.on('end', () => {
        const given = exchange(new URLSearchParams(text), request.headers.authorization ?? '');
        if (typeof given === 'string') json(400, { error: given });
        else json(200, given);
      });
    } else json(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    next: (who, key = 'own') => {
      claims = who;
      signing = key === 'own' ? own.privateKey : foreign.privateKey;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
