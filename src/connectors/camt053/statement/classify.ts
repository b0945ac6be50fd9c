import type { EntryKind } from '../../../domain/document/account-statement.ts';
import type { EntryRule } from '../settings.ts';
import type { Movement } from './entry.ts';

/** Sub-families of every family in the external code set of ISO 20022, and what they are. */
const SUB_FAMILIES: Readonly<Record<string, EntryKind>> = {
  CHRG: 'fee',
  COMM: 'fee',
  FEES: 'fee',
  INTR: 'interest',
};

/** Families of payments (`PMNT`). Merchant card transactions are card sales paid out. */
const FAMILIES: Readonly<Record<string, EntryKind>> = { MCRD: 'card-settlement' };

/**
 * What a movement is: by the company's rules, else by the bank's code, else an invoice when money
 * went out with a reference. Everything else a person says.
 */
export function classify(
  movement: Movement,
  rules: readonly EntryRule[],
): { readonly kind: EntryKind; readonly code: string } {
  const rule = rules.find((one) => fits(one, movement));
  if (rule !== undefined) return { kind: rule.kind, code: rule.as ?? movement.code };
  return { kind: usualKind(movement), code: movement.code };
}

function usualKind(movement: Movement): EntryKind {
  const { code, reference, invoices, amount, isReversal } = movement;
  const [domain = '', family = '', subFamily = ''] = code.split('/');
  const isBack = isReversal || subFamily === 'RIMB';
  const said = SUB_FAMILIES[subFamily] ?? (domain === 'PMNT' ? FAMILIES[family] : undefined);
  if (said !== undefined) return said;
  const namesInvoices = reference !== null || invoices.length > 0;
  return namesInvoices && amount.minor < 0n && !isBack ? 'invoice' : 'other';
}

function fits(rule: EntryRule, movement: Movement): boolean {
  const { code, contains, counterparty, direction } = rule;
  const isOut = movement.amount.minor < 0n;
  return (
    (code === undefined || code === movement.code) &&
    (contains === undefined || folded(movement.text).includes(folded(contains))) &&
    (counterparty === undefined ||
      folded(movement.counterparty ?? '').includes(folded(counterparty))) &&
    (direction === undefined || (direction === 'out') === isOut)
  );
}

/** Letter case and runs of blanks mean nothing. */
function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
