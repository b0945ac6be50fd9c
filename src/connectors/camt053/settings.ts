import { z } from 'zod';
import { ENTRY_KINDS } from '../../domain/document/account-statement.ts';

const text = z.string().trim().min(1).max(200);

/** What an entry is, by what it says. Everything that a rule names has to fit. */
const entryRule = z
  .strictObject({
    code: text.optional(),
    contains: text.optional(),
    counterparty: text.optional(),
    direction: z.enum(['in', 'out']).optional(),
    kind: z.enum(ENTRY_KINDS),
    as: text.optional(),
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
      'What entries are, as a list of {code, contains, counterparty, direction: in or out, kind, ' +
        `as}; the first rule that fits counts. Kinds: ${ENTRY_KINDS.join(', ')}. as: the code ` +
        'that the company’s accounts know it by.',
    ),
});

/** Settings with their defaults filled in. */
export type CamtSettings = z.infer<typeof settingsSchema>;

/** A rule of the settings. */
export type EntryRule = CamtSettings['entries'][number];
