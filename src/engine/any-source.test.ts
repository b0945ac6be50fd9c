import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FileSource, IncomingFile, Reading } from '../ports/source.ts';
import { anySource } from './any-source.ts';

const FILE: IncomingFile = {
  name: 'dag.txt',
  open: async function* () {
    yield Buffer.from('text');
  },
};

function notice(text: string): Reading {
  return { kind: 'notice', notice: { code: 'text-shortened', from: text, to: text } };
}

function rejected(code: 'format-unknown' | 'file-truncated', found: string): Reading {
  return { kind: 'rejected', problems: [{ code, line: null, column: null, facts: { found } }] };
}

function says(...readings: readonly Reading[]): FileSource {
  return {
    read: async function* () {
      yield* readings;
    },
  };
}

async function read(...sources: readonly FileSource[]): Promise<readonly Reading[]> {
  return Array.fromAsync(anySource(sources).read(FILE));
}

describe('anySource', () => {
  test('reads a file by the first source that knows it, to its end', async () => {
    const known = says(notice('a'), notice('b'));
    const readings = await read(says(rejected('format-unknown', 'x')), known, says(notice('c')));
    assert.deepEqual(readings, [notice('a'), notice('b')]);
  });

  test('leaves a file that is known and broken to the source that knows it', async () => {
    const readings = await read(says(rejected('file-truncated', 'x')), says(notice('c')));
    assert.deepEqual(readings, [rejected('file-truncated', 'x')]);
  });

  test('rejects what nobody knows with what each expected', async () => {
    const sources = [says(rejected('format-unknown', 'x')), says(rejected('format-unknown', 'y'))];
    const [reading, ...others] = await read(...sources);
    assert.deepEqual(others, []);
    assert.ok(reading?.kind === 'rejected');
    assert.deepEqual(
      reading.problems.map((problem) => problem.facts['found']),
      ['x', 'y'],
    );
  });

  test('reads a file in which nothing stands', async () => {
    assert.deepEqual(await read(says(rejected('format-unknown', 'x')), says()), []);
  });
});
