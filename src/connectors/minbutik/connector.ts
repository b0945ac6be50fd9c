import { defineConnector } from '../../ports/connector.ts';
import { balancesFile } from './return/balances-file.ts';
import { settingsSchema } from './settings.ts';
import { minButikFiles } from './source.ts';

/**
 * ICA MinButik, the back office of an ICA store: day reports and credit purchases as files.
 *
 * Formats, limits and what is not known: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'minbutik',
  name: 'ICA MinButik',
  hosts: () => [],
  settings: settingsSchema,
  secrets: [],
  rateLimit: null,
  gives: ['day-report', 'ready-voucher', 'credit-purchases', 'customer'],
  takes: [],
  open: ({ settings }) => ({
    files: minButikFiles(settings),
    balances: balancesFile(settings),
  }),
});
