import type { Document } from '../domain/document/document.ts';
import type { CustomerBalance } from '../ports/balances.ts';

/**
 * What customers owe: as the ledger has it, and what they have bought and nobody has invoiced yet.
 * Without that a customer at the limit could go on buying until the invoice is made.
 *
 * @param told - customers' cards as they came last, and purchases that are not in the ledger yet
 *   and were not skipped
 * @returns everyone, in the order of their numbers
 */
export function creditBalances(
  ledger: readonly CustomerBalance[],
  told: readonly Document[],
): readonly CustomerBalance[] {
  const customers = new Map(ledger.map((customer) => [customer.number, customer]));
  for (const document of told) {
    if (document.kind !== 'credit-purchases' && document.kind !== 'customer') continue;
    const { number, name } = document.customer;
    const none = { number, name, balance: 0n, overdue: 0n, creditLimit: null };
    const known = customers.get(number) ?? none;
    if (document.kind === 'customer') {
      customers.set(number, { ...known, creditLimit: document.creditLimit?.minor ?? null });
      continue;
    }
    const bought = document.purchases.reduce((sum, { gross }) => sum + gross.minor, 0n);
    customers.set(number, { ...known, balance: known.balance + bought });
  }
  const order = new Intl.Collator('sv', { numeric: true });
  return [...customers.values()].sort((a, b) => order.compare(a.number, b.number));
}
