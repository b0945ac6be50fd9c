import type { Component } from './product.ts';

export type OrderStatus = 'unpaid' | 'paid' | 'done' | 'cancelled';

/** One order as the shop keeps it. Amounts in öre of its own currency. */
export type Order = {
  readonly id: number;
  readonly createdMs: number;
  paidMs: number | null;
  /** When its status last changed: `from_status_date` asks for it, and no field shows it. */
  statusMs: number;
  status: OrderStatus;
  readonly currency: string;
  /** No VAT at all: business customers in other countries of the EU, and export. */
  readonly isTaxfree: boolean;
  /** Prices are without VAT, which comes on top. */
  readonly isTaxontop: boolean;
  notes: string;
  lines: Line[];
  shipping: Shipping;
  discountOre: number;
  /** What a gift card has paid. */
  giftCardOre: number;
  customer: Customer;
  payment: { method: string; transactionId: string };
  readonly refunds: Refund[];
  readonly metadata: Map<string, string>;
  /** True once the money was asked for at the payment provider. */
  isCaptured: boolean;
  tracking: { readonly number: string; readonly company: string } | null;
};

export type Line = {
  readonly id: number;
  readonly productId: number;
  readonly variantId: number;
  readonly title: string;
  /** Of one piece. */
  readonly priceOre: number;
  qty: number;
  readonly sku: string;
  readonly variant: string;
  /** Grams of one piece. */
  readonly weight: number;
  /** The rate it was sold at. The wire has no field for it. */
  readonly rate: number;
  readonly bundle: {
    readonly priced: 'bundle' | 'components';
    readonly components: readonly (Component & { readonly rate: number })[];
  } | null;
};

export type Shipping = { readonly id: string; readonly name: string; readonly priceOre: number };

export type Refund = { readonly id: number; readonly createdMs: number; readonly ore: number };

/** Fields of an address, by their names on the wire. */
export const ADDRESS_TEXTS = [
  'company_name',
  'full_name',
  'address',
  'address2',
  'city',
  'zipcode',
  'country',
] as const;

export type Address = Record<(typeof ADDRESS_TEXTS)[number], string>;

/** Customers stand inside orders only. There is no field for an organisation number. */
export type Customer = {
  type: 'consumer' | 'company';
  email: string;
  phone: string;
  notes: string;
  address: Address;
  shipping: Address;
  billing: Address;
};

/** What one line comes to. */
export function lineOre({ bundle, priceOre, qty }: Line): number {
  if (bundle?.priced !== 'components') return priceOre * qty;
  return qty * bundle.components.reduce((sum, part) => sum + part.priceOre * part.qty, 0);
}
