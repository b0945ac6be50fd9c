import { z } from 'zod';

/**
 * Orders and refunds as the REST API v3 gives them, as far as they are read.
 *
 * Shops are loose with types: plugins make numbers of texts and texts of numbers, leave fields out
 * and add their own. What is not named here is let through and not looked at.
 */

const text = z.union([z.string(), z.number(), z.null()]).transform((v) => String(v ?? ''));
const textOr = text.default('');
const id = z.union([z.number(), z.string()]).transform(String);
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((v) => v ?? []);

const meta = z.looseObject({ key: textOr, value: z.unknown() });
const tax = z.looseObject({ id, total: textOr });

const line = z.looseObject({
  id,
  total: text,
  total_tax: textOr,
  taxes: list(tax),
  meta_data: list(meta),
});

const address = z.looseObject({
  first_name: textOr,
  last_name: textOr,
  company: textOr,
  address_1: textOr,
  address_2: textOr,
  city: textOr,
  postcode: textOr,
  country: textOr,
  email: textOr,
});

const taxLine = z.looseObject({
  rate_id: id,
  rate_code: textOr,
  rate_percent: z.union([z.number(), z.string()]).transform(Number),
});

const lineItem = line.extend({
  name: textOr,
  quantity: textOr,
  sku: z.union([z.string(), z.null()]).default(null),
});
const shippingLine = line.extend({ method_title: textOr });
const feeLine = line.extend({ name: textOr });

/** A product or variation: an object without these is none. */
export const productSchema = z.looseObject({
  id,
  name: textOr,
  type: z.string(),
  permalink: z.string(),
  sku: textOr,
  regular_price: text,
  tax_status: textOr,
  tax_class: textOr,
  virtual: z.boolean().nullish(),
  global_unique_id: textOr,
});

export type WooProduct = z.infer<typeof productSchema>;

/** What an order is known by: an object without these is no order. */
export const orderSchema = z.looseObject({
  id,
  number: textOr,
  status: z.string(),
  currency: z.string(),
  date_created: z.string(),
  date_modified_gmt: textOr,
  date_paid: z.string().nullish(),
  total: text,
  payment_method: textOr,
  payment_method_title: textOr,
  transaction_id: textOr,
  payment_url: textOr,
  created_via: textOr,
  parent_id: textOr,
  billing: address.prefault({}),
  shipping: address.prefault({}),
  meta_data: list(meta),
  line_items: z.array(lineItem),
  shipping_lines: list(shippingLine),
  fee_lines: list(feeLine),
  tax_lines: list(taxLine),
  refunds: list(z.looseObject({ id, total: textOr })),
});

/** A refund: negative lines, or none at all when only an amount was given back. */
export const refundSchema = z.looseObject({
  id,
  date_created: z.string(),
  amount: text,
  reason: textOr,
  line_items: list(lineItem),
  shipping_lines: list(shippingLine),
  fee_lines: list(feeLine),
  tax_lines: list(taxLine),
  meta_data: list(meta),
});

export type WooOrder = z.infer<typeof orderSchema>;
export type WooRefund = z.infer<typeof refundSchema>;
export type WooLine = z.infer<typeof line>;
export type WooMeta = z.infer<typeof meta>;
export type WooTaxLine = z.infer<typeof taxLine>;
export type WooAddress = z.infer<typeof address>;
