/** How much of everything is measured. */
export type Plan = {
  readonly isQuick: boolean;
  readonly repetitions: number;
  /** Documents of one repetition, spread over the companies. */
  readonly documents: { readonly many: number; readonly one: number };
  readonly streamSeconds: number;
  readonly acknowledgeSeconds: number;
  readonly coldStarts: number;
  readonly idleSeconds: number;
  readonly importBytes: number;
  /** Of each repetition, after the window that the first burst falls into. */
  readonly shareSeconds: number;
};

/** The whole run: about twelve minutes. */
export const WHOLE: Plan = {
  isQuick: false,
  repetitions: 3,
  documents: { many: 3_000, one: 1_000 },
  streamSeconds: 10,
  acknowledgeSeconds: 20,
  coldStarts: 5,
  idleSeconds: 20,
  importBytes: 100_000_000,
  shareSeconds: 60,
};

/** Everything once over, to see that it runs: under two minutes, and not to be quoted. */
export const QUICK: Plan = {
  isQuick: true,
  repetitions: 3,
  documents: { many: 500, one: 200 },
  streamSeconds: 2,
  acknowledgeSeconds: 3,
  coldStarts: 3,
  idleSeconds: 2,
  importBytes: 10_000_000,
  shareSeconds: 10,
};
