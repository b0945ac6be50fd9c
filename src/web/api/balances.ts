import { isAbsolute } from 'node:path';
import { balanceEnds } from '../../hub/customer-balances.ts';
import type { Hub } from '../../hub/hub.ts';
import { addAudit, type Act } from '../../store/audit.ts';
import { balanceReturns, setBalanceReturn } from '../../store/balance-returns.ts';
import { planSnapshots, snapshotPlans } from '../../store/balance-snapshots.ts';
import type { Db } from '../../store/db.ts';
import type { Person } from '../../store/people.ts';
import { getPickup, listPickups } from '../../store/pickups.ts';
import { listFlows, type Company, type Flow } from '../../store/registry.ts';
import { describeTrouble } from '../../text/pickups.ts';
import type { Language } from '../../domain/posting/words.ts';
import { rightsInFirm } from '../access/rights.ts';
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
import { Id, Times } from './schemas.ts';

const OfFlow = InCompany.extend({ flow: Id });

const Choice = z.object({ id: z.string(), name: z.string() });

const Put = z
  .object({
    ...{ flow: z.string(), name: z.string(), folder: z.string() },
    place: z.string().nullable().openapi({ description: 'The SFTP server; null: this machine' }),
    times: z.array(z.string()),
    ...{ returnedAtMs: z.number().nullable(), isStale: z.boolean() },
    trouble: z.string().nullable(),
  })
  .openapi('BalancesPut');

const Served = z
  .object({
    ...{ flow: z.string(), name: z.string(), url: z.string(), times: z.array(z.string()) },
    ...{ madeAtMs: z.number().nullable(), isStale: z.boolean() },
  })
  .openapi('BalancesServed');

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/balances',
  summary: 'Where what customers owe goes back to a till, and where it could',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      put: z.array(Put),
      served: z.array(Served),
      flows: z.array(Choice).openapi({ description: 'Those whose till takes balances' }),
      servers: z.array(Choice).openapi({ description: 'SFTP servers of the company' }),
      mayUseFolders: z.boolean().openapi({
        description: 'Whether who asks may have files put into folders of the hub’s machine',
      }),
    }),
    'All ways back',
  ),
});

const put = createRoute({
  method: 'put',
  path: '/companies/{company}/balances/{flow}',
  summary: 'Puts what customers owe into a folder from now on, or changes where and when',
  ...forCompany('connect'),
  request: {
    params: OfFlow,
    ...brings(
      z.object({
        folder: z.string().trim().min(1).max(1_000),
        place: Id.nullable().openapi({ description: 'An SFTP server; null: this machine' }),
        times: Times,
      }),
    ),
  },
  responses: answers(z.object({ flow: z.string() }), 'It is put there at once'),
});

const putNoMore = createRoute({
  method: 'delete',
  path: '/companies/{company}/balances/{flow}',
  summary: 'Puts balances into no folder any more',
  ...forCompany('connect'),
  request: { params: OfFlow },
  responses: answers(z.object({ flow: z.string() }), 'What lies there stays'),
});

const serve = createRoute({
  method: 'put',
  path: '/companies/{company}/balances/{flow}/served',
  summary: 'Lets a till fetch what customers owe over HTTP, or changes when it is made anew',
  ...forCompany('connect'),
  request: { params: OfFlow, ...brings(z.object({ times: Times })) },
  responses: answers(z.object({ url: z.string() }), 'Where, with a key for balances'),
});

const serveNoMore = createRoute({
  method: 'delete',
  path: '/companies/{company}/balances/{flow}/served',
  summary: 'Serves balances over HTTP no more',
  ...forCompany('connect'),
  request: { params: OfFlow },
  responses: answers(z.object({ flow: z.string() }), 'The flow'),
});

/** Where what customers owe goes back to a till. */
export function balanceRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const of = { hub: c.get('hub'), whole: c.get('wholeHub'), company: c.get('company') };
      const mayUseFolders = mayUseFoldersOf(c.get('caller'));
      return c.json({ ...(await waysBack(of, c.get('language'))), mayUseFolders });
    })
    .openapi(put, async (c) => {
      const [hub, company, caller] = [c.get('hub'), c.get('company'), c.get('caller')];
      const flow = await flowOf(hub, company, c.req.valid('param').flow);
      const { folder, place, times } = c.req.valid('json');
      if (place === null) checkFolder(folder, caller);
      else await checkServer(hub, place);
      await balanceEnds(hub, flow);
      const about = { flow: flow.id, folder, place, times };
      const act = { by: caller.email, companyId: company.id, act: 'balances.put', about };
      await changed(hub, act, (db) => {
        return setBalanceReturn(db, { flowId: flow.id, folder, pickupId: place, times });
      });
      return c.json({ flow: flow.id });
    })
    .openapi(putNoMore, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { id } = await flowOf(hub, company, c.req.valid('param').flow);
      const by = { by: c.get('caller').email, companyId: company.id };
      await changed(hub, { ...by, act: 'balances.put-end', about: { flow: id } }, (db) => {
        return setBalanceReturn(db, { flowId: id, folder: '', times: [] });
      });
      return c.json({ flow: id });
    })
    .openapi(serve, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const flow = await flowOf(hub, company, c.req.valid('param').flow);
      const { times } = c.req.valid('json');
      await balanceEnds(hub, flow);
      const by = { by: c.get('caller').email, companyId: company.id };
      await changed(hub, { ...by, act: 'balances.serve', about: { flow: flow.id, times } }, (db) =>
        planSnapshots(db, flow.id, times),
      );
      return c.json({ url: urlOf(hub, flow) });
    })
    .openapi(serveNoMore, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { id } = await flowOf(hub, company, c.req.valid('param').flow);
      const by = { by: c.get('caller').email, companyId: company.id };
      await changed(hub, { ...by, act: 'balances.serve-end', about: { flow: id } }, (db) =>
        planSnapshots(db, id, null),
      );
      return c.json({ flow: id });
    });
}

/** A change and its row of the audit trail: both, or neither. */
async function changed(hub: Hub, act: Act, change: (db: Db) => Promise<void>): Promise<void> {
  await hub.database.db.transaction().execute(async (trx) => {
    await change(trx);
    await addAudit(trx, act);
  });
}

async function flowOf(hub: Hub, company: Company, id: string): Promise<Flow> {
  const flows = await listFlows(hub.database.db, company.id);
  return flows.find((one) => one.id === id) ?? fails(404, 'no-flow');
}

/** Who looks after one company has no say over the machine on which all of them are. */
function mayUseFoldersOf({ memberships }: Person): boolean {
  return rightsInFirm(memberships).includes('connect');
}

function checkFolder(folder: string, caller: Person): void {
  if (!mayUseFoldersOf(caller)) {
    fails(403, 'folder-of-hub');
  }
  if (!isAbsolute(folder)) fails(400, 'folder-not-whole', { folder });
}

async function checkServer(hub: Hub, id: string): Promise<void> {
  const server = await getPickup(hub.database.db, id);
  if (server?.kind !== 'sftp') fails(404, 'no-server');
}

/** How balances go back, and could. Servers of the firm are named, and not offered. */
async function waysBack(
  of: { readonly hub: Hub; readonly whole: Hub; readonly company: Company },
  language: Language,
) {
  const { db } = of.hub.database;
  const flows = await listFlows(db, of.company.id);
  const byId = new Map(flows.map((flow) => [flow.id, flow]));
  const takes = await Promise.all(flows.map(({ source }) => of.hub.openBalances(source.id)));
  const names = new Map(
    (await listPickups(of.whole.database.db)).map(({ id, name }) => [id, name]),
  );
  const own = (await listPickups(db)).filter(({ kind }) => kind === 'sftp');
  const plans = (await snapshotPlans(db)).filter(({ flowId }) => byId.has(flowId));
  const returns = (await balanceReturns(db)).filter(({ flowId }) => byId.has(flowId));
  return {
    flows: flows.filter((_flow, i) => takes[i] !== null).map(chosen),
    servers: own.map(({ id, name }) => ({ id, name })),
    put: returns.map(({ flowId, folder, pickupId, times, returnedAtMs, isStale, failed }) => ({
      ...{ flow: flowId, name: nameOf(byId.get(flowId)), folder, times: [...times] },
      place: pickupId === null ? null : (names.get(pickupId) ?? ''),
      ...{
        returnedAtMs,
        isStale,
        trouble: failed && describeTrouble(failed.trouble, language, 'app'),
      },
    })),
    served: plans.map(({ flowId, times, madeAtMs, isStale }) => {
      const flow = byId.get(flowId);
      const url = flow === undefined ? '' : urlOf(of.hub, flow);
      return { flow: flowId, name: nameOf(flow), url, times: [...times], madeAtMs, isStale };
    }),
  };
}

function chosen(flow: Flow): z.infer<typeof Choice> {
  return { id: flow.id, name: nameOf(flow) };
}

function nameOf(flow: Flow | undefined): string {
  return flow === undefined ? '' : `${flow.source.name} → ${flow.target.name}`;
}

/** Where a till fetches the balances of a flow. */
function urlOf(hub: Hub, { source, target }: Flow): string {
  const query = new URLSearchParams({ target: target.name }).toString();
  return `${hub.config.publicUrl}/v1/balances/${encodeURIComponent(source.name)}?${query}`;
}
