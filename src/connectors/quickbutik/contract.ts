import { readFileSync } from 'node:fs';
import type { FileTrial } from '../../testing/file-source-contract/trial.ts';

const SHOP = 'quickbutik/quickbutik';
const RATES = { 'KAF*': '6', 'KVARN*': '25', 'MUGG*': '25' };

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: { articleRates: RATES },
  fixtures: [
    order('order-10482-b2c-mixed-vat.json', '10482'),
    order('order-10483-discount-single-rate.json', '10483'),
    order('order-10484-b2b-eu-taxfree.json', '10484'),
    order('order-10485-bundle.json', '10485'),
    {
      file: 'order-10482-after-partial-refund.json',
      documents: [
        { kind: 'order', ref: `${SHOP}/10482` },
        { kind: 'refund', ref: `${SHOP}/10482:refund:55` },
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

function order(file: string, id: string): FileTrial['fixtures'][number] {
  return { file, documents: [{ kind: 'order', ref: `${SHOP}/${id}` }] };
}

/** The same order under numbers so different that no damage turns one into another. */
function orders(ids: readonly string[]): readonly Buffer[] {
  const path = new URL('./fixtures/order-10482-b2c-mixed-vat.json', import.meta.url);
  const [one] = JSON.parse(readFileSync(path, 'utf8')) as object[];
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, order_id: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}
