import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { payoutFiles } from './source.ts';
import { PAYOUT_TEXTS } from './setting-texts.ts';

/**
 * Settlements of payment providers, in files: what they have paid out, of which orders, less what.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'payouts',
  name: 'Payouts of payment providers',
  hosts: () => [],
  settings: settingsSchema,
  texts: PAYOUT_TEXTS,
  secrets: [],
  rateLimit: null,
  gives: ['payout'],
  takes: [],
  open: ({ settings }) => ({ files: payoutFiles(settings) }),
});
