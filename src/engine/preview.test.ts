import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Document } from '../domain/document/document.ts';
import { contentHash } from '../domain/document/content-hash.ts';
import { day } from '../domain/date.ts';
import type { FileSource, IncomingFile, Reading } from '../ports/source.ts';
import { choices, dayReport, sale, tender } from '../testing/day-reports.ts';
import { goodsInvoice } from '../testing/invoices.ts';
import { order } from '../testing/sales.ts';
import { scriptedTarget } from '../testing/scripted-target.ts';
import { KNOWS_NOTHING, previewFiles, type PreviewItem, type PreviewTools } from './preview.ts';

/** A source whose files hold these readings. */
function sourceOf(files: Readonly<Record<string, readonly Reading[]>>): FileSource {
  return {
    read: async function* ({ name }) {
      yield* files[name] ?? [];
    },
  };
}

function incoming(name: string): IncomingFile {
  return { name, open: async function* () {} };
}

function given(document: Document): Reading {
  return { kind: 'document', document, doubts: [], extract: Buffer.of(), mediaType: 'text/csv' };
}

async function previews(
  files: Readonly<Record<string, readonly Reading[]>>,
  change: Partial<PreviewTools> = {},
): Promise<readonly PreviewItem[]> {
  const tools = {
    ...KNOWS_NOTHING,
    source: sourceOf(files),
    target: null,
    choices: choices({ attachFile: true }),
    today: day('2026-06-12'),
    ...change,
  };
  const items: PreviewItem[] = [];
  for await (const item of previewFiles(Object.keys(files).map(incoming), tools)) items.push(item);
  return items;
}

/** `outcome code…` of each document, the kind of anything else. */
function saidOf(items: readonly PreviewItem[]): string[] {
  return items.map((item) => {
    if (item.kind !== 'document') return item.kind;
    const codes = item.outcome === 'held' ? item.refusals.map((refusal) => refusal.code) : [];
    return [item.outcome, ...codes].join(' ');
  });
}

const REVISED = dayReport({ lines: [sale('1 250', '250', 2500), tender('card', '1 250')] });
const PROBLEM = { code: 'file-truncated', line: 9, column: null, facts: {} } as const;

describe('previewFiles', () => {
  test('shows the vouchers and the very calls that would be made', async () => {
    const target = scriptedTarget();
    const [item] = await previews({ 'a.csv': [given(dayReport())] }, { target });
    assert.ok(item?.kind === 'document' && item.outcome === 'plan');
    assert.deepEqual(
      item.writes.map((write) => write.call),
      ['POST post-voucher', 'POST attach-file'],
    );
    assert.deepEqual(
      item.vouchers[0]?.rows.map((row) => [row.account, row.amount.minor]),
      [
        ['3001', -80_000n],
        ['2611', -20_000n],
        ['1580', 60_000n],
        ['1910', 40_000n],
      ],
    );
    assert.deepEqual(target.calls, []);
  });

  test('shows nothing of a file that cannot be trusted to its end', async () => {
    const items = await previews({
      'a.csv': [given(dayReport()), { kind: 'rejected', problems: [PROBLEM] }],
    });
    assert.deepEqual(saidOf(items), ['rejected']);
  });

  test('shows a document that the same file also gives otherwise as unreadable only', async () => {
    const id = 'minbutik/1234/2026-05-04:ALL:Z-000412';
    const items = await previews({
      'a.csv': [given(dayReport()), { kind: 'unreadable', id, problems: [PROBLEM] }],
    });
    assert.deepEqual(saidOf(items), ['unreadable']);
  });

  test('shows what was imported before as seen', async () => {
    const hashes = [contentHash(dayReport(), [])];
    const known: PreviewTools['known'] = async () => ({ hashes, booked: null });
    assert.deepEqual(saidOf(await previews({ 'a.csv': [given(dayReport())] }, { known })), [
      'seen',
    ]);
  });

  test('shows the second of two equal files of one run as seen', async () => {
    const report = given(dayReport());
    const items = await previews({ 'a.csv': [report], 'b.csv': [report] });
    assert.deepEqual(saidOf(items), ['plan', 'seen']);
  });

  test('asks when a report comes twice in one run with other figures', async () => {
    const items = await previews({ 'a.csv': [given(dayReport())], 'b.csv': [given(REVISED)] });
    assert.deepEqual(saidOf(items), ['plan', 'held report-revised']);
  });

  test('shows a correction of what is booked, where the company has chosen that', async () => {
    const first = await previews({ 'a.csv': [given(dayReport())] });
    assert.ok(first[0]?.kind === 'document' && first[0].outcome === 'plan');
    const { vouchers } = first[0];
    const items = await previews(
      { 'b.csv': [given(REVISED)] },
      {
        known: async () => ({ hashes: [], booked: { label: 'K 17', vouchers, results: {} } }),
        choices: choices({ revisions: 'correct' }),
      },
    );
    assert.ok(items[0]?.kind === 'document' && items[0].outcome === 'plan');
    assert.equal(items[0].vouchers.length, 2);
  });

  test("asks which counts when a store's day comes whole and by till", async () => {
    const ref = { system: 'minbutik', account: '1234', id: '2026-05-04:1:Z-1' };
    const items = await previews({
      'a.csv': [given(dayReport()), given(dayReport({ ref, register: '1' }))],
    });
    assert.deepEqual(saidOf(items), ['held report-overlaps', 'held report-overlaps']);
  });

  test('asks about an invoice that comes by another way too', async () => {
    const ref = { system: 'minbutik', account: '1234', id: 'invoice:7004512881' };
    const files = { 'a.xml': [given(goodsInvoice())], 'b.csv': [given(goodsInvoice({ ref }))] };
    const coded = { choices: choices({ accounts: { 'purchases/5599990032': '4000' } }) };
    assert.deepEqual(saidOf(await previews(files, coded)), ['plan', 'held invoice-twice']);
    const knownTwin = async () => 'peppol/5599990016/5599990032:7004512881';
    const later = { 'b.csv': [given(goodsInvoice({ ref }))] };
    const again = await previews(later, { ...coded, knownTwin });
    assert.deepEqual(saidOf(again), ['held invoice-twice']);
  });

  test('lists the files that came inside and go with it', async () => {
    const bytes = Buffer.from('%PDF');
    const attachments = [
      { kind: 'file', name: 'a.pdf', mediaType: 'application/pdf', bytes },
      { kind: 'left-out', name: 'http://x', why: 'external' },
    ] as const;
    const files = { 'a.xml': [{ ...given(goodsInvoice()), attachments } as Reading] };
    const accounts = { 'purchases/5599990032': '4000' };
    const [item] = await previews(files, { choices: choices({ accounts, attachFile: true }) });
    assert.ok(item?.kind === 'document' && item.outcome === 'plan');
    const [file, ...others] = item.files;
    assert.deepEqual(others, []);
    assert.deepEqual([file?.number, file?.name], [1, 'a.pdf']);
    assert.deepEqual(item.notices, [
      { code: 'attachment-left-out', name: 'http://x', why: 'external' },
    ]);
    const [bare] = await previews(files, { choices: choices({ accounts }) });
    assert.deepEqual(bare?.kind === 'document' && bare.outcome === 'plan' && bare.files, []);
  });

  test('holds what the target cannot take', async () => {
    const refusals = [{ code: 'target-cannot', system: 'Boken', what: 'x' }] as const;
    const target = { ...scriptedTarget(), route: () => ({ kind: 'cannot', refusals }) as const };
    const items = await previews({ 'a.csv': [given(dayReport())] }, { target });
    assert.deepEqual(saidOf(items), ['held target-cannot']);
  });

  test('shows the voucher that the orders of a day would share', async () => {
    const second = order({ ref: { ...order({}).ref, id: '1002' }, number: '1002' });
    const waits = order({ ref: { ...order({}).ref, id: '1003' }, state: 'open' });
    const items = await previews(
      { 'a.json': [given(order({})), given(second), given(waits)] },
      { choices: choices({ perVoucher: 'day' }) },
    );
    assert.deepEqual(
      items.map((item) => item.kind === 'document' && item.outcome),
      ['gathers', 'gathers', 'pending', 'plan'],
    );
    const last = items.at(-1);
    assert.ok(last?.kind === 'document' && last.outcome === 'plan');
    assert.deepEqual(
      last.vouchers[0]?.rows.map((row) => [row.account, row.amount.minor]),
      [
        ['1580', 20_000n],
        ['3001', -16_000n],
        ['2611', -4_000n],
      ],
    );
  });
});
