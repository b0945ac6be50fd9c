import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { quickbutikFiles } from './source.ts';

/**
 * Orders and refunds of a Quickbutik shop, as its API gives them, in files.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'quickbutik',
  name: 'Quickbutik',
  hosts: () => [],
  settings: settingsSchema,
  secrets: [],
  rateLimit: null,
  gives: ['order', 'refund'],
  takes: [],
  open: ({ settings }) => ({ files: quickbutikFiles(settings) }),
});
