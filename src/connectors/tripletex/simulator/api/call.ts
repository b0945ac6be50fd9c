import { parseLocalDate, type LocalDate } from '../../../../domain/date.ts';
import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { Company, Moment } from '../company/company.ts';
import { entityOf } from '../company/company.ts';
import { show } from '../company/show.ts';
import type { Entity } from '../company/shelf.ts';
import { readFilter, type Filter } from '../wire/fields-filter.ts';
import { modelOf } from '../wire/models/all.ts';
import { isFields, type Fields } from '../wire/record.ts';
import { invalid, refuse, refuseProblems, type Problem } from '../wire/refusals.ts';
import type { Answer } from './answer.ts';

/** The parameters of a request's address. */
export type Query = ReadonlyMap<string, string>;

/** A request that has passed the gate: who it is for, and what it says. */
export type Call = {
  readonly company: Company;
  readonly choices: Choices;
  readonly chance: Chance;
  readonly moment: Moment;
  /** Clients of the accountant whose token asks. */
  readonly clients: readonly number[];
  /** The parts of the path that stand in braces in the route. */
  readonly params: readonly string[];
  readonly query: Query;
  readonly body: Uint8Array;
  readonly mediaType: string;
  /** `If-None-Match`; empty when it was not sent. */
  readonly digest: string;
  /** Lists do not show what was made less than this long ago: a fault, normally 0. */
  readonly lagMs: number;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One operation. Its work is done when it returns: all of it, or, when it throws, none. */
export type Route = {
  readonly method: Method;
  /** Below `/v2`: `/ledger/voucher/{id}/:reverse`. */
  readonly path: string;
  readonly act: (call: Call) => Answer;
};

const UTF8 = new TextDecoder();

/** @throws Refused when the body is not a JSON object */
export function readBody(call: Call): Fields {
  const sent = parseBody(call);
  return isFields(sent) ? sent : refuse('json');
}

/** @throws Refused when the body is not a list of JSON objects */
export function readBodyList(call: Call): readonly Fields[] {
  const sent = parseBody(call);
  return Array.isArray(sent) && sent.every(isFields) ? sent : refuse('json');
}

function parseBody({ body, mediaType }: Call): unknown {
  if (!/json/.test(mediaType)) refuse('media-type');
  try {
    return JSON.parse(UTF8.decode(body));
  } catch {
    return refuse('json');
  }
}

/** The object that the path names. @throws Refused when there is none */
export function findOne(call: Call, model: string, at = 0): Entity {
  const text = call.params[at] ?? '';
  if (!/^\d+$/.test(text)) refuse('no-path');
  return entityOf(call.company, model, Number(text)) ?? refuse('no-object');
}

export function filterOf(call: Call, model: string): Filter {
  return readFilter(call.query.get('fields') ?? '', modelOf(model));
}

/** A kept object as the request's `fields` want it. */
export function shown(call: Call, entity: Entity): Fields {
  return show(call.company, entity, filterOf(call, entity.model));
}

/** The version that a write names must be the one that is kept. None at all overrides. */
export function checkVersion(entity: Entity, version: number | null): void {
  if (version !== null && version !== entity.version) refuse('old-version');
}

/** A day in the address. @returns null when it is not given */
export function dayAsked(call: Call, name: string): LocalDate | null {
  const text = call.query.get(name) ?? '';
  return text === '' ? null : (parseLocalDate(text) ?? invalid(name, 'bad-date'));
}

/** A day that must stand in the address. */
export function neededDay(call: Call, name: string): LocalDate {
  return dayAsked(call, name) ?? invalid(name, 'not-null');
}

/** `true` or `false`. */
export function flagAsked(call: Call, name: string, otherwise: boolean): boolean {
  const text = call.query.get(name) ?? '';
  if (text === '') return otherwise;
  return text === 'true' || (text === 'false' ? false : invalid(name, 'wrong-type'));
}

/** @returns null when it is not given */
export function numberAsked(call: Call, name: string): number | null {
  const text = call.query.get(name) ?? '';
  if (text === '') return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : invalid(name, 'wrong-type');
}

/** Refuses, all at once, parameters that must be given and are not. */
export function needParameters(call: Call, names: readonly string[]): void {
  const missing = names.filter((name) => (call.query.get(name) ?? '') === '');
  refuseProblems(missing.map((field): Problem => ({ field, sentence: 'not-null' })));
}
