import type { Language } from '../domain/posting/words.ts';
import type { PushResult } from '../hub/push/take-push.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Problem } from '../ports/source.ts';
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
  /** Where to ask again for what is pending. */
  readonly status_url?: string;
  /** The ledger that it went to: `fortnox`. */
  readonly target?: string;
  /** The number that the ledger has given; the first when it became several things. */
  readonly invoice_no?: string;
  /** What an invoice is paid by. */
  readonly ocr?: string;
  /** Whether it is in the books; absent: it is nothing that is booked. */
  readonly booked?: boolean;
  /** Everything that it became there. */
  readonly made?: readonly Made[];
  readonly errors?: readonly PushError[];
  readonly warnings?: readonly PushError[];
};

/** Something in the ledger: an order, an invoice, a voucher, by the number that it has there. */
type Made = { readonly what: string; readonly number: string };

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
      const errors = result.problems.map((problem) => pushError(problem, language));
      return { status: 'rejected', external_id, retryable: false, errors };
    }
    case 'delivered':
      return deliveredAnswer(external_id, result.deliveries, language);
  }
}

/** Why something cannot be read. */
export function pushError(problem: Problem, language: Language): PushError {
  return {
    code: problem.code,
    path: problem.facts['field'] ?? '',
    value: problem.facts['found'] ?? '',
    message: describeProblem(problem, language),
  };
}

/** Why something that is read is not booked. */
export function refusalError(refusal: Refusal, language: Language): PushError {
  return {
    code: refusal.code,
    ...('account' in refusal ? { value: refusal.account } : {}),
    message: describeRefusal(refusal, language),
  };
}

function deliveredAnswer(
  external_id: string,
  deliveries: readonly PushedDelivery[],
  language: Language,
): PushAnswer {
  const errors = deliveries.flatMap(({ state, refusals }) =>
    state === 'held' ? refusals.map((refusal) => refusalError(refusal, language)) : [],
  );
  const [first] = deliveries;
  const about = { external_id, ...(first === undefined ? {} : { target: first.target }) };
  const entered = deliveries.flatMap((one) => madeIn(one).filter(({ what }) => what !== 'voucher'));
  // It stands in the ledger, where a person is to look at it: sent again it would be there twice.
  if (errors.length > 0 && entered.length > 0) {
    return { ...createdAnswer(about, deliveries), warnings: errors };
  }
  if (errors.length > 0) return { status: 'rejected', ...about, retryable: false, errors };
  const skipped = deliveries.find(({ state }) => state === 'skipped');
  if (skipped !== undefined) {
    const warnings = [{ code: 'skipped', message: skipped.reason ?? '' }];
    return { status: 'skipped', ...about, retryable: false, warnings };
  }
  if (deliveries.some(({ state }) => state !== 'done')) {
    return { status: 'pending', ...about, retryable: true };
  }
  const warnings = deliveries.flatMap(({ notices }) =>
    notices.map((notice) => ({ code: notice.code, message: describeNotice(notice, language) })),
  );
  return { ...createdAnswer(about, deliveries), ...(warnings.length === 0 ? {} : { warnings }) };
}

function createdAnswer(
  about: Pick<PushAnswer, 'external_id' | 'target'>,
  deliveries: readonly PushedDelivery[],
): PushAnswer {
  const made = deliveries.flatMap(madeIn);
  const number = made.find(({ what }) => what !== 'voucher') ?? made[0];
  const invoices = made.filter(({ what }) => what === 'invoice');
  const all = deliveries.flatMap((one) => one.made);
  const [ocr] = all.flatMap((one) => one.ocr ?? []);
  return {
    ...{ status: 'created', ...about, retryable: false, made },
    ...(number === undefined ? {} : { invoice_no: number.number }),
    ...(ocr === undefined ? {} : { ocr }),
    ...(invoices.length === 0 ? {} : { booked: all.some(({ write }) => BOOKED.test(write)) }),
  };
}

/** The writes that enter a document, and those that book one: see `Write.id` in ports/target. */
const ENTERED = /^(order|invoice|credit)-\d+\.in$/;
const BOOKED = /^(invoice|credit|voucher)-\d+$/;

/** What a delivery's writes have come to, in any ledger: documents by number, vouchers by name. */
function madeIn({ made }: PushedDelivery): readonly Made[] {
  return made.flatMap(({ write, id, label, what: standsAs }): Made[] => {
    const entered = ENTERED.exec(write)?.[1];
    // Where a ledger has no drafts of invoices, an order stands for one.
    const what = entered === undefined ? undefined : (standsAs ?? entered);
    // What people call it ends its label, where the ledger's own id is another.
    const number = label.split(' ').at(-1) || id;
    if (what !== undefined) return [{ what: what === 'credit' ? 'credit-note' : what, number }];
    return BOOKED.test(write) && label !== '' ? [{ what: 'voucher', number: label }] : [];
  });
}
