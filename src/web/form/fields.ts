import { z } from 'zod';

/** A field of a form, made from a schema. What is typed into it is checked by that schema again. */
export type FormField = {
  readonly name: string;
  /**
   * - `list`: several texts, or several of `options`.
   * - `map`: texts by texts, whose values may be of `options`.
   * - `group`: a form within the form.
   * - `json`: what no field of these can hold.
   */
  readonly kind: 'text' | 'number' | 'switch' | 'choice' | 'list' | 'map' | 'group' | 'json';
  readonly help: string;
  readonly isRequired: boolean;
  /** What counts when nothing is said; null: nothing does. */
  readonly initial: unknown;
  readonly options: readonly string[];
  readonly fields: readonly FormField[];
};

/** What of JSON Schema a zod object can be made into here. */
type Shape = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly required?: readonly string[];
};

/** The form of a schema, in the schema's own order: one description gives checks, help and form. */
export function formOf(schema: z.ZodType): readonly FormField[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return fieldsOf(shape);
}

function fieldsOf(shape: Shape): FormField[] {
  return Object.entries(shape.properties ?? {}).map(([name, one]) => {
    const isRequired = shape.required?.includes(name) ?? false;
    return fieldOf(name, one, isRequired);
  });
}

function fieldOf(name: string, shape: Shape, isRequired: boolean): FormField {
  const bare = withoutNothing(shape);
  return {
    ...{ name, isRequired, help: shape.description ?? '' },
    initial: shape.default ?? null,
    ...heldBy(bare),
  };
}

/** `null` and the empty text beside something else mean that nothing is said. */
function withoutNothing(shape: Shape): Shape {
  if (typeof shape.type === 'object') {
    const [type = 'null'] = shape.type.filter((one) => one !== 'null');
    return { ...shape, type };
  }
  const ways = shape.anyOf?.filter((one) => one.type !== 'null' && one.const !== '');
  const [only, ...others] = ways ?? [];
  return only === undefined || others.length > 0 ? shape : only;
}

function heldBy(shape: Shape): Pick<FormField, 'kind' | 'options' | 'fields'> {
  const plain = { options: [], fields: [] };
  if (shape.enum !== undefined) return { ...plain, kind: 'choice', options: textsOf(shape.enum) };
  switch (shape.type) {
    case 'string':
      return { ...plain, kind: 'text' };
    case 'boolean':
      return { ...plain, kind: 'switch' };
    case 'number':
    case 'integer':
      return { ...plain, kind: 'number' };
    case 'array':
      return shape.items?.type === 'string'
        ? { ...plain, kind: 'list', options: textsOf(shape.items.enum ?? []) }
        : { ...plain, kind: 'json' };
    case 'object':
      return { ...plain, ...asObject(shape) };
    default:
      return { ...plain, kind: 'json' };
  }
}

function asObject(shape: Shape): Partial<FormField> & Pick<FormField, 'kind'> {
  if (shape.properties !== undefined) return { kind: 'group', fields: fieldsOf(shape) };
  const values = shape.additionalProperties;
  if (typeof values !== 'object' || values.type !== 'string') return { kind: 'json' };
  return { kind: 'map', options: textsOf(values.enum ?? []) };
}

function textsOf(values: readonly unknown[]): readonly string[] {
  return values.map(String);
}
