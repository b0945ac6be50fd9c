import type { LocalDate } from '../../../domain/date.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Json } from '../../../lib/json.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { foundAs, madeIn } from './made.ts';

type ProjectInput = {
  readonly sale: 'project';
  readonly number: string;
  readonly name: string;
  /** Tripletex asks when it begins. */
  readonly startDate: LocalDate;
  /** The write that made sure of its customer. */
  readonly customer: string;
};

/** The write that makes sure of a project: one that is there stays as it is. */
export function projectWrite(id: string, of: Omit<ProjectInput, 'sale'>): Write {
  const input: ProjectInput = { sale: 'project', ...of };
  return { id, call: 'POST /project', input };
}

/** By what the project is known once it is made sure of. */
export function projectLink({ input }: Write): string {
  return `project ${inputOf(input).number}`;
}

export const PROJECT: Handler = { make: makeProject, find: findProject };

async function makeProject(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const [there] = await findProject(session, write, context);
  if (there !== undefined) return { kind: 'done', ...there };
  const { number, name, startDate, customer } = inputOf(write.input);
  const manager = await managerId(session);
  if (manager === null) return { kind: 'refused', refusals: [managerUnknown(session)] };
  const body = JSON.stringify({
    name,
    number,
    startDate,
    projectManager: { id: manager },
    customer: { id: Number(present(context.earlier.get(customer), 'the customer').id) },
  });
  const answer = await session.client.change({ method: 'POST', path: '/project', body });
  if (answer.kind === 'ok') return madeIn(answer.value);
  // “The number is in use” may mean that somebody else was faster.
  const [taken] = await findProject(session, write, context);
  if (taken !== undefined) return { kind: 'done', ...taken };
  const { error } = answer;
  const isOfManager = error.problems.some(({ field }) => field.startsWith('projectManager'));
  const refusal = isOfManager ? managerUnknown(session) : refusalBy(error);
  return { kind: 'refused', refusals: [refusal] };
}

async function findProject(
  { client }: Session,
  { input }: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { number } = inputOf(input);
  const query = `number=${encodeURIComponent(number)}`;
  const listed = await client.list(`/project?${query}&fields=id,number`);
  const same = listed.find((one) => textOf(one, 'number') === number);
  return same === undefined ? [] : [foundAs(textOf(same, 'id'))];
}

/**
 * Whoever leads the projects that are made: the employee of the settings, else the one whose token
 * it is. Tripletex refuses one who may lead none.
 */
async function managerId({ client }: Session): Promise<number | null> {
  const email = client.settings.projectManager.trim().toLowerCase();
  if (email === '') {
    const me = await client.get('/token/session/%3EwhoAmI?fields=employeeId');
    return idIn(me, 'employeeId');
  }
  const query = `email=${encodeURIComponent(email)}`;
  const listed = await client.list(`/employee?${query}&fields=id,email`);
  const same = listed.find((one) => textOf(one, 'email').trim().toLowerCase() === email);
  return idIn(same ?? null, 'id');
}

function idIn(object: WireObject | null, field: string): number | null {
  const text = object === null ? '' : textOf(object, field);
  return text === '' ? null : Number(text);
}

function managerUnknown({ client }: Session): Refusal {
  const about = client.settings.projectManager;
  const needs = { code: 'ledger-needs', system: 'Tripletex', account: '' } as const;
  return { ...needs, need: 'project-manager', about };
}

function inputOf(input: Json): ProjectInput {
  return input as ProjectInput; // Made by `projectWrite`.
}
