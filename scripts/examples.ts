import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exampleFiles } from './example-files.ts';
import { runExamples } from '../src/testing/worked-examples.ts';

/** `npm run -s examples -- FILE [--json]`: worked examples through the code that books documents. */
const [file, ...flags] = process.argv.slice(2);
if (file === undefined || file === '--help') {
  process.stdout.write(
    'usage: npm run -s examples -- FILE [--json]\n\n' +
      'Runs the worked examples of FILE (documents and the vouchers they must become) through the\n' +
      'code that books documents. Exit code 0 when none fails, 1 when one does, 2 for a bad file.\n',
  );
  process.exit(file === undefined ? 2 : 0);
}
const results = await read(file);
const count = (result: string): number => results.filter((r) => r.result === result).length;
if (flags.includes('--json')) {
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} else {
  for (const { id, title, result, says } of results) {
    process.stdout.write(`${result.padEnd(8)}${id.padEnd(8)}${title}\n`);
    for (const line of says) process.stdout.write(`${' '.repeat(16)}${line}\n`);
  }
  process.stdout.write(
    `${count('pass')} pass, ${count('fail')} fail, ${count('not yet')} not yet\n`,
  );
}
process.exitCode = count('fail') > 0 ? 1 : 0;

async function read(path: string): Promise<ReturnType<typeof runExamples>> {
  try {
    const examples: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return runExamples(examples, await exampleFiles(examples, (name) => beside(path, name)));
  } catch (error) {
    process.stderr.write(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

/** A file that an example names stands in the same tree: under a folder above the examples. */
function beside(path: string, name: string): string | null {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const at = join(folder, name);
    if (existsSync(at)) return at;
    if (folder === dirname(folder)) return null;
  }
}
