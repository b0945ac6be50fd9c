import type { Route } from '../api/call.ts';
import { PAYMENT_ROUTES } from '../payments/payments.ts';
import { SUPPLIER_INVOICE_ROUTES } from '../purchases/supplier-invoices.ts';
import { REGISTERS } from '../registers/all.ts';
import { CUSTOMER_REFERENCE_ROUTES } from '../registers/customer-references.ts';
import { PRICE_ROUTES } from '../registers/prices.ts';
import { routesOf } from '../registers/register.ts';
import { INVOICE_ROUTES } from '../sales/invoices.ts';
import { CONTRACT_ROUTES, OFFER_ROUTES, ORDER_ROUTES } from '../sales/orders.ts';
import { TAX_REDUCTION_ROUTES } from '../sales/tax-reductions.ts';
import { ACCOUNT_ROUTES } from './accounts.ts';
import { COMPANY_ROUTES } from './company.ts';
import { FILE_ATTACHMENT_ROUTES } from './file-attachments.ts';
import { FILE_CONNECTION_ROUTES } from './file-connections.ts';
import { FILE_ROUTES } from './files.ts';
import { FINANCIAL_YEAR_ROUTES } from './financial-years.ts';
import { STOCK_BALANCE_ROUTES } from './stock-balance.ts';
import { VOUCHER_SERIES_ROUTES } from './voucher-series.ts';
import { VOUCHER_ROUTES } from './vouchers.ts';

/** Every operation the simulator knows. */
export const ROUTES: readonly Route[] = [
  ...VOUCHER_ROUTES,
  ...VOUCHER_SERIES_ROUTES,
  ...ACCOUNT_ROUTES,
  ...FINANCIAL_YEAR_ROUTES,
  ...COMPANY_ROUTES,
  ...STOCK_BALANCE_ROUTES,
  ...FILE_ROUTES,
  ...FILE_CONNECTION_ROUTES,
  ...FILE_ATTACHMENT_ROUTES,
  ...REGISTERS.flatMap(routesOf),
  ...CUSTOMER_REFERENCE_ROUTES,
  ...PRICE_ROUTES,
  ...INVOICE_ROUTES,
  ...ORDER_ROUTES,
  ...OFFER_ROUTES,
  ...CONTRACT_ROUTES,
  ...TAX_REDUCTION_ROUTES,
  ...PAYMENT_ROUTES,
  ...SUPPLIER_INVOICE_ROUTES,
];
