import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Step } from '../../domain/plan.ts';
import type { FileContent } from '../../ports/target.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { contextOf, expectDone, postStep, routed } from '../../testing/target-contract/delivery.ts';
import { testVoucher } from '../../testing/target-contract/vouchers.ts';
import type { Remote } from '../../ports/target.ts';
import { withTripletex, type TripletexUnderTest } from './bench-for-test.ts';
import { asPdf } from './pdf.ts';
import { ask, basic } from './simulator/test-client.ts';

const CSV: FileContent = {
  mediaType: 'text/csv',
  bytes: Buffer.from('vare;beløp\nØl (0,5 l);42,00\n'),
};
const PNG: FileContent = {
  mediaType: 'image/png',
  bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 2]),
};

function attach(id: string, attachment?: number): Step {
  const which = attachment === undefined ? {} : { attachment };
  return { kind: 'attach-file', id, to: 'voucher-1', fileName: 'z-rapport', ...which };
}

/** Posts a voucher and attaches files to it, each looked for once its answer was lost. */
async function attachAll(bench: Bench, files: readonly FileContent[]): Promise<void> {
  const steps = [
    postStep(testVoucher(bench.ledger)),
    ...files.map((_, i) => attach(`file-${i}`, i)),
  ];
  const earlier = new Map<string, Remote>();
  for (const [at, write] of (await routed(bench, steps)).entries()) {
    const file = files[at - 1] ?? CSV;
    const context = { ...contextOf(`key-${at}`, earlier), file: async () => file };
    if (at === 0) {
      earlier.set(write.id, expectDone(await bench.target.write(write, context)));
      continue;
    }
    assert.deepEqual(await bench.target.find(write, context), [], 'nothing is there yet');
    bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: write.call });
    await assert.rejects(bench.target.write(write, context));
    const [found, ...others] = await bench.target.find(write, context);
    assert.deepEqual(others, []);
    assert.ok(found !== undefined, 'it is found');
    earlier.set(write.id, found.remote);
  }
}

async function documentOf({ simulator, company }: TripletexUnderTest): Promise<Uint8Array> {
  const [voucher] = company.ledger().vouchers;
  const url = `${simulator.apiUrl}/document/${voucher?.attachment}/content`;
  return (await ask(url, { headers: basic(company.session()) })).bytes;
}

describe('files of a voucher', () => {
  test('that Tripletex takes go as they are', async () => {
    await withTripletex({}, async (bench, under) => {
      await attachAll(bench, [PNG]);
      assert.deepEqual([...(await documentOf(under))], [...PNG.bytes]);
    });
  });

  test('that follow one another are each found when their answers are lost', async () => {
    await withTripletex({}, async (bench, under) => {
      await attachAll(bench, [PNG, CSV, PNG]);
      const whole = Buffer.concat([PNG.bytes, asPdf(CSV, 'z-rapport'), PNG.bytes]);
      assert.deepEqual(Buffer.from(await documentOf(under)), whole);
    });
  });
});

/** The bytes of each object by number, as the table at the end says where they begin. */
function objectsOf(pdf: string): ReadonlyMap<number, string> {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
  assert.ok(pdf.slice(start).startsWith('xref\n'), 'the table is where it is said to be');
  const entries = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)];
  return new Map(
    entries.map(([, offset = ''], index) => {
      const rest = pdf.slice(Number(offset));
      assert.ok(rest.startsWith(`${index + 1} 0 obj\n`), `object ${index + 1}`);
      return [index + 1, rest.slice(0, rest.indexOf('\nendobj\n'))];
    }),
  );
}

describe('asPdf', () => {
  test('shows the text and holds the bytes, with a table that tells where everything is', () => {
    const pdf = Buffer.from(asPdf(CSV, 'z-rapport')).toString('latin1');
    const objects = objectsOf(pdf);
    assert.equal(objects.size, 7);
    const bytes = Buffer.from(CSV.bytes).toString('latin1');
    assert.ok(
      objects.get(5)?.includes(`/Length ${CSV.bytes.length} >>\nstream\n${bytes}\nendstream`),
    );
    assert.match(objects.get(7) ?? '', /\(vare;bel\u00f8p\) '\n\(\u00d8l \\\(0,5 l\\\);42,00\) '/);
  });

  test('is the same each time, and says of a long file that it goes on', () => {
    const bytes = Buffer.from('en linje\n'.repeat(5_000));
    const [one, two] = [0, 0].map(() => Buffer.from(asPdf({ mediaType: 'text/csv', bytes }, 'x')));
    assert.ok(one !== undefined && two !== undefined && one.equals(two));
    assert.match(one.toString('latin1'), /\(\.\.\.\) '\nET/);
    assert.equal(objectsOf(one.toString('latin1')).size, 5 + 2 * 40);
  });

  test('names a file that is no text, and holds it', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    const pdf = Buffer.from(asPdf({ mediaType: 'application/zip', bytes }, 'x')).toString('latin1');
    assert.match(pdf, /\(application\/zip, 300 bytes: the file is embedded in this document\.\)/);
    assert.ok(pdf.includes(Buffer.from(bytes).toString('latin1')));
  });
});
