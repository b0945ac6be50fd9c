import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import { setFirm } from '../../hub/set-firm.ts';
import { countFactors, readFirm, type Firm } from '../../store/firm.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { withHub } from './company.ts';

type FirmOptions = {
  readonly name?: string;
  readonly language?: string;
  readonly signInHours?: string;
  readonly codes?: string;
  readonly twoAbove?: string;
};

export function addFirm(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const run = async (act: (hub: Hub) => Promise<void>): Promise<void> => {
    done(await withHub(context, (hub) => act(hub).then(() => 0 as const)));
  };
  const firm = program
    .command('firm')
    .description('what the firm decides for everybody who signs in')
    .action(() => run((hub) => show(context, hub)));
  firm
    .command('set')
    .description('change it, for everybody and at once')
    .option('--name <name>', 'what the firm is called')
    .option('--language <code>', 'of pages, for whoever has not chosen: sv, nb or en')
    .option('--sign-in-hours <hours>', 'sign in again after so long, 1 to 720; or never')
    .option('--codes <on-or-off>', 'on: who has no codes of an app reaches their own account only')
    .option('--two-above <amount>', 'in whole units, what a new flow begins with; or none')
    .action((options: FirmOptions) =>
      run(async (hub) => {
        await setFirm(hub, readChange(options), context.user);
        await show(context, hub);
      }),
    );
}

async function show(context: CliContext, hub: Hub): Promise<void> {
  const { db } = hub.database;
  const { name, language, signInHours, needsFactor, fourEyesMinor } = await readFirm(db);
  const { people, without } = await countFactors(db);
  const hours = signInHours === null ? 'never while busy' : `after ${signInHours} hours`;
  const codes = `${needsFactor ? 'needed' : 'as each likes'} (${without} of ${people} have none)`;
  const above = fourEyesMinor === null ? 'none' : String(fourEyesMinor / 100n);
  context.out(
    `name           ${name === '' ? '–' : name}\nlanguage       ${language}\n` +
      `sign in again  ${hours}\ncodes          ${codes}\ntwo above      ${above}\n`,
  );
}

function readChange(of: FirmOptions): Partial<Firm> {
  return {
    ...(of.name === undefined ? {} : { name: of.name.trim() }),
    ...(of.language === undefined ? {} : { language: readLanguage(of.language) }),
    ...(of.signInHours === undefined ? {} : { signInHours: readHours(of.signInHours) }),
    ...(of.codes === undefined ? {} : { needsFactor: readSwitch(of.codes) }),
    ...(of.twoAbove === undefined ? {} : { fourEyesMinor: readAmount(of.twoAbove) }),
  };
}

function readLanguage(text: string): Firm['language'] {
  if (text === 'sv' || text === 'nb' || text === 'en') return text;
  throw new CommandError('--language: sv, nb or en.');
}

const HOURS_MAX = 720;

function readHours(text: string): number | null {
  if (text === 'never') return null;
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= HOURS_MAX) return Number(text);
  throw new CommandError(`--sign-in-hours ${text}: give hours, 1 to ${HOURS_MAX}, or never.`);
}

function readSwitch(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new CommandError(`--codes ${text}: on or off.`);
}

function readAmount(text: string): bigint | null {
  if (text === 'none') return null;
  if (/^[1-9]\d{0,12}$/.test(text)) return BigInt(text) * 100n;
  throw new CommandError(`--two-above ${text}: give an amount in whole units, or none.`);
}
