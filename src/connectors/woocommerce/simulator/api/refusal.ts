import type { Fields } from './fields.ts';

/** What WordPress answers when it does not do what is asked: `{code, message, data: {status}}`. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly more: Fields;

  /** @param more what stands in `data` beside the status */
  constructor(status: number, code: string, told: { message: string; more?: Fields }) {
    super(told.message);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
    this.more = told.more ?? {};
  }
}

/** @throws Refused always */
export function refuse(status: number, code: string, message: string): never {
  throw new Refused(status, code, { message });
}

export function bodyOf(refused: Refused): Fields {
  const { code, message, more, status } = refused;
  return { code, message, data: { ...more, status } };
}

/** One parameter that was not taken, and why. */
export type BadParameter = {
  readonly name: string;
  readonly code: string;
  readonly message: string;
};

/** All parameters that were not taken, in one refusal. */
export function invalidParameters(bad: readonly BadParameter[]): Refused {
  const names = bad.map(({ name }) => name);
  return new Refused(400, 'rest_invalid_param', {
    message: `Invalid parameter(s): ${names.join(', ')}`,
    more: {
      params: Object.fromEntries(bad.map(({ name, message }) => [name, message])),
      details: Object.fromEntries(
        bad.map(({ name, code, message }) => [name, { code, message, data: null }]),
      ),
    },
  });
}

export function missingParameters(names: readonly string[]): Refused {
  return new Refused(400, 'rest_missing_callback_param', {
    message: `Missing parameter(s): ${names.join(', ')}`,
    more: { params: [...names] },
  });
}
