import { readFileSync } from 'node:fs';
import type { FileTrial, FixtureTrial } from '../../testing/file-source-contract/trial.ts';

/** The recordings' shop. */
const SHOP = 'woocommerce/127.0.0.1:8089';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    order('order-excl-mixed-vat.json', '45'),
    order('order-excl-fees.json', '56'),
    order('order-excl-oss-fi.json', '53'),
    order('order-simulated-yith-giftcard-total-reduced.json', '234'),
    {
      file: 'product-simple.json',
      documents: [{ kind: 'article', ref: `${SHOP}/product:10` }],
    },
    {
      file: 'product-variable.json',
      documents: [{ kind: 'article', ref: `${SHOP}/product:18` }],
    },
    {
      file: 'order-excl-refunds-partial-amount-shipping.json',
      documents: [
        { kind: 'order', ref: `${SHOP}/59` },
        { kind: 'refund', ref: `${SHOP}/refund:60` },
        { kind: 'refund', ref: `${SHOP}/refund:61` },
        { kind: 'refund', ref: `${SHOP}/refund:62` },
      ],
    },
  ],
  besides: [],
  samples: [
    {
      name: 'an array of orders',
      head: Buffer.from('['),
      parts: orders(['11111', '444444', '7777777']),
    },
  ],
};

function order(file: string, id: string): FixtureTrial {
  return { file, documents: [{ kind: 'order', ref: `${SHOP}/${id}` }] };
}

/** The same order under numbers so different that no damage turns one into another. */
function orders(ids: readonly string[]): readonly Buffer[] {
  const path = new URL('./fixtures/order-excl-mixed-vat.json', import.meta.url);
  const { order: one } = JSON.parse(readFileSync(path, 'utf8')) as { order: object };
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, id: Number(id), number: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}
