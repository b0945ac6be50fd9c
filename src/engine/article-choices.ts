import { z } from 'zod';
import { ARTICLE_FIELDS } from '../domain/document/article.ts';

/** What a company may choose about articles of a shop and its ledger, as it is written. */
export const ARTICLE_CHOICES = {
  articles: z
    .enum(['off', 'update', 'create'])
    .default('off')
    .describe(
      'Articles of the target follow those of the source, from a shop to a ledger or back, by ' +
        'SKU and article number: off, update those that it has, or create those that it lacks ' +
        'as well',
    ),
  articleFields: z
    .array(z.enum(ARTICLE_FIELDS))
    .default(['name', 'ean', 'price'])
    .describe(
      'What of an article the source is master of: it is written over in the target. The rest is ' +
        'written when an article is made. description and active: from a ledger alone',
    ),
  priceList: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/)
    .default('A')
    .describe('The price list of the ledger that prices of articles go to, or come from'),
  listPrices: z
    .enum(['without-vat', 'with-vat'])
    .default('without-vat')
    .describe('What the prices of that list are'),
  products: z
    .object({
      publish: z
        .boolean()
        .default(false)
        .describe('Products that are made, or active again, are seen by customers at once'),
      which: z
        .enum(['all', 'webshop'])
        .default('all')
        .describe('webshop: only articles that the ledger marks for web shops'),
      only: z
        .array(z.string().trim().min(1).max(100))
        .max(10_000)
        .default([])
        .describe('Numbers of articles that take part, TEE-* for all that begin so; empty: all'),
    })
    .strict()
    .prefault({})
    .describe('From a ledger to a shop: which articles, and what becomes of new products'),
};
