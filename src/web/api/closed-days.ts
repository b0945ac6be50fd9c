import { day, WEEKDAYS } from '../../domain/date.ts';
import { lookForMissing } from '../../hub/look-for-missing.ts';
import { addAudit } from '../../store/audit.ts';
import { addClosedDays, listClosedDays, removeClosedDays } from '../../store/closed-days.ts';
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
import { Day, Id } from './schemas.ts';

const Weekdays = z.array(z.enum(WEEKDAYS)).max(WEEKDAYS.length);
const Name = z.string().trim().min(1).max(60);

/** What the calendar says about some days. */
const Closed = z.object({
  from: Day,
  to: Day.nullable().openapi({ description: 'null: from then on' }),
  weekdays: Weekdays.openapi({ description: 'Only these of them; empty: all' }),
  store: Name.nullable().openapi({ description: 'null: every store' }),
  till: Name.nullable().openapi({ description: 'null: every till' }),
  why: z.string().trim().min(1).max(500),
});

const Looked = z.object({
  missing: z.number().openapi({ description: 'So many reports are missing now' }),
});

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/closed-days',
  summary: 'Days on which no report is expected: the calendar of the company',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      closed: z.array(
        Closed.extend({ id: z.string(), by: z.string(), weekdays: z.array(z.string()) }).openapi(
          'ClosedDays',
        ),
      ),
    }),
    'In the order of their days',
  ),
});

const add = createRoute({
  method: 'post',
  path: '/companies/{company}/closed-days',
  summary: 'Says when the company, a store or a till is closed',
  ...forCompany('settle'),
  request: { params: InCompany, ...brings(Closed) },
  responses: answers(Looked, 'What was missing is looked at again'),
});

const remove = createRoute({
  method: 'delete',
  path: '/companies/{company}/closed-days/{closed}',
  summary: 'Takes an entry out of the calendar',
  ...forCompany('settle'),
  request: { params: InCompany.extend({ closed: Id }) },
  responses: answers(Looked, 'What was missing is looked at again'),
});

/** The calendar of days on which nothing is expected. */
export function closedDayRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const entries = await listClosedDays(c.get('hub').database.db, c.get('company').id);
      return c.json({
        closed: entries.map(({ id, from, to, weekdays, store, register, reason, by }) => ({
          ...{ id, from, to, weekdays: [...weekdays], store, till: register, why: reason, by },
        })),
      });
    })
    .openapi(add, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const said = c.req.valid('json');
      if (said.to !== null && said.to < said.from) {
        return fails(400, 'ends-before', { to: said.to, from: said.from });
      }
      const by = c.get('caller').email;
      const { weekdays, store, till: register, why: reason } = said;
      const span = { from: day(said.from), to: said.to === null ? null : day(said.to), weekdays };
      await hub.database.db.transaction().execute(async (trx) => {
        await addClosedDays(trx, company.id, [{ ...span, store, register, reason, by }]);
        const act = { by, companyId: company.id, act: 'closed.add', about: said };
        await addAudit(trx, act);
      });
      return c.json({ missing: (await lookForMissing(hub, company)).open });
    })
    .openapi(remove, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { closed: id } = c.req.valid('param');
      const by = { by: c.get('caller').email, companyId: company.id };
      await hub.database.db.transaction().execute(async (trx) => {
        const [removed] = await removeClosedDays(trx, company.id, [id]);
        if (removed === undefined) return fails(404, 'no-entry');
        return addAudit(trx, { ...by, act: 'closed.remove', about: { closed: id } });
      });
      return c.json({ missing: (await lookForMissing(hub, company)).open });
    });
}
