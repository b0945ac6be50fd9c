import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Log } from '../ports/log.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'build-ui.ts');

/**
 * Builds the web app beside the hub when it is not there as its sources are: after an install
 * without scripts, or an upgrade. The server says meanwhile that it is being made.
 */
export function buildPages(log: Log): void {
  const building = spawn(process.execPath, [SCRIPT, '--when-missing'], { stdio: 'pipe' });
  let said = '';
  building.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  building.on('error', (error) => log.error({ error: String(error) }, 'the pages are not built'));
  building.on('exit', (code) => {
    if (code !== 0 || said !== '') log.error({ code, said }, 'the pages could not be built');
  });
}
