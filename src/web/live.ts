import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Hub } from '../hub/hub.ts';
import { keepDoing, type KeptUp } from '../hub/keep-doing.ts';
import { listenToChanges, watchCompanies, type Change, type Listener } from '../store/changes.ts';

/** Tells open pages what has changed. */
export type Live = {
  /** A stream of changes in these companies. */
  stream(c: Context, companyIds: readonly string[]): Response;
  stop(): Promise<void>;
};

/** Changes are gathered for so long: a month that is booked is a few words, not thousands. */
const GATHER_MS = 400;
const WATCH_EVERY_MS = 20_000;
const WATCH_SECONDS = 60;
/** A line now and then, so that nothing between takes the silence for the end. */
const BEAT_MS = 20_000;
/** Pages of one hub that are told; more ask by themselves. */
const PAGES_MAX = 500;

type Page = {
  readonly companyIds: ReadonlySet<string>;
  readonly changed: Map<string, Set<string>>;
  wake: () => void;
  isOver: boolean;
};

/** Begins to hear changes when the first page is opened. */
export function openLive(hub: Hub): Live {
  const pages = new Set<Page>();
  let listener: Listener | null = null;
  let watching: KeptUp | null = null;
  const heard = (change: Change | null): void => {
    for (const page of pages) {
      if (change === null) for (const id of page.companyIds) note(page, id, 'all');
      else if (page.companyIds.has(change.companyId)) note(page, change.companyId, change.what);
    }
  };
  const watch = async (): Promise<void> => {
    const ids = new Set([...pages].flatMap(({ companyIds }) => [...companyIds]));
    await watchCompanies(hub.database.db, [...ids], WATCH_SECONDS);
  };
  return {
    stream: (c, companyIds) => {
      if (pages.size >= PAGES_MAX) return c.body(null, 204);
      listener ??= listenToChanges(hub.database, heard);
      watching ??= keepDoing(
        hub,
        { everyMs: WATCH_EVERY_MS, failed: 'changes cannot be asked for' },
        watch,
      );
      const page: Page = {
        companyIds: new Set(companyIds),
        changed: new Map(),
        wake: () => undefined,
        isOver: false,
      };
      pages.add(page);
      return streamSSE(c, async (stream) => {
        stream.onAbort(() => end(page));
        await watchCompanies(hub.database.db, companyIds, WATCH_SECONDS);
        await stream.writeSSE({ event: 'open', data: '{}' });
        while (!page.isOver) {
          await nextChange(page);
          if (page.isOver) break;
          if (page.changed.size > 0) await stream.sleep(GATHER_MS);
          const told = [...page.changed].map(([id, what]) => [id, [...what]] as const);
          page.changed.clear();
          const event = told.length > 0 ? 'changed' : 'beat';
          await stream.writeSSE({ event, data: JSON.stringify(Object.fromEntries(told)) });
        }
        pages.delete(page);
      });
    },
    stop: async () => {
      for (const page of pages) end(page);
      await watching?.stop();
      await listener?.stop();
    },
  };
}

function note(page: Page, companyId: string, what: string): void {
  const known = page.changed.get(companyId) ?? new Set();
  page.changed.set(companyId, known.add(what));
  page.wake();
}

function end(page: Page): void {
  page.isOver = true;
  page.wake();
}

/** Resolves when something has changed, the page is over, or it is time for a sign of life. */
function nextChange(page: Page): Promise<void> {
  if (page.changed.size > 0 || page.isOver) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, BEAT_MS);
    page.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
