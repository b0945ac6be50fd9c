import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { winnerFiles } from './source.ts';

/**
 * Quotes of Winner Flex, Winner Design and Winner Bizz that customers have accepted.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'winner',
  name: 'Winner',
  hosts: () => [],
  settings: settingsSchema,
  secrets: [],
  rateLimit: null,
  gives: ['quote'],
  takes: [],
  open: ({ settings }) => ({ files: winnerFiles(settings) }),
});
