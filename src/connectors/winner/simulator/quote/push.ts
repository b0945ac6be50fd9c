import type { Json } from '../../../../lib/json.ts';

/** Where accepted quotes are posted, and with which key. */
export type Address = { readonly url: string; readonly key: string | null };

/** What goes wrong between Winner and whoever listens, for one request. */
export type LineFault = 'lose-answer' | 'lose-request' | 'twice';

/**
 * What an answer says. Only whether it was taken matters: order numbers are fetched later, if at
 * all.
 *
 * | Answer                                       | Winner                                      |
 * |----------------------------------------------|---------------------------------------------|
 * | 2xx, not `rejected`, not about another quote | Taken                                       |
 * | `rejected`, not `retryable`                  | Shows the errors; a person sees to it       |
 * | 400, 413, 415 or 422                         | The same                                    |
 * | No answer, anything else                     | Sent again later, with the same key         |
 */
export type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'rejected'; readonly errors: readonly string[] }
  | { readonly kind: 'unknown' };

/** Nothing is known of how long Winner waits. */
const PATIENCE_MS = 30_000;

/** Statuses that say that this quote will never be taken as it is. */
const REFUSALS = new Set([400, 413, 415, 422]);

export type Posting = {
  readonly address: Address;
  readonly externalId: string;
  readonly idempotencyKey: string;
  readonly body: Json;
  readonly fault: LineFault | null;
};

export async function post(posting: Posting): Promise<Outcome> {
  switch (posting.fault) {
    case 'lose-request':
      return { kind: 'unknown' };
    case 'lose-answer':
      await send(posting);
      return { kind: 'unknown' };
    case 'twice': {
      const [first] = await Promise.all([send(posting), send(posting)]);
      return first;
    }
    case null:
      return send(posting);
  }
}

async function send({ address, externalId, idempotencyKey, body }: Posting): Promise<Outcome> {
  try {
    const response = await fetch(address.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': idempotencyKey,
        ...(address.key === null ? {} : { authorization: `Bearer ${address.key}` }),
      },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return outcomeOf(response.status, parse(await response.text()), externalId);
  } catch {
    // Down, reset or too slow: what became of it shows when it is sent again.
    return { kind: 'unknown' };
  }
}

type Fields = { readonly [name: string]: unknown };

function outcomeOf(status: number, said: Fields, externalId: string): Outcome {
  const isRejected = said['status'] === 'rejected' && said['retryable'] !== true;
  if (isRejected || REFUSALS.has(status)) return { kind: 'rejected', errors: errorsIn(said) };
  const about = said['external_id'] ?? externalId;
  const isTaken = status >= 200 && status < 300 && said['status'] !== 'rejected';
  return isTaken && about === externalId ? { kind: 'taken' } : { kind: 'unknown' };
}

function errorsIn(said: Fields): string[] {
  const errors = Array.isArray(said['errors']) ? said['errors'].filter(isFields) : [];
  return errors.map(({ code, message }) => `${String(code)}: ${String(message)}`);
}

function parse(text: string): Fields {
  try {
    const parsed: unknown = JSON.parse(text);
    return isFields(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
