import { defineConnector } from '../../ports/connector.ts';
import { layoutsIn } from './profile/layouts.ts';
import { balancesFile } from './return/balances-file.ts';
import { settingsSchema } from './settings.ts';
import { minButikFiles } from './source.ts';
import { MINBUTIK_TEXTS } from './setting-texts.ts';

/**
 * ICA MinButik, the back office of an ICA store: day reports, credit purchases and the chain's
 * invoices as files.
 *
 * Formats, limits and what is not known: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'minbutik',
  name: 'ICA MinButik',
  hosts: () => [],
  settings: settingsSchema,
  texts: MINBUTIK_TEXTS,
  secrets: [],
  rateLimit: null,
  layouts: layoutsIn,
  gives: [
    ...(['day-report', 'ready-voucher', 'credit-purchases', 'customer'] as const),
    ...(['supplier-invoice', 'account-statement'] as const),
  ],
  takes: [],
  open: ({ settings }) => ({
    files: minButikFiles(settings),
    balances: balancesFile(settings),
  }),
});
