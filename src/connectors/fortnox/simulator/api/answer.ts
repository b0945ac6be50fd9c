import type { Fields } from '../wire/record.ts';
import { errorBody, type Refused } from '../wire/refusals.ts';

/** What goes back to the client. */
export type Answer = {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string | Uint8Array;
  /** Value of `Location`: only the name of the resource, as was recorded. */
  readonly location: string | null;
};

export const API_ADDRESS = 'https://api.fortnox.se/3/';
const JSON_TYPE = 'application/json';

export type Meta = { readonly total: number; readonly pages: number; readonly page: number };

export function found(envelope: string, fields: Fields): Answer {
  return json(200, encode({ [envelope]: fields }));
}

export function created(envelope: string, fields: Fields, resource: string): Answer {
  return { ...json(201, encode({ [envelope]: fields })), location: resource };
}

export function deleted(): Answer {
  return { status: 204, mediaType: JSON_TYPE, body: '', location: null };
}

export function listed(envelope: string, items: readonly Fields[], meta: Meta | null): Answer {
  const information = meta && {
    '@TotalResources': meta.total,
    '@TotalPages': meta.pages,
    '@CurrentPage': meta.page,
  };
  const body = information
    ? { MetaInformation: information, [envelope]: items }
    : { [envelope]: items };
  return json(200, encode(body));
}

export function file(bytes: Uint8Array, mediaType: string): Answer {
  return { status: 200, mediaType, body: bytes, location: null };
}

export function refused(error: Refused): Answer {
  return json(error.status, errorBody(error));
}

/** What the gateway in front of the API says to a token it does not take. */
export function unauthorized(): Answer {
  return json(401, '{"message":"unauthorized"}');
}

export function json(status: number, body: string): Answer {
  return { status, mediaType: JSON_TYPE, body, location: null };
}

/** Fortnox escapes slashes in its JSON. */
function encode(value: Fields): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}

/** `@url` of an object: each part of its path percent-encoded. */
export function urlOf(...parts: readonly (string | number)[]): string {
  return API_ADDRESS + parts.map((part) => encodeURIComponent(part)).join('/');
}
