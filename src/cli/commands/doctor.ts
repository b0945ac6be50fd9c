import type { Command } from 'commander';
import { dayAt } from '../../domain/date.ts';
import { articleFlows } from '../../hub/articles/article-flow.ts';
import { stockFlows } from '../../hub/stock/stock-flow.ts';
import type { Hub } from '../../hub/hub.ts';
import { shopItems } from '../../hub/set-up-flow.ts';
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
} from '../../store/registry.ts';
import { listSchedules } from '../../store/schedules.ts';
import { listWaitingFiles } from '../../store/waiting-files.ts';
import { describeNotice } from '../../text/notices.ts';
import { describeTrouble } from '../../text/pickups.ts';
import { chooseCompany } from '../choose.ts';
import { ledgerItems } from '../../web/ledger-items.ts';
import { sourceItems } from '../../web/source-items.ts';
import { articleItems, stockItems } from './doctor-goods.ts';
import type { CliContext, ExitCode } from '../context.ts';
import { paint } from '../paint.ts';

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
    const cards: Card[] = [await hubCard(hub)];
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

async function hubCard(hub: Hub): Promise<Card> {
  const { version, isDurable } = await describeServer(hub.database);
  const place = hub.config.database.kind === 'server' ? 'on a server' : `in ${hub.config.home}`;
  return {
    about: 'hub',
    items: [
      { item: 'database', state: 'ok', says: `PostgreSQL ${version} ${place}` },
      {
        item: 'durability',
        state: isDurable ? 'ok' : 'problem',
        says: isDurable
          ? 'a power cut loses nothing'
          : 'fsync is off: a power cut may lose bookings',
      },
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
    const { name: item, trouble } = one;
    const tally = tallies.get(one.id);
    if (trouble !== null) {
      return { item, state: 'problem', says: describeTrouble(trouble, language) };
    }
    const left = (tally?.open ?? 0) + (tally?.passed ?? 0);
    const says = `${tally?.files ?? 0} files fetched`;
    if (left === 0) return { item, state: 'ok', says };
    return { item, state: 'warning', says: `${says}, ${left} left there: bokbro fetch list` };
  });
  return items.length === 0 ? [] : [{ about: 'fetching', items }];
}

async function companyCards(
  hub: Hub,
  company: Company,
  context: CliContext,
): Promise<readonly Card[]> {
  const stock = await stockItems(context, hub, await stockFlows(hub, company));
  const articles = await articleItems(context, hub, await articleFlows(hub, company));
  const items = [...(await deliveryItems(hub, company)), ...stock, ...articles];
  const cards: Card[] = [{ about: company.name, items }];
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const connections = await listConnections(hub.database.db, company.id);
  const flows = await listFlows(hub.database.db, company.id);
  const returns = await listReturns(hub.database.db, company.id);
  for (const connection of connections) {
    const about = `${company.name} › ${connection.name}`;
    if (connection.state !== 'ready') {
      const { state, stateReason, connector } = connection;
      const says = `${stateReason ?? state} bokbro connect ${connector}`;
      cards.push({ about, items: [{ item: 'login', state: 'problem', says }] });
      continue;
    }
    const takes = hub.connectors.get(connection.connector)?.takes.length ?? 0;
    if (takes > 0) {
      const into = flows.filter((flow) => flow.target.id === connection.id);
      cards.push({
        about,
        items: await ledgerItems(hub, connection, {
          ...{ company, into, today, language: context.language },
        }),
      });
    } else {
      const from = flows.filter((flow) => flow.source.id === connection.id);
      const source = await sourceItems(hub, connection, {
        ...{ company, from, today, language: context.language },
      });
      const isTold = returns.some((flow) => flow.target.id === connection.id);
      const told = isTold ? await shopItems(hub, connection) : [];
      const files = await fileItems(hub, connection, context);
      cards.push({ about, items: [...files, ...source, ...told] });
    }
  }
  return cards;
}

async function deliveryItems(hub: Hub, company: Company): Promise<readonly HealthItem[]> {
  const counts = await countDeliveries(hub.database.db, company.id);
  const waiting = counts.waiting + counts.sending;
  const missing = await stillMissing(hub, company);
  const failed = (await listSchedules(hub.database.db, company.id)).filter((schedule) => {
    return schedule.latest?.outcome === 'failed';
  });
  return [
    { item: 'booked', state: 'ok', says: `${counts.done} documents` },
    {
      item: 'held',
      state: counts.held > 0 ? 'warning' : 'ok',
      says: counts.held > 0 ? `${counts.held} wait for you: bokbro held` : 'nothing waits for you',
    },
    ...(await asideItems(hub, company)),
    {
      item: 'on their way',
      state: counts['in doubt'] > 0 ? 'warning' : 'ok',
      says: `${waiting} waiting, ${counts['in doubt']} in doubt`,
    },
    {
      item: 'missing',
      state: missing === null ? 'ok' : 'warning',
      says:
        missing === null
          ? 'nothing is known to be missing'
          : `${missing.count} since ${missing.oldest}: bokbro missing`,
    },
    ...failed.map(({ id, act }): HealthItem => {
      return { item: 'schedule', state: 'warning', says: `${id} ${act} failed: bokbro schedule` };
    }),
  ];
}

/** What waits for a shop or the end of a day, and what was left out: nothing that is wrong. */
async function asideItems(hub: Hub, company: Company): Promise<readonly HealthItem[]> {
  const { waiting, leftOut } = sumAside(await countAside(hub.database.db, company.id));
  if (waiting + leftOut === 0) return [];
  const says = `${waiting} wait, ${leftOut} are left out: bokbro held`;
  return [{ item: 'orders', state: 'ok', says }];
}

async function fileItems(
  hub: Hub,
  { id: connectionId, companyId }: Connection,
  { language }: CliContext,
): Promise<readonly HealthItem[]> {
  const { db } = hub.database;
  const files = await listFiles(db, [connectionId]);
  const waiting = await listWaitingFiles(db, { companyId, connectionId });
  const rejected = waiting.filter((file) => file.state === 'rejected');
  const notices = await listNotices(db, [connectionId]);
  return [
    { item: 'files', state: 'ok', says: `${files.length} received` },
    ...rejected.map((file): HealthItem => {
      return {
        item: 'file',
        state: 'problem',
        says: `${file.name} could not be taken in: bokbro files`,
      };
    }),
    ...waiting.flatMap(({ name, state, unreadable }): HealthItem[] => {
      const says = `${unreadable} of ${name} cannot be read: bokbro files`;
      return state === 'rejected' ? [] : [{ item: 'unreadable', state: 'warning', says }];
    }),
    ...notices.map((notice): HealthItem => {
      return { item: 'notice', state: 'warning', says: describeNotice(notice, language) };
    }),
  ];
}

function showCards(cards: readonly Card[], context: CliContext): string {
  const with_ = paint(context.hasColours);
  const signs = { ok: with_.good('✓'), warning: with_.warn('!'), problem: with_.bad('✗') };
  return cards
    .map((card) => {
      const items = card.items.map((i) => `  ${signs[i.state]} ${i.item}: ${i.says}\n`);
      return `${with_.bold(card.about)}\n${items.join('')}`;
    })
    .join('\n');
}
