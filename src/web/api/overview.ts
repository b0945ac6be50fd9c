import { reasonOf } from '../connection-reason.ts';
import { dayAt } from '../../domain/date.ts';
import { stillMissing } from '../../hub/look-for-missing.ts';
import { listFindings } from '../../store/findings.ts';
import { companyFigures, recentDays, type CompanyFigures } from '../../store/overview.ts';
import { listConnections } from '../../store/registry.ts';
import { listWaitingFiles } from '../../store/waiting-files.ts';
import { titlesOf } from '../connection-title.ts';
import { Finding, findingOut } from './missing.ts';
import { answers, createRoute, forCompany, forSignedIn, InCompany, newRoutes, z } from './route.ts';
import { problemOut } from './present.ts';
import { ConnectionState, Said } from './schemas.ts';

const Figures = z
  .object({
    ...{ id: z.string(), name: z.string() },
    bookedDay: z.number().openapi({ description: 'In the last 24 hours' }),
    bookedWeek: z.number().openapi({ description: 'In the last seven times 24 hours' }),
    ...{ held: z.number(), review: z.number(), onTheirWay: z.number(), inDoubt: z.number() },
    ...{ rejectedFiles: z.number(), missing: z.number(), brokenConnections: z.number() },
    connections: z.number(),
    lastReceivedAtMs: z.number().nullable(),
  })
  .openapi('CompanyFigures');

const firm = createRoute({
  method: 'get',
  path: '/overview',
  summary: 'Every company of the one who asks, in figures',
  ...forSignedIn(),
  responses: answers(z.object({ companies: z.array(Figures) }), 'Companies by name'),
});

const DAYS = 14;
const LISTED_MAX = 20;

const company = createRoute({
  method: 'get',
  path: '/companies/{company}/overview',
  summary: 'One company: its last days, what waits, what has not come, its connections',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      figures: Figures,
      today: z.string(),
      days: z.array(z.object({ day: z.string(), received: z.number(), booked: z.number() })),
      missing: z.array(Finding),
      files: z.array(
        z.object({
          ...{ id: z.string(), name: z.string(), connection: z.string() },
          ...{ unreadable: z.number(), problems: z.array(Said) },
        }),
      ),
      connections: z.array(
        z.object({
          ...{ id: z.string(), name: z.string(), title: z.string(), connector: z.string() },
          ...{ state: ConnectionState, reason: z.string().nullable() },
        }),
      ),
    }),
    'The company as it stands',
  ),
});

/** What a bookkeeper sees first. */
export function overviewRoutes() {
  return newRoutes()
    .openapi(firm, async (c) => {
      const figures = await companyFigures(c.get('hub').database.db, c.get('companyIds'));
      return c.json({ companies: figures.map(figuresOut) });
    })
    .openapi(company, async (c) => {
      const { db } = c.get('hub').database;
      const [of, language] = [c.get('company'), c.get('language')];
      // What has come since it was looked last is not told any more.
      await stillMissing(c.get('hub'), of);
      const [figures] = await companyFigures(db, [of.id]);
      if (figures === undefined) throw new Error(`company ${of.id} has no figures`);
      const { timeZone } = of;
      const findings = await listFindings(db, of.id);
      const files = await listWaitingFiles(db, { companyId: of.id });
      const connections = await listConnections(db, of.id);
      const { connection: title } = titlesOf(c.get('hub').connectors, language);
      const titles = new Map(connections.map((one) => [one.id, title(one)]));
      return c.json({
        figures: figuresOut({ ...figures, missing: findings.length }),
        today: dayAt(new Date(c.get('hub').clock.nowMs()), timeZone),
        days: [...(await recentDays(db, { companyId: of.id, timeZone, days: DAYS }))],
        missing: findings.slice(0, LISTED_MAX).map((one) => findingOut(one, language)),
        files: files.slice(0, LISTED_MAX).map((file) => ({
          ...{
            id: file.fileId,
            name: file.name,
            connection: titles.get(file.connectionId) ?? file.connection,
          },
          unreadable: file.unreadable,
          problems: file.problems.map((one) => problemOut(one, language)),
        })),
        connections: connections.map((one) => ({
          title: titles.get(one.id) ?? one.name,
          ...{ id: one.id, name: one.name, connector: one.connector, state: one.state },
          reason: reasonOf(one, language),
        })),
      });
    });
}

function figuresOut(of: CompanyFigures) {
  const { language: _language, timeZone: _timeZone, ...figures } = of;
  return figures;
}
