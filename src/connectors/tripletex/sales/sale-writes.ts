import { isRecord } from '../../../lib/json-object.ts';
import type { Write } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { BUYER, buyerLink } from './buyers.ts';
import { ORDER } from './orders.ts';
import { PRODUCT, productLink } from './products.ts';
import { PROJECT, projectLink } from './projects.ts';

/** How the writes of orders are made, by what their input calls itself. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  buyer: BUYER,
  order: ORDER,
  product: PRODUCT,
  project: PROJECT,
};

/** @returns null for writes of other plans */
export function saleHandler(write: Write): Handler | null {
  return HANDLERS[kindOf(write)] ?? null;
}

/** Customers, products and projects are known from the first order on. */
export function saleLink(write: Write): string | null {
  switch (kindOf(write)) {
    case 'buyer':
      return buyerLink(write);
    case 'product':
      return productLink(write);
    case 'project':
      return projectLink(write);
    default:
      return null;
  }
}

function kindOf({ input }: Write): string {
  return isRecord(input) && typeof input['sale'] === 'string' ? input['sale'] : '';
}
