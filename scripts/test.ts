import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { dot } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { startSharedServer } from '../src/testing/test-server.ts';

const HELP = `usage: npm test -- [FILE…] [--only TEXT]

Runs every test, or those of the files given. Databases and outside systems are started by the
tests themselves. What cannot run here is said at the end, with the reason.

  --only TEXT  tests whose title matches this regular expression
`;

const EVERY = ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'];
/** A test of the whole hub starts processes of its own; more at once would only wait for them. */
const FILES_AT_ONCE = Math.max(2, Math.ceil(availableParallelism() * 1.5));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, help: { type: 'boolean', default: false } },
});

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

// What tests and the hubs that they start are made of is compiled once, not by each process.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compiled');

/** A file alone starts a database of its own; many share one, which is made once. */
const isOneFile = positionals.length === 1 && positionals[0]?.endsWith('.test.ts') === true;
const stopServer = isOneFile ? null : await startSharedServer();

const skipped: string[] = [];
let passed = 0;
let failed = 0;

const events = run({
  globPatterns: positionals.length > 0 ? positionals : EVERY,
  concurrency: FILES_AT_ONCE,
  ...(values.only === undefined ? {} : { testNamePatterns: [new RegExp(values.only)] }),
});
events.on('test:pass', ({ name, skip }) => {
  if (skip !== undefined) skipped.push(`${name}: ${typeof skip === 'string' ? skip : 'no reason'}`);
});
events.on('test:summary', ({ file, counts, success }) => {
  if (file !== undefined) return;
  passed = counts.passed;
  failed = counts.tests - counts.passed - counts.skipped - counts.todo;
  if (!success) process.exitCode = 1;
});
events.on('end', () => {
  if (skipped.length > 0) process.stdout.write(`\nNot run here:\n  ${skipped.join('\n  ')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
});
events.on('end', () => void stopServer?.());
events.compose(dot).pipe(process.stdout);
