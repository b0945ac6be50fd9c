import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { present } from '../src/lib/assert.ts';
import { addPlayer, startStage, take, untilQuiet, type Stage } from '../test/scenarios/stage.ts';
import { smallDay, tillFile } from '../test/scenarios/till-file.ts';
import { openApp } from '../test/web/app.ts';
import { NO_BROWSER } from '../test/web/browser.ts';

const HELP = `usage: node scripts/pages.ts [--documents N] [--times N]

Opens the heaviest pages of a company with many booked documents in Chromium, on loopback, and
prints how long it takes from asking for a page until its content stands there and can be used.

  --documents N   how many documents the company has (default 100000)
  --times N       how often each page is opened; the middle counts (default 5)
`;

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '100000' },
    times: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});

/** What has to stand on a page before it counts as there. */
const PAGES = [
  { path: '', shows: 'h2#days' },
  { path: '/held', shows: 'h1' },
  { path: '/documents', shows: '.row.item' },
] as const;
const PATIENCE_MS = 60_000;

if (values.help) process.stdout.write(HELP);
else if (NO_BROWSER !== false) process.stdout.write(`not measured: ${NO_BROWSER}\n`);
else await measure(Number(values.documents), Number(values.times));

async function measure(documents: number, times: number): Promise<void> {
  const stage = await startStage();
  const player = await addPlayer(stage, { name: 'Ängens Livs AB', stores: ['1234'] });
  const content = tillFile(smallDay({ store: '1234', day: '2026-05-02', number: 'Z-1' }));
  await take(player, { name: 'dag.csv', content });
  await untilQuiet(player);
  await multiply(stage.hub.database.db, documents);
  const app = await openApp(stage);
  try {
    for (const { path, shows } of PAGES) {
      const took: number[] = [];
      for (let i = 0; i < times; i += 1) {
        const beganMs = performance.now();
        await app.page.goto(`${app.url}/c/${player.company.id}${path}`);
        await app.page.locator(shows).first().waitFor({ timeout: PATIENCE_MS });
        took.push(performance.now() - beganMs);
      }
      const middle = present(took.toSorted((a, b) => a - b)[Math.floor(times / 2)], 'a time');
      process.stdout.write(`${path || '/'}: ${Math.round(middle)} ms, ${documents} documents\n`);
    }
  } finally {
    await app.close();
    await stage.stop();
  }
}

/** Makes the one document that is booked into many, on the days of some years. */
async function multiply(db: Stage['hub']['database']['db'], documents: number): Promise<void> {
  await sql`
    insert into document (company_id, connection_id, file_id, kind, key, version, content_hash,
                          business_date, body, doubts, extract, media_type)
    select company_id, connection_id, file_id, kind, key || '/' || n, version, content_hash || n,
           business_date - (n % 1000), body, doubts, extract, media_type
      from document cross join generate_series(1, ${documents - 1}::integer) n
  `.execute(db);
  await sql`
    insert into delivery (company_id, flow_id, lane_id, document_id, key, state, vouchers, label,
                          ended_at)
    select d.company_id, d.flow_id, d.lane_id, doc.id, d.key || '/' || doc.id, 'done', d.vouchers,
           d.label, now() - (doc.id % 90) * interval '1 day'
      from delivery d join document doc on doc.id <> d.document_id
  `.execute(db);
  await sql`analyze`.execute(db);
}
