import { z } from 'zod';
import { LEFT_OUT, SALE_SCHEMES } from '../domain/posting/sale-reasons.ts';

const NAME = z.string().trim().min(1).max(200);

/** What a company may choose of a shop's orders: when they are booked, and which. */
export const SALE_CHOICES = {
  bookWhen: z
    .record(NAME, z.enum(['accepted', 'paid', 'shipped', 'manual', 'never']))
    .default({})
    .describe(
      'By payment method, as the shop writes it: bacs → paid, cod → shipped; default is for all ' +
        'others. accepted: the shop is content with it. manual: by bokbro sync.',
    ),
  perVoucher: z
    .enum(['order', 'day'])
    .default('order')
    .describe(
      'What of a shop shares a voucher: order gives each its own, day puts all orders and ' +
        'refunds of a day on one when the day is over',
    ),
  saleDate: z
    .enum(['order', 'paid'])
    .default('order')
    .describe('The day that an order is booked on: when it was placed, or when it was paid'),
  saleSchemes: z
    .record(NAME, z.enum(SALE_SCHEMES))
    .default({})
    .describe(
      'Articles sold without VAT on their price, by number: BYGG* → construction (reverse ' +
        'charge), BEG* → margin (margin scheme)',
    ),
  singlePurposeCards: z
    .array(NAME)
    .default([])
    .describe('Payment methods that are gift cards sold with VAT: what they pay has none again'),
  bookedElsewhere: z
    .enum(['leave', 'book'])
    .default('leave')
    .describe('Orders that another program has booked before, as they say: leave them, or book'),
  leaveOut: z
    .array(z.enum(LEFT_OUT))
    .default([...LEFT_OUT])
    .describe('Orders that are not booked: parts of others (sub-orders), those of 0 (zero-total)'),
  leaveOutVia: z
    .array(NAME)
    .default([])
    .describe('Ways in which orders come to be that are booked from elsewhere, such as pos'),
};
