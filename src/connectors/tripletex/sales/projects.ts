import type { LocalDate } from '../../../domain/date.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import { textOf, type WireObject } from '../../../lib/json-object.ts';
import type { Json } from '../../../lib/json.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import type { Session } from '../session.ts';
import { readParty } from '../parties.ts';
import { foundAs, madeIn, needs, refusedAs } from './made.ts';

type ProjectInput = {
  readonly sale: 'project';
  readonly number: string;
  readonly name: string;
  /** Tripletex asks when it begins. */
  readonly startDate: LocalDate;
  /** Whose it is, by the write that made sure of them or by number. Absent: nobody's. */
  readonly customer?: { readonly from: string } | { readonly number: string };
  /** What is written over what stands there. Absent: it stays as it is. */
  readonly kept?: { readonly name?: string; readonly startDate?: LocalDate };
};

/** The write that makes sure of a project: one that is there stays as it is. */
export function projectWrite(id: string, of: Omit<ProjectInput, 'sale'>): Write {
  const input: ProjectInput = { sale: 'project', ...of };
  return { id, call: 'POST /project', input };
}

/** By what the project is known once it is made sure of. */
export function projectLink({ input }: Write): string {
  const { number, kept = {} } = inputOf(input);
  // One that was kept up with its source is known as what the source said of it.
  return ['project', number, ...Object.values(kept)].join(' ');
}

export const PROJECT: Handler = { make: makeProject, find: findProject };

async function makeProject(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const input = inputOf(write.input);
  const there = await readProject(session, input);
  if (there !== null) return keepProject(session, input, there);
  const { number, name, startDate } = input;
  const customer = await customerId(session, input, context);
  if (customer === 'unknown') return refusedAs(needs('known-customer', numberIn(input)));
  const manager = await managerId(session);
  if (manager === null) return refusedAs(managerUnknown(session));
  const body = JSON.stringify({
    name,
    number,
    startDate,
    projectManager: { id: manager },
    ...(customer === null ? {} : { customer: { id: customer } }),
  });
  const answer = await session.client.change({ method: 'POST', path: '/project', body });
  if (answer.kind === 'ok') return madeIn(answer.value);
  // “The number is in use” may mean that somebody else was faster.
  const [taken] = await findProject(session, write);
  if (taken !== undefined) return { kind: 'done', ...taken };
  const { error } = answer;
  const isOfManager = error.problems.some(({ field }) => field.startsWith('projectManager'));
  return refusedAs(isOfManager ? managerUnknown(session) : refusalBy(error));
}

/** Changes what the source says otherwise, which is mostly nothing. */
async function keepProject(
  { client }: Session,
  { kept = {} }: ProjectInput,
  there: WireObject,
): Promise<WriteOutcome> {
  const id = textOf(there, 'id');
  if (saysAll(there, kept)) return { kind: 'done', ...foundAs(id) };
  // By the version a change is refused that somebody was faster with.
  const body = JSON.stringify({ ...kept, version: Number(textOf(there, 'version')) });
  const answer = await client.change({ method: 'PUT', path: `/project/${id}`, body });
  return answer.kind === 'ok' ? madeIn(answer.value) : refusedAs(refusalBy(answer.error));
}

function saysAll(there: WireObject, kept: NonNullable<ProjectInput['kept']>): boolean {
  return Object.entries(kept).every(([name, value]) => textOf(there, name) === value);
}

async function findProject(session: Session, { input }: Write): Promise<readonly Found[]> {
  const project = inputOf(input);
  const there = await readProject(session, project);
  return there === null || !saysAll(there, project.kept ?? {})
    ? []
    : [foundAs(textOf(there, 'id'))];
}

async function readProject(
  { client }: Session,
  { number }: ProjectInput,
): Promise<WireObject | null> {
  const query = `number=${encodeURIComponent(number)}`;
  const listed = await client.list(`/project?${query}&fields=id,version,number,name,startDate`);
  return listed.find((one) => textOf(one, 'number') === number) ?? null;
}

/** Whose it is. @returns null when it is nobody's */
async function customerId(
  session: Session,
  { customer }: ProjectInput,
  { earlier }: WriteContext,
): Promise<number | 'unknown' | null> {
  if (customer === undefined) return null;
  if ('from' in customer) return Number(present(earlier.get(customer.from), 'the customer').id);
  return idIn(await readParty(session, 'customer', customer.number), 'id') ?? 'unknown';
}

function numberIn({ customer }: ProjectInput): string {
  return customer !== undefined && 'number' in customer ? customer.number : '';
}

/**
 * Whoever leads the projects that are made: the employee of the settings, else the one whose token
 * it is. Tripletex refuses one who may lead none.
 */
export async function managerId({ client }: Session): Promise<number | null> {
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
  return needs('project-manager', client.settings.projectManager);
}

function inputOf(input: Json): ProjectInput {
  return input as ProjectInput; // Made by `projectWrite`.
}
