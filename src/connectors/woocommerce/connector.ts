import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { wooFiles } from './source.ts';

/**
 * Orders and refunds of a WooCommerce shop, as its REST API gives them, in files.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'woocommerce',
  name: 'WooCommerce',
  hosts: () => [],
  settings: settingsSchema,
  secrets: [],
  rateLimit: null,
  gives: ['order', 'refund'],
  takes: [],
  open: ({ settings }) => ({ files: wooFiles(settings) }),
});
