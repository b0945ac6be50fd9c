import { z } from 'zod';
import type { Language } from '../../domain/posting/words.ts';
import { assert, InvariantError } from '../../lib/assert.ts';
import {
  wordsIn,
  type FieldText,
  type FieldTexts,
  type OptionTexts,
} from '../../ports/field-texts.ts';

/** A field of a form, made from a schema. What is typed into it is checked by that schema again. */
export type FormField = {
  readonly name: string;
  readonly label: string;
  /**
   * - `list`: several texts, or several of `options`.
   * - `map`: texts by texts, whose values may be of `options`.
   * - `named`: several of `item`, each by a text.
   * - `rows`: several of `item` in an order.
   * - `files`: several objects that come as files, since nobody writes them in a form.
   * - `group`: a form within the form.
   */
  readonly kind:
    | ('text' | 'number' | 'switch' | 'choice' | 'list')
    | ('map' | 'named' | 'rows' | 'files' | 'group');
  readonly help: string;
  readonly isRequired: boolean;
  /** What counts when nothing is said; null: nothing does. */
  readonly initial: unknown;
  readonly options: readonly FormOption[];
  readonly pair: PairNames | null;
  readonly item: FormField | null;
  readonly fields: readonly FormField[];
};

/** What can be chosen, and what people call it. */
export type FormOption = { readonly value: string; readonly label: string };

/** What stands on each side of a pair, and what its names may be; none: anything. */
export type PairNames = {
  readonly name: string;
  readonly value: string;
  readonly names: readonly FormOption[];
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
  readonly propertyNames?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly required?: readonly string[];
};

/** Who reads the form, and in which words it is written. */
type Reader = { readonly language: Language; readonly text: FieldText | undefined };

/** The form of a schema, in the schema's own order: one description gives checks, help and form. */
export function formOf(
  schema: z.ZodType,
  texts: FieldTexts,
  language: Language,
): readonly FormField[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return fieldsOf(shape, texts, language);
}

function fieldsOf(shape: Shape, texts: FieldTexts | undefined, language: Language): FormField[] {
  return Object.entries(shape.properties ?? {}).map(([name, one]) => {
    const isRequired = shape.required?.includes(name) ?? false;
    return { ...fieldOf(name, one, { language, text: texts?.[name] }), isRequired };
  });
}

function fieldOf(name: string, shape: Shape, { text, language }: Reader): FormField {
  const bare = withoutNothing(shape);
  const [label, help] =
    text === undefined || language === 'en'
      ? [text?.en ?? asWords(name), shape.description ?? '']
      : text[language];
  return {
    ...{ name, label, help, isRequired: false, initial: shape.default ?? null },
    ...{ options: [], pair: null, item: null, fields: [] },
    ...heldBy(bare, { text, language }),
  };
}

/** `clientId` as people read it, where nobody has written a better name. */
function asWords(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
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

/** What a field's kind says of it. */
type Held = Partial<FormField> & Pick<FormField, 'kind'>;

function heldBy(shape: Shape, reader: Reader): Held {
  if (shape.enum !== undefined) {
    return { kind: 'choice', options: optionsOf(shape, reader.text?.options, reader) };
  }
  switch (shape.type) {
    case 'string':
      return { kind: 'text' };
    case 'boolean':
      return { kind: 'switch' };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'array':
      return asArray(shape.items ?? {}, reader);
    case 'object':
      return asObject(shape, reader);
    default:
      // A setting that nobody could fill in is found when the form is first made.
      throw new InvariantError(`no field of a form holds ${JSON.stringify(shape)}`);
  }
}

function asArray(items: Shape, reader: Reader): Held {
  if (items.type === 'string') {
    return { kind: 'list', options: optionsOf(items, reader.text?.options, reader) };
  }
  assert(items.type === 'object', `no list of a form holds ${JSON.stringify(items)}`);
  const isFree = items.properties === undefined;
  return isFree ? { kind: 'files' } : { kind: 'rows', item: itemOf(items, reader) };
}

function asObject(shape: Shape, reader: Reader): Held {
  const { text, language } = reader;
  if (shape.properties !== undefined) {
    return { kind: 'group', fields: fieldsOf(shape, text?.fields, language) };
  }
  const values = shape.additionalProperties;
  assert(typeof values === 'object', 'pairs of a form say what their values are');
  const pair = {
    name: wordsIn(text?.name, language),
    value: wordsIn(text?.value, language),
    names: optionsOf(shape.propertyNames ?? {}, text?.names, reader),
  };
  return values.type === 'string'
    ? { kind: 'map', options: optionsOf(values, text?.options, reader), pair }
    : { kind: 'named', item: itemOf(values, reader), pair };
}

function itemOf(shape: Shape, { text, language }: Reader): FormField {
  return fieldOf('', shape, { language, text: text?.item });
}

function optionsOf(
  shape: Shape,
  texts: OptionTexts | undefined,
  { language }: Reader,
): readonly FormOption[] {
  return (shape.enum ?? []).map(String).map((value) => {
    const words = texts === 'codes' ? value : texts?.[value];
    return { value, label: wordsIn(words, language) || value };
  });
}
