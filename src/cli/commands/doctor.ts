import type { Command } from 'commander';
import { dayAt } from '../../domain/date.ts';
import type { Hub } from '../../hub/hub.ts';
import type { HealthItem } from '../../ports/target.ts';
import { countDeliveries } from '../../store/deliveries.ts';
import { listFiles, listNotices } from '../../store/files.ts';
import { listCompanies, listConnections, type Company } from '../../store/registry.ts';
import { describeNotice } from '../../text/notices.ts';
import { chooseCompany } from '../choose.ts';
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
  const { rows } = await hub.database.pool.query<{ version: string; fsync: string }>(
    "select current_setting('server_version') as version, current_setting('fsync') as fsync",
  );
  const [row] = rows;
  const place = hub.config.database.kind === 'server' ? 'on a server' : `in ${hub.config.home}`;
  const durable = row?.fsync === 'on';
  return {
    about: 'hub',
    items: [
      { item: 'database', state: 'ok', says: `PostgreSQL ${row?.version ?? ''} ${place}` },
      {
        item: 'durability',
        state: durable ? 'ok' : 'problem',
        says: durable ? 'a power cut loses nothing' : 'fsync is off: a power cut may lose bookings',
      },
    ],
  };
}

async function companyCards(
  hub: Hub,
  company: Company,
  context: CliContext,
): Promise<readonly Card[]> {
  const cards: Card[] = [{ about: company.name, items: await deliveryItems(hub, company) }];
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const connections = await listConnections(hub.database.db, company.id);
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
      const { target } = await hub.openTarget(connection.id);
      cards.push({ about, items: await target.examine({ from: today, to: today }) });
    } else {
      cards.push({ about, items: await fileItems(hub, connection.id, context) });
    }
  }
  return cards;
}

async function deliveryItems(hub: Hub, company: Company): Promise<readonly HealthItem[]> {
  const counts = await countDeliveries(hub.database.db, company.id);
  const waiting = counts.waiting + counts.sending;
  return [
    { item: 'booked', state: 'ok', says: `${counts.done} documents` },
    {
      item: 'held',
      state: counts.held > 0 ? 'warning' : 'ok',
      says: counts.held > 0 ? `${counts.held} wait for you: bokbro held` : 'nothing waits for you',
    },
    {
      item: 'on their way',
      state: counts['in doubt'] > 0 ? 'warning' : 'ok',
      says: `${waiting} waiting, ${counts['in doubt']} in doubt`,
    },
  ];
}

async function fileItems(
  hub: Hub,
  connectionId: string,
  { language }: CliContext,
): Promise<readonly HealthItem[]> {
  const files = await listFiles(hub.database.db, [connectionId]);
  const rejected = files.filter((file) => file.state === 'rejected');
  const notices = await listNotices(hub.database.db, [connectionId]);
  return [
    { item: 'files', state: 'ok', says: `${files.length} received` },
    ...rejected.map((file): HealthItem => {
      return { item: 'file', state: 'problem', says: `${file.name} could not be taken in` };
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
