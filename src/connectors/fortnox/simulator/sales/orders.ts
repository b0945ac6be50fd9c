import type { Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import type { Entry } from '../tenant/shelf.ts';
import { textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { copyDocument, madeOf, mark } from './copy.ts';
import { action, answerDocument, documentRoutes } from './document.ts';
import { CONTRACT, INVOICE, OFFER, ORDER, type SalesKind } from './kinds.ts';
import { printRoutes } from './printing.ts';

/**
 * Orders, offers and contracts: what becomes an invoice.
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | Answer of `createinvoice`, `createorder`   | The source, with its reference (`createAnswers`)|
 * | Code of a second `createinvoice`           | 2000496 of the three that were seen             |
 * | PUT or cancel of an invoiced order         | 2001242                                         |
 * | Contracts                                  | `InvoicesRemaining` counts down; at 0 finished  |
 */
export const ORDER_ROUTES: readonly Route[] = [
  ...documentRoutes(ORDER, changeOrder),
  action(ORDER, 'cancel', (call, entry) => {
    changeOrder(call, entry.fields);
    mark(call, entry, { Cancelled: true });
    return answerDocument(ORDER, entry);
  }),
  action(ORDER, 'createinvoice', invoiceOrder),
  action(ORDER, 'warehouseready', markReady),
  ...printRoutes(ORDER, ['email', 'preview', 'print']),
];

export const OFFER_ROUTES: readonly Route[] = [
  ...documentRoutes(OFFER, changeOffer),
  action(OFFER, 'cancel', (call, entry) => {
    changeOffer(call, entry.fields);
    mark(call, entry, { Cancelled: true });
    return answerDocument(OFFER, entry);
  }),
  action(OFFER, 'createinvoice', (call, entry) => useOffer(call, entry, INVOICE)),
  action(OFFER, 'createorder', (call, entry) => useOffer(call, entry, ORDER)),
  ...printRoutes(OFFER, ['email', 'preview', 'print']),
];

export const CONTRACT_ROUTES: readonly Route[] = [
  ...documentRoutes(CONTRACT, changeContract).map(needsContracts),
  needsContracts(action(CONTRACT, 'createinvoice', invoiceContract)),
  needsContracts(
    action(CONTRACT, 'finish', (call, entry) => {
      changeContract(call, entry.fields);
      mark(call, entry, { Status: 'FINISHED', Active: false });
      return answerDocument(CONTRACT, entry);
    }),
  ),
  needsContracts(
    action(CONTRACT, 'increaseinvoicecount', (call, entry) => {
      const remaining = String(remainingOf(entry.fields) + 1);
      mark(call, entry, { InvoicesRemaining: remaining, Status: 'ACTIVE' });
      return answerDocument(CONTRACT, entry);
    }),
  ),
];

function changeOrder({ tenant }: Call, kept: Fields): 'all' {
  if (madeOf(kept, 'InvoiceReference') !== null) refuse('order-locked');
  if (kept['Cancelled'] === true) refuse('document-cancelled');
  if (tenant.setup.hasWarehouse && kept['WarehouseReady'] === true) refuse('document-ready');
  return 'all';
}

function invoiceOrder(call: Call, entry: Entry): Answer {
  if (entry.fields['Cancelled'] === true) refuse('document-cancelled');
  if (madeOf(entry.fields, 'InvoiceReference') !== null) refuse('order-invoiced');
  const invoice = copyDocument(call, entry, {
    from: ORDER,
    to: INVOICE,
    quantity: 'DeliveredQuantity',
    sign: 1,
  });
  mark(call, invoice, {
    OrderReference: entry.key,
    OfferReference: entry.fields['OfferReference'] ?? '0',
  });
  mark(call, entry, { InvoiceReference: invoice.key });
  return answerMade(call, { kind: ORDER, entry }, { kind: INVOICE, entry: invoice });
}

function markReady(call: Call, entry: Entry): Answer {
  const { fields } = entry;
  if (fields['WarehouseReady'] === true) refuse('document-ready');
  if (textOf(fields, 'DeliveryState') !== 'delivery') refuse('order-not-delivered');
  if (textOf(fields, 'OutboundDate') > call.today) refuse('outbound-date-late');
  mark(call, entry, { WarehouseReady: true });
  return answerDocument(ORDER, entry);
}

function changeOffer(_call: Call, kept: Fields): 'all' {
  if (kept['Cancelled'] === true) refuse('document-cancelled');
  const isUsed = ['OrderReference', 'InvoiceReference'].some((name) => madeOf(kept, name) !== null);
  if (isUsed) refuse('offer-used');
  return 'all';
}

function useOffer(call: Call, entry: Entry, to: SalesKind): Answer {
  changeOffer(call, entry.fields);
  const made = copyDocument(call, entry, { from: OFFER, to, quantity: 'Quantity', sign: 1 });
  mark(call, made, { OfferReference: entry.key });
  mark(call, entry, { [`${to.single}Reference`]: made.key });
  return answerMade(call, { kind: OFFER, entry }, { kind: to, entry: made });
}

function needsContracts(route: Route): Route {
  return {
    ...route,
    act: (call) => {
      if (!call.tenant.setup.hasContracts) refuse('feature-missing');
      return route.act(call);
    },
  };
}

function changeContract(_call: Call, kept: Fields): 'all' {
  if (textOf(kept, 'Status') === 'FINISHED') refuse('contract-finished');
  return 'all';
}

/** Nothing is counted until the first invoice: a contract runs for its length. */
function remainingOf(fields: Fields): number {
  const text = textOf(fields, 'InvoicesRemaining');
  return text === '' ? Number(textOf(fields, 'ContractLength') || '1') : Number(text);
}

function invoiceContract(call: Call, entry: Entry): Answer {
  changeContract(call, entry.fields);
  const invoice = copyDocument(call, entry, {
    from: CONTRACT,
    to: INVOICE,
    quantity: 'DeliveredQuantity',
    sign: 1,
  });
  const remaining = remainingOf(entry.fields) - 1;
  const isDone = remaining <= 0 && entry.fields['Continuous'] !== true;
  mark(call, invoice, {
    InvoiceType: 'AGREEMENTINVOICE',
    ContractReference: call.choices.contractReference === 'number' ? Number(entry.key) : entry.key,
  });
  mark(call, entry, {
    InvoiceReference: invoice.key,
    InvoicesRemaining: String(Math.max(0, remaining)),
    LastInvoiceDate: call.today,
    Status: isDone ? 'FINISHED' : 'ACTIVE',
  });
  return answerMade(call, { kind: CONTRACT, entry }, { kind: INVOICE, entry: invoice });
}

type Document = { readonly kind: SalesKind; readonly entry: Entry };

function answerMade({ choices }: Call, source: Document, made: Document): Answer {
  const { kind, entry } = choices.createAnswers === 'source' ? source : made;
  return answerDocument(kind, entry);
}
