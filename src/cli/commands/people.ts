import type { Command } from 'commander';
import { changeRole, invite, remove, signOut, withdraw } from '../../hub/people.ts';
import type { Hub } from '../../hub/hub.ts';
import { listInvitations } from '../../store/invitations.ts';
import { listPeople, ROLES, type Person, type Role } from '../../store/people.ts';
import { listCompanies } from '../../store/registry.ts';
import { chooseCompany } from '../choose.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { minuteOf, readIds } from '../options.ts';
import { showTable } from '../table.ts';
import { withHub } from './company.ts';

type Where = { readonly company?: string };

const ROLE = ROLES.join(', ');

export function addPeople(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const run = async (act: (hub: Hub) => Promise<void>): Promise<void> => {
    done(await withHub(context, (hub) => act(hub).then(() => 0 as const)));
  };
  const people = program.command('people').description('who can sign in, and what they may do');
  people
    .command('list')
    .description('everybody with their roles, and invitations that are open')
    .action(() => run((hub) => list(context, hub)));
  addInvitations(people, context, run);
  people
    .command('role')
    .argument('<email>')
    .argument('<role>', `${ROLE}, or none`)
    .description('give somebody a role in the place of the one before')
    .option('--company <name>', 'in this company; in every one when absent')
    .action((email: string, role: string, { company }: Where) =>
      run(async (hub) => {
        const { id } = await choosePerson(hub, email);
        const given = role === 'none' ? null : readRole(role);
        const of = { companyId: await placeOf(hub, company), role: given, by: context.user };
        await changeRole(hub, id, of);
        context.out(`${email}: ${role} ${company === undefined ? '' : `in ${company}`}\n`);
      }),
    );
  people
    .command('remove')
    .argument('<email>')
    .description('take somebody away; what they have done stays in the trail')
    .action((email: string) =>
      run(async (hub) => {
        await remove(hub, await choosePerson(hub, email), context.user);
        context.out(`${email} can sign in no more.\n`);
      }),
    );
  people
    .command('sign-out')
    .argument('<email>')
    .description('end every session of somebody')
    .action((email: string) =>
      run(async (hub) => {
        const ended = await signOut(hub, (await choosePerson(hub, email)).id, context.user);
        context.out(`${ended} ended.\n`);
      }),
    );
}

function addInvitations(
  people: Command,
  context: CliContext,
  run: (act: (hub: Hub) => Promise<void>) => Promise<void>,
): void {
  people
    .command('invite')
    .argument('<email>')
    .argument('<role>', ROLE)
    .description('make a link by which somebody becomes a user; it works once, for a week')
    .option('--company <name>', 'in this company; in every one when absent')
    .action((email: string, role: string, { company }: Where) =>
      run(async (hub) => {
        if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new CommandError(`${email} is no e-mail.`);
        const companyId = await placeOf(hub, company);
        const of = { email, role: readRole(role), companyId, by: context.user };
        context.out(`${(await invite(hub, of)).link}\n`);
        context.err('This is the only time the link is shown. Give it to nobody else.\n');
      }),
    );
  people
    .command('withdraw')
    .argument('<number>', 'of the list')
    .description('withdraw an invitation')
    .action((id: string) =>
      run(async (hub) => {
        const [number = ''] = readIds([id], 'bokbro people list');
        if (await withdraw(hub, number, context.user)) context.out('It opens nothing now.\n');
        else throw new CommandError(`There is no open invitation ${number}: bokbro people list`);
      }),
    );
}

async function list(context: CliContext, hub: Hub): Promise<void> {
  const { db } = hub.database;
  const companies = new Map((await listCompanies(db)).map(({ id, name }) => [id, name]));
  const placeName = (id: string | null) => (id === null ? 'all' : (companies.get(id) ?? id));
  const people = await listPeople(db);
  if (people.length === 0) context.out('There is nobody yet: bokbro start says how to come in.\n');
  else {
    const rows = people.map(({ name, email, memberships }) => {
      const roles = memberships.map((one) => `${one.role} (${placeName(one.companyId)})`);
      return [name, email, roles.join(', ')];
    });
    context.out(showTable([{ head: 'name' }, { head: 'e-mail' }, { head: 'roles' }], rows));
  }
  const open = await listInvitations(db, hub.clock.nowMs());
  if (open.length === 0) return;
  const heads = ['invitation', 'e-mail', 'role', 'until'].map((head) => ({ head }));
  const rows = open.map(({ id, email, role, companyId, expiresAtMs }) => {
    return [id, email, `${role} (${placeName(companyId)})`, minuteOf(expiresAtMs)];
  });
  context.out(`\n${showTable(heads, rows)}`);
}

async function choosePerson(hub: Hub, email: string): Promise<Person> {
  const found = (await listPeople(hub.database.db)).find(
    (one) => one.email === email.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new CommandError(`There is nobody with ${email}: bokbro people list`);
}

async function placeOf(hub: Hub, company: string | undefined): Promise<string | null> {
  return company === undefined ? null : (await chooseCompany(hub, company)).id;
}

function readRole(text: string): Role {
  const found = ROLES.find((role) => role === text);
  if (found !== undefined) return found;
  throw new CommandError(`${text}: a role is one of ${ROLE}.`);
}
