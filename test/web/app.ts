import type { Browser, Page } from 'playwright-core';
import { openServer, type HubServer } from '../../src/web/server.ts';
import type { Stage } from '../scenarios/stage.ts';
import { lookAt, openBrowser } from './browser.ts';
import { builtPages } from './built.ts';
import { firstOwner, type Visitor } from './people.ts';

/** A page that takes longer is not coming. */
const PATIENCE_MS = 12_000;

/** The app of a hub, open in a browser as its owner sees it. */
export type App = {
  readonly web: HubServer;
  /** Where the browser, and outside systems, reach the hub. */
  readonly url: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly owner: Visitor;
  /** What a page has complained of. */
  readonly errors: readonly string[];
  /** What axe has found on the pages that were looked at. */
  readonly findings: readonly string[];
  /** Looks at the page with axe, and keeps a picture of it. */
  isAccessible(name: string): Promise<void>;
  close(): Promise<void>;
};

/** Serves a hub and opens a browser, signed in as the first person. */
export async function openApp(stage: Stage): Promise<App> {
  builtPages();
  const web = await openServer({ host: '127.0.0.1', port: 0 });
  const url = web.url.replace('127.0.0.1', 'localhost');
  // Whoever is sent out for a login comes back to the address that is known outside.
  web.ready({ ...stage.hub, config: { ...stage.hub.config, publicUrl: url } });
  const owner = await firstOwner(web);
  const browser = await openBrowser();
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 860 }, locale: 'sv-SE' },
  });
  await context.addCookies(
    owner.cookie.split('; ').map((cookie) => {
      const [name = '', ...value] = cookie.split('=');
      return { name, value: value.join('='), url };
    }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  const findings: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  return {
    ...{ web, url, browser, page, owner, errors, findings },
    isAccessible: async (name) => {
      findings.push(...(await lookAt(page, name)));
    },
    close: async () => {
      await browser.close();
      await web.close();
    },
  };
}
