import { z } from 'zod';
import { readAs } from '../../../ports/source-finding.ts';
import type { ShopClient } from './client.ts';

const systemSchema = z.looseObject({
  environment: z
    .looseObject({
      version: z.string().default(''),
      wp_version: z.string().default(''),
      wp_cron: z.boolean().optional(),
    })
    .prefault({}),
  settings: z.looseObject({ HPOS_enabled: z.boolean().optional() }).prefault({}),
});

/** What the shop says of the programs that it runs on. One call. */
export async function readSystem(shop: ShopClient): Promise<z.infer<typeof systemSchema>> {
  const answer = await shop.get('/system_status', { _fields: 'environment,settings' });
  return readAs(systemSchema, answer, 'system_status');
}
