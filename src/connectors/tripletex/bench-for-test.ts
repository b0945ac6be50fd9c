import type { Bench } from '../../testing/target-contract/bench.ts';
import { withBench } from '../../testing/target-contract/bench.ts';
import type { AnyConnector } from '../../ports/connector.ts';
import { connector } from './connector.ts';
import { startTrial, target, type TrialAt } from './contract.ts';
import type { CompanyHandle } from './simulator/server/company-handle.ts';
import type { TripletexSimulator } from './simulator/simulator.ts';

/** The connector on its simulator as in the shared suite, with both to hand. */
export async function withTripletex(
  at: TrialAt,
  body: (bench: Bench, of: TripletexUnderTest) => Promise<void>,
): Promise<void> {
  let under: TripletexUnderTest | null = null;
  const start = async () => {
    const started = await startTrial(at);
    under = started;
    return started.run;
  };
  const trial = { ...target, start };
  await withBench(
    { connector: connector as unknown as AnyConnector, trial },
    'lasting',
    async (bench) => {
      if (under !== null) await body(bench, under);
    },
  );
}

export type TripletexUnderTest = {
  readonly simulator: TripletexSimulator;
  readonly company: CompanyHandle;
};
