import type { Context } from 'hono';
import { dayAt, parseLocalDate } from '../domain/date.ts';
import type { Language } from '../domain/posting/words.ts';
import type { PreviewItem } from '../engine/preview.ts';
import type { Hub } from '../hub/hub.ts';
import { preflight, type Asked, type Preflight, type Stands } from '../hub/push/preflight.ts';
import type { Json } from '../lib/json.ts';
import { ConnectorError } from '../ports/errors.ts';
import { describeNotice } from '../text/notices.ts';
import { pushError, type PushError, refusalError } from './push-answer.ts';
import { bodyOf, textIn, valuesIn, type SentValues } from './push-body.ts';
import { problem } from './problem.ts';
import { pushPlace } from './push.ts';

/** Names of one kind that are asked about at once. */
const NAMES_MAX = 1_000;

/**
 * Answers what a sender asks before it sends: whether accounts, cost centres, projects and
 * customers exist and are active, and what would become of invoices. The body names them by kind
 * (`{"accounts": ["3001"], …}`), or holds the invoices, as they would be pushed.
 */
export async function pushPreflight(c: Context, hub: Hub): Promise<Response> {
  const place = await pushPlace(c, hub);
  if (place instanceof Response) return place;
  const body = await bodyOf(c);
  if (body === null) return problem(c, 413, 'more than is taken in one request: send fewer');
  const sent = await valuesIn(body);
  if (!('values' in sent)) return problem(c, 400, sent.says);
  const { company, connection } = place;
  const today = dayAt(new Date(hub.clock.nowMs()), company.timeZone);
  const asked = askedIn(sent.values, today);
  if (asked === null) return problem(c, 400, 'date is not a day, such as 2026-05-12');
  const items = sent.values.flatMap(({ text, fields }) => {
    return 'lines' in fields ? [{ externalId: textIn(fields['external_id']), text }] : [];
  });
  try {
    const at = { company, connectionId: connection.id };
    const flight = await preflight(hub, at, { asked, items });
    if (flight !== null) return c.json(answerOf(flight, company.language));
    return problem(c, 409, 'nothing takes what this connection gives into a ledger');
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return problem(c, 502, `the ledger cannot be asked now: ${error.message}`);
  }
}

/** @returns null when a date is none */
function askedIn(
  values: Extract<SentValues, { readonly values: unknown }>['values'],
  today: Asked['date'],
): Asked | null {
  const names = (field: string) =>
    values.flatMap(({ fields }) => listOf(fields[field])).slice(0, NAMES_MAX);
  const dates = values.flatMap(({ fields }) => {
    return textIn(fields['date']) || textIn(fields['invoice_date']) || [];
  });
  const date = dates[0] === undefined ? today : parseLocalDate(dates[0].slice(0, 10));
  if (date === null) return null;
  return {
    date,
    accounts: names('accounts'),
    costCentres: names('cost_centers'),
    projects: names('projects'),
    customers: names('customers'),
  };
}

function listOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(textIn).filter((text) => text !== '') : [];
}

function answerOf(flight: Preflight, language: Language) {
  const results = flight.items.map(({ externalId, previews }) => {
    const errors = previews.flatMap((one) => errorsOf(one, language));
    const warnings = previews.flatMap((one) => warningsOf(one, language));
    const status = errors.length > 0 ? 'rejected' : 'ok';
    return { external_id: externalId, status, errors, warnings };
  });
  const { date, accounts, costCentres, projects, customers } = flight;
  const named = [...accounts, ...costCentres, ...projects, ...customers];
  const isLacking = named.some(({ state, isMade }) => {
    return state === 'inactive' || (state === 'missing' && !isMade);
  });
  return {
    ready: !isLacking && results.every(({ status }) => status === 'ok'),
    date,
    accounts: accounts.map(standsText),
    cost_centers: costCentres.map(standsText),
    projects: projects.map(standsText),
    customers: customers.map(standsText),
    ...(results.length === 0 ? {} : { results }),
  };
}

function standsText({ code, state, isMade }: Stands) {
  return { code, state, ...(state === 'missing' ? { will_be_created: isMade } : {}) };
}

function errorsOf(item: PreviewItem, language: Language): readonly PushError[] {
  if (item.kind === 'unreadable' || item.kind === 'rejected') {
    return item.problems.map((one) => pushError(one, language));
  }
  if (item.kind !== 'document' || item.outcome !== 'held') return [];
  return item.refusals.map((one) => refusalError(one, language));
}

function warningsOf(item: PreviewItem, language: Language): readonly PushError[] {
  if (item.kind !== 'document') return [];
  return item.notices.map((notice) => {
    return { code: notice.code, message: describeNotice(notice, language) };
  });
}
