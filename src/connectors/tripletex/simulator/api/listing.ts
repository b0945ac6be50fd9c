import { createHash } from 'node:crypto';
import { javaDay } from '../clock.ts';
import type { Company } from '../company/company.ts';
import { entityOf } from '../company/company.ts';
import { derivedOf } from '../company/derived.ts';
import { show } from '../company/show.ts';
import type { Entity } from '../company/shelf.ts';
import { modelOf } from '../wire/models/all.ts';
import { textIn, type Fields, type Value } from '../wire/record.ts';
import { invalid, refuse, Refused } from '../wire/refusals.ts';
import { json, nothing, type Answer } from './answer.ts';
import { dayAsked, filterOf, flagAsked, needParameters, numberAsked, type Call } from './call.ts';

/** More than so many hits cannot be paged through, however small the page. */
const HITS_MAX = 10_000;

/** What `count` is when it is not given. */
const COUNT_USUAL = 1_000;

/**
 * How a parameter picks among objects. `field` is its own name where none is given; it may lead
 * over a reference, as `account.number` does.
 */
export type Pick = {
  readonly by: 'ids' | 'list' | 'equals' | 'contains' | 'flag' | 'from' | 'to' | 'changed';
  readonly field?: string;
};

export type Search = {
  readonly model: string;
  readonly picks: Readonly<Record<string, Pick>>;
  /** Two parameters that must be given and span at least a day: the second is not included. */
  readonly range?: readonly [from: string, to: string];
  /** `count` when it is not given, where it is not 1000. */
  readonly count?: number;
  /** What stands in the envelope besides. */
  readonly more?: Fields;
};

/**
 * Answers a list: picks, sorts and pages. Parameters that are not known are passed over, as was
 * seen of `projectId` on `/invoice`.
 */
export function answerList(call: Call, search: Search, among: readonly Entity[]): Answer {
  const filter = filterOf(call, search.model);
  checkRange(call, search);
  const visible = among.filter((one) => call.moment.atMs - one.createdAtMs >= call.lagMs);
  const hits = sorted(call, search.model, picked(call, search, visible));
  return answerPage(call, {
    hits,
    more: search.more ?? {},
    usual: search.count ?? COUNT_USUAL,
    show: (entity) => show(call.company, entity, filter),
  });
}

type Page<T> = {
  readonly hits: readonly T[];
  readonly more?: Fields;
  readonly usual?: number;
  readonly show: (hit: T) => Fields;
};

export function answerPage<T>(call: Call, { hits, more, usual, show: showOne }: Page<T>): Answer {
  if (hits.length > HITS_MAX) refuse('too-large');
  const from = numberAsked(call, 'from') ?? 0;
  const count = numberAsked(call, 'count') ?? usual ?? COUNT_USUAL;
  if (from < 0) invalid('from', 'negative', 0);
  if (count < 0) invalid('count', 'negative', 0);
  const values = hits.slice(from, from + count).map(showOne);
  const digest = hits.length === 0 ? null : digestOf(hits.map(showOne));
  if (call.digest !== '' && call.digest === digest) return nothing(304);
  const envelope = { fullResultSize: hits.length, from, count: values.length };
  return json(200, { ...envelope, versionDigest: digest, values, ...more });
}

function digestOf(values: readonly Value[]): string {
  return createHash('md5').update(JSON.stringify(values)).digest('hex');
}

function checkRange(call: Call, { range }: Search): void {
  if (range === undefined) return;
  needParameters(call, range);
  const [from, to] = range.map((name) => dayAsked(call, name));
  if (!from || !to || from < to) return;
  throw new Refused('invalid', {
    problems: [{ field: null, sentence: 'empty-range', about: [javaDay(from), javaDay(to)] }],
  });
}

function picked(call: Call, search: Search, among: readonly Entity[]): readonly Entity[] {
  let hits = among;
  for (const [name, pick] of Object.entries(search.picks)) {
    const wanted = call.query.get(name) ?? '';
    if (wanted === '') continue;
    const field = pick.field ?? name;
    const fits = fitting(call, name, pick);
    hits = hits.filter((entity) => fits(valueAt(call.company, entity, field), entity));
  }
  return hits;
}

type Fits = (value: Value, entity: Entity) => boolean;

function fitting(call: Call, name: string, { by }: Pick): Fits {
  const wanted = call.query.get(name) ?? '';
  switch (by) {
    case 'ids': {
      if (!/^\d+(,\d+)*$/.test(wanted)) invalid(name, 'bad-id-list');
      const ids = new Set(wanted.split(','));
      return (value) => ids.has(textIn(value));
    }
    case 'list': {
      const texts = new Set(wanted.split(','));
      return (value) => texts.has(textIn(value));
    }
    case 'equals':
      return (value) => textIn(value).toLowerCase() === wanted.toLowerCase();
    case 'contains':
      return (value) => textIn(value).toLowerCase().includes(wanted.toLowerCase());
    case 'flag': {
      const flag = flagAsked(call, name, false);
      return (value) => (value === true) === flag;
    }
    case 'from': {
      const from = boundary(call, name);
      return (value) => value !== null && !isBefore(value, from);
    }
    case 'to': {
      const to = boundary(call, name);
      return (value) => value !== null && isBefore(value, to);
    }
    case 'changed':
      return (_, entity) => (entity.changes.at(-1)?.timestamp ?? '') >= wanted;
  }
}

/** A day, or a number. */
function boundary(call: Call, name: string): Value {
  const text = call.query.get(name) ?? '';
  return /^\d+$/.test(text) ? Number(text) : dayAsked(call, name);
}

function isBefore(value: Value, than: Value): boolean {
  if (typeof value === 'number' && typeof than === 'number') return value < than;
  return textIn(value) < textIn(than);
}

/** What stands at the end of a path of references. */
function valueAt(company: Company, entity: Entity, path: string): Value {
  const [name = '', ...rest] = path.split('.');
  const value =
    name === 'id' ? entity.id : ({ ...entity.fields, ...derivedOf(company, entity) }[name] ?? null);
  if (rest.length === 0 || typeof value !== 'number') return value;
  const kind = modelOf(entity.model).fields.get(name)?.kind;
  const next = kind?.kind === 'one' ? entityOf(company, kind.model, value) : null;
  return next === null ? null : valueAt(company, next, rest.join('.'));
}

/** `-date, project.name`. @throws Refused with code 17000 for a field that does not exist */
function sorted(call: Call, model: string, hits: readonly Entity[]): readonly Entity[] {
  const orders = (call.query.get('sorting') ?? '').split(',').filter((one) => one.trim() !== '');
  let result = hits;
  for (const order of orders.map((one) => one.trim()).toReversed()) {
    const isDown = order.startsWith('-');
    const path = isDown ? order.slice(1) : order;
    if (!hasPath(model, path)) {
      refuse('sorting', `Field specified for use in sorting does not exist: '${order}'`);
    }
    const way = isDown ? -1 : 1;
    result = result.toSorted(
      (a, b) => way * compare(valueAt(call.company, a, path), valueAt(call.company, b, path)),
    );
  }
  return result;
}

function hasPath(model: string, path: string): boolean {
  const [name = '', ...rest] = path.split('.');
  const rule = modelOf(model).fields.get(name);
  if (rule === undefined) return false;
  if (rest.length === 0) return true;
  return rule.kind.kind === 'one' && hasPath(rule.kind.model, rest.join('.'));
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [textIn(a), textIn(b)];
  return x < y ? -1 : Number(x > y);
}
