/** What must be stopped or removed at the end, however the end comes: the latest first. */
export class Cleanup {
  readonly #acts = new Set<() => Promise<void>>();
  #running: Promise<void> | null = null;

  /**
   * To be called before what the act undoes is begun, so that nothing begins after the end.
   *
   * @returns does it now; what has been done is not done again
   * @throws Error when the end has come
   */
  add(act: () => Promise<void>): () => Promise<void> {
    if (this.#running !== null) throw new Error('stopped');
    const once = async (): Promise<void> => {
      if (this.#acts.delete(once)) await act();
    };
    this.#acts.add(once);
    return once;
  }

  get hasBegun(): boolean {
    return this.#running !== null;
  }

  /** Does everything that is left, once. What fails is told, and does not keep the rest. */
  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  async #runAll(): Promise<void> {
    for (const act of [...this.#acts].reverse()) {
      await act().catch((error: unknown) => {
        process.stderr.write(`not cleaned up: ${String(error)}\n`);
      });
    }
  }
}
