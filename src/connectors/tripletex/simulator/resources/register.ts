import { change, entitiesOf, entityOf, put, remove } from '../company/company.ts';
import { allOrNone } from '../company/all-or-none.ts';
import { show } from '../company/show.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { json, created, nothing, value, type Answer } from '../api/answer.ts';
import {
  checkVersion,
  filterOf,
  findOne,
  readBody,
  readBodyList,
  shown,
  type Call,
  type Route,
} from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject, wholeIn, type ReadObject } from '../wire/read-object.ts';
import type { Fields, Value } from '../wire/record.ts';
import { refuse, refuseProblems, type Problem } from '../wire/refusals.ts';

type Act = 'list' | 'get' | 'post' | 'put' | 'delete' | 'post-list' | 'put-list';

/** An object on its way into a register. */
export type Draft = {
  readonly call: Call;
  /** As it will be: what was sent over what is kept and the defaults. */
  readonly fields: Fields;
  readonly sent: ReadObject;
  /** Null for a new one. */
  readonly kept: Entity | null;
};

/** A kind of object that is kept, found and changed as most are. */
export type Register = {
  readonly path: string;
  readonly model: string;
  readonly acts: readonly Act[];
  readonly search: Omit<Search, 'model'>;
  /** Fields with addresses, which are made and changed along with the object. */
  readonly addresses?: readonly string[];
  /** Fields whose objects have no id of their own and are kept as they are sent. */
  readonly plain?: readonly string[];
  readonly defaults?: Fields;
  readonly check?: (draft: Draft) => readonly Problem[];
  /** What Tripletex fills in. Only asked when nothing is wrong. */
  readonly complete?: (draft: Draft) => Fields;
  /** Refuses when something depends on the object. */
  readonly checkRemoval?: (call: Call, entity: Entity) => void;
};

export function routesOf(register: Register): Route[] {
  const { path } = register;
  const all: Readonly<Record<Act, Route>> = {
    list: { method: 'GET', path, act: (call) => list(register, call) },
    get: {
      method: 'GET',
      path: `${path}/{id}`,
      act: (call) => value(shown(call, findOne(call, register.model))),
    },
    post: {
      method: 'POST',
      path,
      act: (call) => created(shown(call, make(register, call, readBody(call)))),
    },
    put: { method: 'PUT', path: `${path}/{id}`, act: (call) => putOne(register, call) },
    delete: { method: 'DELETE', path: `${path}/{id}`, act: (call) => erase(register, call) },
    'post-list': { method: 'POST', path: `${path}/list`, act: (call) => makeAll(register, call) },
    'put-list': { method: 'PUT', path: `${path}/list`, act: (call) => updateAll(register, call) },
  };
  return register.acts.map((act) => all[act]);
}

function list({ model, search }: Register, call: Call): Answer {
  return answerList(call, { model, ...search }, entitiesOf(call.company, model));
}

function make(register: Register, call: Call, body: Fields): Entity {
  const sent = read(register, call, body);
  const draft = { call, sent, kept: null, fields: { ...register.defaults, ...sent.fields } };
  refuseProblems(register.check?.(draft) ?? []);
  const fields = { ...draft.fields, ...register.complete?.(draft), ...plainOf(register, sent) };
  const whole = { ...fields, ...addressesOf(register, call, { sent, kept: null }) };
  return put(call.company, call.moment, { model: register.model, fields: whole });
}

function putOne(register: Register, call: Call): Answer {
  const kept = findOne(call, register.model);
  return value(shown(call, update(register, call, { kept, body: readBody(call) })));
}

/** What is not sent stays as it is, as was found by trying. */
function update(
  register: Register,
  call: Call,
  { kept, body }: { readonly kept: Entity; readonly body: Fields },
): Entity {
  const sent = read(register, call, body);
  checkVersion(kept, sent.version);
  const draft = { call, sent, kept, fields: { ...kept.fields, ...sent.fields } };
  refuseProblems(register.check?.(draft) ?? []);
  const addresses = addressesOf(register, call, { sent, kept });
  const fields = { ...draft.fields, ...plainOf(register, sent), ...addresses };
  change(call.company, kept, { moment: call.moment, fields });
  return kept;
}

function erase(register: Register, call: Call): Answer {
  const entity = findOne(call, register.model);
  register.checkRemoval?.(call, entity);
  remove(call.company, entity);
  return nothing();
}

function makeAll(register: Register, call: Call): Answer {
  const bodies = readBodyList(call);
  return answerAll(register, call, {
    status: 201,
    made: allOrNone(call.company, () => bodies.map((body) => make(register, call, body))),
  });
}

function updateAll(register: Register, call: Call): Answer {
  const bodies = readBodyList(call);
  const made = allOrNone(call.company, () =>
    bodies.map((body) => {
      const kept = entityOf(call.company, register.model, wholeIn(body, 'id'));
      return update(register, call, { kept: kept ?? refuse('no-object'), body });
    }),
  );
  return answerAll(register, call, { status: 200, made });
}

function answerAll(
  { model }: Register,
  call: Call,
  { status, made }: { readonly status: number; readonly made: readonly Entity[] },
): Answer {
  const filter = filterOf(call, model);
  const values = made.map((entity) => show(call.company, entity, filter));
  const envelope = { fullResultSize: values.length, from: 0, count: values.length };
  return json(status, { ...envelope, versionDigest: null, values });
}

function read(register: Register, call: Call, body: Fields): ReadObject {
  const { company, choices } = call;
  const embeds = [...(register.addresses ?? []), ...(register.plain ?? [])];
  return readObject(modelOf(register.model), body, { company, choices, embeds });
}

function plainOf({ plain = [] }: Register, { embedded }: ReadObject): Fields {
  return Object.fromEntries(
    plain.flatMap((name) => (embedded[name] === undefined ? [] : [[name, embedded[name]]])),
  );
}

type Sending = { readonly sent: ReadObject; readonly kept: Entity | null };

function addressesOf(register: Register, call: Call, { sent, kept }: Sending): Fields {
  const fields: Record<string, Value> = {};
  for (const name of register.addresses ?? []) {
    const [body] = sent.embedded[name] ?? [];
    if (body === undefined) continue;
    fields[name] = keepAddress(call, body, {
      kept: kept === null ? null : idIn(kept.fields, name),
      model: name === 'deliveryAddress' ? 'DeliveryAddress' : 'Address',
      within: name,
    });
  }
  return fields;
}

type AddressPlace = {
  readonly kept: number | null;
  readonly model: string;
  readonly within: string;
};

export function keepAddress(
  call: Call,
  body: Fields,
  { kept, model, within }: AddressPlace,
): number {
  const { company, choices, moment } = call;
  const { fields } = readObject(modelOf(model), body, { company, choices, within });
  const address = entityOf(company, model, kept);
  if (address === null) return put(company, moment, { model, fields }).id;
  change(company, address, { moment, fields });
  return address.id;
}
