import { textOf } from '../../../lib/json-object.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import { foundAs, madeIn, refusedAs } from '../sales/made.ts';
import type { Session } from '../session.ts';
import { fitText, TEXT_MAX } from '../text.ts';

/** A cost centre is a department by its number. */
type DepartmentInput = {
  readonly sale: 'department';
  readonly number: string;
  readonly name: string;
};

/** The write that makes sure of a department: one that is there stays as it is. */
export function departmentWrite(
  id: string,
  { code: number, name }: { readonly code: string; readonly name: string },
): Write {
  const fitted = fitText(name, TEXT_MAX).text || number;
  const input: DepartmentInput = { sale: 'department', number, name: fitted };
  return { id, call: 'POST /department', input };
}

/** By what it is known once it is made sure of. */
export function departmentLink({ input }: Write): string {
  return `department ${inputOf(input).number}`;
}

export const DEPARTMENT: Handler = { make: makeDepartment, find: findDepartment };

async function makeDepartment(
  session: Session,
  write: Write,
  _context: WriteContext,
): Promise<WriteOutcome> {
  const [there] = await findDepartment(session, write);
  if (there !== undefined) return { kind: 'done', ...there };
  const { number: departmentNumber, name } = inputOf(write.input);
  const body = JSON.stringify({ name, departmentNumber });
  const answer = await session.client.change({ method: 'POST', path: '/department', body });
  if (answer.kind === 'ok') return madeIn(answer.value);
  // “The number is in use” may mean that somebody else was faster.
  const [taken] = await findDepartment(session, write);
  return taken === undefined ? refusedAs(refusalBy(answer.error)) : { kind: 'done', ...taken };
}

async function findDepartment({ client }: Session, { input }: Write): Promise<readonly Found[]> {
  const { number } = inputOf(input);
  const query = `departmentNumber=${encodeURIComponent(number)}`;
  const listed = await client.list(`/department?${query}&fields=id,departmentNumber`);
  // The search is “containing”.
  const same = listed.find((one) => textOf(one, 'departmentNumber') === number);
  return same === undefined ? [] : [foundAs(textOf(same, 'id'))];
}

function inputOf(input: Write['input']): DepartmentInput {
  return input as DepartmentInput; // Made by `departmentWrite`.
}
