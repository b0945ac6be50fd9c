import type { Language } from '../../domain/posting/words.ts';
import type { Hub } from '../../hub/hub.ts';
import { listAudit, verifyAudit, type AuditEntry } from '../../store/audit.ts';
import { listFlows } from '../../store/registry.ts';
import { auditFacts, type AuditFact } from '../../text/audit-facts.ts';
import { titlesOf } from '../connection-title.ts';
import { answers, createRoute, forCompany, forFirm, InCompany, newRoutes, z } from './route.ts';
import { Id } from './schemas.ts';

const PAGE = 100;

const Entry = z
  .object({
    ...{ id: z.string(), atMs: z.number(), by: z.string(), companyId: z.string().nullable() },
    ...{ act: z.string(), about: z.unknown() },
    facts: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .openapi({ description: 'What it is about, in the reader’s language' }),
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
      const facts = await factsFor(c.get('hub'), c.get('company').id, c.get('language'));
      return c.json({ entries: entries.map((one) => entryOut(one, facts)), next });
    })
    .openapi(verify, async (c) => c.json(await verifyAudit(c.get('hub').database.db)));
}

/** Names flows in what entries of a company are about. */
async function factsFor(hub: Hub, companyId: string, language: Language) {
  const { db } = hub.database;
  const titles = titlesOf(hub.connectors, language);
  const flows = new Map((await listFlows(db, companyId)).map((one) => [one.id, titles.flow(one)]));
  return (about: unknown) => [...auditFacts(about, language, (id) => flows.get(id) ?? null)];
}

function entryOut(
  { id, atMs, by, companyId, act, about }: AuditEntry,
  facts: (about: unknown) => AuditFact[],
) {
  return { id, atMs, by, companyId, act, about: about as unknown, facts: facts(about) };
}
