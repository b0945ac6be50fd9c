import { readFileSync } from 'node:fs';
import type { Order, Refund } from '../../domain/document/sale.ts';
import type { Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { wooFiles } from './source.ts';

/** Settings as a person may write them: what is left out is as a new connection has it. */
type TestSettings = Parameters<typeof settingsSchema.parse>[0];

/** All readings of a text or value as a file. */
export async function readAll(
  content: unknown,
  settings: TestSettings = {},
): Promise<readonly Reading[]> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const source = wooFiles(settingsSchema.parse(settings));
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  return Array.fromAsync(source.read({ name: 'any', open }));
}

/** The orders and refunds among readings. */
export function salesIn(readings: readonly Reading[]): readonly (Order | Refund)[] {
  return readings.flatMap((reading) => {
    if (reading.kind !== 'document') return [];
    const { document } = reading;
    return document.kind === 'order' || document.kind === 'refund' ? [document] : [];
  });
}

type Json = { [field: string]: unknown };

/** An order of a fixture, to be changed. */
export function fixtureOrder(name: string): Json {
  const path = new URL(`./fixtures/${name}`, import.meta.url);
  const { order } = JSON.parse(readFileSync(path, 'utf8')) as { order: Json };
  return order;
}
