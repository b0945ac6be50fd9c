import type { ShelfName, Tenant } from '../tenant/tenant.ts';
import { rowsOf, textOf } from '../wire/record.ts';

/** Whether any of these documents names the key in a field of its head. */
export function isNamedBy(
  tenant: Tenant,
  where: { readonly shelves: readonly ShelfName[]; readonly field: string },
  key: string,
): boolean {
  return where.shelves.some((shelf) =>
    [...tenant.shelves[shelf].entries.values()].some(
      ({ fields }) => textOf(fields, where.field) === key,
    ),
  );
}

const ROWS: readonly (readonly [ShelfName, string])[] = [
  ['invoices', 'InvoiceRows'],
  ['orders', 'OrderRows'],
  ['offers', 'OfferRows'],
  ['contracts', 'InvoiceRows'],
  ['supplierinvoices', 'SupplierInvoiceRows'],
];

/** Whether a row of any document names the article. */
export function isArticleUsed(tenant: Tenant, article: string): boolean {
  return ROWS.some(([shelf, rows]) =>
    [...tenant.shelves[shelf].entries.values()].some(({ fields }) =>
      rowsOf(fields, rows).some((row) => textOf(row, 'ArticleNumber') === article),
    ),
  );
}
