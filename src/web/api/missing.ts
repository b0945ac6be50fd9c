import type { Language } from '../../domain/posting/words.ts';
import { answerFindings } from '../../hub/answer-findings.ts';
import { addAudit } from '../../store/audit.ts';
import type { FindingView } from '../../store/findings.ts';
import { describeFinding } from '../../text/findings.ts';
import { answers, brings, createRoute, forCompany, InCompany, newRoutes, z } from './route.ts';
import { Id } from './schemas.ts';

const IDS_MAX = 200;

/** Something that should have come and has not. */
export const Finding = z
  .object({
    ...{ id: z.string(), code: z.string(), message: z.string() },
    dismissed: z
      .object({ by: z.string(), reason: z.string() })
      .nullable()
      .openapi({ description: 'Who said that it never comes, and why' }),
  })
  .openapi('Finding');

const Ids = z.array(Id).min(1).max(IDS_MAX);
const Changed = z.object({ changed: z.array(z.string()) });

const dismiss = createRoute({
  method: 'post',
  path: '/companies/{company}/missing/dismiss',
  summary: 'Says that what is missing never comes, such as of a day of rest',
  ...forCompany('settle'),
  request: {
    params: InCompany,
    ...brings(z.object({ ids: Ids, why: z.string().trim().min(1).max(500) })),
  },
  responses: answers(Changed, 'The ids that are missed no more'),
});

const expect = createRoute({
  method: 'post',
  path: '/companies/{company}/missing/expect',
  summary: 'Expects after all what was dismissed',
  ...forCompany('settle'),
  request: { params: InCompany, ...brings(z.object({ ids: Ids })) },
  responses: answers(Changed, 'The ids that are missed again'),
});

/** What a person says of what has not come. */
export function missingRoutes() {
  return newRoutes()
    .openapi(dismiss, async (c) => {
      const [hub, { id: companyId }] = [c.get('hub'), c.get('company')];
      const { ids, why: reason } = c.req.valid('json');
      const by = c.get('caller').email;
      const dismissal = { by, reason, atMs: hub.clock.nowMs() };
      const changed = await answerFindings(hub, { companyId, ids, dismissal });
      const about = { ids: changed, reason };
      await addAudit(hub.database.db, { by, companyId, act: 'missing.dismiss', about });
      return c.json({ changed: [...changed] });
    })
    .openapi(expect, async (c) => {
      const [hub, { id: companyId }] = [c.get('hub'), c.get('company')];
      const { db } = hub.database;
      const { ids } = c.req.valid('json');
      const changed = await answerFindings(hub, { companyId, ids, dismissal: null });
      const by = c.get('caller').email;
      await addAudit(db, { by, companyId, act: 'missing.expect', about: { ids: changed } });
      return c.json({ changed: [...changed] });
    });
}

export function findingOut(of: FindingView, language: Language): z.infer<typeof Finding> {
  const { id, finding, dismissed } = of;
  return { id, code: finding.kind, message: describeFinding(finding, language, 'app'), dismissed };
}
