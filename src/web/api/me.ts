import { addAudit } from '../../store/audit.ts';
import { demoCompanies } from '../../store/companies.ts';
import { readFirm } from '../../store/firm.ts';
import { hasPeople, mayBeFirst, setRole } from '../../store/people.ts';
import { getCompanies } from '../../store/registry.ts';
import { isSame } from '../../store/secret-box.ts';
import type { Accounts } from '../access/accounts.ts';
import { addPerson } from '../access/add-person.ts';
import { passwordFault } from '../access/passwords.ts';
import { rightsInFirm } from '../access/rights.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  forSignedIn,
  newRoutes,
  rightsOf,
  z,
} from './route.ts';
import { Language, Right } from './schemas.ts';

const whoIs = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who has signed in, and what they may do',
  ...forSignedIn(),
  responses: answers(
    z.object({
      ...{ id: z.string(), name: z.string(), email: z.string() },
      firm: z.array(Right).openapi({ description: 'Rights in the whole firm' }),
      firmName: z.string().openapi({ description: 'Empty: it has not said' }),
      lacksFactor: z.boolean().openapi({
        description: 'Codes of an app are to be set up before anything else',
      }),
      companies: z.array(
        z.object({
          ...{ id: z.string(), name: z.string(), language: Language, timeZone: z.string() },
          ...{ country: z.string(), rights: z.array(Right), isDemo: z.boolean() },
        }),
      ),
    }),
    'The person and their companies',
  ),
});

const isSetUp = createRoute({
  method: 'get',
  path: '/setup',
  summary: 'Whether the hub has its first person, and where one can sign in besides here',
  responses: answers(
    z.object({ needsFirst: z.boolean(), oidc: z.string().nullable(), language: Language }),
    'Whether it waits for one, the provider of the firm, and the language of its pages',
  ),
});

const setUp = createRoute({
  method: 'post',
  path: '/setup',
  summary: 'Makes the first person, who owns everything',
  request: brings(
    z.object({
      token: z.string().max(100).openapi({ description: 'As `bokbro start` has printed it' }),
      name: z.string().trim().min(1).max(100),
      email: z.email().max(200),
      password: z.string().max(1_000),
    }),
  ),
  responses: answers(z.object({ id: z.string() }), 'The person; they can sign in now'),
});

/** What a first person has to know: printed where only the operator sees it. */
export type SetupToken = string;

/** Who asks, and how the first one comes in. */
export function meRoutes(accounts: Accounts, token: SetupToken) {
  return newRoutes()
    .openapi(whoIs, async (c) => {
      const { id, name, email, memberships } = c.get('caller');
      const { db } = c.get('hub').database;
      const companies = await getCompanies(db, c.get('companyIds'));
      const demo = await demoCompanies(db);
      const { name: firmName } = await readFirm(c.get('wholeHub').database.db);
      return c.json({
        ...{ id, name, email, firm: [...rightsInFirm(memberships)] },
        ...{ firmName, lacksFactor: c.get('lacksFactor') },
        companies: companies.map((company) => ({
          ...company,
          rights: [...rightsOf(c.get('key'), c.get('caller'), company.id)],
          isDemo: demo.includes(company.id),
        })),
      });
    })
    .openapi(isSetUp, async (c) => {
      const { database, config } = c.get('hub');
      const needsFirst = !(await hasPeople(database.db));
      const { language } = await readFirm(database.db);
      return c.json({ needsFirst, oidc: config.oidc?.name ?? null, language });
    })
    .openapi(setUp, async (c) => {
      const given = c.req.valid('json');
      if (!isSame(given.token, token)) return fails(403, 'wrong-setup-code');
      const fault = passwordFault(given.password, given);
      if (fault !== null) return fails(400, `password-${fault}`);
      const { db } = c.get('hub').database;
      const id = await db.transaction().execute(async (trx) => {
        if (!(await mayBeFirst(trx))) return null;
        const personId = await addPerson(accounts, given);
        await setRole(db, { personId, companyId: null, role: 'owner' });
        return personId;
      });
      if (id === null) return fails(409, 'first-is-there');
      const about = { person: id, role: 'owner' };
      await addAudit(db, { by: given.email, companyId: null, act: 'person.first', about });
      return c.json({ id });
    });
}
