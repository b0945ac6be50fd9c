import { amountOf } from '../arithmetic/amount.ts';
import type { Answer } from '../api/answer.ts';
import { idAt, type Call, type Route } from '../api/call.ts';
import { badDates, isBetween } from '../api/dates.ts';
import { flagOf, has, numberOf, rowsOf, textOf, type Fields } from '../api/fields.ts';
import { answerList, numbersIn, readListing } from '../api/listing.ts';
import { refuse } from '../api/refusal.ts';
import type { Order, Refund } from '../shop/order.ts';
import { giveBack } from '../shop/order-life.ts';
import { refundsOf, type RefundedItem } from '../shop/refund.ts';
import { routesOf } from './batch.ts';
import { REFUND_SHAPES } from './order-shapes.ts';
import { refundFields, styleOf } from './order-wire.ts';

export const REFUND_ROUTES: readonly Route[] = [
  ...routesOf({
    path: 'orders/{order}/refunds',
    shapes: REFUND_SHAPES,
    list: listRefunds,
    read: (call, id) => write(call, refundAt(call, id)),
    create: createRefund,
    remove: removeRefund,
  }),
  { method: 'GET', path: '/refunds', act: listAllRefunds },
];

const SHAPE = { orderBy: ['date', 'id', 'include', 'title', 'slug', 'modified'] };

function write(call: Call, refund: Refund): Fields {
  return refundFields(refund, styleOf(call, call.query.get('dp')));
}

function parentOf(call: Call): Order {
  const order = call.shop.orders.get(idAt(call));
  return order ?? refuse(404, 'woocommerce_rest_invalid_order_id', 'Invalid order ID.');
}

function refundAt(call: Call, id: number): Refund {
  const order = parentOf(call);
  const refund = call.shop.refunds.get(id);
  if (refund?.orderId === order.id) return refund;
  return refuse(404, 'woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.');
}

function listRefunds(call: Call): Answer {
  const listing = readListing(call.query, SHAPE, badDates(call.query));
  const refunds = refundsOf(call.shop, parentOf(call));
  const items = listing.isAscending ? refunds.reverse() : refunds;
  return answerList(call, listing, { items, write: (refund) => write(call, refund) });
}

/** Refunds of all orders, with whose they are. */
function listAllRefunds(call: Call): Answer {
  const { shop, query } = call;
  const listing = readListing(query, SHAPE, badDates(query));
  const parents = numbersIn(query.get('parent'));
  const found = [...shop.refunds.values()].filter(
    (refund) =>
      (parents.length === 0 || parents.includes(refund.orderId)) &&
      (listing.include.length === 0 || listing.include.includes(refund.id)) &&
      !listing.exclude.includes(refund.id) &&
      isBetween(shop, query, { createdMs: refund.createdMs, modifiedMs: refund.createdMs }),
  );
  const items = found.sort((a, b) => (listing.isAscending ? a.id - b.id : b.id - a.id));
  return answerList(call, listing, {
    items,
    write: (refund) => {
      const { id, ...fields } = write(call, refund);
      return { id, parent_id: refund.orderId, ...fields };
    },
  });
}

/** The gateway is asked for the money unless the caller says otherwise: `api_refund` is true. */
function createRefund(call: Call, body: Fields): Fields {
  const order = parentOf(call);
  const amount = has(body, 'amount') ? { amount: amountOf(body['amount']) } : {};
  const refund = giveBack(call, order, {
    ...amount,
    reason: textOf(body, 'reason'),
    items: rowsOf(body, 'line_items').map(refundedItem),
    throughGateway: !has(body, 'api_refund') || flagOf(body, 'api_refund'),
    restocks: !has(body, 'api_restock') || flagOf(body, 'api_restock'),
  });
  return write(call, refund);
}

function refundedItem(row: Fields): RefundedItem {
  return {
    itemId: numberOf(row, 'id'),
    quantity: Math.trunc(numberOf(row, 'quantity')),
    total: amountOf(row['refund_total']),
    taxes: new Map(
      rowsOf(row, 'refund_tax').map((tax) => [numberOf(tax, 'id'), amountOf(tax['refund_total'])]),
    ),
  };
}

/** A deleted refund leaves no trace: the order's date stands, and nobody is told. */
function removeRefund(call: Call, id: number, isForced: boolean): Fields {
  const refund = refundAt(call, id);
  if (!isForced) {
    const text = 'The shop_order_refund does not support trashing.';
    refuse(501, 'woocommerce_rest_trash_not_supported', text);
  }
  call.shop.refunds.delete(refund.id);
  return write(call, refund);
}
