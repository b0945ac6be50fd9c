import type { Hub } from '../hub/hub.ts';
import { demoCompanies, endCompany } from '../store/companies.ts';
import type { OpenDemo } from './demo/web-demo.ts';

/** The demo, loaded when somebody asks for it: a hub that works by itself has no need of it. */
export function demoOnDemand(hub: Hub): OpenDemo {
  let loaded: Promise<OpenDemo> | null = null;
  const load = (): Promise<OpenDemo> =>
    (loaded ??= import('./demo/web-demo.ts').then(({ openDemo }) => openDemo(hub)));
  return {
    start: async () => (await load()).start(),
    end: async () => (await load()).end(),
    close: async () => (await loaded)?.close(),
  };
}

/** Ends what an earlier process has left of the demo: its simulated systems are gone. */
export async function endForsakenDemo({ database: { db } }: Hub): Promise<void> {
  for (const id of await demoCompanies(db)) await endCompany(db, id);
}
