import { z } from 'zod';
import type { ExaminedFor, SourceFinding } from '../../../ports/health.ts';
import { found, readAs } from '../../../ports/source-finding.ts';
import type { WooSettings } from '../settings.ts';
import type { ShopClient } from './client.ts';

const rootSchema = z.looseObject({
  home: z.string().default(''),
  timezone_string: z.string().default(''),
  gmt_offset: z
    .union([z.string(), z.number()])
    .default('')
    .transform((value) => String(value)),
  namespaces: z.array(z.string()).default([]),
});

/** What the shop says of itself to anybody. One call. */
export async function readRoot(shop: ShopClient) {
  const { text, isPlain } = await shop.root();
  const root = readAs(rootSchema, text, '/wp-json');
  const { home, namespaces, timezone_string: zone, gmt_offset: offset } = root;
  return { home, namespaces, zone, offset, isPlain };
}

/** What would go wrong by its address, its interfaces, its time. */
export async function examineAddress(
  shop: ShopClient,
  { url }: WooSettings,
  { timeZone }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const { home, namespaces, zone, offset, isPlain } = await readRoot(shop);
  if (!namespaces.includes('wc/v3')) return [found('problem', 'api-missing', { url })];
  return [
    ...addressFindings(url, home),
    ...(isPlain ? [found('warning', 'permalinks-plain', { url })] : []),
    zoneFinding({ zone, offset, timeZone }),
  ];
}

function addressFindings(url: string, home: string): readonly SourceFinding[] {
  const [ours, theirs] = [URL.parse(url), URL.parse(home)];
  const facts = { url, home };
  const isOpen = ours?.protocol === 'http:' && ours.hostname !== 'localhost';
  const open = isOpen ? [found('warning', 'not-encrypted', { url })] : [];
  if (ours === null || theirs === null) return open;
  const place = ({ host, pathname }: URL): string => host + pathname.replace(/\/+$/, '');
  if (place(ours) !== place(theirs)) return [...open, found('problem', 'address-differs', facts)];
  const isHidden = ours.protocol === 'https:' && theirs.protocol === 'http:';
  return isHidden ? [...open, found('warning', 'https-hidden', facts)] : open;
}

function zoneFinding(of: {
  readonly zone: string;
  readonly offset: string;
  readonly timeZone: string;
}): SourceFinding {
  const { zone, offset, timeZone } = of;
  if (zone === '') return found('warning', 'zone-offset', { offset, company: timeZone });
  const facts = { shop: zone, company: timeZone };
  return zone === timeZone ? found('ok', 'zone', facts) : found('warning', 'zone-differs', facts);
}
