import { UNKNOWN_BOOKS, type Books } from '../domain/books.ts';
import { ConnectorError, type Failure } from '../ports/errors.ts';
import type { Found, Remote, Target, Write, WriteContext, WriteOutcome } from '../ports/target.ts';

/** What a scripted ledger answers to one call, and what is done while it is under way. */
type Answer<T> = (context: WriteContext) => Promise<T> | T;

/**
 * A ledger that answers as it is told and keeps what it was asked, for tests of the order of calls.
 * What it is not told to answer otherwise, it makes and finds as a ledger does.
 */
export type ScriptedTarget = Target & {
  /** Calls in the order they came: `write voucher-1`, `find voucher-1`. */
  readonly calls: string[];
  readonly contexts: WriteContext[];
  /** Next answers to writes, and to looks. */
  readonly writes: Answer<WriteOutcome>[];
  readonly finds: Answer<readonly Found[]>[];
  /** Keys that stand in the ledger, with what they stand for. */
  readonly made: Map<string, Remote>;
  /** Keys that are found when a process first comes. */
  readonly surveyed: string[];
  onBooks: () => Promise<Books>;
};

export function scriptedTarget(): ScriptedTarget {
  const calls: string[] = [];
  const contexts: WriteContext[] = [];
  const writes: Answer<WriteOutcome>[] = [];
  const finds: Answer<readonly Found[]>[] = [];
  const made = new Map<string, Remote>();
  const surveyed: string[] = [];
  const target: ScriptedTarget = {
    ...{ calls, contexts, writes, finds, made, surveyed },
    capabilities: {
      takes: ['day-report', 'ready-voucher', 'order', 'refund', 'sales-day'],
      attachments: true,
      findsBy: 'key-in-object',
    },
    onBooks: async () => UNKNOWN_BOOKS,
    route: (steps) => ({
      kind: 'route',
      writes: steps.map((step): Write => ({
        id: step.id,
        call: `POST ${step.kind}`,
        input: { id: step.id },
      })),
      notices: [],
    }),
    write: async ({ id }, context) => {
      calls.push(`write ${id}`);
      contexts.push({ ...context, earlier: new Map(context.earlier) });
      const answer = writes.shift();
      return answer === undefined ? make(made, context) : answer(context);
    },
    find: async ({ id }, context) => {
      calls.push(`find ${id}`);
      const answer = finds.shift();
      if (answer !== undefined) return answer(context);
      const remote = made.get(context.key);
      return remote === undefined ? [] : [{ remote, differences: [] }];
    },
    survey: async () => surveyed,
    readBooks: () => target.onBooks(),
    readLedger: async () => [],
    examine: async () => [],
  };
  return target;
}

/** Makes what was asked for: the ledger counts from K 1. */
function make(made: Map<string, Remote>, { key }: WriteContext): WriteOutcome {
  const remote = { id: String(made.size + 1), label: `K ${made.size + 1}` };
  made.set(key, remote);
  return { kind: 'done', remote, differences: [] };
}

/** The call takes effect, and its answer is lost. */
export function losesAnswer(target: ScriptedTarget): Answer<WriteOutcome> {
  return (context) => {
    make(target.made, context);
    throw new ConnectorError('The ledger did not answer in time.', { kind: 'unanswered' });
  };
}

/** The call fails, and nothing is made. */
export function fails(failure: Failure): Answer<never> {
  return () => {
    throw new ConnectorError(`It said: ${failure.kind}.`, failure);
  };
}
