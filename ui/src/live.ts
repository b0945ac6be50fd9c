import { useEffect } from 'react';
import { queries } from './queries.ts';

/**
 * Fetches again what the hub says has changed, for as long as the page is open. The hub tells of
 * the companies that there were when it was asked: with another company it is asked anew.
 */
export function useLive(companies: string | null): void {
  useEffect(() => {
    if (companies === null) return undefined;
    const source = new EventSource('/api/events');
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      for (const company of Object.keys(JSON.parse(data) as Record<string, string[]>)) {
        void queries.invalidateQueries({ queryKey: ['company', company] });
      }
      void queries.invalidateQueries({ queryKey: ['firm'] });
    });
    return () => source.close();
  }, [companies]);
}
