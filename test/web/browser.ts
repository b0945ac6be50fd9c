import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

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
