import type { DiscountType } from '../arithmetic/discounts.ts';
import type { Meta } from './meta.ts';

export type Coupon = {
  readonly id: number;
  code: string;
  type: DiscountType;
  /** Per cent, or money of the shop, as text. */
  amount: string;
  description: string;
  freeShipping: boolean;
  productIds: readonly number[];
  excludedProductIds: readonly number[];
  /** At most so many pieces of a cart. */
  piecesMax: number | null;
  usageCount: number;
  readonly createdMs: number;
  modifiedMs: number;
  readonly meta: Meta[];
};

export type NewCoupon = {
  readonly code: string;
  readonly type?: DiscountType;
  readonly amount?: string;
  readonly freeShipping?: boolean;
  readonly productIds?: readonly number[];
  readonly excludedProductIds?: readonly number[];
  readonly piecesMax?: number | null;
};
