import { html, type Answer } from '../api/answer.ts';
import type { Choices } from '../choices.ts';
import type { ApiKey, Scene } from '../shop/shop.ts';
import { send } from '../webhooks/send.ts';
import { newKey } from './keys.ts';

/** What an app asks for by sending the owner to `/wc-auth/v1/authorize`. */
type Request = {
  readonly appName: string;
  readonly scope: ApiKey['permissions'];
  /** The app's own name for its user, given back as it came. */
  readonly userId: string;
  readonly returnUrl: string;
  readonly callbackUrl: string;
};

export type ApprovalDesk = {
  readonly scene: Scene;
  readonly home: string;
  readonly choices: Choices;
  /** Approval links that were shown and not used yet. */
  readonly open: Set<string>;
};

const NEEDED = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'];

/** The page on which the owner of a shop gives an app its keys. */
export async function answerApproval(
  desk: ApprovalDesk,
  path: string,
  query: ReadonlyMap<string, string>,
): Promise<Answer> {
  const request = readRequest(query, desk.choices);
  if (typeof request === 'string') return failed(request);
  if (path === '/wc-auth/v1/authorize') return authorize(desk, request, query);
  if (path !== '/wc-auth/v1/access_granted') return html(404, 'Not found');
  const nonce = query.get('wc_auth_nonce') ?? '';
  if (!desk.open.delete(nonce)) return failed('Invalid nonce verification');
  return grant(desk, request);
}

function readRequest(query: ReadonlyMap<string, string>, choices: Choices): Request | string {
  const missing = NEEDED.find((name) => (query.get(name) ?? '') === '');
  if (missing !== undefined) return `Missing parameter ${missing}`;
  const scope = query.get('scope') ?? '';
  if (scope !== 'read' && scope !== 'write' && scope !== 'read_write') {
    return `Invalid scope ${scope}`;
  }
  for (const name of ['return_url', 'callback_url']) {
    if (!URL.canParse(query.get(name) ?? '')) return `The ${name} is not a valid URL`;
  }
  const callbackUrl = query.get('callback_url') ?? '';
  if (choices.keyCallbacks === 'https' && !callbackUrl.startsWith('https://')) {
    return 'The callback_url needs to be over SSL';
  }
  return {
    appName: query.get('app_name') ?? '',
    scope,
    userId: query.get('user_id') ?? '',
    returnUrl: query.get('return_url') ?? '',
    callbackUrl,
  };
}

function authorize(
  desk: ApprovalDesk,
  request: Request,
  query: ReadonlyMap<string, string>,
): Answer | Promise<Answer> {
  if (desk.choices.owner === 'approves') return grant(desk, request);
  if (desk.choices.owner === 'denies') return back(request, '0');
  const nonce = desk.scene.chance.hex(10);
  desk.open.add(nonce);
  const link = new URLSearchParams([...query, ['wc_auth_nonce', nonce]]);
  const approve = `${desk.home}/wc-auth/v1/access_granted?${link.toString()}`;
  const name = escaped(request.appName);
  return html(
    200,
    `<!DOCTYPE html><html><head><title>${name}</title></head><body>` +
      `<h1>${name} would like to connect to your store</h1>` +
      `<p>This will give "${name}" ${request.scope} access.</p>` +
      `<a class="wc-auth-approve" href="${escaped(approve)}">Approve</a> ` +
      `<a class="wc-auth-deny" href="${escaped(returnTo(request, '0'))}">Deny</a></body></html>`,
  );
}

/** Keys that cannot be delivered are taken back. */
async function grant(desk: ApprovalDesk, request: Request): Promise<Answer> {
  const key = newKey(desk.scene, request.scope);
  const status = await send({
    url: request.callbackUrl,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({
      key_id: key.id,
      user_id: request.userId,
      consumer_key: key.consumerKey,
      consumer_secret: key.consumerSecret,
      key_permissions: key.permissions,
    }),
  });
  if (status === 200) return back(request, '1');
  desk.scene.shop.keys.delete(key.id);
  return failed(
    'An error occurred in the request and at the time were unable to send the consumer data',
  );
}

function back(request: Request, success: '0' | '1'): Answer {
  return html(302, '', { Location: returnTo(request, success) });
}

function returnTo({ returnUrl, userId }: Request, success: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set('success', success);
  url.searchParams.set('user_id', userId);
  return url.href;
}

function failed(text: string): Answer {
  return html(
    401,
    `<!DOCTYPE html><html><head><title>Access denied</title></head>` +
      `<body><p>Error: ${escaped(text)}.</p></body></html>`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
