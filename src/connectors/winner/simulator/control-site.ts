import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { WinnerRefusal } from './amounts.ts';
import type { JournalRequest } from './journal/journal.ts';
import type { Project } from './quote/project.ts';
import type { LineFault } from './quote/push.ts';
import type { Acceptance, WinnerSimulator } from './simulator.ts';

/** The body. Whoever drives the simulator is trusted to send what is asked for. */
type Given = {
  readonly project?: Project;
  readonly projectNo?: string;
  readonly acceptance?: Acceptance;
  readonly externalId?: string;
  readonly seq?: number;
  readonly date?: string;
  readonly number?: number;
  readonly invoiceNo?: number;
  readonly paymentNo?: number;
  readonly amount?: string;
  readonly journal?: JournalRequest;
  /** Where the four files are written: the folder that somebody watches. */
  readonly folder?: string;
  readonly faults?: readonly LineFault[];
};

type Act = (winner: WinnerSimulator, given: Given) => unknown;

/** The acts of `WinnerSimulator` for other processes: `POST /_control/pay {"invoiceNo":1…}`. */
const ACTS: Readonly<Record<string, Act>> = {
  'GET health': () => ({ ok: true }),
  'GET quotes': (winner) =>
    winner.quotes().map(({ externalId, revision, state, attempts, errors }) => {
      return { externalId, revision, state, attempts, errors };
    }),
  'POST projects': (winner, { project }) => winner.saveProject(given(project, 'project')),
  'POST accept': async (winner, { projectNo, acceptance }) => {
    const accepted = given(acceptance, 'acceptance');
    return { externalId: await winner.accept(given(projectNo, 'projectNo'), accepted) };
  },
  'POST resend': (winner) => winner.resend(),
  'POST faults': (winner, { faults }) => winner.failNext(...given(faults, 'faults')),
  'POST invoice': (winner, { externalId, seq, date, number }) => {
    const [id, line] = [given(externalId, 'externalId'), given(seq, 'seq')];
    winner.draft(id, line);
    const how = {
      ...(date === undefined ? {} : { date }),
      ...(number === undefined ? {} : { number }),
    };
    return { invoiceNo: winner.print(id, line, how) };
  },
  'POST credit': (winner, { invoiceNo, amount, date }) => ({
    invoiceNo: winner.credit(given(invoiceNo, 'invoiceNo'), given(amount, 'amount'), date),
  }),
  'POST pay': (winner, { invoiceNo, amount, date }) => ({
    paymentNo: winner.pay(given(invoiceNo, 'invoiceNo'), {
      amount: given(amount, 'amount'),
      ...(date === undefined ? {} : { date }),
    }),
  }),
  'POST reverse': (winner, { paymentNo, date }) => ({
    paymentNo: winner.reversePayment(given(paymentNo, 'paymentNo'), date),
  }),
  'POST journal': (winner, { journal, folder }) =>
    writeJournal(winner, given(journal, 'journal'), given(folder, 'folder')),
};

const PREFIX = '/_control/';

export function controlServer(winner: WinnerSimulator): Server {
  return createServer((request, response) => {
    void answer(winner, request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? null));
    });
  });
}

async function writeJournal(
  winner: WinnerSimulator,
  journal: JournalRequest,
  folder: string,
): Promise<readonly string[]> {
  const files = winner.exportJournal(journal);
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
  return files.map(({ name }) => name);
}

async function answer(
  winner: WinnerSimulator,
  request: IncomingMessage,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const path = request.url ?? '/';
  const name = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : '';
  const act = ACTS[`${request.method} ${name}`];
  const body = await bodyOf(request);
  if (!act) return { status: 404, body: { error: 'no such act' } };
  if (body === null) return { status: 400, body: { error: 'the body is not an object' } };
  try {
    return { status: 200, body: await act(winner, body) };
  } catch (error) {
    if (error instanceof WinnerRefusal) return { status: 409, body: { error: error.message } };
    throw error;
  }
}

/** @returns null when it is no JSON object; an empty body is an empty object */
async function bodyOf(request: IncomingMessage): Promise<Given | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : null;
  } catch {
    return null;
  }
}

/** @throws WinnerRefusal when it is missing */
function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new WinnerRefusal(`${name} is missing`);
  return value;
}
