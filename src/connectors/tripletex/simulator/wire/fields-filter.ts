import type { Model } from './model.ts';
import { MODELS } from './models/all.ts';
import { refuse } from './refusals.ts';

/**
 * Which fields of an object are shown, and how deep: `*,orderLines(*)`. Null for a field shows a
 * reference as `{id, url}` and a plain value as itself.
 */
export type Filter = { readonly all: boolean; readonly named: ReadonlyMap<string, Filter | null> };

/** What is shown when nothing is asked for: every field, references as links. */
export const EVERYTHING: Filter = { all: true, named: new Map() };

const DEPTH_MAX = 10;

type Cursor = { readonly text: string; at: number };

/**
 * Reads a `fields` parameter.
 *
 * @throws Refused with code 11000 for a field the model does not have, and for bad brackets
 */
export function readFilter(text: string, model: Model | null): Filter {
  if (text.trim() === '') return EVERYTHING;
  const cursor: Cursor = { text: text.replaceAll(/\s/g, ''), at: 0 };
  const filter = readList(cursor, model, 0);
  if (cursor.at < cursor.text.length) illegal(cursor.text);
  return filter;
}

function readList(cursor: Cursor, model: Model | null, depth: number): Filter {
  if (depth > DEPTH_MAX) illegal(cursor.text);
  const named = new Map<string, Filter | null>();
  let all = false;
  for (;;) {
    const name = readName(cursor);
    const inner = cursor.text[cursor.at] === '(';
    if (name === '*' && !inner) all = true;
    else named.set(name, readInner(cursor, { model, name, depth }));
    if (cursor.text[cursor.at] !== ',') return { all, named };
    cursor.at += 1;
  }
}

type Step = { readonly model: Model | null; readonly name: string; readonly depth: number };

function readInner(cursor: Cursor, { model, name, depth }: Step): Filter | null {
  const rule = model?.fields.get(name);
  if (model && rule === undefined) {
    refuse(
      'illegal-fields',
      `Illegal field in fields filter: ${name}. ` +
        `${name} does not match a field in the model: ${model.name}DTO`,
    );
  }
  if (cursor.text[cursor.at] !== '(') return null;
  const kind = rule?.kind;
  const isReference = kind?.kind === 'one' || kind?.kind === 'many';
  cursor.at += 1;
  const inner = readList(cursor, isReference ? (MODELS.get(kind.model) ?? null) : null, depth + 1);
  if (cursor.text[cursor.at] !== ')') illegal(cursor.text);
  cursor.at += 1;
  return inner;
}

function readName(cursor: Cursor): string {
  const [name = ''] = /^(\*|\w+)/.exec(cursor.text.slice(cursor.at)) ?? [];
  if (name === '') illegal(cursor.text);
  cursor.at += name.length;
  return name;
}

function illegal(text: string): never {
  return refuse('illegal-fields', `Illegal fields filter: ${text}`);
}
