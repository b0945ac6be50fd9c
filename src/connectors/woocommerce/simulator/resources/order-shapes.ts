import type { Shapes } from '../api/read-body.ts';

const ADDRESS: Shapes = Object.fromEntries(
  [
    'first_name',
    'last_name',
    'company',
    'address_1',
    'address_2',
    'city',
    'state',
    'postcode',
    'country',
    'phone',
  ].map((name) => [name, 'string'] as const),
);

const META: Shapes = { id: 'integer', key: 'string', value: 'mixed' };

export const META_LIST = { list: { fields: META } } as const;

export const ORDER_SHAPES: Shapes = {
  parent_id: 'integer',
  created_via: 'string',
  status: 'string',
  currency: 'string',
  customer_id: 'integer',
  customer_note: 'string',
  billing: { fields: ADDRESS },
  shipping: { fields: ADDRESS },
  payment_method: 'string',
  payment_method_title: 'string',
  transaction_id: 'string',
  meta_data: META_LIST,
  line_items: {
    list: {
      fields: {
        id: 'integer',
        name: 'mixed',
        product_id: 'mixed',
        variation_id: 'integer',
        quantity: 'integer',
        tax_class: 'string',
        subtotal: 'string',
        total: 'string',
        meta_data: META_LIST,
      },
    },
  },
  shipping_lines: {
    list: {
      fields: { id: 'integer', method_title: 'mixed', method_id: 'mixed', total: 'string' },
    },
  },
  fee_lines: {
    list: {
      fields: {
        id: 'integer',
        name: 'mixed',
        tax_class: 'string',
        tax_status: { oneOf: ['taxable', 'none'] },
        total: 'string',
      },
    },
  },
  coupon_lines: { list: { fields: { id: 'integer', code: 'mixed' } } },
  set_paid: 'boolean',
};

export const REFUND_SHAPES: Shapes = {
  amount: 'string',
  reason: 'string',
  refunded_by: 'integer',
  meta_data: META_LIST,
  line_items: {
    list: {
      fields: {
        id: 'integer',
        quantity: 'integer',
        refund_total: 'number',
        refund_tax: { list: { fields: { id: 'integer', refund_total: 'number' } } },
      },
    },
  },
  api_refund: 'boolean',
  api_restock: 'boolean',
};
