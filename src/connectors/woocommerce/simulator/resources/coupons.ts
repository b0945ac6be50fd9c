import { amountOf, fixed } from '../arithmetic/amount.ts';
import type { Answer } from '../api/answer.ts';
import { type Call, type Route } from '../api/call.ts';
import { badDates, isBetween } from '../api/dates.ts';
import { flagOf, has, textOf, type Fields } from '../api/fields.ts';
import { answerList, readListing } from '../api/listing.ts';
import { missingParameters, refuse } from '../api/refusal.ts';
import { addCoupon, couponBy } from '../shop/coupons.ts';
import type { Coupon } from '../shop/coupon.ts';
import { decimalsOf } from '../shop/options.ts';
import { twins } from '../shop/place-and-time.ts';
import { routesOf } from './batch.ts';
import { CHANGEABLE, linksOf } from './links.ts';
import { metaFields } from './order-wire.ts';

const TYPES = ['percent', 'fixed_cart', 'fixed_product'] as const;

export const COUPON_ROUTES: readonly Route[] = routesOf({
  path: 'coupons',
  shapes: {
    code: 'string',
    amount: 'string',
    discount_type: { oneOf: TYPES },
    free_shipping: 'boolean',
    description: 'string',
  },
  list: listCoupons,
  read: (call, id) => write(call, couponAt(call, id, 404)),
  create: createCoupon,
  update: updateCoupon,
  remove: removeCoupon,
  hasBatch: true,
});

function couponAt(call: Call, id: number, status: number): Coupon {
  const coupon = call.shop.coupons.get(id);
  return coupon ?? refuse(status, 'woocommerce_rest_shop_coupon_invalid_id', 'Invalid ID.');
}

function listCoupons(call: Call): Answer {
  const { shop, query } = call;
  const shape = { orderBy: ['date', 'id', 'include', 'title', 'slug', 'modified'] };
  const listing = readListing(query, shape, badDates(query));
  const code = query.get('code')?.toLowerCase();
  const found = [...shop.coupons.values()].filter(
    (one) => (code === undefined || one.code === code) && isBetween(shop, query, one),
  );
  const items = found.sort((a, b) => (listing.isAscending ? a.id - b.id : b.id - a.id));
  return answerList(call, listing, { items, write: (one) => write(call, one) });
}

function createCoupon(call: Call, body: Fields): Fields {
  const code = textOf(body, 'code');
  if (code === '') throw missingParameters(['code']);
  if (couponBy(call.shop, code)) {
    const text = 'The coupon code already exists';
    refuse(400, 'woocommerce_rest_coupon_code_already_exists', text);
  }
  const coupon = addCoupon(call, { code });
  change(coupon, body);
  return write(call, coupon);
}

function updateCoupon(call: Call, id: number, body: Fields): Fields {
  const coupon = couponAt(call, id, 400);
  change(coupon, body);
  coupon.modifiedMs = call.nowMs;
  call.raise('coupon.updated', id);
  return write(call, coupon);
}

function change(coupon: Coupon, body: Fields): void {
  if (has(body, 'amount')) coupon.amount = textOf(body, 'amount');
  if (has(body, 'description')) coupon.description = textOf(body, 'description');
  if (has(body, 'free_shipping')) coupon.freeShipping = flagOf(body, 'free_shipping');
  coupon.type = TYPES.find((one) => one === textOf(body, 'discount_type')) ?? coupon.type;
}

function removeCoupon(call: Call, id: number): Fields {
  const coupon = couponAt(call, id, 404);
  const fields = write(call, coupon);
  call.shop.coupons.delete(id);
  call.raise('coupon.deleted', id);
  return fields;
}

function write(call: Call, coupon: Coupon): Fields {
  const { shop } = call;
  const money = (text: string): string => fixed(amountOf(text), decimalsOf(shop));
  return {
    id: coupon.id,
    code: coupon.code,
    amount: money(coupon.amount),
    status: 'publish',
    ...twins('date_created', coupon.createdMs, shop.zone),
    ...twins('date_modified', coupon.modifiedMs, shop.zone),
    discount_type: coupon.type,
    description: coupon.description,
    date_expires: null,
    date_expires_gmt: null,
    usage_count: coupon.usageCount,
    individual_use: false,
    product_ids: [...coupon.productIds],
    excluded_product_ids: [...coupon.excludedProductIds],
    usage_limit: null,
    usage_limit_per_user: null,
    limit_usage_to_x_items: coupon.piecesMax,
    free_shipping: coupon.freeShipping,
    product_categories: [],
    excluded_product_categories: [],
    exclude_sale_items: false,
    minimum_amount: money('0'),
    maximum_amount: money('0'),
    email_restrictions: [],
    used_by: [],
    meta_data: metaFields(coupon.meta),
    _links: linksOf({
      api: call.api,
      collection: 'coupons',
      id: coupon.id,
      allow: CHANGEABLE,
    }),
  };
}
