import type { InvoiceHabits } from '../../../domain/books.ts';
import type { FortnoxClient } from '../client.ts';
import { readModes } from '../purchase-ledger.ts';
import { textOf } from '../../../lib/json-object.ts';

/** Predefined accounts of output VAT, by rate in percent. */
const VAT_ACCOUNTS = { '25': 'OUTVAT_MP1', '12': 'OUTVAT_MP2', '6': 'OUTVAT_MP3' } as const;

/** `PaymentWay` of a cash invoice, and the predefined account that it is booked on. */
const WAYS = { CARD: 'CASHBYCARD', CASH: 'CASH', AG: 'AG' } as const;

/** What Fortnox books an invoice on by itself: its predefined accounts and modes of payment. */
export async function readInvoiceHabits(client: FortnoxClient): Promise<InvoiceHabits> {
  const listed = await client.list('/3/predefinedaccounts', 'PreDefinedAccounts');
  const modes = await readModes(client);
  const accounts = new Map(listed.map((one) => [textOf(one, 'Name'), textOf(one, 'Account')]));
  const of = (name: string): string => accounts.get(name) ?? '';
  const [claims, rounding] = [of('CUSTCLAIM'), of('ROUNDOFF')];
  return {
    ...(claims === '' ? {} : { claims }),
    vat: known(Object.entries(VAT_ACCOUNTS).map(([rate, name]) => [rate, of(name)])),
    // Of two ways on one account the first will do.
    paidAtOnce: known(
      Object.entries(WAYS)
        .map(([way, name]): [string, string] => [of(name), way])
        .filter(([account]) => account !== '')
        .toReversed(),
    ),
    modes: Object.fromEntries(
      modes.map((mode) => [textOf(mode, 'Code'), textOf(mode, 'AccountNumber')]),
    ),
    ...(rounding === '' ? {} : { rounding }),
    vatRounding: client.settings.vatRounding,
  };
}

function known(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}
