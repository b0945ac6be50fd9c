/** A limit of the outside system, under the key it is counted by. */
export type CallLimit = {
  readonly key: string;
  readonly requests: number;
  readonly perMs: number;
};

/** Calls made since they were last counted. */
export type CallCount = { readonly calls: number; readonly rateLimited: number };

/** A call that may start `waitMs` after it is reserved: `at`, by the store's clock. */
export type Turn = { readonly at: number; readonly waitMs: number };
