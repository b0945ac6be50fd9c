import type { LocalDate } from '../../domain/date.ts';
import { parseMoney } from '../../domain/money.ts';
import type { CustomerBalance } from '../../ports/balances.ts';
import type { FortnoxClient } from './client.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * What every active customer owes: the balances of the invoices that are not paid, those of credit
 * notes taken off. Fortnox knows no payment that is not of an invoice, so none is left out here.
 *
 * Two lists, a call for each five hundred. A draft is no claim yet.
 */
export async function readClaims(
  client: FortnoxClient,
  today: LocalDate,
): Promise<readonly CustomerBalance[]> {
  const listed = await client.list('/3/customers', 'Customers');
  const unpaid = await client.list('/3/invoices?filter=unpaid', 'Invoices');
  const customers = new Map<string, CustomerBalance>();
  for (const customer of listed.filter((one) => one['Active'] !== false)) {
    const number = textOf(customer, 'CustomerNumber');
    customers.set(number, none(number, textOf(customer, 'Name')));
  }
  for (const invoice of unpaid.filter(isClaim)) {
    const number = textOf(invoice, 'CustomerNumber');
    const before = customers.get(number) ?? none(number, textOf(invoice, 'CustomerName'));
    const owed = balanceOf(invoice);
    const isOverdue = owed > 0n && textOf(invoice, 'DueDate') < today;
    customers.set(number, {
      ...before,
      balance: before.balance + owed,
      overdue: before.overdue + (isOverdue ? owed : 0n),
    });
  }
  return [...customers.values()];
}

/** Fortnox keeps no credit limits. */
function none(number: string, name: string): CustomerBalance {
  return { number, name, balance: 0n, overdue: 0n, creditLimit: null };
}

/** Booked, in kronor, and not taken back. */
function isClaim(invoice: WireObject): boolean {
  const currency = textOf(invoice, 'Currency');
  return (
    textOf(invoice, 'Booked') === 'true' &&
    textOf(invoice, 'Cancelled') !== 'true' &&
    (currency === '' || currency === 'SEK')
  );
}

function balanceOf(invoice: WireObject): bigint {
  return parseMoney(textOf(invoice, 'Balance'), 'SEK')?.minor ?? 0n;
}
