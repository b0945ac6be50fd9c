import { createServer, type IncomingMessage, type Server } from 'node:http';
import { SummaRefusal } from './amounts.ts';
import type { AccontoRequest, CreditLine, JobSeed } from './desk.ts';
import type { Invoice } from './job.ts';
import type { LineFault } from './push.ts';
import type { SummaSimulator } from './simulator.ts';

type Act = (summa: SummaSimulator, given: Given) => unknown;

/** The body. Whoever drives the simulator is trusted to send what is asked for. */
type Given = {
  readonly orderNo?: string;
  readonly externalId?: string;
  readonly job?: JobSeed;
  readonly acconto?: AccontoRequest;
  readonly lines?: readonly CreditLine[];
  readonly lineId?: string;
  readonly change?: Parameters<SummaSimulator['correct']>[2];
  readonly faults?: readonly LineFault[];
  readonly text?: string;
};

/** The acts of `SummaSimulator` for other processes: `POST /_control/finish {"orderNo":"1"}`. */
const ACTS: Readonly<Record<string, Act>> = {
  'GET health': () => ({ ok: true }),
  'GET invoices': (summa) => summa.invoices().map(shown),
  'GET complaints': (summa) => summa.complaints(),
  'POST jobs': (summa, { job }) => summa.addJob(given(job, 'job')),
  'POST deliver': (summa, { orderNo }) => summa.deliver(given(orderNo, 'orderNo')),
  'POST finish': async (summa, { orderNo }) =>
    shown(summa.invoice(await summa.finish(given(orderNo, 'orderNo')))),
  'POST acconto': async (summa, { orderNo, acconto }) => {
    const id = await summa.askAcconto(given(orderNo, 'orderNo'), given(acconto, 'acconto'));
    return shown(summa.invoice(id));
  },
  'POST credit': async (summa, { externalId, lines }) => {
    const id = await summa.credit(given(externalId, 'externalId'), given(lines, 'lines'));
    return shown(summa.invoice(id));
  },
  'POST correct': async (summa, { externalId, lineId, change }) => {
    const id = given(externalId, 'externalId');
    await summa.correct(id, given(lineId, 'lineId'), change ?? {});
    return shown(summa.invoice(id));
  },
  'POST resend': (summa) => summa.resend(),
  'POST together': (summa) => summa.sendTogether(),
  'POST batch': (summa) => summa.exportBatch(),
  'POST result': (summa, { text }) => summa.readResult(given(text, 'text')),
  'POST faults': (summa, { faults }) => summa.failNext(...given(faults, 'faults')),
};

const PREFIX = '/_control/';

export function controlServer(summa: SummaSimulator): Server {
  return createServer((request, response) => {
    void answer(summa, request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? null));
    });
  });
}

async function answer(
  summa: SummaSimulator,
  request: IncomingMessage,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const path = request.url ?? '/';
  const name = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : '';
  const act = ACTS[`${request.method} ${name}`];
  const body = await bodyOf(request);
  if (!act) return { status: 404, body: { error: 'no such act' } };
  if (body === null) return { status: 400, body: { error: 'the body is not an object' } };
  try {
    return { status: 200, body: await act(summa, body) };
  } catch (error) {
    if (error instanceof SummaRefusal) return { status: 409, body: { error: error.message } };
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

/** @throws SummaRefusal when it is missing */
function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new SummaRefusal(`${name} is missing`);
  return value;
}

function shown(invoice: Readonly<Invoice>): unknown {
  const { externalId, key, kind, state, attempts, invoiceNo, ocr, errors, warnings, job } = invoice;
  const jobStatus = job.status;
  return { externalId, key, kind, state, attempts, invoiceNo, ocr, errors, warnings, jobStatus };
}
