import { day } from '../../domain/date.ts';
import { BOOK_CURRENCY } from '../../domain/posting/choices.ts';
import { roleName } from '../../domain/posting/role-names.ts';
import type { Language } from '../../domain/posting/words.ts';
import type { Difference, Reconciliation } from '../../engine/reconcile.ts';
import type { Hub } from '../../hub/hub.ts';
import { keptReconciliation, type KeptReconciliation } from '../../hub/kept-reconciliation.ts';
import { reconcileFlow } from '../../hub/reconcile-flow.ts';
import { addAudit } from '../../store/audit.ts';
import { listReconciliations } from '../../store/reconciliations.ts';
import { searchDocuments } from '../../store/document-list.ts';
import { listFlows, type Company, type Flow } from '../../store/registry.ts';
import { titlesOf } from '../connection-title.ts';
import { Listed, listedOut } from './documents.ts';
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

const DAYS_MAX = 400;
const KEPT_MAX = 50;

const Sides = z
  .object({
    what: z.string().openapi({ description: 'A code, the same in every language' }),
    name: z.string().openapi({ description: 'The same in words: `Moms 25 %`' }),
    ...{ source: z.string(), hub: z.string(), ledger: z.string() },
  })
  .openapi('Sides');

const Told = z
  .object({
    kind: z.string(),
    day: z.string().nullable(),
    /** What it is about: a document, a kind of money, an account. */
    about: z.string(),
    detail: z.string().nullable(),
    amounts: z.array(z.object({ name: z.string(), minor: z.string() })),
  })
  .openapi('Difference');

const Result = z
  .object({
    id: z.string().openapi({ description: 'By which it is read again, as it was' }),
    ...{ flow: z.string(), from: z.string(), to: z.string(), currency: z.string() },
    madeAtMs: z.number(),
    source: z.string().openapi({ description: 'The connection whose documents are compared' }),
    counts: z.object({
      ...{ documents: z.number(), booked: z.number(), open: z.number() },
      ...{ skipped: z.number(), vouchers: z.number() },
    }),
    totals: z.array(Sides).openapi({ description: 'Of the period, by kind of money' }),
    days: z.array(Sides.extend({ day: z.string() })),
    differences: z.array(Told),
    open: z.array(z.object({ document: z.string(), state: z.string() })),
    trialBalance: z.string().openapi({ description: 'Of all ledger rows: "0"' }),
  })
  .openapi('Reconciliation');

const kept = createRoute({
  method: 'get',
  path: '/companies/{company}/reconciliations',
  summary: 'The flows that can be reconciled, and what earlier reconciliations came to',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      flows: z.array(z.object({ id: z.string(), name: z.string() })),
      made: z.array(
        z.object({
          ...{ id: z.string(), flowId: z.string(), from: z.string(), to: z.string() },
          ...{ differences: z.number(), madeAtMs: z.number() },
        }),
      ),
    }),
    'The newest first',
  ),
});

const make = createRoute({
  method: 'post',
  path: '/companies/{company}/reconciliations',
  summary: 'Reads both sides again and compares them; the result is kept',
  ...forCompany('settle'),
  request: {
    params: InCompany,
    ...brings(z.object({ flow: Id, from: Day, to: Day })),
  },
  responses: answers(Result, 'What it came to'),
});

const OneMade = InCompany.extend({ reconciliation: Id });

const again = createRoute({
  method: 'get',
  path: '/companies/{company}/reconciliations/{reconciliation}',
  summary: 'A reconciliation as it was when it was made; nothing is read anew',
  ...forCompany('read'),
  request: { params: OneMade },
  responses: answers(Result, 'What it came to'),
});

const parts = createRoute({
  method: 'get',
  path: '/companies/{company}/reconciliations/{reconciliation}/parts',
  summary: 'The documents that a figure of a day is made of; they add up to it on each side',
  ...forCompany('read'),
  request: { params: OneMade, query: z.object({ day: Day, what: z.string().max(60) }) },
  responses: answers(
    z.object({
      parts: z.array(Sides.omit({ what: true, name: true }).extend({ document: Listed })),
    }),
    'The largest first',
  ),
});

/** The proof afterwards. */
export function reconcileRoutes() {
  return newRoutes()
    .openapi(kept, async (c) => {
      const { db } = c.get('hub').database;
      const { id } = c.get('company');
      const titles = titlesOf(c.get('hub').connectors, c.get('language'));
      const flows = await listFlows(db, id);
      return c.json({
        flows: flows.map((flow) => ({
          ...{ id: flow.id, name: titles.flow(flow) },
        })),
        made: [...(await listReconciliations(db, id, KEPT_MAX))],
      });
    })
    .openapi(make, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { flow: flowId, from, to } = c.req.valid('json');
      const flows = await listFlows(hub.database.db, company.id);
      const flow = flows.find((one) => one.id === flowId);
      if (flow === undefined) return fails(404, 'no-flow');
      const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
      if (days < 0 || days > DAYS_MAX) return fails(400, 'period-too-long', { max: DAYS_MAX });
      const period = { from: day(from), to: day(to) };
      const result = await reconcileFlow(hub, { company, flow, period });
      await addAudit(hub.database.db, {
        ...{ by: c.get('caller').email, companyId: company.id, act: 'reconcile' },
        about: { flow: flow.id, from, to, differences: result.differences.length },
      });
      const made = { id: result.id, from, to, madeAtMs: hub.clock.nowMs(), result };
      return c.json(madeOut(made, { hub, company, flow, language: c.get('language') }));
    })
    .openapi(again, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const made = await keptOf(hub, company, c.req.valid('param').reconciliation);
      const flows = await listFlows(hub.database.db, company.id);
      const flow = flows.find((one) => one.id === made.flowId) ?? fails(404, 'no-flow');
      return c.json(madeOut(made, { hub, company, flow, language: c.get('language') }));
    })
    .openapi(parts, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { day: on, what } = c.req.valid('query');
      const { result } = await keptOf(hub, company, c.req.valid('param').reconciliation);
      const found = result.parts.filter((part) => part.day === on && part.what === what);
      const ids = found.map(({ documentId }) => documentId);
      const query = { companyId: company.id, ids, limit: ids.length };
      const documents = new Map(
        (await searchDocuments(hub.database.db, query)).map((one) => [one.id, one]),
      );
      const shown = found.flatMap((part) => {
        const one = documents.get(part.documentId);
        if (one === undefined) return [];
        return [{ ...sidesOut(part), document: listedOut(one, c.get('language')) }];
      });
      return c.json({ parts: shown.sort((a, b) => sizeOf(b) - sizeOf(a)) });
    });
}

function sizeOf({ ledger }: { readonly ledger: string }): number {
  return Math.abs(Number(ledger));
}

async function keptOf(hub: Hub, company: Company, id: string) {
  const kept = await keptReconciliation(hub, { companyId: company.id, id });
  return kept === null ? fails(404, 'no-reconciliation') : { id, ...kept };
}

function madeOut(
  made: Pick<KeptReconciliation, 'from' | 'to' | 'madeAtMs' | 'result'> & { readonly id: string },
  of: {
    readonly hub: Hub;
    readonly company: Company;
    readonly flow: Flow;
    readonly language: Language;
  },
): z.infer<typeof Result> {
  const { id, from, to, madeAtMs, result } = made;
  return {
    ...resultOut(result, of.language),
    ...{ id, from, to, madeAtMs },
    currency: BOOK_CURRENCY[of.company.country],
    source: of.flow.source.id,
    flow: titlesOf(of.hub.connectors, of.language).flow(of.flow),
  };
}

function resultOut(result: Reconciliation, language: Language) {
  const totals = new Map<string, { source: bigint; hub: bigint; ledger: bigint }>();
  for (const row of result.rows) {
    const sums = totals.get(row.what) ?? { source: 0n, hub: 0n, ledger: 0n };
    totals.set(row.what, {
      source: sums.source + row.source,
      hub: sums.hub + row.hub,
      ledger: sums.ledger + row.ledger,
    });
  }
  const byName = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    counts: { ...result.counts },
    totals: byName.map(([what, sums]) => {
      return { what, name: roleName(what, language), ...sidesOut(sums) };
    }),
    days: result.rows.map(({ day: on, what, ...sums }) => {
      return { day: on, what, name: roleName(what, language), ...sidesOut(sums) };
    }),
    differences: result.differences.map((one) => differenceOut(one, language)),
    open: result.open.map(({ document, state }) => ({ document, state })),
    trialBalance: String(result.trialBalance),
  };
}

function sidesOut(of: { readonly source: bigint; readonly hub: bigint; readonly ledger: bigint }) {
  return { source: String(of.source), hub: String(of.hub), ledger: String(of.ledger) };
}

function differenceOut(of: Difference, language: Language): z.infer<typeof Told> {
  const nothing = { day: null, detail: null, amounts: [] };
  const amounts = (named: Readonly<Record<string, bigint | null>>) =>
    Object.entries(named).map(([name, minor]) => ({ name, minor: String(minor ?? 0n) }));
  switch (of.kind) {
    case 'amount': {
      const { day: on, what, source, hub, ledger } = of.row;
      const told = amounts({ source, hub, ledger });
      const about = roleName(what, language);
      return { ...nothing, kind: of.kind, day: on, about, amounts: told };
    }
    case 'voucher-missing':
      return { ...nothing, kind: of.kind, about: of.document, detail: of.label };
    case 'voucher-reversed': {
      const detail = `${of.label} / ${of.by}`;
      return { ...nothing, kind: of.kind, about: of.document, detail };
    }
    case 'voucher-differs': {
      const detail = `${of.label}: ${of.sent.join(', ')} / ${of.booked.join(', ')}`;
      return { ...nothing, kind: of.kind, about: of.document, detail };
    }
    case 'credit-unexplained': {
      const { store, day: on, reported, invoiced } = of.credit;
      const told = amounts({ reported, invoiced, difference: reported - invoiced });
      return { ...nothing, kind: of.kind, day: on, about: store, amounts: told };
    }
    case 'statement-differs': {
      const { account, day: on, statement, ledger } = of.day;
      const told = amounts({ statement, ledger, difference: of.difference });
      return { ...nothing, kind: of.kind, day: on, about: account, amounts: told };
    }
    case 'statement-gap': {
      const { closing, opening } = of;
      const told = amounts({ closing, opening, difference: opening - closing });
      return { ...nothing, kind: of.kind, day: of.day, about: of.account, amounts: told };
    }
    case 'clearing-unexplained': {
      const { moved, explained, difference } = of;
      const told = amounts({ moved, explained, difference });
      return { ...nothing, kind: of.kind, about: of.account, amounts: told };
    }
    case 'payment-late': {
      const { day: on, name, method, minor } = of.item;
      const detail = `${method} · ${of.days}`;
      return {
        ...nothing,
        kind: of.kind,
        day: on,
        about: name,
        detail,
        amounts: amounts({ minor }),
      };
    }
    case 'booked-twice':
      return { ...nothing, kind: of.kind, about: of.key, detail: String(of.times) };
  }
}
