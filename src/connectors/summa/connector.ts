import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { summaFiles } from './source.ts';
import { SUMMA_TEXTS } from './setting-texts.ts';

/**
 * Invoices of a Summa Kalkylsystem, coded there; the ledger gives them their numbers.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'summa',
  name: 'Summa Kalkylsystem',
  hosts: () => [],
  settings: settingsSchema,
  texts: SUMMA_TEXTS,
  secrets: [],
  rateLimit: null,
  gives: ['sales-invoice', 'ready-voucher'],
  takes: [],
  open: ({ settings }) => ({ files: summaFiles(settings) }),
});
