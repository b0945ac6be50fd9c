import type { LedgerFindingCode } from '../ports/health.ts';

/** A fact by its name; a missing one reads as empty. */
type Facts = (name: string) => string;

/** A sentence for everything that is found of a ledger. */
export type LedgerHealthTexts = Readonly<Record<LedgerFindingCode, (facts: Facts) => string>>;

/** Names of registers by their codes, `cost-centres, projects`, in words. */
export function registersIn(names: Readonly<Record<string, string>>, codes: string): string {
  return codes
    .split(', ')
    .map((code) => names[code] ?? code)
    .join(', ');
}
