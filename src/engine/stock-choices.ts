import { z } from 'zod';

/** Of one article, more than anybody keeps back. */
const KEEP_BACK_MAX = 1_000_000;

/** What a company may choose about stock, as it is written. */
export const STOCK = z
  .object({
    follows: z
      .boolean()
      .default(false)
      .describe('Stock of the target follows that of the source, by article number'),
    keepBack: z.coerce
      .number()
      .int()
      .min(0)
      .max(KEEP_BACK_MAX)
      .default(0)
      .describe('Units of each article that a shop is never told of (safety stock)'),
    only: z
      .array(z.string().trim().min(1).max(100))
      .max(10_000)
      .default([])
      .describe('Numbers of articles that take part, TEE-* for all that begin so; empty: all'),
  })
  .strict();
