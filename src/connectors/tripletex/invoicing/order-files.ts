import type { Step } from '../../../domain/plan.ts';
import { present } from '../../../lib/assert.ts';
import { listOf, textOf } from '../../../lib/json-object.ts';
import { ConnectorError } from '../../../ports/errors.ts';
import type { Found, Write, WriteContext, WriteOutcome } from '../../../ports/target.ts';
import { fileBody, fileNameOf } from '../attachments.ts';
import { refusalBy } from '../errors.ts';
import type { Handler } from '../handler.ts';
import { foundAs, refusedAs } from '../sales/made.ts';
import type { Session } from '../session.ts';

/** A file of an order, which goes where its invoice goes. Its name holds our key. */
type FileInput = {
  readonly sale: 'order-file';
  readonly fileName: string;
  readonly attachment?: number;
  /** The write that entered the order. */
  readonly of: string;
};

/** The call that attaches a file to the order that a write of the plan enters. */
export function attachToOrder(
  { id, fileName, attachment }: Extract<Step, { readonly kind: 'attach-file' }>,
  of: string,
): Write {
  const which = attachment === undefined ? {} : { attachment };
  const input: FileInput = { sale: 'order-file', fileName, of, ...which };
  return { id, call: `PUT /order/{${of}}/:attach`, input };
}

export const ORDER_FILE: Handler = { make: attach, find: findFile };

async function attach(
  session: Session,
  write: Write,
  context: WriteContext,
): Promise<WriteOutcome> {
  const { fileName, attachment } = inputOf(write);
  const order = orderOf(write, context);
  // Another credit note than the one of this order has taken back the whole invoice.
  if (order === '') return { kind: 'done', ...foundAs('') };
  const { body, contentType } = fileBody(await context.file(attachment), {
    fileName,
    key: context.key,
  });
  const path = `/order/${order}/:attach`;
  const answer = await session.client.change({ method: 'PUT', path, body, contentType });
  if (answer.kind === 'refused') return refusedAs(refusalBy(answer.error));
  const [made] = await findFile(session, write, context);
  if (made !== undefined) return { kind: 'done', ...made };
  throw new ConnectorError('Tripletex did not say which file it took.', { kind: 'unanswered' });
}

async function findFile(
  { client }: Session,
  write: Write,
  context: WriteContext,
): Promise<readonly Found[]> {
  const order = orderOf(write, context);
  if (order === '') return [foundAs('')];
  const shown = await client.get(`/order/${order}?fields=id,attachment(id,fileName)`);
  const mark = fileNameOf(inputOf(write).fileName, context.key);
  const same = listOf(shown ?? {}, 'attachment').find((one) => {
    return textOf(one, 'fileName').startsWith(mark);
  });
  return same === undefined ? [] : [foundAs(textOf(same, 'id'))];
}

function orderOf(write: Write, { earlier }: WriteContext): string {
  return present(earlier.get(inputOf(write).of), 'the entered order').id;
}

function inputOf({ input }: Write): FileInput {
  return input as FileInput; // Made by `attachToOrder`.
}
