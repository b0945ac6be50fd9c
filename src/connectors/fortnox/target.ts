import type { Period } from '../../domain/date.ts';
import type { DocumentKind } from '../../domain/document/document.ts';
import type { ConnectorContext } from '../../ports/connector.ts';
import type { Target, Write } from '../../ports/target.ts';
import { findArticleWrite, isArticleWrite, makeArticleWrite } from './article-cards.ts';
import { bookInvoice, findBooking, isBookWrite } from './booking.ts';
import { readBooks, readYears } from './books.ts';
import { readClaims } from './claims.ts';
import { readCustomers } from './customer-cards.ts';
import { readCoding } from './coding.ts';
import { FortnoxClient } from './client.ts';
import {
  creditInvoice,
  describeCreditNote,
  findCreditNote,
  findDescribed,
  isCreditWrite,
  isNoteWrite,
} from './credit-notes.ts';
import { cardLink, cardStands, findKept, isKeepWrite, keepCustomer } from './customer-cards.ts';
import { connectFile, fileHides, findConnection, findFile, uploadFile } from './files.ts';
import type { Handler } from './handler.ts';
import { examine } from './health.ts';
import {
  connectInvoiceFile,
  findInvoiceConnection,
  findInvoiceFile,
  INVOICE_CONNECTION,
  INVOICE_UPLOAD,
} from './invoice-files.ts';
import {
  invoiceHandler,
  invoiceHides,
  invoiceLink,
  invoiceStands,
} from './invoicing/invoice-writes.ts';
import { readInvoices } from './invoice-states.ts';
import { readLedger } from './ledger.ts';
import { readOpening } from './opening.ts';
import { readPurchaseLedger, type KnownReferences } from './purchase-ledger.ts';
import { ensureParty, findParty, isPartyWrite, partyLink } from './parties.ts';
import { actOn, findAction } from './register-actions.ts';
import { createObject, findObject } from './register-writes.ts';
import { route } from './route.ts';
import type { FortnoxSettings } from './settings.ts';
import { readOrders } from './shop/order-states.ts';
import { shopHandler, shopLink } from './shop/shop-writes.ts';
import { findStock, isStockWrite, writeStock } from './stock-writes.ts';
import { surveySales } from './shop/survey.ts';
import { findVoucher, postVoucher, surveyVouchers } from './voucher.ts';

/** The documents whose steps Fortnox takes. */
export const TAKES: readonly DocumentKind[] = [
  'day-report',
  'ready-voucher',
  'credit-purchases',
  'supplier-invoice',
  'account-statement',
  'customer',
  'order',
  'refund',
  'sales-day',
  'quote',
  'customer-entry',
  'payout',
  'article',
  'sales-invoice',
  'stock-balance',
];

const VOUCHER: Handler = { make: postVoucher, find: findVoucher };
const UPLOAD: Handler = { make: uploadFile, find: findFile };
const CONNECTION: Handler = { make: connectFile, find: findConnection };
const ACTION: Handler = { make: actOn, find: findAction };
const PARTY: Handler = { make: ensureParty, find: findParty };
const BOOKING: Handler = { make: bookInvoice, find: findBooking };
const CREDIT: Handler = { make: creditInvoice, find: findCreditNote };
const CREDIT_NOTE: Handler = { make: describeCreditNote, find: findDescribed };
const CARD: Handler = { make: keepCustomer, find: findKept };
const INVOICE_FILE: Handler = { make: uploadFile, find: findInvoiceFile };
const INVOICE_TIE: Handler = { make: connectInvoiceFile, find: findInvoiceConnection };
const ARTICLE: Handler = { make: makeArticleWrite, find: findArticleWrite };
const OBJECT: Handler = { make: createObject, find: findObject };

function handlerOf(write: Write): Handler {
  const { call } = write;
  const own = shopHandler(write) ?? invoiceHandler(write);
  if (own !== null) return own;
  if (isPartyWrite(write)) return PARTY;
  if (isBookWrite(write)) return BOOKING;
  if (isCreditWrite(write)) return CREDIT;
  if (isNoteWrite(write)) return CREDIT_NOTE;
  if (isKeepWrite(write)) return CARD;
  if (isArticleWrite(write)) return ARTICLE;
  if (call === INVOICE_UPLOAD) return INVOICE_FILE;
  if (call === INVOICE_CONNECTION) return INVOICE_TIE;
  if (call === 'POST /3/vouchers') return VOUCHER;
  if (call.startsWith('POST /3/inbox')) return UPLOAD;
  if (call === 'POST /3/voucherfileconnections') return CONNECTION;
  return call.startsWith('PUT ') ? ACTION : OBJECT;
}

/** Fortnox as a ledger: one company's books. */
export function fortnoxTarget(context: ConnectorContext<FortnoxSettings>): Target {
  const client = new FortnoxClient(context);
  const references: KnownReferences = new Map();
  return {
    capabilities: {
      takes: TAKES,
      attachments: true,
      findsBy: 'key-in-object',
    },
    route: (steps, books) => route(steps, { books, series: context.settings.series }),
    hidesEarlier: (write) => invoiceHides(write) || fileHides(write),
    linkOf: (write) => shopLink(write) ?? invoiceLink(write) ?? cardLink(write) ?? partyLink(write),
    stillSays: (write, remote) => invoiceStands(write, remote) && cardStands(write, remote),
    write: (write, given) =>
      isStockWrite(write)
        ? writeStock(client, context.clock, write)
        : handlerOf(write).make(client, write, given),
    find: (write, given) =>
      isStockWrite(write) ? findStock(client, write) : handlerOf(write).find(client, write, given),
    survey: (period) => survey(client, period),
    readBooks: (period) => readBooks(client, period),
    readLedger: (period) => readLedger(client, period),
    readOpening: (on) => readOpening(client, on),
    readPurchaseLedger: (names) => readPurchaseLedger(client, names, references),
    readCustomers: (numbers) => readCustomers(client, numbers),
    readClaims: (today) => readClaims(client, today),
    readInvoices: (mark) => readInvoices(client, context.clock, mark),
    readOrders: (numbers) => readOrders(client, numbers),
    readCoding: (supplier) => readCoding(client, supplier),
    examine: (period, series, needs = []) => examine(client, { period, series, needs }),
  };
}

async function survey(client: FortnoxClient, period: Period): Promise<readonly string[]> {
  const years = await readYears(client);
  const keys: string[] = [];
  for (const year of years) {
    const from = year.from > period.from ? year.from : period.from;
    const to = year.to < period.to ? year.to : period.to;
    if (from <= to) keys.push(...(await surveyVouchers(client, year.id, { from, to })));
  }
  return [...keys, ...(await surveySales(client, period))];
}
