import { createReadStream, readFileSync } from 'node:fs';
import { CONNECTORS } from '../../src/app/connectors.ts';
import { present } from '../../src/lib/assert.ts';

/** What reading a file came to: one line of JSON. */
export type ReadThrough = {
  readonly seconds: number;
  readonly readings: Readonly<Record<string, number>>;
  readonly peakMb: number;
};

const KB_PER_MB = 1_000;
/** The hub keeps files in pieces of this size. */
const PIECE_BYTES = 1_000_000;

const [path = '', id = '', profile = ''] = process.argv.slice(2);
const profiles = profile === '' ? [] : [JSON.parse(readFileSync(profile, 'utf8')) as unknown];
const connector = present(CONNECTORS.get(id), `the connector ${id}`);
const settings = connector.settings.parse({ profiles });
const opened = connector.open({ settings } as Parameters<typeof connector.open>[0]);
const open = (): AsyncIterable<Uint8Array> =>
  createReadStream(path, { highWaterMark: PIECE_BYTES });

const readings: Record<string, number> = {};
const fromMs = performance.now();
for await (const { kind } of present(opened.files, 'a source').read({ name: 'large', open })) {
  readings[kind] = (readings[kind] ?? 0) + 1;
}
const seconds = (performance.now() - fromMs) / 1_000;
const peakMb = Math.round((process.resourceUsage().maxRSS * 1.024) / KB_PER_MB);
process.stdout.write(`${JSON.stringify({ seconds, readings, peakMb } satisfies ReadThrough)}\n`);
