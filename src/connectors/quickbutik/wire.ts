import { z } from 'zod';

/**
 * Orders as Quickbutik's API gives them with `include_details`.
 *
 * Numbers come as texts in some versions of the API and as numbers in others; either is taken.
 */

const text = z
  .union([z.string(), z.number(), z.null()])
  .transform((v) => String(v ?? ''))
  .default('');
const flag = z
  .union([z.boolean(), z.number(), z.string(), z.null()])
  .transform((v) => v === true || v === 1 || v === '1' || v === 'true')
  .default(false);
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((v) => v ?? []);

const component = z.looseObject({
  title: text,
  qty: text,
  sku: text,
  price: text,
  product_id: text,
});

const product = z.looseObject({
  id: text,
  product_id: text,
  variant_id: text,
  title: text,
  variant: text,
  price: text,
  qty: text,
  sku: text,
  app: z.looseObject({ productpackages: list(component) }).nullish(),
});

const place = z.looseObject({
  company_name: text,
  full_name: text,
  address: text,
  address2: text,
  city: text,
  zipcode: text,
  country: text,
});

const customer = place.extend({
  customer_type: text,
  email: text,
  shipping_details: place.nullish(),
});

/** What an order is known by: an object without these is no order of Quickbutik's. */
export const orderSchema = z.looseObject({
  order_id: z.union([z.string(), z.number()]).transform(String),
  date_created: z.string(),
  date_paid: z.string().nullish(),
  status: text,
  currency: z.string(),
  items_amount: text,
  shipping_amount: text,
  shipping_name: text,
  discount_amount: text,
  tax_amount: z.union([z.string(), z.number()]).transform(String),
  total_amount: text,
  total_pay_amount: text,
  is_taxfree: flag,
  is_taxontop: flag,
  products: z.array(product),
  customer: customer.prefault({}),
  paymethod: z.looseObject({ method: text, transaction_id: text }).prefault({}),
  refunds: list(z.looseObject({ id: text, date_created: text, amount: text })),
});

const variant = z.looseObject({
  id: text,
  sku: text,
  qty: text,
  price: text,
  gtin: text,
  values: list(z.looseObject({ val: text })),
});

/** A product, as the API gives it with `include_details`. */
export const shopProductSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  sku: text,
  title: z.string(),
  stock: text,
  price: text,
  tax_rate: text,
  gtin: text,
  description: z.string().optional(),
  visible: flag.unwrap().optional(),
  variants: list(variant),
});

/** An order as the hub has fetched it: with the VAT rates of its articles. */
export const bundleSchema = z.looseObject({
  order: z.looseObject({}),
  taxRates: z.record(z.string(), text).catch({}),
});

export type QbOrder = z.infer<typeof orderSchema>;
export type QbProduct = z.infer<typeof product>;
export type QbPlace = z.infer<typeof place>;
export type QbShopProduct = z.infer<typeof shopProductSchema>;
