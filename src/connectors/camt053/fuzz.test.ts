import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountStatement } from '../../domain/document/account-statement.ts';
import type { Reading } from '../../ports/source.ts';
import { mutate, numbersFrom } from '../../testing/file-source-contract/damage.ts';
import { standing } from '../../testing/file-source-contract/reading.ts';
import { fixture, readAll } from './read-for-test.ts';

/** Mutations of each file. Raise it, or change the seed, to look further. */
const MUTATIONS = Number(process.env['CAMT_FUZZ'] ?? 300);
const SEED = 20_260_531;

const SAMPLES: Readonly<Record<string, Buffer>> = {
  'a month': fixture('foretagskonto-2026-05.xml'),
  'two accounts': fixture('tva-konton-v02-latin1.xml'),
};

/** Bytes that mean something to XML or to numbers come up more often than others. */
const TELLING = Buffer.from('<>/&;"\'=:!-?[]0123456789.,+ \n\r\0DBITCRPO', 'latin1');

/** What has to hold of every statement that is given, whatever became of its bytes. */
function checkStatement({ opening, closing, entries, accountId }: AccountStatement): void {
  assert.notEqual(accountId, '');
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
  assert.equal(opening === null, closing === null);
  const moved = entries.reduce((total, { amount }) => total + amount.minor, 0n);
  if (opening !== null) assert.equal(opening.minor + moved, closing?.minor);
}

/** @returns how many statements stand, each of which is whole and is read alone to the same */
async function checkReadings(readings: readonly Reading[]): Promise<number> {
  assert.ok(readings.length > 0);
  const stand = standing(readings);
  for (const { document, doubts, extract } of stand) {
    assert.equal(document.kind, 'account-statement');
    if (document.kind !== 'account-statement') continue;
    checkStatement(document);
    const [alone] = standing(await readAll(extract));
    assert.deepEqual(alone?.document, document);
    assert.deepEqual(alone?.doubts, doubts);
  }
  return stand.length;
}

describe('statements with mutations', () => {
  for (const [name, bytes] of Object.entries(SAMPLES)) {
    it(`${name}: always readings, however cut; every day adds up`, async () => {
      const pick = numbersFrom(SEED);
      let stood = 0;
      for (let count = 0; count < MUTATIONS; count += 1) {
        const mutated = mutate(bytes, pick, TELLING).bytes;
        const readings = await readAll(mutated);
        const cut = await readAll(mutated, {}, 1 + pick(200));
        assert.deepEqual(cut, readings, `mutation ${count}`);
        stood += await checkReadings(readings);
      }
      assert.ok(stood > 0, 'some mutations leave statements whole');
    });
  }
});
