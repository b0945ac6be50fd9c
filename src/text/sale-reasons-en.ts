import type { Money } from '../domain/money.ts';
import { showAmount } from './amounts.ts';
import type { SaleReasonTexts } from './sale-reason-texts.ts';
import { either } from './surface.ts';

const kr = (amount: Money): string => showAmount(amount, 'en');

const UNTIL = { accepted: 'accepted', paid: 'paid', shipped: 'completed' } as const;

export const saleReasonsEn: SaleReasonTexts = {
  'order-waits': (r) =>
    `It is “${r.status}” and is booked when it is ${UNTIL[r.until]}, as is chosen for ` +
    `${method(r.method)} (bookWhen: ${r.until}). ${either('bokbro sync --order', 'Book now')} ` +
    'books it now.',
  'order-waits-for-you': (r) =>
    `Orders paid by ${method(r.method)} are booked by hand (bookWhen): ` +
    `${either(`bokbro sync --order ${r.order}`, 'Book now')}.`,
  'order-state-unknown': (r) =>
    `Nobody has said where an order stands that is “${r.status}”. It waits; say so in the ` +
    `settings of the shop (states), for example ${r.status} → accepted.`,
  'refund-waits-for-order': (r) =>
    `Order ${r.order} is not booked. What was given back of it is booked when it is.`,
  'day-not-over': (r) =>
    `It shares a voucher with the other orders of ${r.day}, which is booked when the day is over.`,
  'order-not-placed': (r) => `It is “${r.status}”: nobody has placed it yet. Nothing is booked.`,
  'order-cancelled': (r) => `It is “${r.status}” in the shop. Nothing is booked.`,
  'refund-withdrawn': (r) =>
    `The shop has taken back what it gave back of order ${r.order}. Nothing is booked.`,
  'method-not-booked': (r) =>
    `Orders paid by ${method(r.method)} are not booked, as is chosen (bookWhen).`,
  'order-left-out': ({ as, found }) => {
    if (as === 'sub-orders') {
      return `It is a part of order ${found}, which has the same goods (leaveOut).`;
    }
    if (as === 'zero-total') return 'It comes to 0: there is nothing to book (leaveOut).';
    return `Orders that come by “${found}” are not booked, as is chosen (leaveOutVia).`;
  },
  'booked-elsewhere': (r) =>
    `Another program has booked it before: ${r.by}${r.number === '' ? '' : ` = ${r.number}`}. ` +
    `${either('bokbro sync --order', 'Book now')} books it all the same; bookedElsewhere=book ` +
    'does so for all.',
  'buyer-number-missing': (r) =>
    `“${r.line}” (${kr(r.net)}) is sold with reverse charge, and the order has neither a VAT ` +
    'number nor an organisation number of the buyer. Add it in the shop.',
  'margin-cost-missing': (r) =>
    `“${r.line}” (${kr(r.price)}) is sold under the margin scheme, and nothing says what it ` +
    'cost. Book it by hand, or take the article out of saleSchemes.',
  'single-card-rate-unclear': (r) =>
    `${kr(r.amount)} is paid by ${r.method}, whose VAT was accounted for when it was sold, ` +
    'and the order has more than one VAT rate: which of it the card pays is not known. Book it ' +
    'by hand.',
  'order-unchanged': (r) => `It is booked as ${r.bookedAs}, and nothing of that has changed since.`,
  'order-revised': (r) =>
    `The order is booked as ${r.bookedAs} with ${kr(r.before)}, and is now ${kr(r.after)} in the ` +
    `shop, difference ${kr(r.difference)}. Correct it (reverse and book anew), or skip the change.`,
  'order-cancelled-booked': (r) =>
    `The order is booked as ${r.bookedAs} with ${kr(r.amount)}, and is now “${r.status}” in the ` +
    'shop: 0.00. Correct it (reverse what is booked), or skip it when it was refunded instead.',
};

function method(name: string): string {
  return name === '' ? 'no method' : name;
}
