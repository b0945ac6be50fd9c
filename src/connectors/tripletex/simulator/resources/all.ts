import type { Route } from '../api/call.ts';
import { INVOICE_ROUTES } from '../sales/invoices.ts';
import { ORDER_ROUTES } from '../sales/orders.ts';
import { COMPANY_ROUTES } from './company.ts';
import { DOCUMENT_ROUTES } from './documents.ts';
import { GOODS_ROUTES } from './goods.ts';
import { LEDGER_READING_ROUTES } from './ledger-readings.ts';
import { LEDGER_REGISTER_ROUTES } from './ledger-registers.ts';
import { PARTY_ROUTES } from './parties.ts';
import { PEOPLE_ROUTES } from './people.ts';
import { SUBSCRIPTION_ROUTES } from './subscriptions.ts';
import { SUPPLIER_INVOICE_ROUTES } from './supplier-invoices.ts';
import { VOUCHER_ROUTES } from './vouchers.ts';

/** Every operation the simulator knows, besides those that make and end sessions. */
export const ROUTES: readonly Route[] = [
  ...COMPANY_ROUTES,
  ...LEDGER_REGISTER_ROUTES,
  ...LEDGER_READING_ROUTES,
  ...VOUCHER_ROUTES,
  ...PARTY_ROUTES,
  ...PEOPLE_ROUTES,
  ...GOODS_ROUTES,
  ...ORDER_ROUTES,
  ...INVOICE_ROUTES,
  ...SUPPLIER_INVOICE_ROUTES,
  ...DOCUMENT_ROUTES,
  ...SUBSCRIPTION_ROUTES,
];
