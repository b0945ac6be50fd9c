import { reasonOf } from '../../web/connection-reason.ts';
import type { Command } from 'commander';
import { dayAt, type LocalDate } from '../../domain/date.ts';
import { articleFlows } from '../../hub/articles/article-flow.ts';
import { stockFlows } from '../../hub/stock/stock-flow.ts';
import type { Hub } from '../../hub/hub.ts';
import { endWaitIfWell } from '../../hub/try-waiting.ts';
import { examineShop } from '../../hub/set-up-flow.ts';
import { stillMissing } from '../../hub/look-for-missing.ts';
import type { Pickup } from '../../ports/pickup.ts';
import type { HealthItem } from '../../ports/health.ts';
import { describeServer } from '../../store/db.ts';
import { countAside, sumAside } from '../../store/aside.ts';
import { countDeliveries } from '../../store/deliveries.ts';
import { tallyFetched } from '../../store/fetched.ts';
import { listFiles, listNotices } from '../../store/files.ts';
import { listPickups } from '../../store/pickups.ts';
import {
  listCompanies,
  listConnections,
  listFlows,
  listReturns,
  type Company,
  type Connection,
  type Flow,
} from '../../store/registry.ts';
import { listSchedules } from '../../store/schedules.ts';
import { listWaitingFiles } from '../../store/waiting-files.ts';
import { healthTitle } from '../../text/health-titles.ts';
import { hubItem } from '../../text/hub-health.ts';
import { describeNotice } from '../../text/notices.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { chooseCompany } from '../choose.ts';
import { ledgerItems } from '../../web/ledger-items.ts';
import { waitingFileItems } from '../../web/file-items.ts';
import { sourceItems } from '../../web/source-items.ts';
import { articleItems, stockItems } from './doctor-goods.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { paint } from '../paint.ts';

/** What the cards that are no company's are called. */
const WORDS = {
  sv: { hub: 'hubben', fetching: 'hämtning' },
  nb: { hub: 'huben', fetching: 'henting' },
  en: { hub: 'hub', fetching: 'fetching' },
} as const;

type Card = { readonly about: string; readonly items: readonly HealthItem[] };

export function addDoctor(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('doctor')
    .description('look at everything that would stop a document: database, logins, ledgers, files')
    .option('--company <name>', 'only this company')
    .option('--json', 'one array on standard output')
    .addHelpText('after', '\nExit code 0 when all is well, 1 when something needs a person.')
    .action(async (options: { readonly company?: string; readonly json?: boolean }) => {
      done(await run(context, options));
    });
}

async function run(
  context: CliContext,
  options: { readonly company?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const hub = await context.openHub();
  try {
    const companies =
      options.company === undefined
        ? await listCompanies(hub.database.db)
        : [await chooseCompany(hub, options.company)];
    const cards: Card[] = [await hubCard(hub, context)];
    cards.push(...(await fetchingCards(hub, companies, context)));
    for (const company of companies) cards.push(...(await companyCards(hub, company, context)));
    if (options.json === true) context.out(`${JSON.stringify(cards, null, 2)}\n`);
    else context.out(showCards(cards, context));
    const items = cards.flatMap((card) => card.items);
    return items.some((item) => item.state === 'problem') ? 1 : 0;
  } finally {
    await hub.close();
  }
}

async function hubCard(hub: Hub, { language }: CliContext): Promise<Card> {
  const { version, isDurable } = await describeServer(hub.database);
  const home = hub.config.database.kind === 'server' ? '' : hub.config.home;
  const durable = isDurable
    ? ({ code: 'durable', state: 'ok' } as const)
    : ({ code: 'not-durable', state: 'problem' } as const);
  return {
    about: WORDS[language].hub,
    items: [
      hubItem({ code: 'database', state: 'ok', facts: { version, home } }, language),
      hubItem(durable, language),
    ],
  };
}

/** Where files are fetched from for these companies, or for all of them; no card when nowhere. */
async function fetchingCards(
  hub: Hub,
  companies: readonly Company[],
  { language }: CliContext,
): Promise<readonly Card[]> {
  const tallies = await tallyFetched(hub.database.db);
  const isTheirs = ({ owner }: Pickup): boolean =>
    owner === null || companies.some(({ id }) => id === owner.companyId);
  const items = (await listPickups(hub.database.db)).filter(isTheirs).map((one): HealthItem => {
    const { name: place, trouble } = one;
    if (trouble !== null) {
      const facts = { place, why: describeTrouble(trouble, language) };
      return hubItem({ code: 'fetch-trouble', state: 'problem', facts }, language);
    }
    const { files = 0, open = 0, passed = 0 } = tallies.get(one.id) ?? {};
    const left = open + passed;
    const facts = { place, files: String(files), left: String(left) };
    return left === 0
      ? hubItem({ code: 'fetched', state: 'ok', facts }, language)
      : hubItem({ code: 'fetched-left', state: 'warning', facts }, language);
  });
  return items.length === 0 ? [] : [{ about: WORDS[language].fetching, items }];
}

async function companyCards(
  hub: Hub,
  company: Company,
  context: CliContext,
): Promise<readonly Card[]> {
  const stock = await stockItems(context, hub, await stockFlows(hub, company));
  const articles = await articleItems(context, hub, await articleFlows(hub, company));
  const items = [...(await deliveryItems(hub, company, context)), ...stock, ...articles];
  const cards: Card[] = [{ about: company.name, items }];
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const connections = await listConnections(hub.database.db, company.id);
  const flows = await listFlows(hub.database.db, company.id);
  const returns = await listReturns(hub.database.db, company.id);
  for (const connection of connections) {
    const about = `${company.name} › ${connection.name}`;
    const of = { company, flows, returns, today, context };
    cards.push({ about, items: await connectionItems(hub, connection, of) });
  }
  return cards;
}

async function connectionItems(
  hub: Hub,
  connection: Connection,
  of: {
    readonly company: Company;
    readonly flows: readonly Flow[];
    readonly returns: readonly Flow[];
    readonly today: LocalDate;
    readonly context: CliContext;
  },
): Promise<readonly HealthItem[]> {
  const { company, flows, returns, today, context } = of;
  const { id, connector, state } = connection;
  const told = { company, today, language: context.language };
  const isLedger = (hub.connectors.get(connector)?.takes.length ?? 0) > 0;
  if (state === 'paused' || (state !== 'ready' && !isLedger)) {
    return [loginItem(connection, context)];
  }
  if (isLedger) {
    const into = flows.filter((flow) => flow.target.id === id);
    const items = await ledgerItems(hub, connection, { ...told, into });
    const look = { items, by: context.user };
    const isWell = state === 'ready' || (await endWaitIfWell(hub, connection, look));
    return isWell ? items : [loginItem(connection, context)];
  }
  const from = flows.filter((flow) => flow.source.id === id);
  const source = await sourceItems(hub, connection, { ...told, from });
  const isTold = returns.some((flow) => flow.target.id === id);
  const found = isTold ? await examineShop(hub, connection) : [];
  const keys = found.map((one) => hubItem(one, context.language));
  return [...(await fileItems(hub, connection, context)), ...source, ...keys];
}

/** Why a connection waits. */
function loginItem(connection: Connection, { language }: CliContext): HealthItem {
  const { state, connector } = connection;
  const facts = { why: reasonOf(connection, language) ?? state, connector };
  return hubItem({ code: 'login', state: 'problem', facts }, language);
}

async function deliveryItems(
  hub: Hub,
  company: Company,
  { language }: CliContext,
): Promise<readonly HealthItem[]> {
  const counts = await countDeliveries(hub.database.db, company.id);
  const waiting = String(counts.waiting + counts.sending);
  const [held, doubt] = [String(counts.held), String(counts['in doubt'])];
  const missing = await stillMissing(hub, company);
  const failed = (await listSchedules(hub.database.db, company.id)).filter((schedule) => {
    return schedule.latest?.outcome === 'failed';
  });
  const aside = sumAside(await countAside(hub.database.db, company.id));
  const findings: readonly Parameters<typeof hubItem>[0][] = [
    { code: 'booked', state: 'ok', facts: { count: String(counts.done) } },
    counts.held > 0
      ? { code: 'held', state: 'warning', facts: { count: held } }
      : { code: 'held-none', state: 'ok' },
    ...asideFindings(aside),
    {
      code: 'on-their-way',
      state: counts['in doubt'] > 0 ? 'warning' : 'ok',
      facts: { waiting, doubt },
    },
    missing === null
      ? { code: 'missing-none', state: 'ok' }
      : {
          code: 'missing',
          state: 'warning',
          facts: { count: String(missing.count), oldest: missing.oldest },
        },
    ...failed.map(({ id, act }) => {
      return { code: 'schedule-failed', state: 'warning', facts: { id, act } } as const;
    }),
  ];
  return findings.map((one) => hubItem(one, language));
}

/** What waits for a shop or the end of a day, and what was left out: nothing that is wrong. */
function asideFindings({ waiting, leftOut }: ReturnType<typeof sumAside>) {
  if (waiting + leftOut === 0) return [];
  const facts = { waiting: String(waiting), leftOut: String(leftOut) };
  return [{ code: 'aside', state: 'ok', facts } as const];
}

async function fileItems(
  hub: Hub,
  { id: connectionId, companyId }: Connection,
  { language }: CliContext,
): Promise<readonly HealthItem[]> {
  const { db } = hub.database;
  const files = await listFiles(db, [connectionId]);
  const waiting = await listWaitingFiles(db, { companyId, connectionId });
  const notices = await listNotices(db, [connectionId]);
  const count = String(files.length);
  return [
    hubItem({ code: 'files', state: 'ok', facts: { count } }, language),
    ...waitingFileItems(waiting, language),
    ...notices.map((notice) => {
      const facts = { says: describeNotice(notice, language) };
      return hubItem({ code: 'file-notice', state: 'warning', facts }, language);
    }),
  ];
}

function showCards(cards: readonly Card[], context: CliContext): string {
  const with_ = paint(context.hasColours);
  const signs = { ok: with_.good('✓'), warning: with_.warn('!'), problem: with_.bad('✗') };
  return cards
    .map((card) => {
      const items = card.items.map(({ item, state, says }) => {
        return `  ${signs[state]} ${healthTitle(item, context.language)}: ${says}\n`;
      });
      return `${with_.bold(card.about)}\n${items.join('')}`;
    })
    .join('\n');
}
