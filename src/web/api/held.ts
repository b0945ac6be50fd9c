import type { Hub } from '../../hub/hub.ts';
import { planDecided } from '../../hub/plan-decided.ts';
import { settleHeld } from '../../hub/settle-held.ts';
import { suggestCodingFor, suggestFromHub, isUncoded } from '../../hub/suggest-coding.ts';
import type { Language } from '../../domain/posting/words.ts';
import { approvalsOf } from '../../store/approvals.ts';
import { countInStates, listDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import type { Company } from '../../store/registry.ts';
import { takeBack } from '../../store/take-back.ts';
import { documentDate } from '../../domain/document/document.ts';
import { documentName } from '../../text/document-names.ts';
import { describeSuggestion } from '../../text/suggestions.ts';
import { actsFor, alikeKey, asResolution } from './acts.ts';
import { accountNames } from '../account-names.ts';
import { noticeOut, refusalOut, rowOut, turnoverOut, voucherOut } from './present.ts';
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
import {
  DeliveryState,
  DocumentKind,
  Id,
  Money,
  Posting,
  Refusal,
  Said,
  Voucher,
  Way,
} from './schemas.ts';

/** So long a decision can be taken back before anything is done about it. */
const TAKE_BACK_MS = 8_000;
/** Held deliveries told at once; who settles them sees the next. */
const LISTED_MAX = 500;
/** Settled in one go. */
const IDS_MAX = 1_000;

const Suggestion = z
  .object({ account: z.string(), message: z.string() })
  .openapi('Suggestion', { description: 'Where earlier invoices of the kind stand' });

const Held = z
  .object({
    ...{ id: z.string(), documentId: z.string(), state: DeliveryState },
    ...{ kind: DocumentKind, name: z.string(), date: z.string().nullable() },
    amount: Money.nullable(),
    refusals: z.array(Refusal),
    suggestion: Suggestion.nullable(),
    acts: z.array(z.string()).openapi({ description: 'Kinds of ways that settle it; best first' }),
    accepts: z.array(z.string()).openapi({ description: 'Reasons that can be accepted' }),
    approval: z
      .object({ by: z.string(), atMs: z.number() })
      .nullable()
      .openapi({ description: 'The first of two who have decided about it' }),
    alike: z.string().openapi({ description: 'The same for all that wait for the same reason' }),
  })
  .openapi('Held');

const Ids = z.array(Id).min(1).max(IDS_MAX);
const One = InCompany.extend({ delivery: Id });

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/held',
  summary: 'What waits for a person, oldest day first',
  ...forCompany('read'),
  request: {
    params: InCompany,
    query: z.object({
      state: z.enum(['held', 'review']).optional().openapi({
        description: 'Only what only a person knows, or only what waits for approval',
      }),
    }),
  },
  responses: answers(z.object({ total: z.number(), held: z.array(Held) }), 'What waits'),
});

const show = createRoute({
  method: 'get',
  path: '/companies/{company}/held/{delivery}',
  summary: 'All that is known of something held; may ask the ledger for a suggestion',
  ...forCompany('read'),
  request: { params: One },
  responses: answers(
    Held.extend({ draft: z.array(Posting), currency: z.string(), notices: z.array(Said) }),
    'What is known',
  ),
});

const preview = createRoute({
  method: 'post',
  path: '/companies/{company}/held/{delivery}/preview',
  summary: 'What a decision would lead to; writes nothing',
  ...forCompany('read'),
  request: { params: One, ...brings(Way) },
  responses: answers(
    z.object({ vouchers: z.array(Voucher), refusals: z.array(Refusal), notices: z.array(Said) }),
    'Vouchers, or the reasons for which it would still be held',
  ),
});

const settle = createRoute({
  method: 'post',
  path: '/companies/{company}/held/settle',
  summary: 'Settles what is held; it can be taken back for a moment',
  ...forCompany('approve'),
  request: { params: InCompany, ...brings(z.object({ ids: Ids, way: Way })) },
  responses: answers(
    z.object({
      ...{ settled: z.array(z.string()), untilMs: z.number(), learnt: z.array(z.string()) },
      awaiting: z.array(z.string()).openapi({
        description: 'Above the amount of their flow: somebody else has to decide the same',
      }),
    }),
    'The ids that go on; those that had moved on are left out',
  ),
});

const undo = createRoute({
  method: 'post',
  path: '/companies/{company}/held/take-back',
  summary: 'Takes decisions back about which nothing has been done',
  ...forCompany('approve'),
  request: { params: InCompany, ...brings(z.object({ ids: Ids })) },
  responses: answers(z.object({ taken: z.array(z.string()) }), 'The ids that are held again'),
});

/** The queue of what only a person knows. */
export function heldRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const [hub, company, language] = [c.get('hub'), c.get('company'), c.get('language')];
      const { state } = c.req.valid('query');
      const states: ('held' | 'review')[] = state === undefined ? ['held', 'review'] : [state];
      const total = await countInStates(hub.database.db, company.id, states);
      return c.json({ total, held: await listed(hub, company, { states, language }) });
    })
    .openapi(show, async (c) => {
      const [hub, company, language] = [c.get('hub'), c.get('company'), c.get('language')];
      const one = await oneOf(hub, company, c.req.valid('param').delivery);
      const accountName = await accountNames(hub, company);
      const suggestion = isUncoded(one) ? await suggestCodingFor(hub, company, one) : null;
      return c.json({
        ...heldOut(one, suggestion, language),
        approval: (await approvalsOf(hub.database.db, [one.id])).get(one.id) ?? null,
        draft: one.draft.map((row) => rowOut(row, accountName)),
        currency: one.draft[0]?.amount.currency ?? '',
        notices: one.notices.map((notice) => noticeOut(notice, language)),
      });
    })
    .openapi(preview, async (c) => {
      const [hub, company, language] = [c.get('hub'), c.get('company'), c.get('language')];
      const resolution = asResolution(c.req.valid('json'));
      if (resolution.kind === 'skip') return c.json({ vouchers: [], refusals: [], notices: [] });
      const decisions = resolution.decision === null ? [] : [resolution.decision];
      const { id: deliveryId } = await oneOf(hub, company, c.req.valid('param').delivery);
      const of = { company, deliveryId };
      const outcome = await planDecided(hub, of, decisions);
      if (outcome === null) return fails(404, 'no-delivery');
      const refusals = outcome.kind === 'held' ? outcome.refusals : [];
      const accountName = await accountNames(hub, company);
      const vouchers = outcome.kind === 'plan' ? outcome.plan.vouchers : [];
      const plan = outcome.kind === 'plan' ? outcome.plan : outcome;
      const notices = 'notices' in plan ? plan.notices : [];
      return c.json({
        vouchers: vouchers.map((one) => voucherOut(one, accountName)),
        refusals: refusals.map((refusal) => refusalOut(refusal, language)),
        notices: notices.map((notice) => noticeOut(notice, language)),
      });
    })
    .openapi(settle, async (c) => {
      const [hub, company, caller] = [c.get('hub'), c.get('company'), c.get('caller')];
      const { ids, way } = c.req.valid('json');
      if (!c.get('rights').includes('settle')) await onlyApproves(hub, company, { ids, way });
      const settled = await settleHeld(hub, {
        ...{ company, ids, resolution: asResolution(way), by: caller.email },
        isRemembered: 'remember' in way && way.remember,
        afterMs: TAKE_BACK_MS,
      });
      return c.json({
        settled: [...settled.moved, ...settled.alike],
        awaiting: [...settled.awaiting],
        untilMs: hub.clock.nowMs() + TAKE_BACK_MS,
        learnt: [...(settled.learnt?.codes ?? [])],
      });
    })
    .openapi(undo, async (c) => {
      const [hub, company, caller] = [c.get('hub'), c.get('company'), c.get('caller')];
      const { ids } = c.req.valid('json');
      const act = { companyId: company.id, ids, by: caller.email };
      return c.json({ taken: [...(await takeBack(hub.database.db, act))] });
    });
}

async function listed(
  hub: Hub,
  company: Company,
  of: { readonly states: readonly ('held' | 'review')[]; readonly language: Language },
): Promise<z.infer<typeof Held>[]> {
  const query = { companyId: company.id, states: of.states, first: LISTED_MAX };
  const all = await listDeliveries(hub.database.db, query);
  const ids = all.map(({ id }) => id);
  const seen = await approvalsOf(hub.database.db, ids);
  const held = [];
  for (const one of all) {
    const suggestion = isUncoded(one) ? await suggestFromHub(hub, company, one) : null;
    held.push({ ...heldOut(one, suggestion, of.language), approval: seen.get(one.id) ?? null });
  }
  return held;
}

async function oneOf(hub: Hub, company: Company, id: string): Promise<DeliveryView> {
  const query = { companyId: company.id, ids: [id] };
  const [one] = await listDeliveries(hub.database.db, query);
  return one ?? fails(404, 'no-delivery');
}

/** Who may only approve lets go what waits for approval, as it stands, and nothing else. */
async function onlyApproves(
  hub: Hub,
  company: Company,
  asked: { readonly ids: readonly string[]; readonly way: z.infer<typeof Way> },
): Promise<void> {
  const query = { companyId: company.id, ids: asked.ids };
  const found = await listDeliveries(hub.database.db, query);
  const isPlain = asked.way.kind === 'again' && found.every(({ state }) => state === 'review');
  if (!isPlain) fails(403, 'needs-right', { right: 'settle' });
}

function heldOut(
  of: DeliveryView,
  suggestion: Awaited<ReturnType<typeof suggestFromHub>>,
  language: Language,
): Omit<z.infer<typeof Held>, 'approval'> {
  const { acts, accepts } = actsFor(of);
  return {
    ...{ id: of.id, documentId: of.documentId, state: of.state, kind: of.document.kind },
    name: documentName(of.document, language),
    date: documentDate(of.document),
    amount: turnoverOut(of.draft),
    refusals: of.refusals.map((refusal) => refusalOut(refusal, language)),
    suggestion:
      suggestion === null
        ? null
        : { account: suggestion.account, message: describeSuggestion(suggestion, language) },
    ...{ acts, accepts, alike: alikeKey(of) },
  };
}
