import { changeRole, remove, signOut } from '../../hub/people.ts';
import type { Hub } from '../../hub/hub.ts';
import { addAudit } from '../../store/audit.ts';
import { listInvitations } from '../../store/invitations.ts';
import { listPeople, setRole, type Person as Somebody } from '../../store/people.ts';
import type { Accounts } from '../access/accounts.ts';
import { addPerson } from '../access/add-person.ts';
import { passwordFault } from '../access/passwords.ts';
import { answers, brings, createRoute, fails, forFirm, newRoutes, z } from './route.ts';
import { companyIs, Invitation } from './invitations.ts';
import { Id, Role } from './schemas.ts';

const Person = z
  .object({
    ...{ id: z.string(), name: z.string(), email: z.string() },
    roles: z.array(z.object({ companyId: z.string().nullable(), role: Role })),
  })
  .openapi('Person');

const Where = Id.nullable().openapi({ description: 'null: every company of the firm' });
const OfPerson = z.object({ person: z.string().max(100) });

const people = createRoute({
  method: 'get',
  path: '/people',
  summary: 'Everybody who can sign in, and who is invited to',
  ...forFirm('manage'),
  responses: answers(
    z.object({ people: z.array(Person), invitations: z.array(Invitation) }),
    'By name',
  ),
});

const add = createRoute({
  method: 'post',
  path: '/people',
  summary: 'Makes somebody who can sign in, with a password that is theirs to change',
  ...forFirm('manage'),
  request: brings(
    z.object({
      ...{ name: z.string().trim().min(1).max(100), email: z.email().max(200) },
      ...{ password: z.string().max(1_000), role: Role, companyId: Where },
    }),
  ),
  responses: answers(z.object({ id: z.string() }), 'The person'),
});

const role = createRoute({
  method: 'put',
  path: '/people/{person}/role',
  summary: 'Gives a person a role in a company or the firm, or takes it away',
  ...forFirm('manage'),
  request: {
    params: OfPerson,
    ...brings(z.object({ companyId: Where, role: Role.nullable() })),
  },
  responses: answers(z.object({ id: z.string() }), 'The person'),
});

const take = createRoute({
  method: 'delete',
  path: '/people/{person}',
  summary: 'Takes a person away; what they have done stays in the trail',
  ...forFirm('manage'),
  request: { params: OfPerson },
  responses: answers(z.object({ id: z.string() }), 'Who it was'),
});

const end = createRoute({
  method: 'delete',
  path: '/people/{person}/sessions',
  summary: 'Ends every session of a person',
  ...forFirm('manage'),
  request: { params: OfPerson },
  responses: answers(z.object({ ended: z.number() }), 'How many there were'),
});

/** Who may do what. */
export function peopleRoutes(accounts: Accounts) {
  return newRoutes()
    .openapi(people, async (c) => {
      const { database, clock } = c.get('hub');
      const all = await listPeople(database.db);
      return c.json({
        people: all.map(({ id, name, email, memberships }) => ({
          ...{ id, name, email, roles: memberships.map((one) => ({ ...one })) },
        })),
        invitations: [...(await listInvitations(database.db, clock.nowMs()))],
      });
    })
    .openapi(add, async (c) => {
      const hub = c.get('hub');
      const { companyId, role: given, ...person } = c.req.valid('json');
      const fault = passwordFault(person.password, person);
      if (fault !== null) return fails(400, `password-${fault}`);
      const all = await listPeople(hub.database.db);
      if (all.some(({ email }) => email === person.email.toLowerCase())) {
        return fails(409, 'email-taken');
      }
      await companyIs(hub, companyId);
      const id = await addPerson(accounts, person);
      await setRole(hub.database.db, { personId: id, companyId, role: given });
      const about = { person: id, role: given };
      const by = c.get('caller').email;
      await addAudit(hub.database.db, { by, companyId, act: 'person.add', about });
      return c.json({ id });
    })
    .openapi(role, async (c) => {
      const hub = c.get('hub');
      const { id } = await personOf(hub, c.req.valid('param').person);
      const asked = c.req.valid('json');
      await companyIs(hub, asked.companyId);
      await changeRole(hub, id, { ...asked, by: c.get('caller').email });
      return c.json({ id });
    })
    .openapi(take, async (c) => {
      const person = await personOf(c.get('hub'), c.req.valid('param').person);
      await remove(c.get('hub'), person, c.get('caller').email);
      return c.json({ id: person.id });
    })
    .openapi(end, async (c) => {
      const { id } = await personOf(c.get('hub'), c.req.valid('param').person);
      return c.json({ ended: await signOut(c.get('hub'), id, c.get('caller').email) });
    });
}

async function personOf(hub: Hub, id: string): Promise<Somebody> {
  const all = await listPeople(hub.database.db);
  return all.find((one) => one.id === id) ?? fails(404, 'no-person');
}
