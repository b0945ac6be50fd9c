import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { AnyConnector } from '../ports/connector.ts';
import { connectorContract, type Trials } from '../testing/connector-contract.ts';

/** Finds every connector's folder and holds it to the suites. Nothing is registered by hand. */
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(import.meta.dirname, entry.name));

for (const folder of folders) {
  const missing = ['connector.ts', 'contract.ts'].filter((name) => !existsSync(join(folder, name)));
  // The other side of a connector to come: its own tests are all there is to run.
  if (missing.length === 2 && existsSync(join(folder, 'simulator'))) {
    test(`${basename(folder)} is a connector`, {
      skip: 'skipped: there is only its simulator yet',
    });
    continue;
  }
  if (missing.length > 0) {
    test(`${basename(folder)} is a connector`, () =>
      assert.deepEqual(missing, [], 'files that are missing'));
    continue;
  }
  // What a module exports is not known before it is loaded; the suites check what they use.
  const { connector } = (await load(folder, 'connector.ts')) as { connector: AnyConnector };
  const trials = (await load(folder, 'contract.ts')) as Trials;
  connectorContract({ folder, connector, trials });
}

function load(folder: string, name: string): Promise<unknown> {
  return import(pathToFileURL(join(folder, name)).href);
}
