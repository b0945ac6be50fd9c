import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { refKey } from '../domain/document/source-ref.ts';
import {
  numbersFrom,
  untouched,
  withOneByte,
  withOneField,
} from './file-source-contract/damage.ts';
import {
  checkReadings,
  documentsByRef,
  fileOf,
  fixtureOf,
  openSource,
  readAll,
  standing,
} from './file-source-contract/reading.ts';
import type { FilesUnderTest, FixtureTrial, Sample } from './file-source-contract/trial.ts';
import { findPersonalData } from './personal-data.ts';

/** How much is tried of each file. Raised to look further. */
const TRIES = Number(process.env['FILE_CONTRACT_TRIES'] ?? 300);
const CUT_RUNS = 10;
const PIECE_BYTES_MAX = 200;
const TRUNCATION_STEP = 150;
const SEED = 20_260_502;
const MEGABYTE = 1_000_000;

type Check = (title: string, body: () => Promise<void>) => void;

/**
 * What every source of files must keep: nothing that stands in a file throws, and nothing in it is
 * read otherwise because of how it arrived or of what stands beside it.
 */
export function fileSourceContract(under: FilesUnderTest): void {
  describe(`${under.connector.id}: files`, () => {
    const titles = new Set<string>();
    const check: Check = (title, body) => {
      titles.add(title);
      const gap = under.trial.gaps?.[title];
      test(title, gap === undefined ? {} : { skip: gap }, body);
    };
    checkFolder(check, under);
    for (const fixture of under.trial.fixtures) {
      checkFixture(check, under, fixture);
      checkDamage(check, under, fixture);
    }
    for (const sample of under.trial.samples) checkSample(check, under, sample);
    checkNonsense(check, under);

    test('has a gap for no test that there is not', () => {
      const gaps = Object.keys(under.trial.gaps ?? {});
      assert.deepEqual(
        gaps.filter((title) => !titles.has(title)),
        [],
      );
    });
  });
}

function checkFolder(check: Check, under: FilesUnderTest): void {
  const { trial, connector, folder } = under;

  check('has fixtures, and says what each file of them is', async () => {
    const files = readdirSync(join(folder, 'fixtures')).filter((file) => !file.startsWith('.'));
    const known = [...trial.fixtures.map(({ file }) => file), ...trial.besides];
    assert.deepEqual([...files].sort(), [...known].sort());
    const wanted = 'WRITE: put real files, anonymised, in fixtures/ and name them in contract.ts';
    assert.ok(trial.fixtures.length > 0, wanted);
    assert.ok(trial.samples.length > 0, 'WRITE: contract.ts, a sample of several documents');
  });

  check('keeps no personal data in its fixtures', async () => {
    for (const file of [...trial.fixtures.map((one) => one.file), ...trial.besides]) {
      const bytes = Buffer.from(fixtureOf(under, file));
      const found = ['utf8', 'latin1'] as const;
      assert.deepEqual(
        found.flatMap((name) => findPersonalData(bytes.toString(name))),
        [],
        file,
      );
    }
  });

  check('gives the kinds of document that the connector says it gives', async () => {
    const kinds = trial.fixtures.flatMap(({ documents }) => documents.map(({ kind }) => kind));
    const lacking = connector.gives.filter((kind) => !kinds.includes(kind));
    assert.deepEqual(lacking, [], `WRITE: contract.ts, a fixture of each of ${lacking.join(', ')}`);
    assert.deepEqual([...new Set(kinds)].sort(), [...connector.gives].sort());
  });
}

function checkFixture(
  check: Check,
  under: FilesUnderTest,
  { file, documents }: FixtureTrial,
): void {
  const bytes = (): Uint8Array => fixtureOf(under, file);

  check(`reads ${file} as its documents`, async () => {
    const readings = await readAll(openSource(under), bytes());
    checkReadings(readings, bytes());
    const found = standing(readings).map(({ document }) => {
      return { kind: document.kind, ref: refKey(document.ref) };
    });
    assert.deepEqual(found, documents);
    assert.ok(readings.every(({ kind }) => kind !== 'unreadable' && kind !== 'rejected'));
  });

  check(`reads ${file} the same however its bytes are cut`, async () => {
    const source = openSource(under);
    const whole = await readAll(source, bytes());
    assert.deepEqual(await readAll(source, bytes(), [1]), whole);
    const sizes = fc.array(fc.integer({ min: 1, max: PIECE_BYTES_MAX }), { minLength: 1 });
    const law = async (cuts: readonly number[]): Promise<void> =>
      assert.deepEqual(await readAll(source, bytes(), cuts), whole);
    await fc.assert(fc.asyncProperty(sizes, law), { numRuns: CUT_RUNS, seed: SEED });
  });

  check(`reads ${file} the same twice, also at the same time`, async () => {
    const source = openSource(under);
    const whole = await readAll(openSource(under), bytes());
    const twice = await Promise.all([readAll(source, bytes()), readAll(source, bytes(), [7])]);
    assert.deepEqual(twice, [whole, whole]);
    assert.deepEqual(await readAll(source, bytes()), whole);
  });

  check(`gives extracts of ${file} that read alone to the same document`, async () => {
    const source = openSource(under);
    for (const reading of standing(await readAll(source, bytes()))) {
      const [alone, ...others] = standing(await readAll(source, reading.extract));
      assert.deepEqual(others, []);
      assert.deepEqual(alone?.document, reading.document);
      assert.deepEqual(alone?.doubts, reading.doubts);
      assert.ok(reading.mediaType.includes('/'));
    }
  });

  check(`lets go of ${file} when it is not read to its end`, async () => {
    let open = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      open += 1;
      try {
        yield* fileOf(bytes(), [10]).open();
      } finally {
        open -= 1;
      }
    };
    for await (const reading of openSource(under).read({ name: 'any', open: counted })) {
      assert.ok(reading.kind !== 'rejected');
      break;
    }
    assert.equal(open, 0);
  });
}

function checkDamage(check: Check, under: FilesUnderTest, { file }: FixtureTrial): void {
  for (const [what, damage] of [
    ['byte', withOneByte],
    ['field', withOneField],
  ] as const) {
    check(`never throws for ${file} with one ${what} mangled`, async () => {
      const source = openSource(under);
      for (const { bytes } of damage(fixtureOf(under, file), TRIES)) {
        checkReadings(await readAll(source, bytes), bytes);
      }
    });
  }

  check(`gives no half document of ${file} when it is cut off`, async () => {
    const source = openSource(under);
    const bytes = fixtureOf(under, file);
    const whole = documentsByRef(await readAll(source, bytes));
    for (let length = 0; length < bytes.length; length += TRUNCATION_STEP) {
      const start = bytes.subarray(0, length);
      const readings = await readAll(source, start);
      checkReadings(readings, start);
      for (const [ref, document] of documentsByRef(readings)) {
        assert.deepEqual(document, whole.get(ref), `cut off after ${length} bytes`);
      }
    }
  });
}

function checkSample(check: Check, under: FilesUnderTest, sample: Sample): void {
  const { name, head, parts } = sample;
  const bytes = Buffer.concat([head, ...parts]);

  check(`reads ${name} as a document for each part`, async () => {
    const found = standing(await readAll(openSource(under), bytes));
    assert.equal(found.length, parts.length);
    assert.equal(new Set(found.map(({ document }) => refKey(document.ref))).size, parts.length);
  });

  check(`leaves the other documents of ${name} as they are when one is damaged`, async () => {
    const source = openSource(under);
    const original = standing(await readAll(source, bytes)).map(({ document }) => document);
    for (const damage of [withOneByte, withOneField]) {
      for (const damaged of damage(bytes, TRIES)) {
        const readings = await readAll(source, damaged.bytes);
        checkReadings(readings, damaged.bytes);
        if (readings.at(-1)?.kind === 'rejected') continue;
        const now = documentsByRef(readings);
        for (const index of untouched(sample, damaged)) {
          const before = original[index];
          const same = before && now.get(refKey(before.ref));
          assert.deepEqual(same, before, `bytes ${damaged.from} to ${damaged.to}`);
        }
      }
    }
  });
}

function checkNonsense(check: Check, under: FilesUnderTest): void {
  const pick = numbersFrom(SEED);
  const random = Buffer.from(Array.from({ length: 20_000 }, () => pick(256)));
  const nonsense: Readonly<Record<string, Uint8Array>> = {
    'a file without bytes': new Uint8Array(0),
    'a byte order mark and nothing more': Buffer.from('\ufeff'),
    'a file of line breaks': Buffer.from('\r\n'.repeat(1_000)),
    'a file of NULs': new Uint8Array(10_000),
    'a megabyte without a line break': Buffer.alloc(MEGABYTE, 'x'),
    'a megabyte of delimiters': Buffer.alloc(MEGABYTE, ';'),
    'random bytes': random,
    'a page of HTML': Buffer.from('<!doctype html><html><body>Logga in</body></html>'),
    'an archive': Buffer.from('PK\u0003\u0004\u0014\0\0\0'),
  };
  for (const [name, bytes] of Object.entries(nonsense)) {
    check(`rejects ${name}, and says why`, async () => {
      const readings = await readAll(openSource(under), bytes);
      checkReadings(readings, bytes);
      assert.equal(readings.at(-1)?.kind, 'rejected');
      assert.deepEqual(await readAll(openSource(under), bytes, [4_093]), readings);
    });
  }

  check('never throws for bytes out of nowhere', async () => {
    const source = openSource(under);
    const law = async (bytes: Uint8Array): Promise<void> =>
      checkReadings(await readAll(source, bytes), bytes);
    const any = fc.uint8Array({ maxLength: 400 });
    await fc.assert(fc.asyncProperty(any, law), { numRuns: TRIES, seed: SEED });
  });
}
