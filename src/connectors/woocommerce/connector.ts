import { defineConnector } from '../../ports/connector.ts';
import { settingsSchema } from './settings.ts';
import { ShopClient } from './shop/client.ts';
import { orderFeed } from './shop/feed.ts';
import { withProducts } from './shop/products-feed.ts';
import { wooShop } from './shop/tell.ts';
import { wooFiles } from './source.ts';

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
  secrets: ['consumerKey', 'consumerSecret'],
  rateLimit: null,
  gives: ['order', 'refund', 'article'],
  takes: [],
  hears: ['order-news'],
  open: (context) => {
    const { settings } = context;
    const files = wooFiles(settings);
    if (settings.url === '') return { files };
    const client = new ShopClient(context);
    return {
      files,
      feed: settings.products === 'fetch' ? withProducts(client) : orderFeed(client),
      shop: wooShop(client),
    };
  },
});
