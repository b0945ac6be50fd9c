import type { Item, Totals } from '../arithmetic/totals.ts';
import type { Amount } from '../arithmetic/amount.ts';
import type { Address } from './address.ts';
import type { Meta } from './meta.ts';

/** Pieces of a product. Name and amounts are the order's own; its SKU is looked up when shown. */
export type LineItem = Item & {
  readonly kind: 'line';
  readonly id: number;
  /** HTML, as WordPress keeps titles. */
  name: string;
  productId: number;
  variationId: number;
  /** Negative in refunds. */
  quantity: number;
  readonly meta: Meta[];
};

export type FeeItem = Item & {
  readonly kind: 'fee';
  readonly id: number;
  name: string;
  readonly meta: Meta[];
};

export type ShippingItem = Item & {
  readonly kind: 'shipping';
  readonly id: number;
  methodTitle: string;
  methodId: string;
  /** Empty when the line was made through the API. */
  instanceId: string;
  readonly meta: Meta[];
};

export type OrderItem = LineItem | FeeItem | ShippingItem;

/** A rate as it was when the order was reckoned: it stays when the rate is deleted. */
export type TaxLine = {
  readonly id: number;
  readonly rateId: number;
  readonly rateCode: string;
  readonly label: string;
  readonly isCompound: boolean;
  readonly percent: Amount;
  readonly cart: Amount;
  readonly shipping: Amount;
};

export type CouponLine = {
  readonly id: number;
  readonly code: string;
  discount: Amount;
  discountTax: Amount;
  readonly couponId: number;
  readonly type: string;
  readonly amount: string;
  readonly freeShipping: boolean;
  readonly metaId: number;
};

export type Note = {
  readonly id: number;
  readonly author: string;
  readonly atMs: number;
  /** HTML. */
  readonly text: string;
  readonly isForCustomer: boolean;
};

export type OrderTotals = Omit<Totals, 'taxes'>;

export type Order = {
  readonly id: number;
  readonly parentId: number;
  /** The id, unless a plugin numbers orders otherwise. */
  number: string;
  status: string;
  currency: string;
  readonly version: string;
  readonly pricesIncludeTax: boolean;
  readonly createdMs: number;
  modifiedMs: number;
  completedMs: number | null;
  paidMs: number | null;
  customerId: number;
  readonly orderKey: string;
  readonly createdVia: string;
  billing: Address;
  shipping: Address;
  paymentMethod: string;
  paymentMethodTitle: string;
  transactionId: string;
  customerNote: string;
  readonly cartHash: string;
  readonly meta: Meta[];
  items: OrderItem[];
  taxLines: TaxLine[];
  coupons: CouponLine[];
  totals: OrderTotals;
  readonly notes: Note[];
  /** Of its refunds, those that were deleted among them. */
  readonly refundIds: number[];
  /** The status it had before it was put in the trash. */
  trashedFrom: string | null;
  hasReducedStock: boolean;
};

/** Money back for a part of an order or all of it. Its amounts are negative, but for `amount`. */
export type Refund = {
  readonly id: number;
  readonly orderId: number;
  readonly createdMs: number;
  readonly amount: Amount;
  readonly reason: string;
  /** True when the gateway sent the money. */
  readonly isPaidBack: boolean;
  readonly meta: Meta[];
  readonly items: readonly OrderItem[];
  readonly taxLines: readonly TaxLine[];
  readonly totalTax: Amount;
};

export const NO_TOTALS: OrderTotals = {
  discountTotal: 0n,
  discountTax: 0n,
  shippingTotal: 0n,
  shippingTax: 0n,
  cartTax: 0n,
  total: 0n,
  totalTax: 0n,
};

export function linesOf(order: { readonly items: readonly OrderItem[] }): LineItem[] {
  return order.items.filter((item) => item.kind === 'line');
}
