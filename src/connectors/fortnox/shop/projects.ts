import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import type { FortnoxClient } from '../client.ts';
import type { Handler } from '../handler.ts';
import { saidBy } from '../register-writes.ts';
import { isRecord } from '../../../lib/json-object.ts';
import { foundByNumber } from '../found-by-number.ts';

const PATH = '/3/projects';

type ProjectInput = {
  readonly shop: 'project';
  readonly body: { readonly ProjectNumber: string; readonly Description: string };
};

/** The call that makes sure of a project: one that is there stays as it is. */
export function projectWrite(id: string, of: { readonly number: string; readonly name: string }) {
  const body = { ProjectNumber: of.number, Description: of.name };
  const input: ProjectInput = { shop: 'project', body };
  return { id, call: `POST ${PATH}`, input };
}

/** By what the project is known once it is made sure of. */
export function projectLink(write: Write): string {
  return `project ${inputOf(write).body.ProjectNumber}`;
}

export const PROJECT: Handler = { make: makeProject, find: findProject };

async function makeProject(
  client: FortnoxClient,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { body } = inputOf(write);
  const json = JSON.stringify({ Project: body });
  const answer = await client.change({ method: 'POST', path: PATH, body: json });
  if (answer.kind === 'ok') return { kind: 'done', ...foundByNumber(body.ProjectNumber) };
  // “The number is used already”: by us, or by somebody who was faster.
  const [there] = await findProject(client, write, context);
  if (there !== undefined) return { kind: 'done', ...there };
  const refusals = answer.kind === 'refused' ? answer.refusals : [saidBy(answer.error)];
  return { kind: 'refused', refusals };
}

async function findProject(
  client: FortnoxClient,
  write: Write,
  _context: WriteContext,
): Promise<readonly Found[]> {
  const { ProjectNumber: number } = inputOf(write).body;
  const answer = await client.get(`${PATH}/${encodeURIComponent(number)}`);
  return isRecord(answer?.['Project']) ? [foundByNumber(number)] : [];
}

function inputOf({ input }: Write): ProjectInput {
  return input as ProjectInput; // Made by `projectWrite`.
}
