import { defineConnector } from '../../ports/connector.ts';
import { withProducts } from '../../ports/products-feed.ts';
import { hearHook } from './hooks/hear.ts';
import { settingsSchema } from './settings.ts';
import { ShopClient } from './shop/client.ts';
import { shopExaminer } from './shop/examine.ts';
import { orderFeed } from './shop/feed.ts';
import { productPages } from './shop/products-feed.ts';
import { quickbutikStock } from './shop/stock.ts';
import { quickbutikShop } from './shop/tell.ts';
import { quickbutikFiles } from './source.ts';
import { QUICKBUTIK_TEXTS } from './setting-texts.ts';

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
  texts: QUICKBUTIK_TEXTS,
  secrets: ['apiKey'],
  hooks: { hear: hearHook },
  // None is documented. What others who call it keep to.
  rateLimit: { requests: 2, perMs: 1_000 },
  gives: ['order', 'refund', 'article'],
  takes: [],
  hears: ['order-news', 'stock-balance', 'article-cards'],
  open: (context) => {
    const { settings, clock } = context;
    const files = quickbutikFiles(settings);
    if (settings.apiUrl === '') return { files };
    const client = new ShopClient(context);
    const told = { shop: quickbutikShop(client, context), stock: quickbutikStock(client) };
    const examiner = shopExaminer(client, settings);
    const orders = orderFeed(client, clock);
    const terms = { clock, everyMs: settings.productMinutes * 60_000 };
    const feed =
      settings.products === 'fetch' ? withProducts(orders, productPages(client), terms) : orders;
    return { files, feed, examiner, ...told };
  },
});
