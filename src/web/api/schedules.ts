import { isScheduleDay } from '../../engine/schedule.ts';
import { runSchedule, scheduleAct } from '../../hub/schedules.ts';
import { addAudit } from '../../store/audit.ts';
import { listFindings } from '../../store/findings.ts';
import { listFlows } from '../../store/registry.ts';
import { listSchedules, removeSchedule } from '../../store/schedules.ts';
import { describeRun } from '../../text/runs.ts';
import { titlesOf } from '../connection-title.ts';
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
import { Finding, findingOut } from './missing.ts';
import { Id, Times } from './schemas.ts';

const DAYS_BACK_MAX = 400;
const LISTED_MAX = 200;

const One = InCompany.extend({ schedule: Id });
const Act = z.enum(['missing', 'reconcile']);
const ScheduleDay = z.string().refine(isScheduleDay, 'mon … sun, or a day of the month');

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/schedules',
  summary: 'What is done by itself, and what has not come',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      schedules: z.array(
        z.object({
          ...{ id: z.string(), act: Act, flow: z.string().nullable(), daysBack: z.number() },
          ...{ times: z.array(z.string()), days: z.array(z.string()), dueAtMs: z.number() },
          latest: z
            .object({
              begunAtMs: z.number(),
              outcome: z.enum(['clean', 'found', 'failed', 'interrupted']).nullable(),
              says: z.string().nullable(),
            })
            .nullable(),
        }),
      ),
      flows: z.array(z.object({ id: z.string(), name: z.string() })),
      missing: z.array(Finding),
      dismissed: z.array(Finding).openapi({ description: 'What never comes, as a person says' }),
    }),
    'With what each came to the latest time',
  ),
});

const set = createRoute({
  method: 'post',
  path: '/companies/{company}/schedules',
  summary: 'Does something by itself, or changes when',
  ...forCompany('connect'),
  request: {
    params: InCompany,
    ...brings(
      z.object({
        act: Act,
        flow: Id.nullable().openapi({ description: 'Which flow is reconciled' }),
        times: Times,
        days: z.array(ScheduleDay).max(38),
        daysBack: z.int().min(1).max(DAYS_BACK_MAX),
      }),
    ),
  },
  responses: answers(z.object({ id: z.string(), dueAtMs: z.number() }), 'When it runs next'),
});

const run = createRoute({
  method: 'post',
  path: '/companies/{company}/schedules/{schedule}/run',
  summary: 'Runs it now; it runs at its next time all the same',
  ...forCompany('settle'),
  request: { params: One },
  responses: answers(z.object({ says: z.string() }), 'What it came to'),
});

const remove = createRoute({
  method: 'delete',
  path: '/companies/{company}/schedules/{schedule}',
  summary: 'Does it by itself no more',
  ...forCompany('connect'),
  request: { params: One },
  responses: answers(z.object({ removed: z.string() }), 'The schedule'),
});

/** What is done by itself. */
export function scheduleRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const [hub, company, language] = [c.get('hub'), c.get('company'), c.get('language')];
      const { db } = hub.database;
      const titles = titlesOf(hub.connectors, language);
      const flows = (await listFlows(db, company.id)).map((flow) => {
        return { id: flow.id, name: titles.flow(flow) };
      });
      const names = new Map(flows.map(({ id, name }) => [id, name]));
      const findings = await listFindings(db, company.id);
      const dismissed = await listFindings(db, company.id, 'dismissed');
      return c.json({
        schedules: (await listSchedules(db, company.id)).map((one) => ({
          ...{ id: one.id, act: one.act, daysBack: one.daysBack, dueAtMs: one.dueAtMs },
          ...{ times: [...one.timetable.times], days: [...one.timetable.days] },
          flow: one.flowId === null ? null : (names.get(one.flowId) ?? null),
          latest: one.latest && {
            ...{ begunAtMs: one.latest.begunAtMs, outcome: one.latest.outcome },
            says: one.latest.result && describeRun(one.latest.result, language),
          },
        })),
        flows,
        missing: findings.slice(0, LISTED_MAX).map((one) => findingOut(one, language)),
        dismissed: dismissed.slice(0, LISTED_MAX).map((one) => findingOut(one, language)),
      });
    })
    .openapi(set, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { act, flow, times, days, daysBack } = c.req.valid('json');
      const flowId = act === 'missing' ? null : flow;
      const flows = await listFlows(hub.database.db, company.id);
      const isKnown = flows.some(({ id }) => id === flowId);
      if (act === 'reconcile' && !isKnown) return fails(404, 'no-flow');
      const timetable = { times, days };
      const made = await scheduleAct(hub, company, { act, flowId, daysBack, timetable });
      const by = { by: c.get('caller').email, companyId: company.id };
      const about = { act, flow: flowId, times, days, daysBack };
      await addAudit(hub.database.db, { ...by, act: 'schedule.set', about });
      return c.json(made);
    })
    .openapi(run, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { schedule: id } = c.req.valid('param');
      const all = await listSchedules(hub.database.db, company.id);
      if (!all.some((one) => one.id === id)) return fails(404, 'no-schedule');
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act: 'schedule.run', about: { schedule: id } });
      const result = await runSchedule(c.get('wholeHub'), id, { unlessDone: false });
      if (result === null) return fails(409, 'runs-elsewhere');
      return c.json({ says: describeRun(result, c.get('language')) });
    })
    .openapi(remove, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { schedule: id } = c.req.valid('param');
      const isRemoved = await removeSchedule(hub.database.db, company.id, id);
      if (!isRemoved) return fails(404, 'no-schedule');
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act: 'schedule.remove', about: { schedule: id } });
      return c.json({ removed: id });
    });
}
