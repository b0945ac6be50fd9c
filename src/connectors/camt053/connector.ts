import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { camtFiles } from './source.ts';
import { CAMT_TEXTS } from './setting-texts.ts';

/**
 * Account statements as banks write them by ISO 20022 (camt.053), and their notifications of
 * payments (camt.054), in files.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'camt053',
  name: 'camt.053 account statements',
  hosts: () => [],
  settings: settingsSchema,
  texts: CAMT_TEXTS,
  secrets: [],
  rateLimit: null,
  gives: ['account-statement', 'payout'],
  takes: [],
  open: ({ settings }) => ({ files: camtFiles(settings) }),
});
