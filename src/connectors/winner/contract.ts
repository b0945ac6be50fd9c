import { readFileSync } from 'node:fs';
import type { FileTrial } from '../../testing/file-source-contract/trial.ts';
import type { PushTrial } from '../../testing/push-contract/trial.ts';

const DEALER = 'winner/winner';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    quote('quote-24017-accepted.json', 'winner:24017:alt:3'),
    quote('quote-24031-odd-split.json', 'winner:24031:alt:1'),
    quote('quote-24044-installation-line.json', 'winner:24044:alt:2'),
    journal('invoice-journal-headers.csv', ['invoice:30112', 'invoice:30140', 'invoice:30141']),
    journal('registered-payments-sv.csv', ['payment:1', 'payment:2', 'payment:3']),
  ],
  besides: [],
  samples: [
    {
      name: 'an array of quotes',
      head: Buffer.from('['),
      parts: quotes(['winner:11111:alt:1', 'winner:444444:alt:44', 'winner:7777777:alt:777']),
    },
    {
      name: 'payments of the journal',
      head: Buffer.from(
        'Betalingsnr;Betalingsdato;Fakturanr;Kundenr;Beløp;Betalingsmåte;Reverserer\n',
      ),
      parts: ['11111', '444444', '7777777'].map((number) => {
        return Buffer.from(`${number};29.05.2026;30112;10552;42 500,00;Bank;\n`);
      }),
    },
  ],
};

function quote(file: string, id: string): FileTrial['fixtures'][number] {
  return { file, documents: [{ kind: 'quote', ref: `${DEALER}/${id}` }] };
}

function journal(file: string, ids: readonly string[]): FileTrial['fixtures'][number] {
  return { file, documents: ids.map((id) => ({ kind: 'customer-entry', ref: `${DEALER}/${id}` })) };
}

/** An accepted quote as it is pushed; keys as the simulator gives them, of combined quotes too. */
export const push: PushTrial = {
  settings: {},
  thing: ({ externalId, key }) => ({
    ...{ ...fixture('quote-24017-accepted.json'), currency: 'SEK' },
    ...{ external_id: externalId, idempotency_key: key },
  }),
  change: { contract_no: 'K99' },
  damage: { accepted_at: '8. mai' },
  accounts: [],
  keys: ['winner-24017-3-r2', 'winner-24017-1+3-r12', `winner-${'9'.repeat(20)}-1+2+3-r99`],
};

function fixture(name: string): object {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')) as object;
}

/** The same quote under ids so different that no damage turns one into another. */
function quotes(ids: readonly string[]): readonly Buffer[] {
  const one = fixture('quote-24017-accepted.json');
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, external_id: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}
