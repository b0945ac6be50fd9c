import type { DocumentKind } from '../../domain/document/document.ts';
import type { ConnectorContext } from '../../ports/connector.ts';
import type { Target, Write } from '../../ports/target.ts';
import { attachFile, findAttached, isAttachWrite } from './attachments.ts';
import { todayAt } from './auth.ts';
import { readBooks } from './books.ts';
import { readClaims } from './claims.ts';
import { TripletexClient } from './client.ts';
import { findKept, isKeepWrite, keepCustomer } from './customer-cards.ts';
import type { Handler } from './handler.ts';
import { examine } from './health.ts';
import { readLedger, readOpening } from './ledger.ts';
import { ensureParty, findParty, isPartyWrite, partyLink, readCustomers } from './parties.ts';
import { Registers } from './registers.ts';
import { route } from './route.ts';
import { saleHandler, saleLink } from './sales/sale-writes.ts';
import { readInvoices } from './sales/invoice-states.ts';
import { readOrders, surveyOrders } from './sales/order-search.ts';
import type { Session } from './session.ts';
import type { TripletexSettings } from './settings.ts';
import { findVoucher, postVoucher, surveyVouchers } from './voucher.ts';

/** The documents whose steps Tripletex takes. */
export const TAKES: readonly DocumentKind[] = [
  'day-report',
  'ready-voucher',
  'credit-purchases',
  'supplier-invoice',
  'account-statement',
  'customer',
  'order',
  'refund',
  'quote',
  'customer-entry',
  'sales-invoice',
];

const VOUCHER: Handler = { make: postVoucher, find: findVoucher };
const FILE: Handler = { make: attachFile, find: findAttached };
const CARD: Handler = { make: keepCustomer, find: findKept };
const PARTY: Handler = { make: ensureParty, find: findParty };

function handlerOf(write: Write): Handler {
  const sale = saleHandler(write);
  if (sale !== null) return sale;
  if (isPartyWrite(write)) return PARTY;
  if (isKeepWrite(write)) return CARD;
  return isAttachWrite(write) ? FILE : VOUCHER;
}

/** Tripletex as a ledger: one company's books. */
export function tripletexTarget(context: ConnectorContext<TripletexSettings>): Target {
  const client = new TripletexClient(context);
  const session: Session = { client, registers: new Registers(client) };
  return {
    capabilities: { takes: TAKES, attachments: true, findsBy: 'key-in-object' },
    route: (steps, books) => route(steps, { books, type: context.settings.voucherType }),
    write: (write, given) => handlerOf(write).make(session, write, given),
    find: (write, given) => handlerOf(write).find(session, write, given),
    linkOf: (write) => saleLink(write) ?? partyLink(write),
    survey: async (period) => [
      ...(await surveyVouchers(client, period)),
      ...(await surveyOrders(client, period)),
    ],
    readBooks: (period) => readBooks(session, period),
    readLedger: (period) => readLedger(client, period),
    readOpening: (on) => readOpening(client, on),
    readClaims: (today) => readClaims(client, today),
    readInvoices: () => readInvoices(client, todayAt(context.clock)),
    readCustomers: (numbers) => readCustomers(session, numbers),
    readOrders: (ids) => readOrders(client, todayAt(context.clock), ids),
    examine: (period, series) => examine(session, { period, series }),
  };
}
