import { roleName } from '../../domain/posting/role-names.ts';
import { STANDARD_ACCOUNTS } from '../../domain/posting/account-roles.ts';
import { BOOK_CURRENCY } from '../../domain/posting/choices.ts';
import type { Language } from '../../domain/posting/words.ts';
import { FLOW_CHOICES, readFlowChoices } from '../../engine/flow-choices.ts';
import type { Hub } from '../../hub/hub.ts';
import { ledgerChart } from '../../hub/ledger-chart.ts';
import { previewChoices } from '../../hub/preview-choices.ts';
import {
  goodsFault,
  isReturn,
  isTaken,
  setFlow,
  setUpFlow,
  type FlowFault,
} from '../../hub/set-up-flow.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { fourEyesOf } from '../../store/approvals.ts';
import { readFirm } from '../../store/firm.ts';
import { addAudit } from '../../store/audit.ts';
import {
  listConnections,
  listFlows,
  listReturns,
  type Company,
  type Connection,
  type Flow,
} from '../../store/registry.ts';
import { describeArticleTrouble } from '../../text/articles.ts';
import { FLOW_CHOICE_TEXTS } from '../../text/flow-choices/flow-choices.ts';
import { describeStockTrouble } from '../../text/stock.ts';
import { formOf } from '../form/fields.ts';
import { connectionOf } from './connect.ts';
import { readerOf } from '../account-names.ts';
import { titlesOf } from '../connection-title.ts';
import { plannedOut, Previewed } from './previewed.ts';
import { describeIssues } from './issues.ts';
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
import { Day, FormFields, Id, Mode, Settings } from './schemas.ts';

const One = InCompany.extend({ flow: Id });
const End = z.object({
  ...{ id: z.string(), name: z.string() },
  title: z.string().openapi({ description: 'The system, and the name where that says more' }),
});
const Minor = z.string().regex(/^\d{1,15}$/);

const FlowOut = z
  .object({
    ...{ id: z.string(), source: End, target: End, mode: Mode, isReturn: z.boolean() },
    ...{ startDate: z.string().nullable(), choices: Settings },
    fourEyesMinor: z.string().nullable().openapi({
      description: 'Above this amount two people let a document go',
    }),
  })
  .openapi('Flow');

const Wishes = z.object({
  ...{ mode: Mode, choices: Settings, startDate: Day.nullable() },
  fourEyesMinor: Minor.nullable().optional().openapi({ description: 'Only who manages' }),
});

const list = createRoute({
  method: 'get',
  path: '/companies/{company}/flows',
  summary: 'What goes from where to where, by which choices, and what could',
  ...forCompany('read'),
  request: { params: InCompany },
  responses: answers(
    z.object({
      ...{ flows: z.array(FlowOut), currency: z.string() },
      fourEyesMinor: z.string().nullable().openapi({ description: 'What a new one begins with' }),
      possible: z.array(z.object({ source: End, target: End, isReturn: z.boolean() })),
    }),
    'Flows into ledgers first, then those back to shops',
  ),
});

const terms = createRoute({
  method: 'get',
  path: '/companies/{company}/flow-terms/{connection}',
  summary: 'The form of a flow’s choices, with suggestions from the target’s own chart',
  ...forCompany('read'),
  request: { params: InCompany.extend({ connection: Id }) },
  responses: answers(
    z.object({
      form: FormFields,
      roles: z
        .array(z.object({ role: z.string(), name: z.string(), standard: z.string() }))
        .openapi({ description: 'What accounts are for, and what the standard chart answers' }),
      chart: z.array(z.object({ number: z.string(), name: z.string() })).nullable(),
    }),
    'null: the ledger does not tell its accounts, or cannot be reached now',
  ),
});

const preview = createRoute({
  method: 'post',
  path: '/companies/{company}/flows/preview',
  summary: 'What the last ten documents become under choices that are being edited; writes nothing',
  ...forCompany('connect'),
  request: {
    params: InCompany,
    ...brings(z.object({ source: Id, target: Id, choices: Settings, startDate: Day.nullable() })),
  },
  responses: answers(
    z.object({
      problems: z.array(z.object({ path: z.string(), says: z.string() })),
      items: z.array(Previewed.extend({ isAsBooked: z.boolean().nullable() })),
    }),
    'Newest first; or what is wrong with the choices',
  ),
});

const add = createRoute({
  method: 'post',
  path: '/companies/{company}/flows',
  summary: 'Begins to book what comes from a connection in another',
  ...forCompany('connect'),
  request: { params: InCompany, ...brings(Wishes.extend({ source: Id, target: Id })) },
  responses: answers(z.object({ id: z.string() }), 'The flow'),
});

const change = createRoute({
  method: 'put',
  path: '/companies/{company}/flows/{flow}',
  summary: 'Changes a flow’s choices; what is booked stays as it is',
  ...forCompany('connect'),
  request: { params: One, ...brings(Wishes) },
  responses: answers(z.object({ again: z.number() }), 'So many are planned again'),
});

/** Which documents are booked where, and how. */
export function flowRoutes() {
  return newRoutes()
    .openapi(list, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { db } = hub.database;
      const flows = await allFlows(hub, company);
      const limits = await fourEyesOf(db, company.id);
      const endOf = endsIn(hub, c.get('language'));
      const usual = (await readFirm(c.get('wholeHub').database.db)).fourEyesMinor;
      return c.json({
        fourEyesMinor: usual === null ? null : String(usual),
        flows: flows.map(({ flow, isBack }) => {
          return flowOut(flow, { isBack, limit: limits.get(flow.id), endOf });
        }),
        possible: await possible(hub, company, endOf),
        currency: BOOK_CURRENCY[company.country],
      });
    })
    .openapi(terms, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const target = await connectionOf(hub, company, c.req.valid('param').connection);
      const standard = Object.entries(STANDARD_ACCOUNTS[company.country]);
      return c.json({
        form: [...formOf(FLOW_CHOICES, FLOW_CHOICE_TEXTS, c.get('language'))],
        roles: standard.map(([role, account]) => {
          return { role, name: roleName(role, c.get('language')), standard: account };
        }),
        chart: await chartOf(hub, company, target),
      });
    })
    .openapi(preview, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const asked = c.req.valid('json');
      const { choices, startDate } = asked;
      const source = await connectionOf(hub, company, asked.source);
      const target = await connectionOf(hub, company, asked.target);
      const read = readFlowChoices(choices, company);
      if (!('choices' in read)) return c.json({ problems: [...read.problems], items: [] });
      const of = { company, source, target, choices: read.choices, startDate };
      const reader = await readerOf(hub, { company, language: c.get('language') });
      const items = (await previewChoices(hub, of)).map(({ document, outcome, isAsBooked }) => {
        return { ...plannedOut(document, outcome, reader), isAsBooked };
      });
      return c.json({ problems: [], items });
    })
    .route('/', changingRoutes());
}

/** What is changed of them. */
function changingRoutes() {
  return newRoutes()
    .openapi(add, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { source, target, ...wishes } = c.req.valid('json');
      const ends = {
        source: await connectionOf(hub, company, source),
        target: await connectionOf(hub, company, target),
      };
      const { fourEyesMinor, ...how } = usable(wishes, company, c.get('language'));
      const wholeDb = c.get('wholeHub').database.db;
      const { fourEyesMinor: usual } = await readFirm(wholeDb);
      const isUsual = fourEyesMinor === undefined || asMinor(fourEyesMinor) === usual;
      if (!isUsual) onlyManagers(c.get('rights'));
      const added = await setUpFlow(hub, company, { ...ends, ...how });
      if ('kind' in added)
        return failsWith(409, faultText(added, { ...ends, language: c.get('language') }));
      await setFlow(hub, added.id, {
        fourEyesMinor: isUsual ? usual : (asMinor(fourEyesMinor) ?? null),
      });
      const about = { flow: `${ends.source.name} → ${ends.target.name}`, ...(how as object) };
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act: 'flow.add', about });
      return c.json({ id: added.id });
    })
    .openapi(change, async (c) => {
      const [hub, company] = [c.get('hub'), c.get('company')];
      const { flow: id } = c.req.valid('param');
      const found = (await allFlows(hub, company)).find(({ flow }) => flow.id === id);
      if (found === undefined) return fails(404, 'no-flow');
      const { fourEyesMinor, ...how } = usable(c.req.valid('json'), company, c.get('language'));
      const before = (await fourEyesOf(hub.database.db, company.id)).get(id);
      const now = asMinor(fourEyesMinor);
      if (now !== undefined && now !== (before ?? null)) {
        onlyManagers(c.get('rights'));
      }
      const change = { ...how, ...(now === undefined ? {} : { fourEyesMinor: now }) };
      const { source, target } = found.flow;
      const ends = { source, target, isReturn: found.isBack };
      const { mode, choices } = how;
      const fault = await goodsFault(hub, { id, company, ...ends, mode, choices });
      const language = c.get('language');
      if (fault !== null) failsWith(409, faultText(fault, { source, target, language }));
      const again = await setFlow(hub, id, change);
      const about = { flow: `${source.name} → ${target.name}`, fourEyesMinor, ...(how as object) };
      const by = { by: c.get('caller').email, companyId: company.id };
      await addAudit(hub.database.db, { ...by, act: 'flow.change', about });
      return c.json({ again });
    });
}

function asMinor(text: string | null | undefined): bigint | null | undefined {
  return typeof text === 'string' ? BigInt(text) : text;
}

/** Who sets a flow up may not say by themselves that one pair of eyes is enough. */
function onlyManagers(rights: readonly string[]): void {
  if (rights.includes('manage')) return;
  fails(403, 'four-eyes');
}

/** The wishes, when their choices can be used. Ends the request when not. */
function usable(
  wishes: z.infer<typeof Wishes>,
  company: Company,
  language: Language,
): z.infer<typeof Wishes> {
  const read = readFlowChoices(wishes.choices, company);
  if ('choices' in read) return wishes;
  const form = formOf(FLOW_CHOICES, FLOW_CHOICE_TEXTS, language);
  const labels = new Map(form.map(({ name, label }) => [name, label]));
  const issues = read.problems.map(({ issue }) => issue);
  return failsWith(400, describeIssues(issues, { language, labels }));
}

function faultText(
  fault: FlowFault,
  of: {
    readonly source: Connection;
    readonly target: Connection;
    readonly language: Language;
  },
): string {
  const { source, target, language } = of;
  switch (fault.kind) {
    case 'articles':
      return describeArticleTrouble(fault.trouble, language, 'app');
    case 'stock':
      return describeStockTrouble(fault.trouble, language);
    case 'takes-nothing':
      return `${target.name} takes nothing that ${source.name} gives`;
    case 'nothing-to-tell':
      return `nothing goes from ${target.name} to ${source.name} yet`;
    case 'cannot-be-told':
      return fault.says;
  }
}

type Either = { readonly flow: Flow; readonly isBack: boolean };

async function allFlows(hub: Hub, company: Company): Promise<readonly Either[]> {
  const { db } = hub.database;
  const into = (await listFlows(db, company.id)).map((flow) => ({ flow, isBack: false }));
  const back = (await listReturns(db, company.id)).map((flow) => ({ flow, isBack: true }));
  return [...into, ...back];
}

type EndOf = (connection: Connection) => z.infer<typeof End>;

function endsIn(hub: Hub, language: Language): EndOf {
  const title = titlesOf(hub.connectors, language).connection;
  return (of) => ({ id: of.id, name: of.name, title: title(of) });
}

function flowOut(
  { id, source, target, mode, choices, startDate }: Flow,
  {
    isBack,
    limit,
    endOf,
  }: { readonly isBack: boolean; readonly limit: bigint | undefined; readonly endOf: EndOf },
): z.infer<typeof FlowOut> {
  return {
    ...{ id, mode, startDate, isReturn: isBack, choices: choices as Record<string, unknown> },
    ...{ source: endOf(source), target: endOf(target) },
    fourEyesMinor: limit === undefined ? null : String(limit),
  };
}

/** Pairs of connections between which something could go, and does not yet. */
async function possible(hub: Hub, company: Company, endOf: EndOf) {
  const all = await listConnections(hub.database.db, company.id);
  const flows = await allFlows(hub, company);
  const isThere = (source: Connection, target: Connection): boolean =>
    flows.some(({ flow }) => flow.source.id === source.id && flow.target.id === target.id);
  return all.flatMap((source) =>
    all.flatMap((target) => {
      if (source.id === target.id || isThere(source, target)) return [];
      const isBack = isReturn(hub, source, target) && isThere(target, source);
      if (!isBack && !isTaken(hub, source, target)) return [];
      return [{ source: endOf(source), target: endOf(target), isReturn: isBack }];
    }),
  );
}

/** A ledger that cannot be reached keeps nobody from choosing: what they type is checked later. */
async function chartOf(hub: Hub, company: Company, target: Connection) {
  const isLedger = (hub.connectors.get(target.connector)?.takes.length ?? 0) > 0;
  if (!isLedger || target.state !== 'ready') return null;
  try {
    return (await ledgerChart(hub, company, target.id))?.map((one) => ({ ...one })) ?? null;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    hub.log.warn({ error: error.message }, 'the chart of accounts could not be read');
    return null;
  }
}
