import { parseLocalDate, plusDays, type LocalDate } from '../../domain/date.ts';
import type { CustomerBalance } from '../../ports/balances.ts';
import type { TripletexClient } from './client.ts';
import { oreOf } from './read-back.ts';
import { objectOf, textOf, type WireObject } from '../../lib/json-object.ts';

/**
 * What customers owe: the open items on their accounts, those who owe nothing included. One who is
 * inactive is told of only when something is open.
 */
export async function readClaims(
  client: TripletexClient,
  today: LocalDate,
): Promise<readonly CustomerBalance[]> {
  const customers = await client.list('/customer?fields=id,name,customerNumber,isInactive');
  // Items before the day that is given are listed.
  const open = await client.list(
    `/ledger/posting/openPost?date=${plusDays(today, 1)}` +
      '&fields=amount,termOfPayment,date,customer(id)',
  );
  const byCustomer = Map.groupBy(open, (one) => textOf(objectOf(one, 'customer'), 'id'));
  return customers.flatMap((customer): CustomerBalance[] => {
    const own = byCustomer.get(textOf(customer, 'id')) ?? [];
    if (customer['isInactive'] === true && own.length === 0) return [];
    const [number, name] = [textOf(customer, 'customerNumber'), textOf(customer, 'name')];
    const overdue = sumOf(own.filter((one) => isOverdue(one, today)));
    return [{ number, name, balance: sumOf(own), overdue, creditLimit: null }];
  });
}

function isOverdue(item: WireObject, today: LocalDate): boolean {
  const due = parseLocalDate(textOf(item, 'termOfPayment'));
  return due !== null && due < today;
}

function sumOf(items: readonly WireObject[]): bigint {
  return items.reduce((sum, one) => sum + oreOf(one, 'amount'), 0n);
}
