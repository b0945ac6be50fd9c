import type { Step } from '../../domain/plan.ts';
import { present } from '../../lib/assert.ts';
import type { WriteOutcome } from '../../ports/target.ts';
import type { Bench } from '../../testing/target-contract/bench.ts';
import { Delivery, routed } from '../../testing/target-contract/delivery.ts';
import { withFortnox } from './bench-for-test.ts';

/** A company with the cost centre and the project of the plans. */
export function withPlan(
  steps: readonly Step[],
  body: (bench: Bench, delivery: Delivery) => Promise<void>,
): Promise<void> {
  return withFortnox(async (bench) => {
    await bench.run.arrange({ kind: 'cost-centres', codes: ['21'] });
    await bench.run.arrange({ kind: 'projects', codes: ['P7'] });
    const writes = await routed(bench, steps);
    await body(bench, new Delivery({ bench, writes, key: 'doc-1' }));
  });
}

/** Makes one write and tells what became of it. */
export function makeOne(bench: Bench, delivery: Delivery, at: number): Promise<WriteOutcome> {
  const one = present(delivery.writes[at], `write ${at}`);
  return bench.target.write(one, delivery.contextFor(one));
}
