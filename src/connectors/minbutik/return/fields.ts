/** The columns of the standard file, in its order. */
export const BALANCE_FIELDS = [
  'store_no',
  'as_of',
  'customer_no',
  'customer_name',
  'balance',
  'overdue',
  'credit_limit',
  'blocked',
] as const;

/** A column of the file with the customers' balances. */
export type BalanceField = (typeof BALANCE_FIELDS)[number];
