import { z } from 'zod';
import { CUSTOMER_FIELDS } from '../domain/document/customer.ts';
import { PAYOUT_PROVIDERS } from '../domain/document/payout.ts';
import { parseMoney } from '../domain/money.ts';
import { BOOK_CURRENCY, type FlowChoices } from '../domain/posting/choices.ts';
import type { Language } from '../domain/posting/words.ts';
import { parsePercent, type Country } from '../domain/vat/rates.ts';
import { ARTICLE_CHOICES } from './article-choices.ts';
import { SALE_CHOICES } from './sale-choices.ts';
import { INVOICING } from './invoicing-choices.ts';
import { QUOTES } from './quote-choices.ts';
import { SALES_INVOICING } from './sales-invoicing-choices.ts';
import { STOCK } from './stock-choices.ts';

const ACCOUNT = z.string().regex(/^\d{4,8}$/, 'an account number, such as 1930');

/** A rate in percent: `25`, `12,5`. */
const PERCENT = z.string().refine((text) => parsePercent(text) !== null, 'a rate, such as 25');

/** An amount as people write it in a setting: `500`, `12,50`. */
const AMOUNT = z.string().regex(/^\d{1,9}([.,]\d{1,2})?$/, 'an amount, such as 500 or 12,50');

/** A state as the shop itself writes it. */
const SHOP_STATE = z.string().regex(/^[a-z0-9_-]{1,40}$/, 'a state, such as completed');

/**
 * What a company may choose for a flow, as it is written: in a file, a command or a form.
 *
 * Everything has a default; the descriptions are the form's help.
 */
export const FLOW_CHOICES = z
  .object({
    accounts: z
      .record(z.string(), ACCOUNT)
      .default({})
      .describe(
        'Accounts of your own, by role: tender.card, sales.25, sales.25/50, cash.shortage, ' +
          'purchases/LIVS, purchases/5599990032 …',
      ),
    departments: z
      .record(z.string(), z.object({ costCentre: z.string(), project: z.string() }).partial())
      .default({})
      .describe(
        'Cost centre and project of each department of the till, by its code; the cost centre of ' +
          'invoices that name one of another system',
      ),
    invoiceClasses: z
      .record(z.string(), z.enum(['goods', 'overhead', 'service']))
      .default({ VARUFAKTURA: 'goods', OMKOSTNAD: 'overhead', TJANST: 'service' })
      .describe('What the words mean that suppliers write for a kind of invoice, in capitals'),
    bookedOnArrival: z
      .array(z.string())
      .default([])
      .describe(
        'Accounts, as their statements call them, that supplier invoices are booked against when ' +
          'they come: the statement then books no payment of them',
      ),
    reverseChargeRates: z
      .record(z.string(), PERCENT)
      .default({})
      .describe(
        'VAT rates at home of what is bought without VAT from abroad, by the codes of purchases: ' +
          'DE123456789 → 25',
      ),
    payoutFees: z
      .partialRecord(z.enum(PAYOUT_PROVIDERS), z.enum(['exempt', 'domestic', 'eu', 'foreign']))
      .default({})
      .describe(
        'How fees of payment providers are taxed where their settlements tell no VAT: ' +
          'stripe → eu; exempt when nothing is said',
      ),
    cashDifferenceLimit: AMOUNT.nullable()
      .default(null)
      .describe('Ask when more cash than this is missing or over; empty: never ask'),
    vatTolerance: AMOUNT.default('1').describe(
      'Ask when the VAT of a line stands further than this from its rate',
    ),
    series: z
      .string()
      .regex(/^[A-ZÅÄÖ0-9]{1,10}$/i)
      .nullable()
      .default(null)
      .describe('Voucher series in the ledger'),
    revisions: z
      .enum(['ask', 'correct'])
      .default('ask')
      .describe(
        'A booked report or invoice comes again with other figures: ask, or reverse or credit it ' +
          'and book anew',
      ),
    lockedPeriod: z
      .enum(['ask', 'first-open-day'])
      .default('ask')
      .describe('The day is locked in the ledger: ask, or book on the first open day'),
    ...SALE_CHOICES,
    customerFields: z
      .array(z.enum(CUSTOMER_FIELDS))
      .default(['name', 'address', 'email'])
      .describe(
        'What of a customer follows the till when it changes there, unless somebody has changed ' +
          'it in the ledger since; what the ledger lacks is filled in whatever this says',
      ),
    ...ARTICLE_CHOICES,
    stock: STOCK.prefault({}).describe(
      'Whether stock of the target follows that of the source, from a shop to a ledger or back',
    ),
    news: z
      .enum(['off', 'note', 'metadata', 'both'])
      .default('note')
      .describe(
        'From a ledger back to a shop: how its orders are told what they are booked as. note: in ' +
          'words for the people of the shop; metadata: in fields for programs',
      ),
    newsStatus: z
      .object({ booked: SHOP_STATE, paid: SHOP_STATE })
      .partial()
      .default({})
      .describe(
        'From a ledger back to a shop: the state of the shop that an order is set to when it is ' +
          'booked, or its invoice paid, as the shop writes it: completed',
      ),
    invoicing: INVOICING.prefault({}).describe('What an order of a shop becomes in the ledger'),
    invoices: SALES_INVOICING.prefault({}).describe(
      'What becomes of invoices that another system has coded',
    ),
    quotes: QUOTES.prefault({}).describe('How an accepted quote becomes orders'),
    lateAfterDays: z
      .int()
      .min(1)
      .max(365)
      .default(14)
      .describe('Name orders that their payment provider has not paid out after so many days'),
    attachFile: z.boolean().default(true).describe('Attach the received report to its voucher'),
  })
  .strict();

/** Choices as they are written and stored by people. */
export type WrittenChoices = z.input<typeof FLOW_CHOICES>;

/** A choice that cannot be used, and where it stands. */
export type ChoiceProblem = {
  readonly path: string;
  readonly says: string;
  /** As the schema tells it, for whoever says it in another language. */
  readonly issue: z.core.$ZodIssue;
};

/**
 * Reads choices as written, for a company's country and language.
 *
 * @returns the choices, or everything that is wrong with them
 */
export function readFlowChoices(
  written: unknown,
  company: { readonly country: Country; readonly language: Language },
): { readonly choices: FlowChoices } | { readonly problems: readonly ChoiceProblem[] } {
  const read = FLOW_CHOICES.safeParse(written);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      says: issue.message,
      issue,
    }));
    return { problems };
  }
  const currency = BOOK_CURRENCY[company.country];
  const { cashDifferenceLimit, vatTolerance, departments, reverseChargeRates, ...rest } = read.data;
  const none = { minor: 0n, currency };
  const choices: FlowChoices = {
    ...rest,
    country: company.country,
    language: company.language,
    departments: Object.fromEntries(
      Object.entries(departments).map(([code, { costCentre, project }]) => [
        code,
        {
          ...(costCentre === undefined ? {} : { costCentre }),
          ...(project === undefined ? {} : { project }),
        },
      ]),
    ),
    reverseChargeRates: Object.fromEntries(
      Object.entries(reverseChargeRates).map(([code, text]) => [code, parsePercent(text) ?? 0]),
    ),
    cashDifferenceLimit:
      cashDifferenceLimit === null ? null : parseMoney(cashDifferenceLimit, currency),
    vatTolerance: parseMoney(vatTolerance, currency) ?? none,
  };
  return { choices };
}
