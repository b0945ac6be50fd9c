import type { LocalDate, Period } from '../domain/date.ts';
import type { LedgerFinding, LedgerFindingCode } from './health.ts';

type Facts = Readonly<Record<string, string>>;

/** Makes findings of one system: each says which. */
export type Findings = {
  /** All is well with it. */
  ok(code: LedgerFindingCode, facts?: Facts): LedgerFinding;
  /** Work goes on, and somebody should look at it. */
  warning(code: LedgerFindingCode, facts?: Facts): LedgerFinding;
  /** It stops vouchers. */
  problem(code: LedgerFindingCode, facts?: Facts): LedgerFinding;
};

/** What is found of a ledger, by the name that people know it by. */
export function findingsOf(system: string): Findings {
  const of = (state: LedgerFinding['state']) => {
    return (code: LedgerFindingCode, facts: Facts = {}): LedgerFinding => {
      return { code, state, facts: { system, ...facts } };
    };
  };
  return { ok: of('ok'), warning: of('warning'), problem: of('problem') };
}

/** Whether the days of a period can be booked on in books that are locked up to a day. */
export function lockFinding(
  find: Findings,
  lockedTo: LocalDate | null,
  { to }: Period,
): LedgerFinding {
  if (lockedTo === null) return find.ok('lock-none');
  return lockedTo < to
    ? find.ok('lock', { upTo: lockedTo })
    : find.problem('lock-stops', { upTo: lockedTo, day: to });
}
