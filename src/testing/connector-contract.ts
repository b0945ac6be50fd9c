import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import type { AnyConnector } from '../ports/connector.ts';
import { fileSourceContract } from './file-source-contract.ts';
import type { FileTrial } from './file-source-contract/trial.ts';
import { pushContract } from './push-contract.ts';
import type { PushTrial } from './push-contract/trial.ts';
import { problemsOfQuality } from './quality.ts';
import { shopContract } from './shop-contract.ts';
import type { ShopTrial } from './shop-contract/trial.ts';
import { targetContract } from './target-contract.ts';
import type { TargetTrial } from './target-contract/trial.ts';

/** What a connector's `contract.ts` exports: a trial for each side that it has. */
export type Trials = {
  readonly files?: FileTrial;
  readonly target?: TargetTrial;
  readonly shop?: ShopTrial;
  readonly push?: PushTrial;
};

/** A connector's folder, with what stands in its `connector.ts` and `contract.ts`. */
export type ConnectorUnderTest = {
  readonly folder: string;
  readonly connector: AnyConnector;
  readonly trials: Trials;
};

/** A setting's help shorter than this helps nobody. */
const HELP_CHARS_MIN = 15;
const README_CHARS_MIN = 500;
/** Stands in the files of a new connector where something is still to be written. */
const STILL_TO_WRITE = /^.*\bWRITE:.*$/m;

/** What systems push, and wait for the number of. */
const PUSHED = ['sales-invoice', 'quote'] as const;

/** Everything that a connector is held to for its folder's being there. */
export function connectorContract(under: ConnectorUnderTest): void {
  const { folder, connector, trials } = under;
  describe(`${basename(folder)}: definition`, () => {
    checkDefinition(under);
    checkSecrets(under);
    checkPapers(under);
  });
  if (trials.files) fileSourceContract({ connector, folder, trial: trials.files });
  if (trials.target) targetContract({ connector, trial: trials.target });
  if (trials.shop) shopContract({ connector, trial: trials.shop });
  if (trials.push) pushContract({ connector, trial: trials.push });
}

function checkDefinition({ folder, connector, trials }: ConnectorUnderTest): void {
  test('is called as its folder is', () => {
    assert.equal(connector.id, basename(folder));
    assert.match(connector.id, /^[a-z][a-z0-9-]*$/);
    assert.ok(connector.name.length > 0);
  });

  test('describes every setting', () => {
    for (const [name, setting] of Object.entries(connector.settings.shape)) {
      const { description = '' } = setting as { readonly description?: string };
      assert.ok(description.length >= HELP_CHARS_MIN, `the setting ${name}: "${description}"`);
    }
  });

  test('is tried on each side that it has', () => {
    assert.equal(trials.files !== undefined, connector.gives.length > 0, 'files, and gives');
    assert.equal(trials.target !== undefined, connector.takes.length > 0, 'target, and takes');
    const { hears, keyPage, gives } = connector;
    // A ledger's messages are about what we have made there ourselves: its own tests are of them.
    const hooks = gives.length > 0 ? connector.hooks : undefined;
    const isShop = [hears, hooks, keyPage].some((side) => side !== undefined);
    assert.equal(trials.shop !== undefined, isShop, 'shop, and hears, hooks or a page for keys');
    const isPushed = PUSHED.some((kind) => connector.gives.includes(kind));
    assert.equal(trials.push !== undefined, isPushed, 'push, and gives what is pushed');
    assert.ok(connector.gives.length + connector.takes.length > 0, 'it gives or takes something');
  });

  test('keeps to a rate that can be kept', () => {
    const { rateLimit } = connector;
    assert.ok(rateLimit === null || (rateLimit.requests > 0 && rateLimit.perMs > 0));
    assert.ok(rateLimit !== null || trials.target === undefined, 'a target has a rate');
  });
}

function checkSecrets({ connector }: ConnectorUnderTest): void {
  test('names its secrets, and keeps them out of the settings', () => {
    const { secrets, settings } = connector;
    assert.equal(new Set(secrets).size, secrets.length);
    for (const name of Object.keys(settings.shape)) {
      assert.ok(!secrets.includes(name), `${name} is a setting and a secret`);
      assert.doesNotMatch(name, /secret|password|token|apikey/i, 'a setting is shown');
    }
    assert.ok(connector.consent === undefined || secrets.length > 0, 'a consent gives secrets');
  });
}

function checkPapers({ folder, trials }: ConnectorUnderTest): void {
  test('leaves nothing to write in its code', () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const unwritten = names
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const says = STILL_TO_WRITE.exec(read(folder, name))?.[0].trim();
        return says === undefined ? [] : [`${name}: ${says}`];
      });
    assert.equal(unwritten.sort().join('\n'), '');
  });

  test('has a README that says what there is to say', () => {
    const text = read(folder, 'README.md');
    assert.equal(STILL_TO_WRITE.exec(text)?.[0], undefined, 'README.md');
    assert.ok(text.length >= README_CHARS_MIN, `README.md has ${text.length} characters`);
    for (const trial of [trials.files, trials.target, trials.shop]) {
      for (const title of Object.keys(trial?.gaps ?? {})) {
        assert.ok(text.includes(title), `README.md names the skipped test: ${title}`);
      }
    }
  });

  test('has a quality.md whose level is what its rules come to', () => {
    const text = read(folder, 'quality.md');
    assert.equal(STILL_TO_WRITE.exec(text)?.[0], undefined, 'quality.md');
    assert.deepEqual(problemsOfQuality(text), []);
  });
}

function read(folder: string, name: string): string {
  const path = join(folder, name);
  assert.ok(existsSync(path), `${basename(folder)}/${name} is there`);
  return readFileSync(path, 'utf8');
}
