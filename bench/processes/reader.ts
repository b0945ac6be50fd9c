import { createReadStream } from 'node:fs';
import { settingsSchema } from '../../src/connectors/minbutik/settings.ts';
import { minButikFiles } from '../../src/connectors/minbutik/source.ts';

/** What it prints: one line of JSON. */
export type ReadThrough = {
  readonly seconds: number;
  readonly documents: number;
  /** Readings that are no documents: there should be none but the guess. */
  readonly others: number;
  readonly peakRssBytes: number;
};

const KILOBYTE = 1_024;
/** The hub keeps files in pieces of this size. */
const PIECE_BYTES = 1_000_000;

const [path = ''] = process.argv.slice(2);
const source = minButikFiles(settingsSchema.parse({}));
const open = (): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: PIECE_BYTES });
let documents = 0;
let others = 0;
const fromMs = performance.now();
for await (const reading of source.read({ name: 'bench.csv', open })) {
  if (reading.kind === 'document') documents += 1;
  else if (reading.kind !== 'guess') others += 1;
}
const seconds = (performance.now() - fromMs) / 1_000;
const peakRssBytes = process.resourceUsage().maxRSS * KILOBYTE;
const through: ReadThrough = { seconds, documents, others, peakRssBytes };
process.stdout.write(`${JSON.stringify(through)}\n`);
