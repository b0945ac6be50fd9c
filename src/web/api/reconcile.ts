import { day } from '../../domain/date.ts';
import { BOOK_CURRENCY } from '../../domain/posting/choices.ts';
import type { Difference, Reconciliation } from '../../engine/reconcile.ts';
import { reconcileFlow } from '../../hub/reconcile-flow.ts';
import { addAudit } from '../../store/audit.ts';
import { listReconciliations } from '../../store/reconciliations.ts';
import { listFlows } from '../../store/registry.ts';
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
import { Day, Id } from './schemas.ts';

const DAYS_MAX = 400;
const KEPT_MAX = 50;

const Sides = z
  .object({ what: z.string(), source: z.string(), hub: z.string(), ledger: z.string() })
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
    ...{ flow: z.string(), from: z.string(), to: z.string(), currency: z.string() },
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
      const currency = BOOK_CURRENCY[company.country];
      return c.json({
        ...resultOut(result),
        from,
        to,
        currency,
        source: flow.source.id,
        flow: titlesOf(hub.connectors, c.get('language')).flow(flow),
      });
    });
}

function resultOut(result: Reconciliation) {
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
    totals: byName.map(([what, sums]) => ({ what, ...sidesOut(sums) })),
    days: result.rows.map((row) => ({ day: row.day, what: row.what, ...sidesOut(row) })),
    differences: result.differences.map(differenceOut),
    open: result.open.map(({ document, state }) => ({ document, state })),
    trialBalance: String(result.trialBalance),
  };
}

function sidesOut(of: { readonly source: bigint; readonly hub: bigint; readonly ledger: bigint }) {
  return { source: String(of.source), hub: String(of.hub), ledger: String(of.ledger) };
}

function differenceOut(of: Difference): z.infer<typeof Told> {
  const nothing = { day: null, detail: null, amounts: [] };
  const amounts = (named: Readonly<Record<string, bigint | null>>) =>
    Object.entries(named).map(([name, minor]) => ({ name, minor: String(minor ?? 0n) }));
  switch (of.kind) {
    case 'amount': {
      const { day: on, what, source, hub, ledger } = of.row;
      const told = amounts({ source, hub, ledger });
      return { ...nothing, kind: of.kind, day: on, about: what, amounts: told };
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
