import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemsOf, standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, readAll, rulesBroken } from '../read-for-test.ts';
import { zipOf, zipParts, type Packed } from './zip-for-test.ts';

const SERVICE = fixture('chain-service-invoice-9100077.xml');
const CREDIT = fixture('chain-goods-creditnote-7004513002.xml');

const GOOD: Packed = { name: 'good.xml', content: CREDIT };

function invoice(number: string, more: Partial<Packed> = {}): Packed {
  return { name: `${number}.xml`, content: SERVICE.replaceAll('9100077', number), ...more };
}

async function numbersIn(bytes: Uint8Array): Promise<readonly string[]> {
  return standing(await readAll(bytes)).flatMap(({ document }) =>
    document.kind === 'supplier-invoice' ? [document.number] : [],
  );
}

describe('a zip', () => {
  it('gives the documents of all its entries, however they are packed', async () => {
    const entries = [
      invoice('1'),
      invoice('2', { method: 0 }),
      invoice('3', { flags: 8 }),
      invoice('4', { name: 'mapp/å.xml', flags: 0x08_00 }),
    ];
    assert.deepEqual(await numbersIn(zipOf(entries)), ['1', '2', '3', '4']);
    assert.deepEqual(await numbersIn(zipOf(entries, 'a comment')), ['1', '2', '3', '4']);
  });

  it('leaves folders and what macOS adds alone', async () => {
    const besides = ['mapp/', '__MACOSX/._good.xml', 'mapp/.DS_Store'];
    const entries = [...besides.map((name): Packed => ({ name, content: '' })), GOOD];
    const readings = await readAll(zipOf(entries));
    assert.deepEqual(
      readings.map(({ kind }) => kind),
      ['guess', 'document'],
    );
  });

  const broken: Readonly<Record<string, readonly [entry: Packed, code: string]>> = {
    'with another checksum': [invoice('1', { crc: 7 }), 'checksum-differs'],
    'shorter than it says': [invoice('1', { bytes: 9_000 }), 'checksum-differs'],
    'longer than it says': [invoice('1', { bytes: 100 }), 'checksum-differs'],
    'that is encrypted': [invoice('1', { flags: 1 }), 'unknown-value'],
    'packed in a way that is not read': [invoice('1', { method: 9 }), 'unknown-value'],
    'that is a bomb': [{ name: 'b', content: Buffer.alloc(3_000_000) }, 'over-limit'],
    'that is cut off': [{ name: 'b', content: SERVICE.slice(0, 900) }, 'file-truncated'],
    'that is a PDF': [{ name: 'b', content: '%PDF-1.7' }, 'format-unknown'],
    'that breaks a rule': [
      { name: 'b', content: SERVICE.replace(/<cac:InvoiceLine>.*<\/cac:InvoiceLine>/s, '') },
      'BR-16',
    ],
  };
  for (const [what, [entry, code]] of Object.entries(broken)) {
    it(`tells of an entry ${what}, and gives the others`, async () => {
      const readings = await readAll(zipOf([entry, GOOD]));
      assert.deepEqual(await numbersIn(zipOf([entry, GOOD])), ['7004513002']);
      assert.equal(rulesBroken(readings)[0], code);
      assert.equal(problemsOf(readings)[0]?.facts['entry'], entry.name);
    });
  }

  it('gives a document once that stands in it twice', async () => {
    assert.deepEqual(await numbersIn(zipOf([GOOD, { ...GOOD, name: 'again.xml' }])), [
      '7004513002',
    ]);
  });

  it('gives neither of two documents with one number', async () => {
    const other = { name: 'other.xml', content: CREDIT.replace('>01234<', '>01235<') };
    const readings = await readAll(zipOf([GOOD, other, invoice('1')]));
    assert.deepEqual(await numbersIn(zipOf([GOOD, other, invoice('1')])), ['1']);
    assert.deepEqual(rulesBroken(readings), ['identity-differs']);
  });

  it('without any UBL is rejected', async () => {
    const readings = await readAll(zipOf([{ name: 'a.pdf', content: '%PDF' }]));
    assert.deepEqual(
      readings.map(({ kind }) => kind),
      ['rejected'],
    );
    assert.deepEqual(rulesBroken(readings), ['format-unknown', 'format-unknown']);
    assert.deepEqual(rulesBroken(await readAll(zipOf([]))), ['file-empty']);
  });

  it('that was cut off or lengthened is rejected', async () => {
    const whole = zipOf([invoice('1'), GOOD]);
    const some = Buffer.from('xx');
    for (const bytes of [
      whole.subarray(0, -1),
      whole.subarray(1),
      Buffer.concat([whole, some]),
      Buffer.concat([whole.subarray(0, 500), some, whole.subarray(500)]),
    ]) {
      assert.deepEqual((await readAll(bytes)).at(-1)?.kind, 'rejected');
    }
  });

  it('whose directory says otherwise than its entries is rejected', async () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = zipParts([invoice('1'), GOOD]);
    const renamed = Buffer.from(
      second.toString('latin1').replace(/1\.xml(?=.*$)/s, '2.xml'),
      'latin1',
    );
    assert.notDeepEqual(renamed, second);
    const readings = await readAll(Buffer.concat([first, renamed]));
    assert.deepEqual(readings.at(-1)?.kind, 'rejected');
    assert.deepEqual(rulesBroken(readings), ['unknown-value']);
  });
});
