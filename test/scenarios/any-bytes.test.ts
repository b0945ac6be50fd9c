import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { addPlayer, startStage, take, type Player, type Stage } from './stage.ts';
import { smallDay, tillFile } from './till-file.ts';

let stage: Stage;
let player: Player;
before(async () => {
  stage = await startStage({ hasWorker: false });
  const profile: unknown = JSON.parse(
    fixture('minbutik-export-wide-cp1252-profile.json').toString('utf8'),
  );
  player = await addPlayer(stage, { name: 'Vad som helst AB', profiles: [profile] });
});
after(() => stage.stop());

function fixture(name: string): Buffer {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'connectors', 'minbutik', 'fixtures');
  return readFileSync(join(folder, name));
}

const WHOLE = [
  'dagsrapport-1234-2026-05-02.csv',
  'dagsrapport-1234-2026-05-02.xml',
  'dagsrapport-1234-2026-05-02.si',
  'minbutik-export-wide-cp1252.csv',
]
  .map(fixture)
  .concat(
    Buffer.from(
      tillFile(
        ...Array.from({ length: 6 }, (_, i) =>
          smallDay({ day: `2026-10-0${i + 1}`, number: `${i}` }),
        ),
      ),
    ),
  );

/** What files are damaged with: bytes that mean something somewhere on the way. */
const SPANNERS = [
  ...['abc', '1 2', ''],
  ...['\u0000', '"', ';', '\n', '\r\n', '\ufeff', '&#xD800;', '&#0;', '<', ']]>', '{', '}', '#VER'],
  ...['😀', '-', '1e309', '999999999999999999999,99', 'Z-9999999999999999', 'x'.repeat(2_000)],
].map((text) => Buffer.from(text));
const BYTES = [0x00, 0x1a, 0x80, 0xff].map((byte) => Buffer.from([byte]));

/** How far into a file, from 0 to 1. Not `fc.double`, which is near 0 most of the time. */
const place = fc.integer({ min: 0, max: 999 }).map((n) => n / 1_000);

/** One act of damage. */
const damage = fc.record({
  at: place,
  removed: fc.nat({ max: 40 }),
  put: fc.oneof(fc.constantFrom(...SPANNERS, ...BYTES), fc.constant(Buffer.alloc(0))),
});

/** Another digit in the place of one: the file stays whole, and says something else. */
const misprint = fc.record({
  at: place,
  digit: fc.constantFrom(...'0123456789'),
});

const damaged = fc
  .record({
    whole: fc.constantFrom(...WHOLE),
    misprints: fc.array(misprint, { maxLength: 3 }),
    damages: fc.oneof(
      { weight: 1, arbitrary: fc.array(damage, { maxLength: 0 }) },
      { weight: 2, arbitrary: fc.array(damage, { maxLength: 3 }) },
    ),
    until: fc.integer({ min: 300, max: 3_000 }).map((n) => n / 1_000),
  })
  .map(({ whole, misprints, damages, until }) => {
    const printed = Buffer.from(whole);
    for (const { at, digit } of misprints) {
      const from = Math.floor(printed.length * at);
      const found = printed.findIndex((byte, i) => i >= from && byte >= 0x30 && byte <= 0x39);
      if (found >= 0) printed.write(digit, found, 'latin1');
    }
    const bytes = damages.reduce((before, { at, removed, put }) => {
      const from = Math.floor(before.length * at);
      return Buffer.concat([before.subarray(0, from), put, before.subarray(from + removed)]);
    }, printed);
    return bytes.subarray(0, Math.floor(bytes.length * Math.min(until, 1)));
  });

const anything = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

/** What stands in the database of one file. */
async function rowsOf(fileId: string) {
  const { db } = stage.hub.database;
  const file = await db
    .selectFrom('received_file')
    .select(['state', 'size'])
    .where('id', '=', fileId)
    .executeTakeFirstOrThrow();
  const documents = await db
    .selectFrom('document as doc')
    .leftJoin('delivery as d', 'd.document_id', 'doc.id')
    .select(['doc.id', 'd.id as delivery'])
    .where('doc.file_id', '=', fileId)
    .execute();
  const readings = await db
    .selectFrom('reading')
    .select('kind')
    .where('file_id', '=', fileId)
    .execute();
  return { file, documents, readings };
}

async function keptBytes(fileId: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stage.hub.intake.openFile(fileId)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** How often each end was seen: a test that only sees one proves little. */
const ends = { documents: 0, unreadable: 0, rejected: 0, seen: 0 };

/** Takes bytes in, and checks that the hub holds either all that it said of them or nothing. */
async function endsWell(content: Buffer): Promise<void> {
  const result = await take(player, { name: 'any', content });
  const { file, documents, readings } = await rowsOf(result.fileId);
  assert.ok((await keptBytes(result.fileId)).equals(content), 'the bytes are kept');
  assert.equal(Number(file.size), content.length);
  assert.ok(documents.every(({ delivery }) => delivery !== null));
  if (result.kind === 'rejected') {
    ends.rejected += 1;
    assert.ok(result.problems.length > 0);
    assert.deepEqual([file.state, documents, readings], ['rejected', [], []]);
    return;
  }
  const count = (kind: string): number => readings.filter((r) => r.kind === kind).length;
  assert.equal(file.state, 'read');
  if (result.kind === 'read') {
    const { seen, unreadable } = result;
    ends.documents += Math.min(documents.length, 1);
    ends.unreadable += Math.min(unreadable, 1);
    assert.equal(documents.length, result.documents);
    assert.deepEqual([count('seen'), count('unreadable')], [seen, unreadable]);
    assert.ok(documents.length + seen + unreadable > 0, 'a file that was read gave something');
  } else {
    ends.seen += 1;
    assert.deepEqual([documents.length, count('seen')], [0, result.seen]);
  }
}

describe('a file of any bytes', () => {
  it('is kept to the byte and read whole, in part as unreadable, or not at all', async () => {
    const property = fc.asyncProperty(anything, endsWell);
    await fc.assert(property, { seed: 20_261_101, numRuns: 100 });
  });

  it('is so when it was a good file before it was damaged', async () => {
    const property = fc.asyncProperty(damaged, endsWell);
    await fc.assert(property, { seed: 20_261_102, numRuns: 250 });
  });

  it('ended in every way that there is, some times each', () => {
    assert.ok(Math.min(...Object.values(ends)) >= 5, JSON.stringify(ends));
  });

  it('leaves nothing behind that waits to be read', async () => {
    const { db } = stage.hub.database;
    const left = await db
      .selectFrom('received_file')
      .select('id')
      .where('state', 'in', ['arriving', 'received'])
      .execute();
    assert.deepEqual(left, []);
  });
});
