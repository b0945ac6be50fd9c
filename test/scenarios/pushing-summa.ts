import assert from 'node:assert/strict';
import type { JobSeed } from '../../src/connectors/summa/simulator/desk.ts';
import { invoiceBody } from '../../src/connectors/summa/simulator/invoice-body.ts';
import { SummaSimulator } from '../../src/connectors/summa/simulator/simulator.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command, type Ended } from './command.ts';
import { today, type Stage } from './stage.ts';

/** A Summa that pushes to a hub, whatever ledger its invoices go to. */
export type PushingSumma = {
  readonly summa: SummaSimulator;
  readonly server: HubServer;
  /** The key that it pushes with. */
  readonly key: string;
  /** Where it pushes to. */
  readonly url: string;
  /** Delivers a job and makes its invoice, which is pushed at once. @returns its id */
  finish(orderNo: string): Promise<string>;
  /** The invoice of a job as it would be pushed; it is not. */
  invoiceOf(orderNo: string): Promise<PushBody>;
  /** Pushes an invoice by hand. */
  push(body: PushBody): Promise<PushedAnswer>;
  bokbro(...argv: readonly string[]): Promise<Ended>;
  /** What source, hub and ledger say of today. */
  reconcile(): Promise<Ended>;
  stop(): Promise<void>;
};

/** An invoice as it is pushed. */
export type PushBody = Readonly<Record<string, unknown>> & {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
};

/** What is answered to one invoice. */
export type PushedAnswer = {
  readonly status: string;
  readonly invoice_no?: string;
  readonly booked?: boolean;
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
};

/** Connects a Summa to a company that has its ledger, by the commands that a person gives. */
export async function startSumma(
  stage: Stage,
  of: {
    readonly company: string;
    readonly ledger: string;
    readonly jobs: readonly JobSeed[];
    readonly choices?: readonly string[];
    readonly departments?: readonly string[];
    /** The hub that is pushed to, where it is in a process of its own. */
    readonly hubUrl?: string;
  },
): Promise<PushingSumma> {
  const bokbro = (...argv: readonly string[]) => command(stage, ...argv, '--company', of.company);
  const set = (of.choices ?? []).flatMap((choice) => ['--set', choice]);
  const named = (of.departments ?? []).flatMap((one) => ['--department', one]);
  for (const said of [
    await bokbro('connect', 'summa'),
    await bokbro('flow', 'add', 'summa', of.ledger, ...set, ...named),
  ]) {
    assert.equal(said.code, 0, said.out + said.err);
  }
  const key = (await bokbro('key', 'summa')).out.trim();
  const server = await openServer({ host: '127.0.0.1', port: 0 });
  server.ready(stage.hub);
  const url = `${of.hubUrl ?? server.url}/v1/connections/summa/invoices`;
  const summa = new SummaSimulator({
    ...{ address: { url, key }, jobs: of.jobs, quantities: 'as-counted' },
    nowMs: () => stage.hub.clock.nowMs(),
  });
  return {
    ...{ summa, server, key, url, bokbro },
    finish: async (orderNo) => {
      summa.deliver(orderNo);
      return summa.finish(orderNo);
    },
    invoiceOf: async (orderNo) => {
      summa.deliver(orderNo);
      const id = await summa.finish(orderNo, { isSent: false });
      return invoiceBody(summa.invoice(id), 'one') as PushBody;
    },
    push: async (body) => {
      const headers = { authorization: `Bearer ${key}` };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await (await fetch(url, sent)).json()) as PushedAnswer;
    },
    reconcile: () => bokbro('reconcile', '--source', 'summa', '--from', today(), '--to', today()),
    stop: () => server.close(),
  };
}
