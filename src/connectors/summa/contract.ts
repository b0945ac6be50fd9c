import { readFileSync } from 'node:fs';
import type { FileTrial } from '../../testing/file-source-contract/trial.ts';
import type { PushTrial } from '../../testing/push-contract/trial.ts';

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
    {
      file: 'fakturaexport.csv',
      documents: [
        { kind, ref: `${HOUSE}/summa:order:24117:invoice:1` },
        { kind, ref: `${HOUSE}/summa:order:24200:invoice:1` },
      ],
    },
    {
      file: 'fakturor.si',
      documents: [
        { kind: 'ready-voucher', ref: 'summa/5599990008/F:1045:2026-05-12' },
        { kind: 'ready-voucher', ref: 'summa/5599990008/F:1046:2026-05-29' },
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

/** An invoice as it is pushed. Its keys are those of the simulator, with a long number of a job. */
export const push: PushTrial = {
  settings: {},
  thing: ({ externalId, key }) => ({
    ...fixture('invoice-push-24117.json'),
    ...{ external_id: externalId, idempotency_key: key },
  }),
  change: { your_reference: 'Någon annan' },
  damage: { invoice_date: '12 maj' },
  accounts: ['3001', '3003', '3520'],
  keys: ['summa-24117-1', 'summa-24117-c1', 'summa-24117-1-2', `summa-${'9'.repeat(20)}-c99-99`],
};

function fixture(name: string): object {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')) as object;
}

/** The same invoice under ids so different that no damage turns one into another. */
function invoices(ids: readonly string[]): readonly Buffer[] {
  const one = fixture('invoice-push-24117.json');
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, external_id: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}
