import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exampleFiles } from '../../scripts/example-files.ts';
import { sharedPath, skipWithout } from '../../src/testing/shared.ts';
import { runExamples, type ExampleResult } from '../../src/testing/worked-examples.ts';

/** Cases of the rules that are built: day reports, purchases on account, sales of shops, payouts. */
const COVERED = [
  ...[
    'NO-01',
    'NO-02',
    'NO-04',
    'NO-05',
    'SE-02',
    'SE-03',
    'SE-04a',
    'SE-04c',
    'SE-05',
    'SE-07',
    'SE-09',
  ],
  ...[
    'SE-10',
    'SE-11',
    'SE-12',
    'SE-14',
    'SE-15',
    'SE-16',
    'SE-17',
    'SE-18',
    'SE-18b',
    'SE-21',
    'SE-24',
  ],
  ...[
    'SE-25',
    'SE-26',
    'SE-27',
    'SE-28',
    'SE-29',
    'SE-30',
    'SE-31',
    'SE-33',
    'SE-34',
    'SE-36',
    'SE-37',
    'SE-37b',
  ],
  ...['SE-38', 'SE-41', 'SE-42', 'SE-43', 'SE-44', 'SE-45', 'SE-46', 'SE-48', 'SE-52', 'SE-60'],
];

const FILE = join(import.meta.dirname, 'worked-examples.json');

/** The settlement that SE-47 is made of; its licence keeps it beside the repository. */
const BATCH = 'data/settlements/adyen__settlement_detail_report_batch_380.csv';

describe('a worked example of a provider’s own file', () => {
  const path = sharedPath(...BATCH.split('/'));
  it('is booked as it is written', { skip: skipWithout(path) }, async () => {
    const examples: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
    const results = runExamples(examples, await exampleFiles(examples, () => path));
    const example = results.find(({ id }) => id === 'SE-47');
    assert.deepEqual([example?.result, example?.says], ['pass', []]);
  });
});

describe('runExamples', () => {
  const results = runExamples(JSON.parse(readFileSync(FILE, 'utf8')));
  const ids = (result: ExampleResult['result']): string[] =>
    results.filter((one) => one.result === result).map((one) => one.id);

  it('books each example of the rules that are built to the öre', () => {
    assert.deepEqual(ids('pass').sort(), COVERED);
  });

  it('books none otherwise than it is written', () => {
    assert.deepEqual(ids('fail'), []);
  });

  it('says of every other why it is not booked yet', () => {
    assert.equal(ids('not yet').length, results.length - COVERED.length);
    for (const { id, result, says } of results) {
      if (result === 'not yet') assert.ok(says.length > 0, `${id} says why`);
    }
  });
});
