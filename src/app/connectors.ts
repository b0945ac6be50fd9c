import { connector as fortnox } from '../connectors/fortnox/connector.ts';
import { connector as minbutik } from '../connectors/minbutik/connector.ts';
import type { AnyConnector } from '../ports/connector.ts';

/** Every outside system the hub knows, by id. */
export const CONNECTORS: ReadonlyMap<string, AnyConnector> = new Map(
  [fortnox, minbutik].map((connector) => [connector.id, connector as unknown as AnyConnector]),
);
