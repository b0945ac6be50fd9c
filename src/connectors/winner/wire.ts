import { z } from 'zod';
import { IDENTITY_CHARS_MAX, TEXT_CHARS_MAX } from './limits.ts';

/**
 * Accepted quotes as they are pushed: `hub.quote.v1`. What is not named here is let through and
 * not looked at.
 */

const text = z
  .union([z.string(), z.number(), z.null()])
  .transform((v) => String(v ?? '').trim())
  .transform((v) => v.slice(0, TEXT_CHARS_MAX))
  .default('');
const id = z
  .union([z.string(), z.number()])
  .transform((v) => String(v).trim().slice(0, IDENTITY_CHARS_MAX))
  .refine((v) => v !== '', 'an id');

const address = z.looseObject({ line1: text, postal_code: text, city: text, country: text });

const customer = z.looseObject({
  number: text,
  type: text,
  name: text,
  org_no: text,
  vat_no: text,
  email: text,
  address: address.nullish(),
  delivery_address: address.nullish(),
});

const group = z.looseObject({ code: id, name: text, net: text, vat_rate: text, gross: text });

const calendarLine = z.looseObject({
  seq: z.number().int().min(1).max(999),
  label: text,
  basis: z.enum(['percent', 'amount', 'installation']),
  percent: text,
  amount: text,
  due_date: text,
});

/** What a quote is known by: an object without these is none. */
export const quoteSchema = z.looseObject({
  schema: z.literal('hub.quote.v1'),
  external_id: id,
  quote_no: id,
  contract_no: text,
  status: text,
  revision: z.number().int().min(0).max(999_999).nullish(),
  accepted_at: text,
  currency: text,
  project: z.looseObject({ number: id, name: text }),
  customer,
  groups: z.array(group).min(1).max(1_000),
  totals: z.looseObject({ net: text, vat: text, gross: text }),
  payment_calendar: z.array(calendarLine).max(200).default([]),
});

/** A quote as it was pushed. */
export type WireQuote = z.infer<typeof quoteSchema>;
