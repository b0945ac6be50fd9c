import { z } from 'zod';
import { jsonIn } from '../lib/json.ts';
import { ConnectorError } from './errors.ts';
import type { SourceFinding, SourceFindingCode } from './health.ts';

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
  const read = schema.safeParse(answer === null ? null : jsonIn(answer));
  if (read.success) return read.data;
  throw new ConnectorError(`The shop’s ${what} cannot be read.`, { kind: 'unanswered' });
}

type Examining = () => Promise<readonly SourceFinding[]>;

/** What keeps a source from being asked is a finding of its own. */
export async function tried(examine: Examining): Promise<readonly SourceFinding[]> {
  try {
    return await examine();
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return [found('problem', 'connection', { why: error.message })];
  }
}

/** What a source does not tell keeps nothing else from being told. */
export async function beside(what: string, examine: Examining): Promise<readonly SourceFinding[]> {
  const findings = await tried(examine);
  return findings.map((one) =>
    one.code === 'connection' ? found('warning', 'not-told', { what, ...one.facts }) : one,
  );
}

/** Means of payment that have no account of their own. @returns null when each has one */
export function withoutAccount(
  methods: readonly string[],
  hasAccount: (method: string) => boolean,
): readonly SourceFinding[] | null {
  const missing = methods.filter((method) => method !== '' && !hasAccount(method));
  if (missing.length === 0) return null;
  const [first = ''] = missing;
  return [found('warning', 'payment-without-account', { methods: missing.join(', '), first })];
}
