import { z } from '@hono/zod-openapi';
import { isTimeOfDay } from '../../engine/schedule.ts';
import type { FormField } from '../form/fields.ts';
import { ROLES } from '../../store/people.ts';
import { RIGHTS } from '../access/rights.ts';

/** What a number in a path looks like: an id of the database. */
export const Id = z.string().regex(/^\d{1,18}$/);

/** A password or a private key, as somebody types it. */
export const SecretText = z.string().max(20_000);

/** A calendar day. */
export const Day = z.iso.date();

const TIMES_MAX = 24;

/** When something is done on a day: `05:00`, of the company's own time. */
export const Times = z
  .array(z.string().refine(isTimeOfDay, 'a time such as 05:00'))
  .min(1)
  .max(TIMES_MAX);

/** An amount in whole minor units as text: no float stands between the books and the page. */
export const Money = z
  .object({ minor: z.string(), currency: z.string() })
  .openapi('Money', { description: 'Whole minor units (öre, øre, cent) as decimal text.' });

export const Right = z.enum(RIGHTS).openapi('Right');

export const Role = z.enum(ROLES).openapi('Role');

export const Language = z.enum(['sv', 'nb', 'en']).openapi('Language');

export const DeliveryState = z
  .enum([
    'review',
    'waiting',
    'sending',
    'in doubt',
    'held',
    'pending',
    'gathering',
    'gathered',
    'done',
    'skipped',
  ])
  .openapi('DeliveryState');

export const ConnectionState = z
  .enum(['ready', 'reconnect', 'setup', 'paused'])
  .openapi('ConnectionState');

/** Whether a person approves what is booked. */
export const Mode = z.enum(['automatic', 'review']).openapi('Mode');

export const DocumentKind = z.string().openapi('DocumentKind', { example: 'day-report' });

/** RFC 9457. */
export const Problem = z
  .object({ type: z.string(), status: z.number(), detail: z.string(), code: z.string().optional() })
  .openapi('Problem');

export const Posting = z
  .object({
    account: z.string(),
    accountName: z.string(),
    minor: z.string().openapi({ description: 'Debit positive, credit negative.' }),
    why: z.string(),
    text: z.string(),
    costCentre: z.string().nullable(),
    project: z.string().nullable(),
  })
  .openapi('Posting');

export const Voucher = z
  .object({
    date: z.string(),
    text: z.string(),
    currency: z.string(),
    series: z.string().nullable(),
    rows: z.array(Posting),
  })
  .openapi('Voucher');

export const Refusal = z
  .object({
    code: z.string(),
    message: z.string(),
    amounts: z
      .array(z.object({ name: z.string(), amount: Money }))
      .openapi({ description: 'The numbers that the sentence is about, by what they are.' }),
  })
  .openapi('Refusal');

export const Said = z.object({ code: z.string(), message: z.string() }).openapi('Said');

/** A way in which a person can settle what is held. */
export const Way = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('again') }),
    z.object({ kind: z.literal('accept'), code: z.string() }),
    z.object({ kind: z.literal('book-difference'), account: z.string().regex(/^\d{4,8}$/) }),
    z.object({
      ...{ kind: z.literal('code-as'), account: z.string().regex(/^\d{4,8}$/) },
      remember: z.boolean().default(false),
    }),
    z.object({
      ...{ kind: z.literal('reverse-rate'), percent: z.string().regex(/^\d{1,2}([.,]\d{1,2})?$/) },
      remember: z.boolean().default(false),
    }),
    z.object({ kind: z.literal('book-on'), date: Day }),
    z.object({ kind: z.literal('tax-as'), way: z.int().min(1).max(99) }),
    z.object({ kind: z.literal('book-now') }),
    z.object({ kind: z.literal('correct') }),
    z.object({ kind: z.literal('skip'), why: z.string().trim().min(1).max(500) }),
  ])
  .openapi('Way');

export const HealthItem = z
  .object({
    item: z.string().openapi({ description: 'A code, the same in every language' }),
    title: z.string().openapi({ description: 'What it is about, in the reader’s language' }),
    ...{ state: z.enum(['ok', 'warning', 'problem']), says: z.string() },
  })
  .openapi('HealthItem');

/** Settings or choices as they are written; their own schema reads them. */
export const Settings = z.record(z.string().max(100), z.unknown()).openapi('Settings');

/** A form, made from the schema of what it is for. */
export const FormFields = z
  .array(z.custom<FormField>().openapi({ type: 'object' }))
  .openapi('FormFields');
