import { z } from 'zod';
import { ENTRY_KINDS } from '../../domain/document/account-statement.ts';

const text = z.string().trim().min(1).max(200);

/** What an entry is, by what it says. Everything that a rule names has to fit. */
const entryRule = z
  .strictObject({
    code: text.optional().describe('The bank’s own code of the entry, where it has one'),
    contains: text.optional().describe('Words that stand in the text of the entry'),
    counterparty: text
      .optional()
      .describe('Whom the money came from or went to, by name or account number'),
    direction: z.enum(['in', 'out']).optional().describe('Empty: both in and out'),
    kind: z.enum(ENTRY_KINDS).describe('It decides how the entry is booked'),
    as: text
      .optional()
      .describe('The code that the flow’s accounts know it by: statement-entry/the code'),
  })
  .refine((rule) => [rule.code, rule.contains, rule.counterparty].some((said) => said), {
    error: 'a rule says a code, a counterparty or what the text contains',
  });

/** The settings of a connection to a bank's files. The form is made of this. */
export const settingsSchema = z.object({
  accounts: z
    .array(text)
    .max(1_000)
    .default([])
    .describe(
      'The accounts (IBAN or number) whose statements belong to this company. A statement of ' +
        'another account is not taken. Leave empty to take every account.',
    ),
  entries: z
    .array(entryRule)
    .max(500)
    .default([])
    .describe(
      'Rules for entries that the bank does not explain. The first rule that fits counts, and ' +
        'everything that it names has to fit.',
    ),
});

/** Settings with their defaults filled in. */
export type CamtSettings = z.infer<typeof settingsSchema>;

/** A rule of the settings. */
export type EntryRule = CamtSettings['entries'][number];
