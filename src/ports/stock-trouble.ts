/**
 * Why the stock of a flow is not written. Facts only: `src/text/stock.ts` words them.
 *
 * - `sales-move-nothing`: orders are booked without articles, so the ledger's count never falls
 * - `drafts`: nobody says whether an invoice that is not booked moves the count
 * - `review`: what waits for a person to look at it is no longer true when it is let go
 * - `both-ways`: each side would follow the other
 * - `orders-not-fetched`: what the shop sells is known too late
 * - `warehouse-module`: the ledger's count is kept by a module that takes no quantities
 * - `cannot-tell`: a system that does not say what it has
 * - `orders-behind`: the shop cannot be asked for its latest orders just now
 * - `not-asked`: one of the systems cannot be asked just now
 */
export type StockTrouble =
  | { readonly code: 'sales-move-nothing'; readonly shop: string; readonly ledger: string }
  | { readonly code: 'drafts'; readonly shop: string; readonly ledger: string }
  | { readonly code: 'review'; readonly shop: string; readonly ledger: string }
  | { readonly code: 'both-ways'; readonly shop: string; readonly ledger: string }
  | { readonly code: 'orders-not-fetched'; readonly shop: string }
  | { readonly code: 'warehouse-module'; readonly ledger: string }
  | { readonly code: 'cannot-tell'; readonly system: string }
  | { readonly code: 'orders-behind'; readonly shop: string; readonly why: string }
  | { readonly code: 'not-asked'; readonly why: string };

/** Those that a person has to settle; the others pass. */
export function isForPerson({ code }: StockTrouble): boolean {
  return code !== 'orders-behind' && code !== 'not-asked';
}
