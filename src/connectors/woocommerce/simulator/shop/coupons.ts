import { amountOf } from '../arithmetic/amount.ts';
import type { Discount } from '../arithmetic/discounts.ts';
import type { Coupon, NewCoupon } from './coupon.ts';
import { nextId, type Scene, type Shop } from './shop.ts';

export function addCoupon(scene: Scene, given: NewCoupon): Coupon {
  const { shop, nowMs } = scene;
  const coupon: Coupon = {
    id: nextId(shop, 'post'),
    code: given.code.toLowerCase(),
    type: given.type ?? 'fixed_cart',
    amount: given.amount ?? '0',
    description: '',
    freeShipping: given.freeShipping ?? false,
    productIds: given.productIds ?? [],
    excludedProductIds: given.excludedProductIds ?? [],
    piecesMax: given.piecesMax ?? null,
    usageCount: 0,
    createdMs: nowMs,
    modifiedMs: nowMs,
    meta: [],
  };
  shop.coupons.set(coupon.id, coupon);
  scene.raise('coupon.created', coupon.id);
  return coupon;
}

/** Codes are the same in capitals. */
export function couponBy(shop: Shop, code: string): Coupon | null {
  return [...shop.coupons.values()].find((one) => one.code === code.toLowerCase()) ?? null;
}

export function discountBy(coupon: Coupon): Discount {
  const { code, type, amount, piecesMax, productIds, excludedProductIds } = coupon;
  return {
    code,
    type,
    amount: amountOf(amount),
    piecesMax,
    isFor: (productId, variationId) =>
      (productIds.length === 0 ||
        productIds.includes(productId) ||
        productIds.includes(variationId)) &&
      !excludedProductIds.includes(productId) &&
      !excludedProductIds.includes(variationId),
  };
}
