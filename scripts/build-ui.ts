import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `node scripts/build-ui.ts [--when-missing]`: builds the web app into ui/dist.
 *
 * With `--when-missing` it does nothing when the app has been built from these very sources.
 */
const ROOT = join(import.meta.dirname, '..');
const UI = join(ROOT, 'ui');
const MARK = join(UI, 'dist', 'built-from.txt');

const sources = hashOfSources();
const isBuilt = existsSync(MARK) && readFileSync(MARK, 'utf8') === sources;
if (!(isBuilt && process.argv.includes('--when-missing'))) await build();

async function build(): Promise<void> {
  // An install without what builds the app is an install all the same.
  const vite = await import('vite').catch(() => null);
  if (vite === null) {
    process.stderr.write('The web app is not built: vite is not installed (npm ci brings it).\n');
    return;
  }
  await vite.build({ configFile: join(UI, 'vite.config.ts') });
  writeFileSync(MARK, sources);
}

/** What the app is made of, its libraries by the lock file. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const written = readdirSync(UI, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => !path.startsWith(join(UI, 'dist')))
    .sort();
  for (const path of [...written, join(ROOT, 'package-lock.json')]) {
    if (!existsSync(path)) continue;
    hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}
