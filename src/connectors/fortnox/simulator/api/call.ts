import type { LocalDate } from '../../../../domain/date.ts';
import type { Chance } from '../../../../lib/stand-in/chance.ts';
import type { Choices } from '../choices.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { FieldTable } from '../wire/field-table.ts';
import { readFields } from '../wire/read-fields.ts';
import { isFields, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import type { Answer } from './answer.ts';
import type { Query } from './query.ts';

/** A request that has passed the gate: who it is for, and what it says. */
export type Call = {
  readonly tenant: Tenant;
  /** Of the consent the token came from. */
  readonly user: { readonly id: string; readonly name: string };
  readonly choices: Choices;
  readonly chance: Chance;
  readonly nowMs: number;
  readonly today: LocalDate;
  /** The parts of the path that stand in braces in the route. */
  readonly params: readonly string[];
  readonly query: Query;
  readonly body: Uint8Array;
  readonly mediaType: string;
  readonly accept: string;
  /** Lists do not show what was made less than this long ago: a fault, normally 0. */
  readonly lagMs: number;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One operation. Its work is done when it returns: all of it, or, when it throws, none. */
export type Route = {
  readonly method: Method;
  /** `/3/vouchers/{series}/{number}`. */
  readonly path: string;
  /** Empty where nothing says which is needed: none is. */
  readonly scope: string;
  readonly act: (call: Call) => Answer;
};

/** The n-th part of the path in braces. */
export function param(call: Call, at: number): string {
  return call.params[at] ?? '';
}

const UTF8 = new TextDecoder();

/**
 * The object in the body of a POST or PUT, with the types of `table`.
 *
 * @throws Refused as JSON syntax, wrapper, and then as `readFields`
 */
export function readBody(
  call: Call,
  envelope: string,
  expected: { readonly table: FieldTable; readonly isNew: boolean },
): Fields {
  if (!/json|^$/.test(call.mediaType)) refuse('content-type');
  const sent = parseBody(call.body);
  const wrapped = isFields(sent) ? sent[envelope] : undefined;
  if (!isFields(wrapped)) refuse('wrong-wrapper', envelope);
  return readFields(expected.table, wrapped, { choices: call.choices, isNew: expected.isNew });
}

function parseBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    return refuse('json-syntax');
  }
}
