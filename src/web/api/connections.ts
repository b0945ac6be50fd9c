import { dayAt } from '../../domain/date.ts';
import type { Language } from '../../domain/posting/words.ts';
import type { HealthItem as Item } from '../../ports/health.ts';
import { endWaitIfWell } from '../../hub/try-waiting.ts';
import { addAudit } from '../../store/audit.ts';
import { callsOf, listConnections, listFlows } from '../../store/registry.ts';
import { listWaitingFiles } from '../../store/waiting-files.ts';
import { healthTitle } from '../../text/health-titles.ts';
import { waitingFileItems } from '../file-items.ts';
import { ledgerItems } from '../ledger-items.ts';
import { sourceItems } from '../source-items.ts';
import { titlesOf } from '../connection-title.ts';
import { connectionOf } from './connect.ts';
import { reasonOf } from '../connection-reason.ts';
import { answers, createRoute, forCompany, InCompany, newRoutes, z } from './route.ts';
import { ConnectionState, HealthItem, Id, Mode } from './schemas.ts';

const One = InCompany.extend({ connection: Id });

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/connections',
  summary: 'The company’s logins to outside systems',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      connections: z.array(
        z
          .object({
            ...{ id: z.string(), name: z.string(), connector: z.string(), title: z.string() },
            ...{ state: ConnectionState, reason: z.string().nullable() },
            gives: z.array(z.string()).openapi({ description: 'Kinds of document it gives' }),
            takes: z.array(z.string()).openapi({ description: 'Kinds of document it takes' }),
            ...{ hasConsent: z.boolean(), calls: z.number(), rateLimited: z.number() },
            flows: z.array(z.object({ to: z.string(), mode: Mode })),
          })
          .openapi('Connection'),
      ),
    }),
    'No secret is among it',
  ),
});

const test = createRoute({
  method: 'post',
  path: '/companies/{company}/connections/{connection}/test',
  summary: 'Looks at everything that would stop a document',
  description: 'A ledger that waits for a person is ready again when what it waits for is mended.',
  ...forCompany('connect'),
  request: { params: One },
  responses: answers(z.object({ items: z.array(HealthItem) }), 'The health card'),
});

/** Logins, their state, and what would stop them. */
export function connectionRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { db } = hub.database;
      const flows = await listFlows(db, company.id);
      const all = await listConnections(db, company.id);
      const titles = titlesOf(hub.connectors, c.get('language'));
      const connections = await Promise.all(
        all.map(async (one) => {
          const connector = hub.connectors.get(one.connector);
          return {
            ...{ id: one.id, name: one.name, connector: one.connector, state: one.state },
            ...{ title: titles.connection(one), reason: reasonOf(one, c.get('language')) },
            ...{ gives: [...(connector?.gives ?? [])], takes: [...(connector?.takes ?? [])] },
            hasConsent: connector?.consent !== undefined,
            ...(await callsOf(db, one.id)),
            flows: flows
              .filter((flow) => flow.source.id === one.id)
              .map((flow) => ({ to: titles.connection(flow.target), mode: flow.mode })),
          };
        }),
      );
      return c.json({ connections });
    })
    .openapi(test, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { db } = hub.database;
      const { connection: id } = c.req.valid('param');
      const found = await connectionOf(hub, company, id);
      const takes = hub.connectors.get(found.connector)?.takes.length ?? 0;
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(db, { ...by, act: 'connection.test', about: { connection: found.name } });
      const flows = await listFlows(db, company.id);
      const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
      const told = { language: c.get('language'), surface: 'app' } as const;
      if (takes === 0) {
        const waiting = await listWaitingFiles(db, { companyId: company.id, connectionId: id });
        const files = waitingFileItems(waiting, told.language, told.surface);
        const from = flows.filter((flow) => flow.source.id === id);
        const asked = await sourceItems(hub, found, { company, from, today, ...told });
        return c.json({ items: [...files, ...asked].map(titled(told.language)) });
      }
      const into = flows.filter((flow) => flow.target.id === id);
      const items = await ledgerItems(hub, found, { company, into, today, ...told });
      await endWaitIfWell(hub, found, { items, by: by.by });
      return c.json({ items: items.map(titled(told.language)) });
    });
}

function titled(language: Language) {
  return (one: Item) => ({ ...one, title: healthTitle(one.item, language) });
}
