import { z } from 'zod';

/** What a company may choose about accepted quotes that become orders, as it is written. */
export const QUOTES = z
  .object({
    lines: z
      .enum(['one', 'groups'])
      .default('groups')
      .describe('A line for each group of products, or one with the number of the quote'),
    article: z.string().min(1).max(30).default('OFFERT').describe('The article of lines=one'),
    installationGroups: z
      .array(z.string().min(1))
      .default(['MON'])
      .describe('Groups that are installation, for calendars that set it apart'),
    percentOf: z
      .enum(['rest', 'total'])
      .default('rest')
      .describe('Of what per cents are beside an installation: of the rest, or of it all'),
    customerPrefix: z
      .string()
      .max(10)
      .default('W')
      .describe("Before the quoting system's customer numbers, to keep them apart from others"),
  })
  .strict();
