import { readFileSync } from 'node:fs';
import type { FileTrial } from '../../testing/file-source-contract/trial.ts';

const DEALER = 'winner/winner';

/** What the shared suite needs to put this connector through its paces. */
export const files: FileTrial = {
  settings: {},
  fixtures: [
    quote('quote-24017-accepted.json', 'winner:24017:alt:3'),
    quote('quote-24031-odd-split.json', 'winner:24031:alt:1'),
    quote('quote-24044-installation-line.json', 'winner:24044:alt:2'),
  ],
  besides: [],
  samples: [
    {
      name: 'an array of quotes',
      head: Buffer.from('['),
      parts: quotes(['winner:11111:alt:1', 'winner:444444:alt:44', 'winner:7777777:alt:777']),
    },
  ],
};

function quote(file: string, id: string): FileTrial['fixtures'][number] {
  return { file, documents: [{ kind: 'quote', ref: `${DEALER}/${id}` }] };
}

/** The same quote under ids so different that no damage turns one into another. */
function quotes(ids: readonly string[]): readonly Buffer[] {
  const path = new URL('./fixtures/quote-24017-accepted.json', import.meta.url);
  const one = JSON.parse(readFileSync(path, 'utf8')) as object;
  return ids.map((id, i) => {
    const text = JSON.stringify({ ...one, external_id: id });
    return Buffer.from(`${text}${i === ids.length - 1 ? ']' : ','}`);
  });
}
