import { defineConnector } from '../../ports/connector.ts';
import { withProducts } from '../../ports/products-feed.ts';
import { hearWebhook } from './hooks/hear.ts';
import { webhookKeeper } from './hooks/keep.ts';
import { keyPage } from './key-page.ts';
import { settingsSchema } from './settings.ts';
import { ShopClient } from './shop/client.ts';
import { shopExaminer } from './shop/examine.ts';
import { orderFeed } from './shop/feed.ts';
import { productPages } from './shop/products-feed.ts';
import { wooStock } from './shop/stock.ts';
import { orderLook, shopSweep } from './shop/sweep.ts';
import { wooShop } from './shop/tell.ts';
import { wooFiles } from './source.ts';
import { WOO_TEXTS } from './setting-texts.ts';

/**
 * Orders, refunds and products of a WooCommerce shop: asked for by its REST API, or in files as
 * that gives them.
 *
 * What is read, limits and what is not certain: README.md beside this file.
 */
export const connector = defineConnector({
  id: 'woocommerce',
  name: 'WooCommerce',
  hosts: ({ url }) => (url === '' ? [] : [new URL(url).host]),
  settings: settingsSchema,
  texts: WOO_TEXTS,
  secrets: ['consumerKey', 'consumerSecret'],
  keyPage,
  hooks: { hear: hearWebhook },
  rateLimit: null,
  gives: ['order', 'refund', 'article'],
  takes: [],
  hears: ['order-news', 'stock-balance', 'article-cards'],
  open: (context) => {
    const { settings } = context;
    const files = wooFiles(settings);
    if (settings.url === '') return { files };
    const client = new ShopClient(context);
    const everyMs = settings.productMinutes * 60_000;
    const terms = { clock: context.clock, everyMs };
    const orders = orderFeed(client);
    const next =
      settings.products === 'fetch' ? withProducts(orders, productPages(client), terms) : orders;
    const feed = { ...next, ...orderLook(client, settings), ...shopSweep(client, settings) };
    const examiner = shopExaminer(client, settings);
    const told = { shop: wooShop(client, context), stock: wooStock(client) };
    return { files, feed, hooks: webhookKeeper(client), examiner, ...told };
  },
});
