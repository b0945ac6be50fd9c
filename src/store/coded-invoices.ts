import { sql } from 'kysely';
import type { SupplierInvoice } from '../domain/document/supplier-invoice.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Db } from './db.ts';

/** A supplier's invoice that the hub has booked, and what it was booked as. */
export type BookedInvoice = {
  readonly invoice: SupplierInvoice;
  readonly vouchers: readonly Voucher[];
};

/**
 * The latest invoices of a supplier that were booked in a ledger.
 *
 * @param of.supplier - see `supplierKey`
 */
export async function bookedInvoices(
  db: Db,
  of: {
    readonly companyId: string;
    readonly laneId: string;
    readonly supplier: string;
    readonly limit: number;
  },
): Promise<readonly BookedInvoice[]> {
  const rows = await ofSupplier(db, of)
    .innerJoin('delivery as d', 'd.document_id', 'doc.id')
    .select(['doc.body', 'd.vouchers'])
    .where('d.lane_id', '=', of.laneId)
    .where('d.state', '=', 'done')
    .orderBy('doc.business_date', 'desc')
    .orderBy('doc.id', 'desc')
    .limit(of.limit)
    .execute();
  return rows.map((row) => ({
    invoice: row.body as unknown as SupplierInvoice,
    vouchers: row.vouchers as unknown as readonly Voucher[],
  }));
}

/** What a supplier called itself last. @returns null when none of its invoices has come */
export async function supplierName(
  db: Db,
  of: { readonly companyId: string; readonly supplier: string },
): Promise<string | null> {
  const row = await ofSupplier(db, of)
    .select(sql<string>`doc.body #>> '{supplier,name}'`.as('name'))
    .orderBy('doc.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Twins of a supplier begin with its key and a stroke; the sign after a stroke is a nought. */
function ofSupplier(db: Db, of: { readonly companyId: string; readonly supplier: string }) {
  return db
    .selectFrom('document as doc')
    .where('doc.company_id', '=', of.companyId)
    .where('doc.twin', '>=', `${of.supplier}/`)
    .where('doc.twin', '<', `${of.supplier}0`);
}
