import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** Something that is done again and again. */
export type KeptUp = {
  /** Ends it, after what is being done. */
  stop(): Promise<void>;
};

/**
 * Does something now, and again so long after each time. What fails is logged and done again.
 *
 * @param failed - what the log says when it fails
 */
export function keepDoing(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  of: { readonly everyMs: number; readonly failed: string },
  act: () => Promise<void>,
): KeptUp {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      try {
        await act();
      } catch (error) {
        log.warn({ error: String(error) }, of.failed);
      }
      await clock.sleep(of.everyMs, stop.signal);
    }
  })();
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
