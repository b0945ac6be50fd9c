#!/usr/bin/env node
// Runs the command on the Node.js that npm installed with the hub, whatever the machine brings.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'src', 'app', 'main.ts');
const [major] = process.versions.node.split('.');

if (Number(major) >= 26) {
  await import(main);
} else {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(own)) {
    process.stderr.write('Node.js 26 is not installed with the hub. Run: npm ci\n');
    process.exit(2);
  }
  const ran = spawnSync(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(ran.status ?? 2);
}
