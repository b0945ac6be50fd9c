import type { SupplierInvoice } from '../domain/document/supplier-invoice.ts';
import { supplierKey } from '../domain/document/twin.ts';
import {
  suggestCoding,
  type CodedInvoice,
  type CodingSuggestion,
} from '../domain/posting/suggest-coding.ts';
import { bookedInvoices, type BookedInvoice } from '../store/coded-invoices.ts';
import type { DeliveryView } from '../store/deliveries.ts';
import type { Company } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** Earlier invoices that are looked at. What was done long ago says little. */
const EARLIER_MAX = 50;

/** Whether a delivery waits for somebody to say what its invoice is for. */
export function isUncoded({ state, refusals }: DeliveryView): boolean {
  return state === 'held' && refusals.some(({ code }) => code === 'invoice-not-coded');
}

/**
 * What the hub remembers of a held invoice's kind: where earlier invoices of the supplier with the
 * same accounting cost and class were booked, whoever decided it.
 *
 * @returns null when there is none
 */
export async function suggestFromHub(
  hub: Pick<Hub, 'database'>,
  company: Company,
  { document, laneId }: DeliveryView,
): Promise<CodingSuggestion | null> {
  if (document.kind !== 'supplier-invoice') return null;
  const supplier = supplierKey(document.supplier);
  const place = { companyId: company.id, laneId, supplier, limit: EARLIER_MAX };
  const earlier = await bookedInvoices(hub.database.db, place);
  const alike = earlier.filter(({ invoice }) => kindOf(invoice) === kindOf(document));
  return suggestCoding(alike.map(codedAs), 'hub');
}

/**
 * The same, and when the hub remembers nothing where the ledger's latest invoices of the supplier
 * stand, whatever they were for: a ledger keeps no accounting cost. Asking it takes a dozen calls.
 *
 * @throws ConnectorError when the ledger cannot be read
 */
export async function suggestCodingFor(
  hub: Hub,
  company: Company,
  delivery: DeliveryView,
): Promise<CodingSuggestion | null> {
  const remembered = await suggestFromHub(hub, company, delivery);
  const { document, laneId } = delivery;
  if (remembered !== null || document.kind !== 'supplier-invoice') return remembered;
  const { target } = await hub.openTarget(laneId);
  const earlier = await target.readCoding?.(document.supplier);
  return earlier === undefined ? null : suggestCoding(earlier, 'ledger');
}

/** What invoices have in common that are for the same, as the supplier and the source say it. */
function kindOf({ accountingCost, class: stated }: SupplierInvoice): string {
  return (accountingCost ?? stated ?? '').toUpperCase();
}

/** The cost rows of what an invoice was booked as. */
function codedAs({ invoice, vouchers }: BookedInvoice): CodedInvoice {
  const rows = vouchers.slice(-1).flatMap((voucher) => voucher.rows);
  const costs = rows
    .filter(({ role }) => role.split('/')[0] === 'purchases')
    .map(({ account, amount }) => ({ account, minor: amount.minor }));
  return { number: invoice.number, date: invoice.date, costs };
}
