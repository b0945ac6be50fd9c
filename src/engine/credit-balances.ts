import type { Document } from '../domain/document/document.ts';
import type { CustomerBalance } from '../ports/balances.ts';

/**
 * What customers owe: as the ledger has it, and what they have bought and nobody has invoiced yet.
 * Without that a customer at the limit could go on buying until the invoice is made.
 *
 * @param waiting - documents that are not in the ledger yet and were not skipped
 * @returns everyone, in the order of their numbers
 */
export function creditBalances(
  ledger: readonly CustomerBalance[],
  waiting: readonly Document[],
): readonly CustomerBalance[] {
  const customers = new Map(ledger.map((customer) => [customer.number, customer]));
  for (const document of waiting) {
    if (document.kind !== 'credit-purchases') continue;
    const { number, name } = document.customer;
    const known = customers.get(number) ?? { number, name, balance: 0n, overdue: 0n };
    const bought = document.purchases.reduce((sum, { gross }) => sum + gross.minor, 0n);
    customers.set(number, { ...known, balance: known.balance + bought });
  }
  const order = new Intl.Collator('sv', { numeric: true });
  return [...customers.values()].sort((a, b) => order.compare(a.number, b.number));
}
