import { readFileSync, writeFileSync } from 'node:fs';
import { diff } from 'node:util';

/**
 * Writes a generated file, or with `--check` only says how it differs.
 *
 * @returns the exit code: 1 when the file is not as it would be generated
 */
export function keepGenerated(file: {
  readonly path: string;
  readonly text: string;
  readonly script: string;
}): number {
  const { path, text, script } = file;
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    return 0;
  }
  const found = readIfThere(path);
  if (found === text) return 0;
  process.stderr.write(
    `${path} is not as it would be generated (- found, + generated):\n` +
      `${differences(found, text)}\nRun: node ${script}\n`,
  );
  return 1;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Not generated yet: all of it is new.
  }
}

/** What a reader looks at before running the script: the rest is told by number. */
const LINES_MAX = 40;

export function differences(found: string, generated: string): string {
  const signs = { '-1': '-', '1': '+' } as Readonly<Record<string, string>>;
  const lines = diff(generated.split('\n'), found.split('\n')).flatMap(([change, line]) => {
    const sign = signs[String(change)];
    return sign === undefined ? [] : [`${sign} ${line}`];
  });
  const more = lines.length - LINES_MAX;
  return [...lines.slice(0, LINES_MAX), ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}
