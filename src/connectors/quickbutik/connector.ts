import { defineConnector } from '../../ports/connector.ts';
import { hearHook } from './hooks/hear.ts';
import { settingsSchema } from './settings.ts';
import { ShopClient } from './shop/client.ts';
import { orderFeed } from './shop/feed.ts';
import { quickbutikShop } from './shop/tell.ts';
import { quickbutikFiles } from './source.ts';

/**
 * Orders and refunds of a Quickbutik shop: asked for by its API, or in files as that gives them.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'quickbutik',
  name: 'Quickbutik',
  hosts: ({ apiUrl }) => (apiUrl === '' ? [] : [new URL(apiUrl).host]),
  settings: settingsSchema,
  secrets: ['apiKey'],
  hooks: { hear: hearHook },
  // None is documented. What others who call it keep to.
  rateLimit: { requests: 2, perMs: 1_000 },
  gives: ['order', 'refund'],
  takes: [],
  hears: ['order-news'],
  open: (context) => {
    const { settings, clock } = context;
    const files = quickbutikFiles(settings);
    if (settings.apiUrl === '') return { files };
    const client = new ShopClient(context);
    return { files, feed: orderFeed(client, clock), shop: quickbutikShop(client) };
  },
});
