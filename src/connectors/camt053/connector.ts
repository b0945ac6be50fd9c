import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { camtFiles } from './source.ts';

/**
 * Account statements as banks write them by ISO 20022 (camt.053), in files.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'camt053',
  name: 'camt.053 account statements',
  hosts: () => [],
  settings: settingsSchema,
  secrets: [],
  rateLimit: null,
  gives: ['account-statement'],
  takes: [],
  open: ({ settings }) => ({ files: camtFiles(settings) }),
});
