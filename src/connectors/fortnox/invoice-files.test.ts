import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Step } from '../../domain/plan.ts';
import { contextOf, expectFound, FILE } from '../../testing/target-contract/delivery.ts';
import { withPlan } from './invoice-bench-for-test.ts';
import { ATTACH_STEP, SUPPLIER_INVOICE_STEP } from './invoice-plan-for-test.ts';

const SHEET: Step = {
  ...{ kind: 'attach-file', id: 'file-2', to: 'invoice-1' },
  ...{ fileName: 'tidrapport', attachment: 1 },
};
const PLAN: readonly Step[] = [SUPPLIER_INVOICE_STEP, ATTACH_STEP, SHEET];
const [UPLOAD, SHEET_UPLOAD, SHEET_TIE] = [2, 4, 5] as const;

describe('files that came in an invoice', () => {
  test('are tied to it beside the received one, before it is booked', () =>
    withPlan(PLAN, async (_bench, delivery) => {
      assert.deepEqual(
        delivery.writes.map(({ id }) => id),
        [
          ...['invoice-1.who', 'invoice-1.in', 'file-1.up', 'file-1.tie'],
          ...['file-2.up', 'file-2.tie', 'invoice-1'],
        ],
      );
      await delivery.make(0);
      const files = ['file-1.tie', 'file-2.tie'].map((id) => delivery.results.get(id)?.id);
      assert.equal(new Set(files).size, 2);
    }));

  test('are asked for by their number, and named as the sender does with our key', () =>
    withPlan(PLAN, async (bench, delivery) => {
      await delivery.make(0, SHEET_UPLOAD);
      const write = delivery.writes[SHEET_UPLOAD];
      assert.ok(write);
      const asked: (number | undefined)[] = [];
      const sent: string[] = [];
      bench.between = (request, http) => {
        sent.push(Buffer.from(request.body ?? '').toString());
        return http.send(request);
      };
      const context = contextOf('doc-1-file-2-up', delivery.results);
      const file = async (attachment?: number) => {
        asked.push(attachment);
        return { ...FILE, mediaType: 'application/pdf' };
      };
      await bench.target.write(write, { ...context, file });
      assert.deepEqual(asked, [1]);
      assert.ok(sent.some((body) => body.includes('filename="tidrapport_doc-1-file-2-up.pdf"')));
    }));

  test('are told from each other when they are looked for', () =>
    withPlan(PLAN, async (_bench, delivery) => {
      await delivery.make(0, SHEET_TIE);
      const sheet = delivery.results.get('file-2.up');
      const received = delivery.results.get('file-1.up');
      assert.notEqual(sheet?.id, received?.id);
      assert.deepEqual(expectFound(await delivery.find(SHEET_UPLOAD)), sheet);
      await delivery.make(SHEET_TIE);
      assert.deepEqual(expectFound(await delivery.find(SHEET_UPLOAD)), sheet);
      assert.deepEqual(expectFound(await delivery.find(UPLOAD)), received);
      assert.deepEqual(
        expectFound(await delivery.find(SHEET_TIE)),
        delivery.results.get('file-2.tie'),
      );
    }));

  test('are not taken for one that was never sent', () =>
    withPlan(PLAN, async (_bench, delivery) => {
      await delivery.make(0, SHEET_UPLOAD);
      assert.deepEqual(await delivery.find(SHEET_UPLOAD), []);
    }));
});
