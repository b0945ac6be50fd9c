import { listAudit, verifyAudit, type AuditEntry } from '../../store/audit.ts';
import { answers, createRoute, forCompany, forFirm, InCompany, newRoutes, z } from './route.ts';
import { Id } from './schemas.ts';

const PAGE = 100;

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

/** What everybody has done. */
export function trailRoutes() {
  return newRoutes()
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
