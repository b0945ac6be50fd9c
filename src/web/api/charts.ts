import { dayAt, plusDays } from '../../domain/date.ts';
import { BOOK_CURRENCY } from '../../domain/posting/choices.ts';
import { FLOW_CHOICES } from '../../engine/flow-choices.ts';
import { systemName } from '../../ports/connector.ts';
import { callsInWindow, clearingDays, heldReasons } from '../../store/charts.ts';
import { flowVersions, type FlowVersion } from '../../store/flow-versions.ts';
import { listConnections, listFlows, listReturns } from '../../store/registry.ts';
import { listSchedules } from '../../store/schedules.ts';
import { FLOW_CHOICE_TEXTS } from '../../text/flow-choices/flow-choices.ts';
import { accountNames } from '../account-names.ts';
import { titlesOf } from '../connection-title.ts';
import { formOf } from '../form/fields.ts';
import { answers, createRoute, forCompany, InCompany, newRoutes, z } from './route.ts';
import { ConnectionState, FormFields, Mode, Settings } from './schemas.ts';

/** A quarter: what has waited longer has another reason than that it is on its way. */
const CLEARING_DAYS = 92;

const charts = createRoute({
  method: 'get',
  path: '/companies/{company}/charts',
  summary: 'What is held by reason, calls left of the limits, clearing accounts day by day',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      held: z.array(z.object({ code: z.string(), count: z.number() })),
      limits: z.array(
        z.object({
          ...{ connection: z.string(), requests: z.number(), perMs: z.number() },
          left: z.number().openapi({ description: 'Calls left in the window that is now' }),
        }),
      ),
      clearing: z.array(
        z.object({
          ...{ account: z.string(), name: z.string() },
          days: z.array(z.object({ day: z.string(), minor: z.string() })),
        }),
      ),
      ...{ from: z.string(), currency: z.string() },
    }),
    'Sums of the accounts since `from`',
  ),
});

const Version = z.object({
  ...{ atMs: z.number(), mode: Mode, startDate: z.string().nullable() },
  ...{ fourEyesMinor: z.string().nullable(), choices: Settings },
});

const documentation = createRoute({
  method: 'get',
  path: '/companies/{company}/system-documentation',
  summary: 'How the books came to be: systems and rules with their versions and dates',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      ...{ company: z.string(), country: z.string(), madeAtMs: z.number(), currency: z.string() },
      connections: z.array(
        z.object({
          ...{ name: z.string(), system: z.string(), state: ConnectionState },
          ...{ gives: z.array(z.string()), takes: z.array(z.string()) },
        }),
      ),
      flows: z.array(
        z.object({ source: z.string(), target: z.string(), versions: z.array(Version) }),
      ),
      form: FormFields.openapi({ description: 'What the choices are called' }),
      schedules: z.array(
        z.object({ act: z.string(), times: z.array(z.string()), days: z.array(z.string()) }),
      ),
    }),
    'Versions with the newest first: it is the one that counts',
  ),
});

/** Pictures for the overview, and what is kept for whoever examines the books. */
export function chartRoutes() {
  return newRoutes()
    .openapi(charts, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { db } = hub.database;
      const nowMs = hub.clock.nowMs();
      const from = plusDays(dayAt(new Date(nowMs), company.timeZone), -CLEARING_DAYS);
      const titles = titlesOf(hub.connectors, c.get('language'));
      const limits = [];
      for (const connection of await listConnections(db, company.id)) {
        const limit = hub.connectors.get(connection.connector)?.rateLimit ?? null;
        if (limit === null) continue;
        const { requests, perMs } = limit;
        // Windows are the hub's own and of no company's rows: they are read as the hub.
        const whole = c.get('wholeHub').database.db;
        const used = await callsInWindow(whole, { connectionId: connection.id, perMs, nowMs });
        limits.push({
          connection: titles.connection(connection),
          ...{ requests, perMs, left: Math.max(0, requests - used) },
        });
      }
      const accountName = await accountNames(hub, company);
      const days = Map.groupBy(
        await clearingDays(db, { companyId: company.id, from }),
        ({ account }) => account,
      );
      return c.json({
        held: [...(await heldReasons(db, company.id))],
        limits,
        clearing: [...days].map(([account, all]) => ({
          ...{ account, name: accountName(account) },
          days: all.map(({ day, minor }) => ({ day, minor })),
        })),
        ...{ from, currency: BOOK_CURRENCY[company.country] },
      });
    })
    .openapi(documentation, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { db } = hub.database;
      const titles = titlesOf(hub.connectors, c.get('language'));
      const versions = Map.groupBy(await flowVersions(db, company.id), ({ flowId }) => flowId);
      const flows = [...(await listFlows(db, company.id)), ...(await listReturns(db, company.id))];
      return c.json({
        ...{ company: company.name, country: company.country, madeAtMs: hub.clock.nowMs() },
        currency: BOOK_CURRENCY[company.country],
        connections: (await listConnections(db, company.id)).map(({ name, connector, state }) => {
          const known = hub.connectors.get(connector);
          const kinds = { gives: [...(known?.gives ?? [])], takes: [...(known?.takes ?? [])] };
          const system = known === undefined ? connector : systemName(known, c.get('language'));
          return { name, state, system, ...kinds };
        }),
        flows: flows.map(({ id, source, target }) => ({
          ...{ source: titles.connection(source), target: titles.connection(target) },
          versions: (versions.get(id) ?? []).toReversed().map(versionOut),
        })),
        form: [...formOf(FLOW_CHOICES, FLOW_CHOICE_TEXTS, c.get('language'))],
        schedules: (await listSchedules(db, company.id)).map(({ act, timetable }) => ({
          ...{ act, times: [...timetable.times], days: [...timetable.days] },
        })),
      });
    });
}

function versionOut({ flowId: _flow, ...version }: FlowVersion): z.infer<typeof Version> {
  return {
    ...version,
    mode: version.mode === 'review' ? 'review' : 'automatic',
    choices: version.choices as Record<string, unknown>,
  };
}
