import { z } from 'zod';
import { ConnectorError } from '../../../ports/errors.ts';
import type { HookKeeper, HookPlace } from '../../../ports/hooks.ts';
import type { ShopClient } from '../shop/client.ts';

/** A refund is told of as `order.updated`. What is deleted for good is told of by nothing. */
const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];
const PAGE = 100;

const webhooks = z.array(
  z.looseObject({
    id: z.union([z.number(), z.string()]).transform(String),
    status: z.string(),
    topic: z.string(),
    delivery_url: z.string(),
  }),
);

type Webhook = z.infer<typeof webhooks>[number];

/**
 * Webhooks of a shop. One call looks at all of them; what is missing is made, what the shop has
 * switched off after seven failures is switched on, and one too many is removed.
 */
export function webhookKeeper(shop: ShopClient): HookKeeper {
  return {
    keep: async (place) => {
      const ours = await oursIn(shop, place);
      const kept = { made: [] as string[], switchedOn: [] as string[], moved: [] as string[] };
      for (const topic of TOPICS) {
        const [one, ...more] = ours.filter((webhook) => webhook.topic === topic);
        for (const { id } of more) await remove(shop, id);
        if (one === undefined) {
          await shop.write('POST', '/webhooks', { body: asked(topic, place) });
          kept.made.push(topic);
          continue;
        }
        const isOff = one.status !== 'active';
        const isElsewhere = one.delivery_url !== place.url;
        if (!isOff && !isElsewhere && !place.isSecretWrong) continue;
        await shop.write('PUT', `/webhooks/${one.id}`, { body: asked(topic, place) });
        if (isOff) kept.switchedOn.push(topic);
        if (isElsewhere) kept.moved.push(topic);
      }
      return kept;
    },
    remove: async (place) => {
      const ours = await oursIn(shop, place);
      for (const { id } of ours) await remove(shop, id);
      return ours.length;
    },
  };
}

function asked(topic: string, { url, secret }: HookPlace): object {
  return { name: `Bokbro ${topic}`, topic, delivery_url: url, secret, status: 'active' };
}

async function remove(shop: ShopClient, id: string): Promise<void> {
  // Webhooks have no trash: without `force` the shop answers that it cannot.
  await shop.write('DELETE', `/webhooks/${id}`, { query: { force: 'true' } });
}

/** Those that go to the connection's address, or went there before the hub moved. */
async function oursIn(shop: ShopClient, { token }: HookPlace): Promise<readonly Webhook[]> {
  const all: Webhook[] = [];
  for (let page = 1; all.length === (page - 1) * PAGE; page += 1) {
    const query = { per_page: String(PAGE), page: String(page), orderby: 'id', order: 'asc' };
    const read = webhooks.safeParse(JSON.parse((await shop.get('/webhooks', query)) ?? '[]'));
    if (!read.success) {
      throw new ConnectorError('The shop’s list of webhooks cannot be read.', {
        kind: 'unanswered',
      });
    }
    all.push(...read.data);
    if (read.data.length === 0) break;
  }
  return all.filter((webhook) => webhook.delivery_url.endsWith(`/v1/hooks/${token}`));
}
