import type { Command } from 'commander';
import type { Hub } from '../../hub/hub.ts';
import {
  makeWebhook,
  removeWebhook,
  renewSecret,
  sendAgain,
  setWebhook,
  tryWebhook,
} from '../../hub/webhooks/keep-webhook.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../ports/webhooks.ts';
import { listMessages } from '../../store/webhook-messages.ts';
import { listWebhooks, type Webhook } from '../../store/webhooks.ts';
import { describeAddressFault, describeOff, describeWebhookTrouble } from '../../text/webhooks.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { minuteOf, readIds, readList } from '../options.ts';
import { showTable } from '../table.ts';
import { withHub } from './company.ts';

type Where = { readonly company?: string };
type Run = (act: (hub: Hub) => Promise<void>) => Promise<void>;

const COMPANY = ['--company <name>', 'when there are several'] as const;
const NUMBER = ['<number>', 'of the list'] as const;

export function addWebhooks(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const run: Run = async (act) => {
    done(await withHub(context, (hub) => act(hub).then(() => 0 as const)));
  };
  const webhooks = program
    .command('webhooks')
    .description('tell programs what happens: signed messages over HTTP')
    .addHelpText('after', `\n${HELP}`);
  addKeeping(webhooks, context, run);
  addMessages(webhooks, context, run);
}

const HELP = `Events: ${WEBHOOK_EVENTS.join(', ')}.
Messages are signed as standardwebhooks.com has it, sent again for three days until the receiver
answers 2xx, and say numbers of documents and codes, nothing of people.`;

function addKeeping(webhooks: Command, context: CliContext, run: Run): void {
  webhooks
    .command('list')
    .description('which programs are told what, and whether that goes well')
    .option(...COMPANY)
    .action(({ company }: Where) => run((hub) => list(context, hub, company)));
  webhooks
    .command('add')
    .argument('<url>', 'https://…')
    .description('have a program told; prints the secret that it checks messages by, once')
    .option('--on <event...>', 'of these; of all when absent')
    .option(...COMPANY)
    .action((url: string, { on, company }: { readonly on?: readonly string[] } & Where) =>
      run(async (hub) => {
        const doer = { companyId: (await chooseCompany(hub, company)).id, by: context.user };
        const made = await makeWebhook(hub, doer, { url, events: readEvents(on) });
        if ('fault' in made) {
          throw new CommandError(describeAddressFault(made.fault, context.language));
        }
        context.out(`${made.secret}\n`);
        context.err(`Webhook ${made.id}. This is the only time the secret is shown.\n`);
      }),
    );
  for (const name of ['on', 'off'] as const) {
    webhooks
      .command(name)
      .argument(...NUMBER)
      .description(name === 'on' ? 'send again what waits, and what comes' : 'send nothing')
      .option(...COMPANY)
      .action((number: string, { company }: Where) =>
        run(async (hub) => {
          const found = await chooseWebhook(hub, number, company);
          const events = readEvents(found.events);
          const to = { url: found.url, events, isOn: name === 'on', by: context.user };
          const fault = await setWebhook(hub, found, to);
          if (fault !== null) {
            throw new CommandError(describeAddressFault(fault, context.language));
          }
          context.out(`${found.url} is switched ${name}.\n`);
        }),
      );
  }
  webhooks
    .command('end')
    .argument(...NUMBER)
    .description('tell it nothing any more, and forget its secret')
    .option(...COMPANY)
    .action((number: string, { company }: Where) =>
      run(async (hub) => {
        const found = await chooseWebhook(hub, number, company);
        await removeWebhook(hub, found, context.user);
        context.out(`${found.url} is told nothing any more.\n`);
      }),
    );
  webhooks
    .command('secret')
    .argument(...NUMBER)
    .description('replace its secret; for a day both sign')
    .option(...COMPANY)
    .action((number: string, { company }: Where) =>
      run(async (hub) => {
        const found = await chooseWebhook(hub, number, company);
        context.out(`${await renewSecret(hub, found, context.user)}\n`);
        context.err(
          'This is the only time the secret is shown. For a day the old one signs too.\n',
        );
      }),
    );
}

function addMessages(webhooks: Command, context: CliContext, run: Run): void {
  webhooks
    .command('test')
    .argument(...NUMBER)
    .description('send it a message that says nothing; a hub that runs does so within a second')
    .option(...COMPANY)
    .action((number: string, { company }: Where) =>
      run(async (hub) => {
        const found = await chooseWebhook(hub, number, company);
        if (found.off !== null) {
          throw new CommandError(describeOff(found.off.why, context.language));
        }
        await tryWebhook(hub, found, context.user);
        context.out(`It is on its way: bokbro webhooks messages ${number}\n`);
      }),
    );
  webhooks
    .command('messages')
    .argument(...NUMBER)
    .description('what it was told and how that went, newest first')
    .option('--failed', 'only what was given up')
    .option(...COMPANY)
    .action((number: string, { failed, company }: { readonly failed?: boolean } & Where) =>
      run(async (hub) => {
        const found = await chooseWebhook(hub, number, company);
        await messages(context, hub, { found, isFailed: failed === true });
      }),
    );
  webhooks
    .command('replay')
    .argument(...NUMBER)
    .argument('[message...]', 'numbers of its messages; all that failed when absent')
    .description('send messages again; a receiver knows them by their webhook-id')
    .option(...COMPANY)
    .action((number: string, given: readonly string[], { company }: Where) =>
      run(async (hub) => {
        const found = await chooseWebhook(hub, number, company);
        const ids = given.length === 0 ? 'failed' : readIds(given, 'bokbro webhooks messages');
        context.out(`${await sendAgain(hub, found, { ids, by: context.user })} are sent again.\n`);
      }),
    );
}

async function list(context: CliContext, hub: Hub, company: string | undefined): Promise<void> {
  const { id } = await chooseCompany(hub, company);
  const all = await listWebhooks(hub.database.db, id);
  if (all.length === 0) {
    context.out('No program is told anything yet: bokbro webhooks add https://…\n');
    return;
  }
  const heads = ['webhook', 'address', 'events', ''].map((head) => ({ head }));
  const rows = all.map((one) => {
    const events = one.events.length === WEBHOOK_EVENTS.length ? 'all' : one.events.join(' ');
    const off = one.off === null ? '' : describeOff(one.off.why, context.language);
    const failing =
      one.failingSinceMs === null
        ? ''
        : `nothing got through since ${minuteOf(one.failingSinceMs)}`;
    return [one.id, one.url, events, off || failing];
  });
  context.out(showTable(heads, rows));
}

async function messages(
  context: CliContext,
  hub: Hub,
  { found, isFailed }: { readonly found: Webhook; readonly isFailed: boolean },
): Promise<void> {
  const place = { companyId: found.companyId, webhookId: found.id };
  const of = isFailed ? { state: 'failed' as const } : {};
  const page = await listMessages(hub.database.db, place, of);
  if (page.messages.length === 0) {
    context.out('There are none.\n');
    return;
  }
  const heads = ['message', 'when', 'event', 'state', 'attempts', ''].map((head) => ({ head }));
  const rows = page.messages.map((one) => {
    const { id, atMs, event, state, attempts, trouble, status } = one;
    const says =
      trouble === null ? '' : describeWebhookTrouble({ trouble, status }, context.language);
    return [id, minuteOf(atMs), event, state, String(attempts), says];
  });
  context.out(showTable(heads, rows));
}

async function chooseWebhook(
  hub: Hub,
  number: string,
  company: string | undefined,
): Promise<Webhook> {
  const [id = ''] = readIds([number], 'bokbro webhooks list');
  const { id: companyId } = await chooseCompany(hub, company);
  const found = (await listWebhooks(hub.database.db, companyId)).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new CommandError(`There is no webhook ${number}: bokbro webhooks list`);
}

function readEvents(given: readonly string[] = WEBHOOK_EVENTS): readonly WebhookEvent[] {
  return readList(given).map((text) => {
    const found = WEBHOOK_EVENTS.find((event) => event === text);
    if (found !== undefined) return found;
    throw new CommandError(`${text}: events are ${WEBHOOK_EVENTS.join(', ')}.`);
  });
}
