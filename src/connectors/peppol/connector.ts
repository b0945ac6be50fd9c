import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { peppolFiles } from './source.ts';
import { PEPPOL_TEXTS } from './setting-texts.ts';

/**
 * Invoices and credit notes from suppliers as Peppol BIS Billing 3 (UBL 2.1) writes them, in files.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'peppol',
  name: 'Peppol BIS Billing 3',
  hosts: () => [],
  settings: settingsSchema,
  texts: PEPPOL_TEXTS,
  secrets: [],
  rateLimit: null,
  gives: ['supplier-invoice'],
  takes: [],
  open: ({ settings }) => ({ files: peppolFiles(settings) }),
});
