import { z } from 'zod';
import { ConnectorError } from '../../../ports/errors.ts';
import type { SourceFinding, SourceFindingCode } from '../../../ports/health.ts';

/** A finding of a state, with its figures. */
export function found(
  state: SourceFinding['state'],
  code: SourceFindingCode,
  facts: Readonly<Record<string, string>> = {},
): SourceFinding {
  return { code, state, facts };
}

/** Reads an answer. @throws ConnectorError when it is not what this connector knows */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  answer: string | null,
  what: string,
): z.infer<Schema> {
  const read = schema.safeParse(answer === null ? null : JSON.parse(answer));
  if (read.success) return read.data;
  throw new ConnectorError(`The shop’s ${what} cannot be read.`, { kind: 'unanswered' });
}
