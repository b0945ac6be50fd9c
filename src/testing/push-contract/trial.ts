import type { AnyConnector } from '../../ports/connector.ts';

/** What the suite for systems that push needs of a connector. Written in its `contract.ts`. */
export type PushTrial = {
  /** Settings as a person would write them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A thing as the system pushes it, under the names that are given. */
  readonly thing: (named: {
    readonly externalId: string;
    readonly key: string;
  }) => Readonly<Record<string, unknown>>;
  /** A field that may say something else, and what: another thing is then meant. */
  readonly change: Readonly<Record<string, unknown>>;
  /** A field and a value by which it cannot be read. */
  readonly damage: Readonly<Record<string, unknown>>;
  /** Accounts that the thing names and a ledger may lack. None where it names none. */
  readonly accounts: readonly string[];
  /** Keys as the system itself gives them, the longest that there may be among them. */
  readonly keys: readonly string[];
};

/** A trial with the connector it is of. */
export type PushUnderTest = { readonly connector: AnyConnector; readonly trial: PushTrial };
