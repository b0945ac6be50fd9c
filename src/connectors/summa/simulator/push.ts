import type { Json } from '../../../lib/json.ts';

/** Where invoices are posted, and with which key. */
export type Address = { readonly url: string; readonly key: string | null };

/** What goes wrong between Summa and whoever listens, for one request. */
export type LineFault =
  /** It arrives, and the answer is lost on its way back. */
  | 'lose-answer'
  /** It is sent twice at once, as by a double click. Summa sees the answer of the first. */
  | 'twice'
  /** It never arrives. */
  | 'lose-request';

/** Null when there was no answer. */
export type Reply = { readonly status: number; readonly body: unknown } | null;

/** Nothing is known of how long Summa waits. A person is looking at the screen meanwhile. */
const PATIENCE_MS = 30_000;

type Request = Address & {
  readonly body: Json;
  /** `Idempotency-Key`; null for a list, whose items have keys of their own. */
  readonly idempotencyKey: string | null;
  readonly fault: LineFault | null;
};

/** Posts, once, and waits: the number is in the answer. */
export async function post(request: Request): Promise<Reply> {
  switch (request.fault) {
    case 'lose-request':
      return null;
    case 'lose-answer':
      await send(request);
      return null;
    case 'twice': {
      const [first] = await Promise.all([send(request), send(request)]);
      return first;
    }
    case null:
      return send(request);
  }
}

async function send({ url, key, body, idempotencyKey }: Request): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: parse(await response.text()) };
  } catch {
    // Down, reset or too slow: what became of it shows when it is sent again.
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
