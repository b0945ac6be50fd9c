import type { AnyConnector } from '../../ports/connector.ts';
import { withBench, type Bench } from '../../testing/target-contract/bench.ts';
import type { LoginKind } from '../../testing/target-contract/trial.ts';
import { connector } from './connector.ts';
import { target as trial } from './contract.ts';

/** Runs a test on a simulated Fortnox of its own, as the shared suite does. */
export function withFortnox(
  body: (bench: Bench) => Promise<void>,
  login: LoginKind = 'lasting',
): Promise<void> {
  return withBench({ connector: connector as unknown as AnyConnector, trial }, login, body);
}
