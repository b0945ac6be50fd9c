import type { Language } from '../domain/posting/words.ts';
import type { PushResult } from '../hub/push/take-push.ts';
import type { PushedDelivery } from '../store/pushes.ts';
import { describeNotice } from '../text/notices.ts';
import { describeProblem } from '../text/problems.ts';
import { describeRefusal } from '../text/refusals.ts';

/** What a sender is told of one thing. `code`s are those of docs/errors.md. */
export type PushAnswer = {
  readonly status: 'created' | 'pending' | 'rejected' | 'conflict' | 'skipped';
  readonly external_id: string;
  /** Whether the same may be sent again to any avail. */
  readonly retryable: boolean;
  /** The ledger that it went to: `fortnox`. */
  readonly target?: string;
  /** The number that the ledger has given; the first when it became several things. */
  readonly invoice_no?: string;
  /** Everything that it became there. */
  readonly made?: readonly { readonly what: string; readonly number: string }[];
  readonly errors?: readonly PushError[];
  readonly warnings?: readonly PushError[];
};

/** What is wrong, or worth knowing. */
export type PushError = {
  readonly code: string;
  /** The field of what was sent; absent where it is about no one field. */
  readonly path?: string;
  readonly value?: string;
  readonly message: string;
};

/** What a sender is told of one thing that it has pushed. */
export function pushAnswer(result: PushResult, language: Language): PushAnswer {
  const { externalId: external_id } = result;
  switch (result.kind) {
    case 'conflict': {
      const message = 'The key stands for something else that was sent before: use a new one.';
      const errors = [{ code: 'key-conflict', path: 'idempotency_key', message }];
      return { status: 'conflict', external_id, retryable: false, errors };
    }
    case 'no-flow': {
      const message = 'Nothing takes what this connection gives into a ledger: bokbro flow add.';
      return {
        status: 'pending',
        external_id,
        retryable: true,
        warnings: [{ code: 'no-flow', message }],
      };
    }
    case 'unreadable': {
      const errors = result.problems.map((problem) => ({
        code: problem.code,
        path: problem.facts['field'] ?? '',
        value: problem.facts['found'] ?? '',
        message: describeProblem(problem, language),
      }));
      return { status: 'rejected', external_id, retryable: false, errors };
    }
    case 'delivered':
      return deliveredAnswer(external_id, result.deliveries, language);
  }
}

function deliveredAnswer(
  external_id: string,
  deliveries: readonly PushedDelivery[],
  language: Language,
): PushAnswer {
  const errors = deliveries.flatMap(({ state, refusals }) =>
    state === 'held'
      ? refusals.map((refusal) => ({
          code: refusal.code,
          ...('account' in refusal ? { value: refusal.account } : {}),
          message: describeRefusal(refusal, language),
        }))
      : [],
  );
  const [first] = deliveries;
  const about = { external_id, ...(first === undefined ? {} : { target: first.target }) };
  if (errors.length > 0) return { status: 'rejected', ...about, retryable: false, errors };
  const skipped = deliveries.find(({ state }) => state === 'skipped');
  if (skipped !== undefined) {
    const warnings = [{ code: 'skipped', message: skipped.reason ?? '' }];
    return { status: 'skipped', ...about, retryable: false, warnings };
  }
  if (deliveries.some(({ state }) => state !== 'done')) {
    return { status: 'pending', ...about, retryable: true };
  }
  const made = deliveries.flatMap((one) => one.made.flatMap(asMade));
  const [number] = made;
  const warnings = deliveries.flatMap(({ notices }) =>
    notices.map((notice) => ({ code: notice.code, message: describeNotice(notice, language) })),
  );
  return {
    ...{ status: 'created', ...about, retryable: false, made },
    ...(number === undefined ? {} : { invoice_no: number.number }),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** Calls that make or change an invoice or an order, in any ledger. */
const MAKES = /^(?:POST \/(?:3\/)?(invoice|order)s?|PUT \/(?:3\/)?(order)s?\/[^/?]+)(?:\?.*)?$/;

/** Invoices and orders: what a sender has a field for. Their numbers end their labels. */
function asMade({
  call,
  id,
  label,
}: PushedDelivery['made'][number]): { readonly what: string; readonly number: string }[] {
  const [, made, changed] = MAKES.exec(call) ?? [];
  const what = made ?? changed;
  const number = label.split(' ').at(-1) || id;
  return what === undefined ? [] : [{ what, number }];
}
