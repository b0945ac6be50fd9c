import type { Command } from 'commander';
import type { Hub } from '../hub/hub.ts';
import type { Json } from '../lib/json.ts';
import { addAudit } from '../store/audit.ts';
import { listCompanies } from '../store/registry.ts';
import type { CliContext } from './context.ts';

/** Commands that set something up. Decisions and people are noted where they are stored. */
const NOTED: ReadonlySet<string> = new Set([
  ...['company add', 'key', 'connect', 'flow add', 'flow set', 'flow coding'],
  ...['schedule add', 'schedule remove', 'closed add', 'closed remove', 'balances', 'export'],
  ...['fetch sftp', 'fetch mail', 'fetch remove', 'missing dismiss', 'missing expect'],
  ...['files retry', 'files aside'],
]);

/** Options of a command whose values are a system's settings: only their names are noted. */
const SETTINGS: ReadonlySet<string> = new Set(['set', 'profile']);

/** What a command was asked to do. */
export type Noting = {
  /** Opens hubs that note the command before it does anything. */
  readonly context: CliContext;
  /** Says which command runs. */
  watch(program: Command): void;
};

/**
 * Puts what is set up from the command line into the audit trail, as it was asked for: one that
 * then fails has been asked for all the same.
 */
export function noteActs(context: CliContext): Noting {
  let asked: { readonly command: string; readonly about: Json; readonly company: unknown } | null =
    null;
  return {
    context: {
      ...context,
      openHub: async (options) => {
        const hub = await context.openHub(options);
        if (asked === null) return hub;
        const { command, about, company } = asked;
        asked = null;
        const companyId = await companyOf(hub, company);
        const act = { by: context.user, companyId, act: `command.${command}`, about };
        await addAudit(hub.database.db, act);
        return hub;
      },
    },
    watch: (program) => {
      program.hook('preAction', (_program, action) => {
        const command = nameOf(action);
        if (!NOTED.has(command)) return;
        const options: Readonly<Record<string, unknown>> = action.opts();
        asked = { command, about: aboutOf(action.args, options), company: options['company'] };
      });
    },
  };
}

function nameOf(command: Command): string {
  const parent = command.parent?.parent == null ? '' : `${command.parent.name()} `;
  return `${parent}${command.name()}`;
}

function aboutOf(args: readonly string[], options: Readonly<Record<string, unknown>>): Json {
  const given = Object.entries(options).map(([name, value]) => {
    return [name, SETTINGS.has(name) ? namesOf(value) : value] as const;
  });
  return JSON.parse(JSON.stringify({ args, ...Object.fromEntries(given) })) as Json;
}

function namesOf(pairs: unknown): readonly string[] {
  return Array.isArray(pairs) ? pairs.map((pair) => String(pair).split('=')[0] ?? '') : [];
}

/** The company that a command names, or the only one; null: none that is known. */
async function companyOf(hub: Hub, named: unknown): Promise<string | null> {
  const all = await listCompanies(hub.database.db);
  if (named === undefined && all.length === 1) return all[0]?.id ?? null;
  const wanted = typeof named === 'string' ? named.toLowerCase() : null;
  return all.find(({ name }) => name.toLowerCase() === wanted)?.id ?? null;
}
