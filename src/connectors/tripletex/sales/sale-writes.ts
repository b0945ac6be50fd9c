import { isRecord } from '../../../lib/json-object.ts';
import type { Write } from '../../../ports/target.ts';
import type { Handler } from '../handler.ts';
import { CREDIT_ORDER, CREDITED_INVOICE } from '../invoicing/credit-orders.ts';
import { DEPARTMENT, departmentLink } from '../invoicing/departments.ts';
import { ORDER_FILE } from '../invoicing/order-files.ts';
import { SEND } from '../invoicing/sending.ts';
import { BUYER, buyerLink } from './buyers.ts';
import { CREDIT } from './credits.ts';
import { PROOF } from './invoice-proof.ts';
import { INVOICE } from './invoices.ts';
import { ORDER } from './orders.ts';
import { PAYMENT } from './payments.ts';
import { PRODUCT, productLink } from './products.ts';
import { PROJECT, projectLink } from './projects.ts';
import { TAKEN } from './taken-orders.ts';

/** How the writes of orders are made, by what their input calls itself. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  buyer: BUYER,
  credit: CREDIT,
  'credit-order': CREDIT_ORDER,
  'credited-invoice': CREDITED_INVOICE,
  department: DEPARTMENT,
  'order-file': ORDER_FILE,
  invoice: INVOICE,
  order: ORDER,
  payment: PAYMENT,
  product: PRODUCT,
  project: PROJECT,
  proof: PROOF,
  send: SEND,
  taken: TAKEN,
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
    case 'department':
      return departmentLink(write);
    case 'project':
      return projectLink(write);
    default:
      return null;
  }
}

function kindOf({ input }: Write): string {
  return isRecord(input) && typeof input['sale'] === 'string' ? input['sale'] : '';
}
