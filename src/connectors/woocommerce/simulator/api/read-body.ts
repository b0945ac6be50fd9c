import { isFields, type Fields } from './fields.ts';
import { invalidParameters, type BadParameter } from './refusal.ts';

/** What a field of a body must be. A list or an object has a shape of its own. */
export type Shape =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'mixed'
  | { readonly oneOf: readonly string[] }
  | { readonly list: Shape }
  | { readonly fields: Shapes };

export type Shapes = { readonly [name: string]: Shape };

/**
 * Checks a body as WordPress does against a schema: every field that is wrong is told of at once,
 * and of each the first thing that is. Fields that are not known are passed over.
 *
 * @throws Refused with 400
 */
export function checkBody(body: Fields, shapes: Shapes): void {
  const bad = Object.entries(shapes).flatMap(([name, shape]) => {
    const value = body[name];
    const found = value === undefined ? null : wrong(value, shape, name);
    return found === null ? [] : [{ ...found, name }];
  });
  if (bad.length > 0) throw invalidParameters(bad);
}

type Wrong = Omit<BadParameter, 'name'>;

function wrong(value: unknown, shape: Shape, path: string): Wrong | null {
  if (typeof shape === 'string') {
    return isOf(value, shape) ? null : notOf(path, shape);
  }
  if ('oneOf' in shape) {
    if (typeof value === 'string' && shape.oneOf.includes(value)) return null;
    const message = `${path} is not one of ${shape.oneOf.join(', ')}.`;
    return { code: 'rest_not_in_enum', message };
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return notOf(path, 'array');
    return firstOf(value.map((one, at) => wrong(one, shape.list, `${path}[${at}]`)));
  }
  if (!isFields(value)) return notOf(path, 'object');
  return firstOf(
    Object.entries(shape.fields).map(([name, inner]) =>
      value[name] === undefined ? null : wrong(value[name], inner, `${path}[${name}]`),
    ),
  );
}

function firstOf(found: readonly (Wrong | null)[]): Wrong | null {
  return found.find((one) => one !== null) ?? null;
}

function notOf(path: string, type: string): Wrong {
  return { code: 'rest_invalid_type', message: `${path} is not of type ${type}.` };
}

/** WordPress takes numbers and booleans as text too, but never a number for text. */
function isOf(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return isNumeric(value) && Number.isInteger(Number(value));
    case 'number':
      return isNumeric(value);
    case 'boolean':
      return BOOLEANS.some((one) => one === value);
    default:
      return true;
  }
}

const BOOLEANS = [true, false, 'true', 'false', '1', '0', 1, 0];

function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}
