import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { winnerFiles } from './source.ts';
import { WINNER_TEXTS } from './setting-texts.ts';

/**
 * Accepted quotes of Winner Flex, Winner Design and Winner Bizz, and the invoice
 * journal of dealers whose Winner numbers the invoices.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'winner',
  name: 'Winner',
  hosts: () => [],
  settings: settingsSchema,
  texts: WINNER_TEXTS,
  secrets: [],
  rateLimit: null,
  gives: ['quote', 'customer-entry'],
  takes: [],
  open: ({ settings }) => ({ files: winnerFiles(settings) }),
});
