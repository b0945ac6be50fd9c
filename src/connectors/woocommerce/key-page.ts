import { jsonIn } from '../../lib/json.ts';
import { z } from 'zod';
import type { KeyPage } from '../../ports/connector.ts';
import type { WooSettings } from './settings.ts';

const handout = z.object({
  user_id: z.union([z.string(), z.number()]).transform(String),
  consumer_key: z.string().startsWith('ck_').max(200),
  consumer_secret: z.string().startsWith('cs_').max(200),
});

/**
 * WooCommerce's page on which the owner of a shop gives an app its keys. The shop posts them before
 * it sends the owner back, gives back our `user_id` as it came, and takes the keys away again when
 * it is answered anything but 200. It sends them over https only.
 */
export const keyPage: KeyPage<WooSettings> = {
  url: ({ url }, { state, keysTo, personTo, mayWrite }) => {
    const page = new URL('wc-auth/v1/authorize', url.endsWith('/') ? url : `${url}/`);
    page.searchParams.set('app_name', 'Bokbro');
    page.searchParams.set('scope', mayWrite ? 'read_write' : 'read');
    page.searchParams.set('user_id', state);
    page.searchParams.set('return_url', personTo);
    page.searchParams.set('callback_url', keysTo);
    return page.href;
  },
  read: (body) => {
    const read = handout.safeParse(jsonIn(Buffer.from(body).toString('utf8')));
    if (!read.success) return null;
    const { user_id: state, consumer_key, consumer_secret } = read.data;
    return { state, secrets: { consumerKey: consumer_key, consumerSecret: consumer_secret } };
  },
};
