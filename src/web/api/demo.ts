import { newCompany } from '../../hub/new-company.ts';
import { addAudit } from '../../store/audit.ts';
import { answers, brings, createRoute, fails, forFirm, newRoutes, z } from './route.ts';
import { Language } from './schemas.ts';

/** The demo company of a hub. */
export type DemoCompanies = {
  /** Starts it, or finds it. @returns its id */
  start(): Promise<string>;
  /** Ends it; its simulated systems go with it. */
  end(): Promise<void>;
};

const add = createRoute({
  method: 'post',
  path: '/companies',
  summary: 'Adds a company',
  ...forFirm('manage'),
  request: brings(
    z.object({
      name: z.string().trim().min(1).max(200),
      country: z.enum(['SE', 'NO']),
      language: Language,
      orgNumber: z.string().trim().max(20).optional(),
    }),
  ),
  responses: answers(z.object({ id: z.string() }), 'The company'),
});

const start = createRoute({
  method: 'post',
  path: '/demo',
  summary: 'Starts the demo company, whose systems are simulated within the hub',
  ...forFirm('manage'),
  responses: answers(z.object({ id: z.string() }), 'The company'),
});

const end = createRoute({
  method: 'delete',
  path: '/demo',
  summary: 'Ends the demo company',
  ...forFirm('manage'),
  responses: answers(z.object({ ended: z.boolean() }), 'It is gone'),
});

/** How the first company comes about: one's own, or the demo. */
export function companyRoutes(demo: DemoCompanies | null) {
  return newRoutes()
    .openapi(add, async (c) => {
      const { orgNumber, ...of } = c.req.valid('json');
      const number = orgNumber === undefined || orgNumber === '' ? {} : { orgNumber };
      const company = await newCompany(c.get('hub'), { ...of, ...number });
      if (company === null) return fails(409, 'company-there', { name: of.name });
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(c.get('hub').database.db, { ...by, act: 'company.add', about: { ...of } });
      return c.json({ id: company.id });
    })
    .openapi(start, async (c) => {
      if (demo === null) return fails(409, 'no-demo');
      const id = await demo.start();
      const by = { by: c.get('caller').email, companyId: id };
      await addAudit(c.get('hub').database.db, { ...by, act: 'demo.start', about: {} });
      return c.json({ id });
    })
    .openapi(end, async (c) => {
      if (demo === null) return fails(409, 'no-demo');
      await demo.end();
      const by = { by: c.get('caller').email, companyId: null };
      await addAudit(c.get('hub').database.db, { ...by, act: 'demo.end', about: {} });
      return c.json({ ended: true });
    });
}
