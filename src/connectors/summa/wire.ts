import { z } from 'zod';
import { ATTACHMENTS_MAX, IDENTITY_CHARS_MAX, LINES_MAX, TEXT_CHARS_MAX } from './limits.ts';

/**
 * Invoices as they are pushed: `hub.invoice.v1`. What is not named here is let through and not
 * looked at.
 */

const text = z
  .union([z.string(), z.number(), z.null()])
  .transform((v) =>
    String(v ?? '')
      .trim()
      .slice(0, TEXT_CHARS_MAX),
  )
  .default('');
const id = z
  .union([z.string(), z.number()])
  .transform((v) => String(v).trim().slice(0, IDENTITY_CHARS_MAX))
  .refine((v) => v !== '', 'an id');

const address = z.looseObject({ line1: text, postal_code: text, city: text, country: text });

const customer = z.looseObject({
  number: id,
  name: text,
  org_no: text,
  vat_no: text,
  email: text,
  country: text,
  address: address.nullish(),
});

const line = z.looseObject({
  line_id: text,
  text,
  quantity: text,
  unit: text,
  unit_price: text,
  net: text,
  vat_rate: text,
  account: text,
  /** Of a Norwegian line, in place of its account or beside it: `52`. */
  vat_code: text,
  cost_center: z.looseObject({ code: text, name: text }).nullish(),
});

const attachment = z.looseObject({
  filename: text,
  media_type: text,
  content_base64: z.string().default(''),
});

/** What an invoice is known by: an object without these is none. */
export const invoiceSchema = z.looseObject({
  schema: z.literal('hub.invoice.v1'),
  external_id: id,
  kind: z.enum(['invoice', 'acconto', 'credit_note']),
  credits: z.looseObject({ external_id: text, invoice_no: text }).nullish(),
  order_no: text,
  invoice_date: text,
  due_date: text,
  payment_terms: text,
  currency: text,
  our_reference: text,
  your_reference: text,
  buyer_order_no: text,
  customer,
  project: z.looseObject({ number: id, name: text, start_date: text }).nullish(),
  lines: z.array(line).min(1).max(LINES_MAX),
  totals: z.looseObject({ net: text, vat: text, gross: text, rounding: text }),
  attachments: z.array(attachment).max(ATTACHMENTS_MAX).nullish(),
});

/** An invoice as it was pushed. */
export type WireInvoice = z.infer<typeof invoiceSchema>;
