#!/usr/bin/env node
// Runs the command on the Node.js that npm installed with the hub, whatever the machine brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// V8 lets garbage pile up to several times of what is in use, and the C library keeps memory apart
// for each thread. Held to less, a file of 200 MB takes 100 MB less and some percent more time. Both
// can only be said when a process begins.
const YOUNG = '--max-semi-space-size';
const FLAGS = [`${YOUNG}=8`, '--heap-growing-percent=50'];
const env = { MALLOC_ARENA_MAX: '1', ...process.env };

const self = fileURLToPath(import.meta.url);
const root = dirname(dirname(self));
const main = join(root, 'src', 'app', 'main.ts');
const [major] = process.versions.node.split('.');
const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');

if (Number(major) >= 26) {
  // Takes this process's place: no second one stays in memory, and signals still arrive. Windows
  // has no such call, and does without.
  if (!given.includes(YOUNG) && process.platform !== 'win32') {
    const args = [...process.execArgv, ...FLAGS, self, ...process.argv.slice(2)];
    process.execve(process.execPath, [process.execPath, ...args], env);
  }
  module.enableCompileCache?.();
  await import(pathToFileURL(main).href);
} else {
  const own = join(
    root,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'node.cmd' : 'node',
  );
  if (!existsSync(own)) {
    process.stderr.write('Node.js 26 is not installed with the hub. Run: npm ci\n');
    process.exit(2);
  }
  const args = [...FLAGS, self, ...process.argv.slice(2)];
  const child = spawn(own, args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 2));
}
