/** What a customer owes. Minor units; negative: the customer has money to their credit. */
export type CustomerBalance = {
  readonly number: string;
  readonly name: string;
  readonly balance: bigint;
  /** The part of it that should have been paid. */
  readonly overdue: bigint;
  /** What the customer may owe; null when nobody has said. */
  readonly creditLimit: bigint | null;
};

/** What every customer owes at one moment, those who owe nothing included. */
export type BalanceSnapshot = {
  /** With its offset from UTC: `2026-05-03T04:00:00+02:00`. */
  readonly asOf: string;
  readonly stores: readonly string[];
  readonly customers: readonly CustomerBalance[];
};

/** Writes what customers owe as the selling system reads it. */
export type BalanceWriter = (snapshot: BalanceSnapshot) => {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};
