import assert from 'node:assert/strict';
import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import { bothYears, Delivery, expectFound, FILE, routed, stepsFor } from './delivery.ts';
import { testVoucher } from './vouchers.ts';

/** A file belongs to its own voucher, once, as it was received. */
export function checkAttachments(check: Check): void {
  check('attaches the file, byte for byte, to its own voucher', async (bench) => {
    for (const key of ['doc-1', 'doc-10']) await (await delivery(bench, key)).make(0);
    const { attached, loose } = await bench.run.files();
    const labels = bench.run.booked().map((voucher) => voucher.label);
    assert.deepEqual(attached.map((file) => file.label).sort(), labels.sort());
    for (const file of attached) assert.equal(file.text, Buffer.from(FILE.bytes).toString());
    assert.equal(loose, 0);
  });

  check('finds a file that stands at its voucher already', async (bench) => {
    const first = await delivery(bench, 'doc-1');
    await first.make(0);
    // As after a restore from a backup: only the keys in the ledger are known.
    const again = await delivery(bench, 'doc-1');
    for (const at of again.writes.keys()) again.keep(at, expectFound(await again.find(at)));
    assert.deepEqual(again.results, first.results);
    assert.equal((await bench.run.files()).attached.length, 1);
  });

  check('attaches to a voucher of the year before', async (bench) => {
    const { lastYear } = bench.ledger;
    await (await delivery(bench, 'doc-1')).make(0);
    const second = await delivery(bench, 'doc-2', lastYear);
    const last = second.writes.length - 1;
    await second.make(0, last);
    assert.deepEqual(await second.find(last), []);
    await second.make(last);
    expectFound(await second.find(last));
    const { attached } = await bench.run.files();
    const years = attached.map((file) => file.year).sort();
    assert.deepEqual(years, [lastYear.slice(0, 4), bench.ledger.day.slice(0, 4)]);
  });
}

async function delivery(bench: Bench, key: string, date = bench.ledger.day): Promise<Delivery> {
  const books = await bench.target.readBooks(bothYears(bench));
  const writes = await routed(bench, stepsFor(bench, testVoucher(bench.ledger, { date })), books);
  return new Delivery({ bench, writes, key });
}
