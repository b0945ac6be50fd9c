import { day } from '../domain/date.ts';
import type { SaleReason } from '../domain/posting/sale-reasons.ts';
import { kr } from './day-reports.ts';

type SaleReasonExamples = {
  readonly [Code in SaleReason['code']]: {
    readonly by: 'source' | 'company';
    readonly refusal: Extract<SaleReason, { readonly code: Code }>;
  };
};

const KLARNA = 'klarna_payments';

/** One of each reason that a shop's order is not booked, or not yet. */
export const SALE_REASONS: SaleReasonExamples = {
  'order-waits': {
    by: 'source',
    refusal: { code: 'order-waits', until: 'shipped', method: KLARNA, status: 'processing' },
  },
  'order-waits-for-you': {
    by: 'company',
    refusal: { code: 'order-waits-for-you', order: '1001', method: 'bacs' },
  },
  'order-state-unknown': {
    by: 'company',
    refusal: { code: 'order-state-unknown', status: 'delvis-skickad' },
  },
  'refund-waits-for-order': {
    by: 'source',
    refusal: { code: 'refund-waits-for-order', order: '1001', key: 'woocommerce/shop/1001' },
  },
  'day-not-over': {
    by: 'source',
    refusal: { code: 'day-not-over', day: day('2026-05-04') },
  },
  'order-not-placed': {
    by: 'source',
    refusal: { code: 'order-not-placed', status: 'checkout-draft' },
  },
  'order-cancelled': { by: 'source', refusal: { code: 'order-cancelled', status: 'failed' } },
  'refund-withdrawn': { by: 'source', refusal: { code: 'refund-withdrawn', order: '1001' } },
  'method-not-booked': { by: 'company', refusal: { code: 'method-not-booked', method: 'cod' } },
  'order-left-out': {
    by: 'company',
    refusal: { code: 'order-left-out', as: 'sub-orders', found: '1001' },
  },
  'booked-elsewhere': {
    by: 'company',
    refusal: { code: 'booked-elsewhere', by: '_fortnox_invoice_number', number: '4711' },
  },
  'buyer-number-missing': {
    by: 'source',
    refusal: { code: 'buyer-number-missing', line: 'Takbyte', net: kr('10 000') },
  },
  'margin-cost-missing': {
    by: 'company',
    refusal: { code: 'margin-cost-missing', line: 'Byrå', price: kr('500') },
  },
  'single-card-rate-unclear': {
    by: 'company',
    refusal: { code: 'single-card-rate-unclear', method: 'pw_gift_card', amount: kr('500') },
  },
  'order-unchanged': { by: 'source', refusal: { code: 'order-unchanged', bookedAs: 'K 17' } },
  'order-revised': {
    by: 'company',
    refusal: {
      code: 'order-revised',
      bookedAs: 'K 17',
      before: kr('1 000'),
      after: kr('1 250'),
      difference: kr('250'),
    },
  },
  'order-cancelled-booked': {
    by: 'company',
    refusal: {
      code: 'order-cancelled-booked',
      bookedAs: 'K 17',
      status: 'cancelled',
      amount: kr('1 000'),
    },
  },
};
