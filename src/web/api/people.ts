import { addAudit, listAudit, verifyAudit, type AuditEntry } from '../../store/audit.ts';
import { listPeople, setRole } from '../../store/people.ts';
import { getCompanies } from '../../store/registry.ts';
import type { Accounts } from '../access/accounts.ts';
import { addPerson } from '../access/add-person.ts';
import { passwordFault } from '../access/passwords.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  forCompany,
  forFirm,
  InCompany,
  newRoutes,
  z,
} from './route.ts';
import { Id, Role } from './schemas.ts';

const PAGE = 100;

const Person = z
  .object({
    ...{ id: z.string(), name: z.string(), email: z.string() },
    roles: z.array(z.object({ companyId: z.string().nullable(), role: Role })),
  })
  .openapi('Person');

const people = createRoute({
  method: 'get',
  path: '/people',
  summary: 'Everybody who can sign in',
  ...forFirm('manage'),
  responses: answers(z.object({ people: z.array(Person) }), 'By name'),
});

const add = createRoute({
  method: 'post',
  path: '/people',
  summary: 'Makes somebody who can sign in',
  ...forFirm('manage'),
  request: brings(
    z.object({
      ...{ name: z.string().trim().min(1).max(100), email: z.email().max(200) },
      password: z.string().max(1_000),
      role: Role,
      companyId: Id.nullable().openapi({ description: 'null: every company of the firm' }),
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
    params: z.object({ person: z.string().max(100) }),
    ...brings(z.object({ companyId: Id.nullable(), role: Role.nullable() })),
  },
  responses: answers(z.object({ id: z.string() }), 'The person'),
});

const Entry = z
  .object({
    ...{ id: z.string(), atMs: z.number(), by: z.string(), companyId: z.string().nullable() },
    ...{ act: z.string(), about: z.unknown() },
  })
  .openapi('AuditEntry');

const trail = createRoute({
  method: 'get',
  path: '/companies/{company}/audit',
  summary: 'What was done in a company, by whom; the newest first',
  ...forCompany('manage'),
  request: { params: InCompany, query: z.object({ before: Id.optional() }) },
  responses: answers(z.object({ entries: z.array(Entry), next: z.string().nullable() }), 'A page'),
});

const verify = createRoute({
  method: 'get',
  path: '/audit/verify',
  summary: 'Whether the audit trail is whole',
  ...forFirm('manage'),
  responses: answers(
    z.object({ rows: z.number(), brokenAt: z.string().nullable() }),
    'The rows, and the first that is not what it was',
  ),
});

/** Who may do what, and what everybody has done. */
export function peopleRoutes(accounts: Accounts) {
  return newRoutes()
    .openapi(people, async (c) => {
      const all = await listPeople(c.get('hub').database.db);
      return c.json({
        people: all.map(({ id, name, email, memberships }) => ({
          ...{ id, name, email, roles: memberships.map((one) => ({ ...one })) },
        })),
      });
    })
    .openapi(add, async (c) => {
      const { db } = c.get('hub').database;
      const { companyId, role: given, ...person } = c.req.valid('json');
      const fault = passwordFault(person.password, person);
      if (fault !== null) return fails(400, `password: ${fault}`);
      const all = await listPeople(db);
      if (all.some(({ email }) => email === person.email.toLowerCase())) {
        return fails(409, 'somebody has this e-mail address already');
      }
      if (companyId !== null && (await getCompanies(db, [companyId])).length === 0) {
        return fails(404, 'there is no such company');
      }
      const id = await addPerson(accounts, person);
      await setRole(db, { personId: id, companyId, role: given });
      const about = { person: id, role: given };
      await addAudit(db, { by: c.get('caller').email, companyId, act: 'person.add', about });
      return c.json({ id });
    })
    .openapi(role, async (c) => {
      const { db } = c.get('hub').database;
      const { person: id } = c.req.valid('param');
      const { companyId, role: given } = c.req.valid('json');
      const all = await listPeople(db);
      const found = all.find((one) => one.id === id);
      if (found === undefined) return fails(404, 'there is no such person');
      const owners = all.filter(({ memberships }) =>
        memberships.some((one) => one.companyId === null && one.role === 'owner'),
      );
      const isLast = owners.length === 1 && owners[0]?.id === id;
      if (isLast && companyId === null && given !== 'owner') {
        return fails(409, 'somebody must own the hub');
      }
      await setRole(db, { personId: id, companyId, role: given });
      const about = { person: id, role: given };
      await addAudit(db, { by: c.get('caller').email, companyId, act: 'person.role', about });
      return c.json({ id });
    })
    .openapi(trail, async (c) => {
      const { before } = c.req.valid('query');
      const of = { companyId: c.get('company').id, limit: PAGE };
      const asked = before === undefined ? of : { ...of, before };
      const entries = await listAudit(c.get('hub').database.db, asked);
      const next = entries.length === PAGE ? (entries.at(-1)?.id ?? null) : null;
      return c.json({ entries: entries.map(entryOut), next });
    })
    .openapi(verify, async (c) => c.json(await verifyAudit(c.get('hub').database.db)));
}

function entryOut({ id, atMs, by, companyId, act, about }: AuditEntry) {
  return { id, atMs, by, companyId, act, about: about as unknown };
}
