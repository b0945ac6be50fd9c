import { feedSettings } from '../../hub/fetch/look-feed.ts';
import { mailSettings, sftpSettings } from '../../hub/fetch/settings.ts';
import { hookStanding } from '../../hub/hooks/hook-standing.ts';
import type { Hub } from '../../hub/hub.ts';
import type { Pickup } from '../../ports/pickup.ts';
import {
  listNotTaken,
  tallyFetched,
  type NotTaken,
  type PickupTally,
} from '../../store/fetched.ts';
import { listPickups } from '../../store/pickups.ts';
import { getConnection, listCompanies } from '../../store/registry.ts';
import { hookItems } from '../../text/hooks.ts';
import { describePassed, describeTrouble } from '../../text/pickups.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { paint } from '../paint.ts';

/** Of what was left for a person, so much is shown for each place; the rest is counted. */
const SHOWN_MAX = 10;

type HookStanding = NonNullable<Awaited<ReturnType<typeof hookStanding>>>;

/** A place with how it stands there. */
type Standing = {
  readonly pickup: Pickup;
  readonly whose: string;
  readonly tally: PickupTally;
  readonly notTaken: readonly NotTaken[];
  /** Messages of a system that says by itself what has changed; null: it is only asked. */
  readonly hook: HookStanding | null;
};

/** @returns 1 when something waits for a person */
export async function listFetching(
  context: CliContext,
  hub: Hub,
  isJson: boolean,
): Promise<ExitCode> {
  const standings = await readStandings(hub);
  if (isJson) {
    context.out(`${JSON.stringify(standings.map(asData), null, 2)}\n`);
  } else if (standings.length === 0) {
    context.out('Nothing is fetched from anywhere: bokbro fetch sftp --help, fetch mail --help\n');
  } else {
    context.out(standings.map((one) => show(one, context)).join('\n'));
  }
  const waits = standings.some((one) => one.pickup.trouble !== null || one.notTaken.length > 0);
  return waits ? 1 : 0;
}

async function readStandings(hub: Hub): Promise<readonly Standing[]> {
  const { db } = hub.database;
  const tallies = await tallyFetched(db);
  const companies = new Map((await listCompanies(db)).map(({ id, name }) => [id, name]));
  const standings: Standing[] = [];
  for (const pickup of await listPickups(db)) {
    const { owner, id } = pickup;
    const connection = owner === null ? null : await getConnection(db, owner.connectionId);
    const whose =
      connection === null
        ? 'every company, by store'
        : `${companies.get(connection.companyId)} › ${connection.name}`;
    const tally = tallies.get(id) ?? { pickupId: id, files: 0, open: 0, passed: 0 };
    const hook = connection === null ? null : await hookStanding(hub, connection.id);
    standings.push({ pickup, whose, tally, hook, notTaken: await listNotTaken(db, id, SHOWN_MAX) });
  }
  return standings;
}

/** Where it is: never with the login's secret. */
function placeOf({ kind, settings }: Pickup): { readonly where: string; readonly takes: boolean } {
  if (kind === 'feed') {
    return { where: `what has changed since ${feedSettings.parse(settings).since}`, takes: true };
  }
  if (kind === 'mail') {
    const { user, host, folder } = mailSettings.parse(settings);
    return { where: `mail ${user} at ${host}, ${folder}`, takes: true };
  }
  const { user, host, port, folder } = sftpSettings.parse(settings);
  const at = `sftp ${user}@${host}:${port}`;
  return folder === null ? { where: at, takes: false } : { where: `${at} ${folder}`, takes: true };
}

function show({ pickup, whose, tally, notTaken, hook }: Standing, context: CliContext): string {
  const with_ = paint(context.hasColours);
  const { where, takes } = placeOf(pickup);
  const lines = [`${with_.bold(pickup.name)}: ${where}`];
  if (!takes) return `${lines.join('\n')}\n  nothing is fetched; balances may be put there\n`;
  const { trouble, note, lookedAtMs } = pickup;
  const last = lookedAtMs === null ? 'not yet' : new Date(lookedAtMs).toISOString();
  lines.push(
    `  for ${whose}; each ${pickup.everySeconds} s, last ${last}; ${tally.files} files taken`,
  );
  if (trouble !== null) {
    lines.push(`  ${with_.bad('✗')} ${describeTrouble(trouble, context.language)}`);
  }
  if (note !== null) lines.push(`  ${with_.warn('!')} ${describeTrouble(note, context.language)}`);
  if (hook !== null && pickup.kind === 'feed') lines.push(...showHook(hook, context));
  for (const one of notTaken) lines.push(...showNotTaken(one, context));
  const more = tally.open + tally.passed - notTaken.length;
  if (more > 0) lines.push(`  … and ${more} more that were not taken`);
  return `${lines.join('\n')}\n`;
}

function showHook(hook: HookStanding, context: CliContext): string[] {
  const with_ = paint(context.hasColours);
  return hookItems(hook, context.language).map(({ state, says }) =>
    state === 'ok' ? `  ${says}` : `  ${with_.warn('!')} ${says}`,
  );
}

function showNotTaken(one: NotTaken, { language, hasColours }: CliContext): string[] {
  const with_ = paint(hasColours);
  const mail = one.sender === null ? null : `“${one.subject ?? ''}” from ${one.sender}`;
  // A place of a file ends with its size and time, by which it is remembered.
  const what = mail ?? one.place.replace(/ \d+ \d+$/, '');
  const why = one.reason === null ? '' : ` ${describePassed(one.reason, language)}`;
  const parts = one.parts.flatMap(({ name, reason }) =>
    reason === null ? [] : [`      ${name} ${describePassed(reason, language)}`],
  );
  return [`  ${with_.warn('!')} ${what}${why}`, ...parts];
}

function asData({ pickup, whose, tally, notTaken, hook }: Standing) {
  const { name, kind, everySeconds, trouble, note, lookedAtMs } = pickup;
  const { files, open, passed } = tally;
  const { where } = placeOf(pickup);
  const lookedAt = lookedAtMs === null ? null : new Date(lookedAtMs).toISOString();
  const how = { everySeconds, lookedAt, trouble, note, files, open, passed };
  return { name, kind, where, whose, ...how, hook, notTaken };
}
