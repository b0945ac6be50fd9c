import type { Hub } from '../../hub/hub.ts';
import { bookNow, fetchOrder, isBooked, orderNumber, shopsOf } from '../../hub/sync-order.ts';
import { addAudit } from '../../store/audit.ts';
import { listDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import { refusalOut } from './present.ts';
import {
  answers,
  brings,
  createRoute,
  fails,
  failsWith,
  forCompany,
  InCompany,
  newRoutes,
  z,
} from './route.ts';
import { DeliveryState, Id, Refusal } from './schemas.ts';

/** What has just come is planned within this, or goes on by itself: it may be booked by that. */
const PLANNED_WITHIN_MS = 3_000;
const LOOK_MS = 100;

const sync = createRoute({
  method: 'post',
  path: '/companies/{company}/orders/sync',
  summary: 'Fetches one order from its shop and books it as it stands there now',
  ...forCompany('settle'),
  request: {
    params: InCompany,
    ...brings(
      z.object({
        number: z.string().min(1).max(100).openapi({ description: 'As the shop calls it' }),
        connection: Id.optional().openapi({ description: 'The shop; needed when two have it' }),
      }),
    ),
  },
  responses: answers(
    z.object({
      trouble: z.string().nullable().openapi({
        description: 'Why it is as it came before: its shop could not be asked',
      }),
      deliveries: z.array(
        z.object({
          ...{ id: z.string(), documentId: z.string(), state: DeliveryState },
          label: z.string().nullable(),
          isBooked: z.boolean(),
          refusals: z.array(Refusal),
        }),
      ),
    }),
    'Its ways into ledgers; what is on its way goes on by itself',
  ),
});

/** What is done about one order of a shop. */
export function orderRoutes() {
  return newRoutes().openapi(sync, async (c) => {
    const [hub, company, caller] = [c.get('hub'), c.get('company'), c.get('caller')];
    const { number, connection } = c.req.valid('json');
    const all = await shopsOf(hub, company.id);
    const shops = all.filter(({ id }) => connection === undefined || id === connection);
    if (shops.length === 0) return fails(404, 'no-shop');
    const asked = { companyId: company.id, shops, number: orderNumber(number) };
    const fetched = await fetchOrder(hub, asked);
    if (fetched.kind === 'several') {
      return fails(409, 'several-shops', { names: fetched.names.join(', ') });
    }
    if (fetched.kind === 'none') {
      return fetched.trouble === null
        ? fails(404, 'no-order', { number: asked.number })
        : failsWith(502, fetched.trouble);
    }
    const { deliveryIds } = fetched.order;
    if (deliveryIds.length === 0) return fails(409, 'shop-without-flow');
    const of = { companyId: company.id, deliveryIds };
    await untilPlanned(hub, of);
    await bookNow(hub, { ...of, by: caller.email });
    const act = { act: 'order.sync', about: { order: asked.number } } as const;
    await addAudit(hub.database.db, { companyId: company.id, by: caller.email, ...act });
    const language = c.get('language');
    return c.json({
      trouble: fetched.trouble,
      deliveries: (await deliveriesOf(hub, of)).map((one) => ({
        ...{ id: one.id, documentId: one.documentId, state: one.state, label: one.label },
        isBooked: isBooked(one),
        refusals: one.refusals.map((refusal) => refusalOut(refusal, language)),
      })),
    });
  });
}

type Of = { readonly companyId: string; readonly deliveryIds: readonly string[] };

function deliveriesOf(hub: Hub, { companyId, deliveryIds: ids }: Of) {
  return listDeliveries(hub.database.db, { companyId, ids });
}

async function untilPlanned(hub: Hub, of: Of): Promise<void> {
  const endMs = hub.clock.nowMs() + PLANNED_WITHIN_MS;
  const isUnderWay = ({ state }: DeliveryView): boolean => ['waiting', 'sending'].includes(state);
  while ((await deliveriesOf(hub, of)).some(isUnderWay) && hub.clock.nowMs() < endMs) {
    await hub.clock.sleep(LOOK_MS);
  }
}
