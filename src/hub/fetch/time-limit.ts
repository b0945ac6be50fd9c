import { PickupError } from '../../ports/pickup.ts';

/** Waits for something so long at most. @throws PickupError when it takes longer */
export async function within<T>(ms: number, host: string, doing: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new PickupError({ code: 'no-answer', facts: { host } })), ms);
  });
  try {
    return await Promise.race([doing, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Aborts its signal when nothing has moved for so long. */
export function watchStall(ms: number): {
  readonly signal: AbortSignal;
  readonly moved: () => void;
  readonly end: () => void;
} {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error('nothing came any more')), ms);
  return {
    signal: stalled.signal,
    moved: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}
