import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { present } from '../../src/lib/assert.ts';

const CANDIDATES = [
  process.env['BOKBRO_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of the machine; null: there is none. */
const CHROMIUM = CANDIDATES.find((path) => path !== '' && existsSync(path)) ?? null;

/** Why tests of pages do not run here; false: they do. */
export const NO_BROWSER =
  CHROMIUM === null
    ? 'no Chromium is installed (apt-get install chromium, or BOKBRO_CHROMIUM=/path/to/it)'
    : false;

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** Opens a browser with a fresh profile. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS });
}

const AXE = readFileSync(
  join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);

/** What axe finds wrong with a page once it has its heading, a line for each element. */
async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.locator('h1').first().waitFor();
  // Pages take no scripts but their own: the browser itself puts this one in.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

/** How late each answer of the hub is while jumps are looked for: what waits for it is seen. */
const SLOW_MS = 120;
/** What a page that moves down by a quarter of its height comes to, at least. */
const SHIFT_SEEN_MIN = 0.02;
/** Longer than a few answers after each other. */
const SETTLED_MS = 600;

/**
 * How far what stands on each page moves by itself while it comes from a hub that is far away, as
 * browsers measure it: 0 is nothing, and what web.dev calls good ends at 0.1.
 */
export async function layoutShifts(
  page: Page,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const storageState = await page.context().storageState();
  const own = await present(page.context().browser(), 'the browser').newPage({ storageState });
  await own.addInitScript(`
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries())
        if (!hadRecentInput) globalThis.shifted += value;
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  await own.route('**/api/**', async (route) => {
    await sleep(SLOW_MS);
    // The page may be gone by now.
    await route.continue().catch(() => undefined);
  });
  const shifts = new Map<string, number>();
  for (const address of addresses) {
    await own.goto(address);
    await own.locator('h1').first().waitFor();
    // Not until nothing is asked for: pages listen for events as long as they are open.
    await own.waitForTimeout(SETTLED_MS);
    assert.equal(own.url(), address);
    shifts.set(address, Number(await own.evaluate('globalThis.shifted')));
  }
  // A measure that sees nothing would prove nothing: this jumps.
  await own.evaluate("document.body.style.marginTop = '200px'");
  await own.waitForTimeout(SLOW_MS);
  assert.ok(Number(await own.evaluate('globalThis.shifted')) > SHIFT_SEEN_MIN);
  await own.context().close();
  return shifts;
}

const PHONE = { width: 390, height: 844 };

/**
 * Looks at a page as people have it: in light and in dark with axe, and as wide as a phone. Keeps
 * pictures of all three when they are asked for.
 *
 * @returns what is wrong with it, a line for each finding
 */
export async function lookAt(page: Page, name: string): Promise<readonly string[]> {
  const found = [...(await axeFindings(page))];
  await picture(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await axeFindings(page)).map((finding) => `in dark: ${finding}`));
  await picture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  const before = page.viewportSize();
  await page.setViewportSize(PHONE);
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
  if (wide > PHONE.width) found.push(`${wide} pixels wide on a phone of ${PHONE.width}`);
  await picture(page, `${name}-phone`);
  if (before !== null) await page.setViewportSize(before);
  return found.map((finding) => `${name}: ${finding}`);
}

const FOLDER = process.env['BOKBRO_SCREENSHOTS'];

/** Keeps a picture of a page in the folder BOKBRO_SCREENSHOTS, when there is one. */
async function picture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
