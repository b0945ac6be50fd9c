import type { Route } from '../api/call.ts';
import { METADATA_ROUTES } from './metadata.ts';
import { ORDER_ROUTES } from './orders.ts';
import { PRODUCT_ROUTES } from './products.ts';
import { REGISTER_ROUTES } from './registers.ts';

/** Every operation. Customers, refunds and payouts have none: they do not exist. */
export const ROUTES: readonly Route[] = [
  ...ORDER_ROUTES,
  ...PRODUCT_ROUTES,
  ...METADATA_ROUTES,
  ...REGISTER_ROUTES,
];
