import { readFileSync } from 'node:fs';
import { connector } from '../src/connectors/payouts/connector.ts';
import type { Document } from '../src/domain/document/document.ts';
import { isRecord } from '../src/lib/json-object.ts';
import type { ReadExampleFile } from '../src/testing/payout-examples.ts';

/** A source that reads files needs neither network, login nor time. */
const NOTHING = {
  http: {
    send: async () => {
      throw new Error('a file is read without the network');
    },
  },
  clock: { nowMs: () => 0, sleep: async () => undefined },
  credentials: { current: async () => ({}), refresh: async () => ({}) },
};

/**
 * Reads the files of providers that worked examples name.
 *
 * @param find - where a file is; null when it is not there
 */
export async function exampleFiles(
  examples: unknown,
  find: (name: string) => string | null,
): Promise<ReadExampleFile> {
  const cases = isRecord(examples) ? examples['cases'] : null;
  const inputs = (Array.isArray(cases) ? cases : []).map((one: unknown) =>
    isRecord(one) ? one['input'] : null,
  );
  const found = new Map<string, Document>();
  for (const input of inputs) {
    const name = isRecord(input) ? input['file'] : null;
    const path = typeof name === 'string' ? find(name) : null;
    const document = path === null ? null : await readPayout(path);
    if (typeof name === 'string' && document !== null) found.set(name, document);
  }
  return (name) => found.get(name) ?? `${name} is not here, or nobody can read it`;
}

async function readPayout(path: string): Promise<Document | null> {
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield readFileSync(path);
  };
  const { files } = connector.open({ ...NOTHING, settings: connector.settings.parse({}) });
  if (files === undefined) return null;
  for await (const reading of files.read({ name: path, open })) {
    if (reading.kind === 'document') return reading.document;
  }
  return null;
}
