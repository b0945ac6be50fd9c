/** How much of everything is measured. */
export type Plan = {
  readonly isQuick: boolean;
  readonly repetitions: number;
  /** Documents of one repetition, spread over the companies: multiples of four times those. */
  readonly documents: Readonly<
    Record<'many' | 'one', { readonly apart: number; readonly together: number }>
  >;
  readonly steadySeconds: number;
  readonly acknowledgeSeconds: number;
  readonly coldStarts: number;
  readonly idleSeconds: number;
  readonly importBytes: number;
  /** Of each repetition, after the window that the first burst falls into. */
  readonly shareSeconds: number;
  /** Orders of the sample: each costs some calls, of which the limit allows 300 a minute. */
  readonly orders: number;
  /** Articles whose stock is compared. */
  readonly articles: number;
  /** Articles that all are written, one by one: each costs a call or more of the five a second. */
  readonly changedArticles: number;
  /** Of the company whose pages are opened, and how often each is. */
  readonly pageDocuments: number;
  readonly pageViews: number;
};

/** The whole run: half an hour on two cores that have other work too. */
export const WHOLE: Plan = {
  isQuick: false,
  repetitions: 3,
  documents: { many: { apart: 1_000, together: 3_000 }, one: { apart: 400, together: 1_000 } },
  steadySeconds: 10,
  acknowledgeSeconds: 20,
  coldStarts: 5,
  idleSeconds: 20,
  importBytes: 100_000_000,
  shareSeconds: 60,
  orders: 300,
  articles: 20_000,
  changedArticles: 500,
  pageDocuments: 100_000,
  pageViews: 7,
};

/** Everything once, to see that it runs: not to be quoted. */
export const QUICK: Plan = {
  isQuick: true,
  repetitions: 1,
  documents: { many: { apart: 200, together: 400 }, one: { apart: 40, together: 80 } },
  steadySeconds: 5,
  acknowledgeSeconds: 2,
  coldStarts: 1,
  idleSeconds: 1,
  importBytes: 5_000_000,
  shareSeconds: 5,
  orders: 30,
  articles: 1_200,
  changedArticles: 40,
  pageDocuments: 2_000,
  pageViews: 1,
};
