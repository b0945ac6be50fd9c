import { addAudit } from '../../store/audit.ts';
import { endKey, listKeys, makeUploadKey, SCOPES } from '../../store/upload-keys.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  forCompany,
  InCompany,
  newRoutes,
  z,
} from './route.ts';
import { Id } from './schemas.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const DAYS_MAX = 3_650;

/** The inbox is of no company: its keys are made on the command line. */
const Scope = z.enum(SCOPES).exclude(['inbox']).openapi('KeyScope');

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/keys',
  summary: 'The keys with which programs reach the company',
  ...forCompany('manage'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      keys: z.array(
        z
          .object({
            ...{ id: z.string(), name: z.string(), prefix: z.string().nullable() },
            ...{ scopes: z.array(z.string()), by: z.string().nullable(), madeAtMs: z.number() },
            ...{ expiresAtMs: z.number().nullable(), lastUsedAtMs: z.number().nullable() },
          })
          .openapi('Key'),
      ),
    }),
    'What opens with them is known to nobody here',
  ),
});

const make = createRoute({
  method: 'post',
  path: '/companies/{company}/keys',
  summary: 'Makes a key; one of the same name ends',
  ...forCompany('manage'),
  request: {
    params: InCompany,
    ...brings(
      z.object({
        name: z.string().trim().min(1).max(100),
        scopes: z.array(Scope).min(1),
        days: z.int().min(1).max(DAYS_MAX).nullable().openapi({ description: 'null: no end' }),
      }),
    ),
  },
  responses: answers(z.object({ key: z.string() }), 'The key, which is shown this once'),
});

const end = createRoute({
  method: 'delete',
  path: '/companies/{company}/keys/{key}',
  summary: 'Ends a key',
  ...forCompany('manage'),
  request: { params: InCompany.extend({ key: Id }) },
  responses: answers(z.object({ id: z.string() }), 'It opens nothing from here on'),
});

/** Keys of programs. A key has no right to make keys. */
export function keyRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const keys = await listKeys(c.get('hub').database.db, c.get('company').id);
      return c.json({ keys: keys.map((key) => ({ ...key, scopes: [...key.scopes] })) });
    })
    .openapi(make, async (c) => {
      const { database, clock } = c.get('hub');
      const { name, scopes, days } = c.req.valid('json');
      const by = c.get('caller').email;
      const companyId = c.get('company').id;
      const key = await database.db.transaction().execute(async (trx) => {
        const until = days === null ? {} : { expiresAtMs: clock.nowMs() + days * DAY_MS };
        const made = await makeUploadKey(trx, { companyId, name, scopes, by, ...until });
        await addAudit(trx, { by, companyId, act: 'key.make', about: { key: name, scopes, days } });
        return made;
      });
      return c.json({ key });
    })
    .openapi(end, async (c) => {
      const { db } = c.get('hub').database;
      const { key: id } = c.req.valid('param');
      const companyId = c.get('company').id;
      const name = await endKey(db, companyId, id);
      if (name === null) return fails(404, 'no-key');
      const by = c.get('caller').email;
      await addAudit(db, { by, companyId, act: 'key.end', about: { key: name } });
      return c.json({ id });
    });
}
