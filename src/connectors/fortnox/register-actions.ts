import { present } from '../../lib/assert.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { saidBy } from './register-writes.ts';
import { REGISTERS, type RegisterName } from './registers.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';

/** What is done to which object, and where it shows. */
export type ActInput = {
  readonly register: RegisterName;
  readonly of: string;
  readonly action: string;
  /** The field that says that it has been done: true, or the number of what came of it. */
  readonly done: string;
};

/** The call that books, credits or cancels what an earlier write of the plan made. */
export function actWrite(id: string, act: ActInput): Write {
  const call = `PUT ${REGISTERS[act.register].path}/{${act.of}}/${act.action}`;
  return { id, call, input: act };
}

export async function actOn(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { path, input } = actedOn(write, context);
  const answer = await client.change({ method: 'PUT', path: `${path}/${input.action}` });
  if (answer.kind === 'refused') return { kind: 'refused', refusals: answer.refusals };
  const remote = { id: path, label: '' };
  if (answer.kind === 'ok') return { kind: 'done', remote, differences: [] };
  // An invoice that is paid may have been paid by another payment than the one to be booked.
  const found = await findAction(client, write, context);
  if (found.length > 0) return { kind: 'done', remote, differences: [] };
  return { kind: 'refused', refusals: [saidBy(answer.error)] };
}

/** An action is found by the state of what it acts on. */
export async function findAction(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const { path, input } = actedOn(write, context);
  const body = await client.get(path);
  const object = body?.[REGISTERS[input.register].envelope];
  const state = isRecord(object) ? textOf(object, input.done) : '';
  // A reference to nothing is “0”.
  const isDone = !['', '0', 'false'].includes(state);
  return isDone ? [{ remote: { id: path, label: '' }, differences: [] }] : [];
}

/** Where the object is that an earlier write of the plan has made. */
export function actedOn(
  write: Write,
  { earlier }: WriteContext,
): { readonly path: string; readonly input: ActInput } {
  const input = write.input as ActInput; // Made by `actWrite`.
  const remote = present(earlier.get(input.of), `the result of ${input.of}`);
  return { path: `${REGISTERS[input.register].path}/${encodeURIComponent(remote.id)}`, input };
}
