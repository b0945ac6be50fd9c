/** A limit of the outside system, under the key it is counted by. */
export type CallLimit = {
  readonly key: string;
  readonly requests: number;
  readonly perMs: number;
};

/** Calls made since they were last counted. */
export type CallCount = { readonly calls: number; readonly rateLimited: number };
