import { created, deleted, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Method, type Route } from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { change, inOrder, isTaken, put, remove, takeNumber, type Entry } from '../tenant/shelf.ts';
import type { ShelfName, Tenant } from '../tenant/tenant.ts';
import { namesOf, type FieldTable } from '../wire/field-table.ts';
import { isFields, pick, textOf, type Fields } from '../wire/record.ts';
import { refuse, type RefusalName } from '../wire/refusals.ts';

/** What an object is about to become, for the checks that look beyond its own fields. */
export type Draft = {
  readonly call: Call;
  /** The object as it will be kept; a check may fill in what follows from what was sent. */
  readonly fields: Fields;
  /** What was sent, and only that. */
  readonly sent: Fields;
  readonly isNew: boolean;
};

/** A kind of object that is kept as it is written: no actions, no bookkeeping. */
export type Register = {
  readonly shelf: ShelfName;
  readonly scope: string;
  readonly single: string;
  readonly list: string;
  readonly key: string;
  readonly table: FieldTable;
  /** What a new object holds where nothing was sent. */
  readonly defaults: Fields;
  readonly methods: readonly ('LIST' | Method)[];
  /** `series`: given unless sent. `id`: always given. `sent`: must be sent. */
  readonly numbering: 'series' | 'id' | 'sent';
  readonly notFound: readonly [RefusalName, ...string[]];
  readonly taken: readonly [RefusalName, ...string[]];
  readonly search: Search;
  readonly isPaged?: boolean;
  /** Whether a deleted key is lost for ever. */
  readonly burnsKeys?: boolean;
  readonly check?: (draft: Draft) => void;
  /** Something that uses the object, so that it cannot be deleted. */
  readonly isUsed?: (tenant: Tenant, key: string) => boolean;
  readonly showOne?: (fields: Fields, occasion: Occasion) => Fields;
  readonly showListed?: (fields: Fields, call: Call) => Fields;
};

type Occasion = { readonly call: Call; readonly isNew: boolean };

export function routesOf(register: Register): Route[] {
  const base = `/3/${register.shelf}`;
  const one = `${base}/{${register.key}}`;
  const all: Record<'LIST' | Method, Route> = {
    LIST: { ...route(register, 'GET', base), act: (call) => list(register, call) },
    GET: { ...route(register, 'GET', one), act: (call) => read(register, call) },
    POST: { ...route(register, 'POST', base), act: (call) => make(register, call) },
    PUT: { ...route(register, 'PUT', one), act: (call) => update(register, call) },
    DELETE: { ...route(register, 'DELETE', one), act: (call) => erase(register, call) },
  };
  return register.methods.map((method) => all[method]);
}

function route(register: Register, method: Method, path: string): Omit<Route, 'act'> {
  return { method, path, scope: register.scope };
}

function list(register: Register, call: Call): Answer {
  return answerList(call, {
    envelope: register.list,
    entries: inOrder(call.tenant.shelves[register.shelf]),
    search: register.search,
    isPaged: register.isPaged ?? true,
    show: ({ key, fields }) => ({
      '@url': urlOf(register.shelf, key),
      ...(register.showListed?.(fields, call) ?? pick(fields, namesOf(register.table))),
    }),
  });
}

function read(register: Register, call: Call): Answer {
  return found(register.single, show(register, findOne(register, call), { call, isNew: false }));
}

function make(register: Register, call: Call): Answer {
  const { table, shelf, key, single } = register;
  const sent = readBody(call, single, { table, isNew: true });
  const kept = call.tenant.shelves[shelf];
  const wanted = register.numbering === 'id' ? '' : textOf(sent, key);
  if (wanted !== '' && isTaken(kept, wanted)) refuse(...register.taken);
  const fields: Fields = { ...register.defaults };
  merge(fields, sent);
  register.check?.({ call, fields, sent, isNew: true });
  const name = wanted === '' ? takeNumber(kept) : wanted;
  fields[key] = register.numbering === 'id' ? Number(name) : name;
  const entry = put(kept, name, { fields, atMs: call.nowMs });
  return created(single, show(register, entry, { call, isNew: true }), shelf);
}

function update(register: Register, call: Call): Answer {
  const entry = findOne(register, call);
  const sent = readBody(call, register.single, { table: register.table, isNew: false });
  const fields: Fields = { ...entry.fields };
  merge(fields, sent);
  register.check?.({ call, fields, sent, isNew: false });
  fields[register.key] = entry.fields[register.key];
  change(entry, fields, call.nowMs);
  return found(register.single, show(register, entry, { call, isNew: false }));
}

function erase(register: Register, call: Call): Answer {
  const { key } = findOne(register, call);
  if (register.isUsed?.(call.tenant, key)) refuse('in-use', key);
  const shelf = call.tenant.shelves[register.shelf];
  remove(shelf, key);
  if (register.burnsKeys) shelf.burnt.add(key);
  return deleted();
}

function findOne(register: Register, call: Call): Entry {
  const entry = call.tenant.shelves[register.shelf].entries.get(param(call, 0));
  return entry ?? refuse(...register.notFound);
}

function show(register: Register, entry: Entry, occasion: Occasion): Fields {
  const fields = register.showOne?.(entry.fields, occasion) ?? entry.fields;
  return { '@url': urlOf(register.shelf, entry.key), ...pick(fields, namesOf(register.table)) };
}

/** Sent properties replace kept ones; those of an inner object replace its own. */
function merge(fields: Fields, sent: Fields): void {
  for (const [name, value] of Object.entries(sent)) {
    const kept = fields[name];
    const isInner = isFields(value) && isFields(kept);
    fields[name] = isInner ? { ...kept, ...value } : value;
  }
}
