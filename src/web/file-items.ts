import type { Language } from '../domain/posting/words.ts';
import type { HealthItem } from '../ports/health.ts';
import type { listWaitingFiles } from '../store/waiting-files.ts';
import { hubItem } from '../text/hub-health.ts';
import type { Surface } from '../text/surface.ts';

type Waiting = Awaited<ReturnType<typeof listWaitingFiles>>;

/** Files of a connection that nothing came of, or not all, in words. */
export function waitingFileItems(
  waiting: Waiting,
  language: Language,
  surface?: Surface,
): readonly HealthItem[] {
  return waiting.map(({ name: file, state, unreadable }) => {
    const facts = { file, count: String(unreadable) };
    return state === 'rejected'
      ? hubItem({ code: 'file-refused', state: 'problem', facts }, language, surface)
      : hubItem({ code: 'file-unreadable', state: 'warning', facts }, language, surface);
  });
}
