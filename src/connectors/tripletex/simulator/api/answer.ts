import type { Fields, Value } from '../wire/record.ts';

/** What goes back to the client. */
export type Answer = {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
};

const JSON_TYPE = 'application/json';

export function value(fields: Value, status = 200): Answer {
  return json(status, { value: fields });
}

export function created(fields: Fields): Answer {
  return value(fields, 201);
}

export function nothing(status: 204 | 304 = 204): Answer {
  return { status, mediaType: JSON_TYPE, body: '' };
}

export function file(bytes: Uint8Array, mediaType: string): Answer {
  return { status: 200, mediaType, body: bytes };
}

export function json(status: number, body: Value): Answer {
  return { status, mediaType: JSON_TYPE, body: JSON.stringify(body) };
}
