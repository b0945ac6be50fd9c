import { bodyOf, type Refused } from './refusal.ts';
import type { Fields } from './fields.ts';

/** What goes back to the client. */
export type Answer = {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

const JSON_TYPE = 'application/json; charset=UTF-8';

export function json(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, mediaType: JSON_TYPE, body: wordPressJson(value), headers };
}

export function html(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, mediaType: 'text/html; charset=UTF-8', body, headers };
}

export function refused(error: Refused): Answer {
  return json(bodyOf(error), error.status);
}

export function created(fields: Fields, url: string): Answer {
  return json(fields, 201, { Location: url });
}

/** JSON as PHP writes it: slashes and all that is not ASCII are escaped. */
export function wordPressJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (letter) => {
      return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}
