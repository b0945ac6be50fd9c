import { documentDate } from '../../domain/document/document.ts';
import type { PlanOutcome } from '../../domain/plan.ts';
import type { VoucherRow } from '../../domain/posting/voucher.ts';
import type { Language } from '../../domain/posting/words.ts';
import { isWithinLimit } from '../../hub/four-eyes.ts';
import { planManyAsIs, type PlannedAsIs } from '../../hub/plan-decided.ts';
import { approvalsOf, fourEyesOf, type Approval } from '../../store/approvals.ts';
import { listFlows } from '../../store/registry.ts';
import { listReview, reviewGroups, statesOfDeliveries } from '../../store/review.ts';
import { documentName } from '../../text/document-names.ts';
import { describeRefusal } from '../../text/refusals.ts';
import { titlesOf } from '../connection-title.ts';
import { turnoverOut } from './present.ts';
import { answers, brings, createRoute, forCompany, InCompany, newRoutes, z } from './route.ts';
import { Day, DeliveryState, DocumentKind, Id, Money } from './schemas.ts';

/** Rows of one table: each is planned when it is shown. Who approves them sees the next. */
const LISTED_MAX = 500;
/** Followed in one go. */
const IDS_MAX = 1_000;

const Row = z
  .object({
    ...{ id: z.string(), documentId: z.string(), flow: z.string(), kind: DocumentKind },
    ...{ name: z.string(), date: z.string().nullable() },
    amount: Money.nullable().openapi({
      description: 'null: it is not known, or nothing is booked',
    }),
    why: z
      .string()
      .nullable()
      .openapi({ description: 'Why it would not be booked as it stands; null: it would' }),
    needsTwo: z.boolean().openapi({ description: 'Above the amount that one person may let go' }),
    first: z
      .object({ by: z.string(), atMs: z.number(), isYou: z.boolean() })
      .nullable()
      .openapi({ description: 'The first of two who have let it go' }),
  })
  .openapi('ReviewRow');

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/review',
  summary: 'What waits for approval, with what it would be booked as; oldest day first',
  ...forCompany('read'),
  request: {
    params: InCompany,
    query: z.object({
      ...{ flow: Id.optional(), kind: z.string().max(50).optional() },
      ...{ from: Day.optional(), to: Day.optional() },
    }),
  },
  responses: answers(
    z.object({
      total: z.number(),
      rows: z.array(Row),
      groups: z
        .array(
          z.object({ flow: z.string(), name: z.string(), kind: z.string(), count: z.number() }),
        )
        .openapi({ description: 'All that waits, whatever is asked for' }),
    }),
    'Rows of a table',
  ),
});

const progress = createRoute({
  method: 'post',
  path: '/companies/{company}/held/progress',
  summary: 'How far what was decided has come',
  ...forCompany('read'),
  request: {
    params: InCompany,
    ...brings(z.object({ ids: z.array(Id).min(1).max(IDS_MAX) })),
  },
  responses: answers(
    z.object({ states: z.array(z.object({ state: DeliveryState, count: z.number() })) }),
    'How many stand in each state',
  ),
});

/** Approving many at once. */
export function reviewRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const [hub, company, caller] = [c.get('hub'), c.get('company'), c.get('caller')];
      const { db } = hub.database;
      const { flow, kind, from, to } = c.req.valid('query');
      const { ids, total } = await listReview(db, {
        ...{ companyId: company.id, limit: LISTED_MAX },
        ...(flow === undefined ? {} : { flowId: flow }),
        ...(kind === undefined ? {} : { kind }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      const planned = await planManyAsIs(hub, { company, deliveryIds: ids });
      const seen = await approvalsOf(db, ids);
      const limits = await fourEyesOf(db, company.id);
      const titles = titlesOf(hub.connectors, c.get('language'));
      const flows = new Map((await listFlows(db, company.id)).map((one) => [one.id, one]));
      return c.json({
        total,
        rows: planned.map((one) => {
          const { id, flowId } = one.delivery;
          const limit = limits.get(flowId);
          const first = seen.get(id);
          return {
            ...rowOut(one, c.get('language')),
            needsTwo: limit !== undefined && !isWithinLimit(one.outcome, limit),
            first: first === undefined ? null : firstOut(first, caller.email),
          };
        }),
        groups: (await reviewGroups(db, company.id)).map((group) => {
          const flow = flows.get(group.flowId);
          const name = flow === undefined ? '' : titles.flow(flow);
          return { flow: group.flowId, name, kind: group.kind, count: group.count };
        }),
      });
    })
    .openapi(progress, async (c) => {
      const of = { companyId: c.get('company').id, ids: c.req.valid('json').ids };
      const found = await statesOfDeliveries(c.get('hub').database.db, of);
      const states = DeliveryState.options.flatMap((state) => {
        const count = found[state] ?? 0;
        return count === 0 ? [] : [{ state, count }];
      });
      return c.json({ states });
    });
}

function rowOut({ delivery, outcome }: PlannedAsIs, language: Language) {
  const { id, documentId, flowId: flow, document } = delivery;
  const [refusal] = outcome?.kind === 'held' ? outcome.refusals : [];
  return {
    ...{ id, documentId, flow, kind: document.kind, date: documentDate(document) },
    name: documentName(document, language),
    amount: turnoverOut(knownRows(outcome)),
    why: refusal === undefined ? null : describeRefusal(refusal, language, 'app'),
  };
}

/** The rows so far as they are known. */
function knownRows(outcome: PlanOutcome | null): readonly VoucherRow[] {
  switch (outcome?.kind) {
    case 'plan':
      return outcome.plan.vouchers.flatMap(({ rows }) => rows);
    case 'gathers':
      return outcome.vouchers.flatMap(({ rows }) => rows);
    case 'held':
      return outcome.draft;
    default:
      return [];
  }
}

function firstOut({ by, atMs }: Approval, you: string) {
  return { by, atMs, isYou: by === you };
}
