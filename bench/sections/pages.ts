import { sql } from 'kysely';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { Db } from '../../src/store/db.ts';
import {
  addPlayer,
  startStage,
  take,
  untilQuiet,
  type Player,
} from '../../test/scenarios/stage.ts';
import { smallDay, tillFile } from '../../test/scenarios/till-file.ts';
import { openApp, type App } from '../../test/web/app.ts';
import { NO_BROWSER } from '../../test/web/browser.ts';
import type { BenchRun } from '../bench-run.ts';
import { measured, missing, type Bar, type Figure, type Section } from '../figure.ts';

const KILOBYTE = 1_000;
const PATIENCE_MS = 60_000;
/** Waits for approval beside what is booked: as many as one table shows. */
const IN_REVIEW = 500;
/** Somebody who waits longer for a page looks away from it. */
const PAGE_BAR: Bar = { better: 'less', value: 1_500, of: 'aim' };
const LOAD_BAR: Bar = { better: 'less', value: 250, of: 'aim' };

/** What has to stand on a page before it counts as there. */
const PAGES = [
  { id: 'firm', path: null, name: 'all companies', shows: 'tr.link-row' },
  { id: 'overview', path: '', name: 'overview', shows: 'h2#days' },
  { id: 'held', path: '/held', name: 'questions', shows: 'main .message' },
  { id: 'review', path: '/held/review', name: '500 to approve', shows: '.review-bar' },
  { id: 'documents', path: '/documents', name: 'documents', shows: '.row.item' },
  {
    ...{ id: 'found', path: '/documents?q=Z-1&state=done' },
    ...{ name: 'documents, searched', shows: '.row.item' },
  },
] as const;

/** How long pages of a company with many documents take in a browser. */
export async function pages(run: BenchRun): Promise<Section> {
  const { pageDocuments } = run.plan;
  run.tell(`pages with ${pageDocuments} documents`);
  return {
    id: 'pages',
    title: `Pages in a browser, ${pageDocuments.toLocaleString('en')} documents`,
    how: [
      'Chromium without a head, hub, PostgreSQL and simulator on one machine; from asking for the ' +
        'address until the content of the page stands there. The app’s files come from the ' +
        'browser’s cache but the first time, its data never do. The database does not wait for the ' +
        'disk: pages only read.',
      'First load is all that the browser fetches for the page of all companies with an empty ' +
        'cache, JavaScript alone, as gzip makes it.',
    ],
    figures: NO_BROWSER === false ? await figures(run) : missingFigures(NO_BROWSER),
  };
}

async function figures(run: BenchRun): Promise<Figure[]> {
  const { pageDocuments, pageViews } = run.plan;
  const stage = await startStage();
  run.cleanup.add(() => stage.stop());
  const of = { stores: ['1234'], name: 'Ängens Livs AB' };
  const player = await addPlayer(stage, of);
  const content = tillFile(smallDay({ store: '1234', day: '2026-05-02', number: 'Z-1' }));
  await take(player, { name: 'dag.csv', content });
  await untilQuiet(player);
  await multiply(stage.hub.database.db, pageDocuments);
  const app = await openApp(stage);
  run.cleanup.add(() => app.close());
  const bytes = await firstLoad(app);
  const found: Figure[] = [];
  for (const page of PAGES) {
    const took: number[] = [];
    for (let view = 0; view < pageViews; view += 1) {
      took.push(await open(app.page, { url: addressOf(app, player, page.path), ...page }));
    }
    found.push(measured(aboutPage(page), took));
  }
  return [...found, measured(FIRST_LOAD, [bytes / KILOBYTE])];
}

const FIRST_LOAD = {
  ...{ id: 'first-load', name: 'first load, JavaScript', unit: 'kB' },
  bars: [LOAD_BAR],
};

function aboutPage({ id, name }: (typeof PAGES)[number]) {
  return { id: `page-${id}`, name, unit: 'ms', bars: [PAGE_BAR] };
}

function missingFigures(why: string): Figure[] {
  return [...PAGES.map((page) => missing(aboutPage(page), why)), missing(FIRST_LOAD, why)];
}

function addressOf(app: App, player: Player, path: string | null): string {
  return path === null ? app.url : `${app.url}/c/${player.company.id}${path}`;
}

async function open(
  page: Page,
  of: { readonly url: string; readonly shows: string },
): Promise<number> {
  const beganMs = performance.now();
  await page.goto(of.url);
  await page.locator(of.shows).first().waitFor({ timeout: PATIENCE_MS });
  return performance.now() - beganMs;
}

async function firstLoad({ page, url }: App): Promise<number> {
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (!new URL(response.url()).pathname.endsWith('.js')) return;
    scripts.push(response.body().then((body) => gzipSync(body).byteLength));
  });
  await open(page, { url, shows: 'tr.link-row' });
  await page.waitForLoadState('networkidle').catch(() => undefined);
  page.removeAllListeners('response');
  return (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
}

/** Makes the one document that is booked into many, on the days of some years. */
async function multiply(db: Db, documents: number): Promise<void> {
  await sql`
    insert into document (company_id, connection_id, file_id, kind, key, version, content_hash,
                          business_date, body, doubts, extract, media_type, received_at)
    select company_id, connection_id, file_id, kind, key || '/' || n, version, content_hash || n,
           business_date - (n % 1000), body, doubts, extract, media_type,
           now() - (n % 1000) * interval '1 day'
      from document cross join generate_series(1, ${documents - 1}::integer) n
  `.execute(db);
  await sql`
    insert into delivery (company_id, flow_id, lane_id, document_id, key, state, vouchers, label,
                          ended_at)
    select d.company_id, d.flow_id, d.lane_id, doc.id, d.key || '/' || doc.id,
           case when row_number() over (order by doc.id) <= ${IN_REVIEW} then 'review'
                else 'done' end,
           d.vouchers, d.label, now() - (doc.id % 1000) * interval '1 day'
      from delivery d join document doc on doc.id <> d.document_id
  `.execute(db);
  await sql`analyze`.execute(db);
}
