/** What must be stopped or removed at the end, however the end comes: the latest first. */
export class Cleanup {
  readonly #acts = new Set<() => Promise<void>>();

  /** @returns does it now; what has been done is not done again */
  add(act: () => Promise<void>): () => Promise<void> {
    const once = async (): Promise<void> => {
      if (this.#acts.delete(once)) await act();
    };
    this.#acts.add(once);
    return once;
  }

  /** Does everything that is left. What fails is told, and does not keep the rest. */
  async run(): Promise<void> {
    for (const act of [...this.#acts].reverse()) {
      await act().catch((error: unknown) => {
        process.stderr.write(`not cleaned up: ${String(error)}\n`);
      });
    }
  }
}
