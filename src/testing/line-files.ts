import type { FileSource, Reading } from '../ports/source.ts';
import { dayReport, sale, tender } from './day-reports.ts';

/**
 * Reads lines such as `report Z-000412 1000` (a report and its takings in kronor), `damaged ID` and
 * `cut`, which is a file that ends in the middle.
 */
export const lineSource: FileSource = {
  read: async function* (file) {
    let text = '';
    for await (const piece of file.open()) text += Buffer.from(piece).toString('utf8');
    for (const line of text.split('\n')) {
      const [what = '', id = '', kronor = '1000'] = line.split(' ');
      if (what === 'report') yield report(id, kronor);
      if (what === 'damaged') yield { kind: 'unreadable', id: keyOf(id), problems: [problem()] };
      if (what === 'cut') yield { kind: 'rejected', problems: [problem()] };
    }
  },
};

/** A file of reports alone, all numbers in a row, read with no gap to tell. */
function report(number: string, kronor: string): Reading {
  const document = dayReport({
    ref: { system: 'minbutik', account: '1234', id: number },
    reportNumber: number,
    lines: [sale(kronor, '0', 0), tender('card', kronor)],
  });
  return {
    kind: 'document',
    document,
    doubts: [],
    extract: Buffer.from(number),
    mediaType: 'text/csv',
  };
}

export function problem() {
  return { code: 'file-truncated', line: 1, column: null, facts: { found: 'end' } } as const;
}

function keyOf(id: string): string {
  return `minbutik/1234/${id}`;
}

/** A text as it comes over the wire, cut anywhere. */
export async function* piecesOf(text: string, size = text.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}
