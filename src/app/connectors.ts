import type { AnyConnector } from '../ports/connector.ts';

/** One line for each connector: `npm run new-connector` adds it. */
const ALL = [
  import('../connectors/camt053/connector.ts'),
  import('../connectors/fortnox/connector.ts'),
  import('../connectors/minbutik/connector.ts'),
  import('../connectors/payouts/connector.ts'),
  import('../connectors/peppol/connector.ts'),
  import('../connectors/quickbutik/connector.ts'),
  import('../connectors/summa/connector.ts'),
  import('../connectors/tripletex/connector.ts'),
  import('../connectors/winner/connector.ts'),
  import('../connectors/woocommerce/connector.ts'),
];

/** Every outside system the hub knows, by id. */
export const CONNECTORS: ReadonlyMap<string, AnyConnector> = new Map(
  (await Promise.all(ALL)).map(({ connector }) => {
    return [connector.id, connector as unknown as AnyConnector];
  }),
);
