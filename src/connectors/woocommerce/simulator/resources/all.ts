import type { Route } from '../api/call.ts';
import { COUPON_ROUTES } from './coupons.ts';
import { CUSTOMER_ROUTES } from './customers.ts';
import { NOTE_ROUTES } from './notes.ts';
import { ORDER_ROUTES } from './orders.ts';
import { PRODUCT_ROUTES } from './products.ts';
import { REFUND_ROUTES } from './refunds.ts';
import { SELLING_ROUTES } from './selling.ts';
import { SETTING_ROUTES } from './settings.ts';
import { SITE_ROUTES } from './site-facts.ts';
import { TAX_ROUTES } from './taxes.ts';
import { webhookRoutes, type Pinging } from './webhooks.ts';

/** Every operation under `/wp-json/wc/v3`. */
export function allRoutes(pinging: Pinging): Route[] {
  return [
    ...ORDER_ROUTES,
    ...REFUND_ROUTES,
    ...NOTE_ROUTES,
    ...PRODUCT_ROUTES,
    ...CUSTOMER_ROUTES,
    ...COUPON_ROUTES,
    ...TAX_ROUTES,
    ...SETTING_ROUTES,
    ...SELLING_ROUTES,
    ...SITE_ROUTES,
    ...webhookRoutes(pinging),
  ];
}
