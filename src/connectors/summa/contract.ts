import { readFileSync } from 'node:fs';
import type { FileTrial } from '../../testing/file-source-contract/trial.ts';

const HOUSE = 'summa/summa';
const kind = 'sales-invoice';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    {
      file: 'invoice-push-24117.json',
      documents: [{ kind, ref: `${HOUSE}/summa:order:24117:invoice:1` }],
    },
    {
      file: 'credit-24117.json',
      documents: [{ kind, ref: `${HOUSE}/summa:order:24117:credit:1` }],
    },
    {
      file: 'acconto-24200-batch.xml',
      documents: [
        { kind, ref: `${HOUSE}/summa:order:24200:invoice:1` },
        { kind, ref: `${HOUSE}/summa:order:24200:invoice:2` },
      ],
    },
  ],
  besides: [],
  samples: [
    {
      name: 'an array of invoices',
      head: Buffer.from('['),
      parts: invoices(['summa:11111', 'summa:444444', 'summa:7777777']),
    },
  ],
};

/** The same invoice under ids so different that no damage turns one into another. */
function invoices(ids: readonly string[]): readonly Buffer[] {
  const path = new URL('./fixtures/invoice-push-24117.json', import.meta.url);
  const one = JSON.parse(readFileSync(path, 'utf8')) as object;
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, external_id: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}
