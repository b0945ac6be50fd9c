import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { textOf } from '../../../lib/json-object.ts';
import { readPeriods, refusalOfDay } from '../books.ts';
import { refusalBy } from '../errors.ts';
import type { Session } from '../session.ts';
import type { WireError } from '../wire.ts';
import { needs } from './made.ts';

/** Why Tripletex makes no invoice, or takes no payment, in the hub's own terms. */
export async function diagnoseInvoice(
  session: Session,
  date: LocalDate,
  error: WireError,
): Promise<readonly Refusal[]> {
  const day = parseLocalDate(date);
  const ofDay = day === null ? null : refusalOfDay(await readPeriods(session.client), day);
  if (ofDay !== null) return [ofDay];
  if (!(await hasInvoiceAccount(session))) return [needs('invoice-account', '')];
  return [refusalBy(error)];
}

/** Whether the company has a bank account that its invoices can name. */
export async function hasInvoiceAccount({ client }: Session): Promise<boolean> {
  const path = '/ledger/account?isBankAccount=true&fields=id,bankAccountNumber,isInvoiceAccount';
  const accounts = await client.list(path);
  return accounts.some((one) => {
    return one['isInvoiceAccount'] === true && textOf(one, 'bankAccountNumber') !== '';
  });
}
