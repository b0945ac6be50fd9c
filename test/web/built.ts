import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The folder of the web app, built from what is there now. */
export function builtPages(): string {
  const script = join(ROOT, 'scripts', 'build-ui.ts');
  execFileSync(process.execPath, [script, '--when-missing'], { stdio: 'pipe' });
  return join(ROOT, 'ui', 'dist');
}
