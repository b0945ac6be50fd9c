import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CliContext } from './context.ts';

/** From the environment, or typed in. Never an argument: everyone on the machine sees those. */
export async function askSecret(context: CliContext, name: string): Promise<string | null> {
  const variable = `BOKBRO_SECRET_${name.toUpperCase()}`;
  const given = process.env[variable];
  if (given !== undefined) return given;
  if (!context.isTerminal || !process.stdin.isTTY) return null;
  context.err(`${name} (not shown; empty: as before): `);
  // What is typed goes nowhere: whoever looks at the screen does not read it.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const typed = await lines.question('');
  lines.close();
  context.err('\n');
  return typed.trim() === '' ? null : typed.trim();
}
