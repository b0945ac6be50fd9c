import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { AnyConnector, ConnectorContext } from '../ports/connector.ts';
import { ConnectorError } from '../ports/errors.ts';
import { anySource } from '../engine/any-source.ts';
import type { FileSource, IncomingFile } from '../ports/source.ts';
import type { Target } from '../ports/target.ts';
import { CommandError, type CliContext } from './context.ts';

/** Files named on the command line, looked at before anything is done with any of them. */
export function incomingFiles(paths: readonly string[]): readonly IncomingFile[] {
  for (const path of paths) {
    if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
    if (statSync(path).isDirectory()) throw new CommandError(`${path} is a folder.`);
  }
  return paths.map((path) => ({
    name: basename(path),
    open: () => createReadStream(path),
  }));
}

/** The connector of that name. */
export function chooseConnector(context: CliContext, id: string): AnyConnector {
  const connector = context.connectors.get(id);
  if (connector !== undefined) return connector;
  const known = [...context.connectors.keys()].join(', ');
  throw new CommandError(`There is no system “${id}”. There are: ${known}.`);
}

/**
 * A reader of files that belongs to no company: standard settings, and the profile if given.
 *
 * @param id - the system that the files come from; undefined: whichever knows them
 */
export function looseSource(
  context: CliContext,
  id: string | undefined,
  profile: string | undefined,
): FileSource {
  if (id === undefined) {
    if (profile !== undefined) throw new CommandError('A profile belongs to a system: say --from.');
    const readers = [...context.connectors.values()].filter(({ gives }) => gives.length > 0);
    return anySource(readers.map((reader) => looseSource(context, reader.id, undefined)));
  }
  const connector = chooseConnector(context, id);
  const settings = profile === undefined ? {} : { profiles: [readProfile(profile)] };
  const read = connector.settings.safeParse(settings);
  if (!read.success) {
    const says = read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n  ');
    throw new CommandError(`The profile ${profile ?? ''} cannot be used:\n  ${says}`);
  }
  const source = connector.open({ ...OFFLINE, settings: read.data }).files;
  if (source === undefined) throw new CommandError(`${connector.name} does not read files.`);
  return source;
}

/** A ledger that is only asked what calls it would take. */
export function looseTarget(context: CliContext, id: string): Target {
  const connector = chooseConnector(context, id);
  const settings = connector.settings.parse({ clientId: 'none' });
  const target = connector.open({ ...OFFLINE, settings }).target;
  if (target === undefined) throw new CommandError(`${connector.name} keeps no books.`);
  return target;
}

/** A profile as a file on disk. */
export function readProfile(path: string): unknown {
  if (!existsSync(path)) throw new CommandError(`There is no profile file ${path}.`);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CommandError(`${path} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

/** Planning and reading files need neither network nor login. */
const OFFLINE: Omit<ConnectorContext<unknown>, 'settings'> = {
  http: {
    send: async ({ url }) => {
      throw new ConnectorError(`no call is made here (${url})`, { kind: 'unreachable' });
    },
  },
  clock: { nowMs: () => Date.now(), sleep: async () => undefined },
  credentials: { current: async () => ({}), refresh: async (stale) => stale },
};
