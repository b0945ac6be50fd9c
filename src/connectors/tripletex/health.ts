import { yearOf, type Books } from '../../domain/books.ts';
import type { LocalDate, Period } from '../../domain/date.ts';
import { percentText, parsePercent } from '../../domain/vat/rates.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import { findingsOf, lockFinding } from '../../ports/ledger-findings.ts';
import { readBooks } from './books.ts';
import type { TripletexClient } from './client.ts';
import { unlessForbidden } from './registers.ts';
import { invoicing } from './health-of-invoices.ts';
import { codesNeeded } from './vat-codes.ts';
import type { Session } from './session.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';

const find = findingsOf('Tripletex');

/** So many clients of an accountant are named. */
const CLIENTS_MAX = 20;

/** Looks at everything that would stop a voucher, before the first one is sent. */
export async function examine(
  session: Session,
  { period, series }: { readonly period: Period; readonly series: readonly (string | null)[] },
): Promise<readonly LedgerFinding[]> {
  const items: LedgerFinding[] = [];
  try {
    items.push(await company(session));
    const books = await readBooks(session, period);
    items.push(
      year(books, period.to),
      lockFinding(find, books.lockedTo, period),
      ...kinds(session, series, books),
      registers(books),
      chart(books, period.to),
      await vat(session, period.to),
      ...(await invoicing(session)),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    items.push(find.problem('connection', { why: error.message }));
  }
  return items;
}

async function company({ client }: Session): Promise<LedgerFinding> {
  const id = client.settings.clientCompany || '0';
  const found = await client.get(`/company/${id}?fields=id,name,organizationNumber`);
  if (found === null) return find.problem('company-missing', { company: id });
  const name = `${textOf(found, 'name')} ${textOf(found, 'organizationNumber')}`.trim();
  const own = `${name}, ${textOf(found, 'id')}`;
  const others = client.settings.clientCompany === '' ? await clients(client) : '';
  return find.ok('company', { name: own, ...(others === '' ? {} : { others }) });
}

/** Companies that an accountant's login reaches besides: whose books are meant is for a person. */
async function clients(client: TripletexClient): Promise<string> {
  const path = '/company/%3EwithLoginAccess?fields=id,name';
  const listed = (await unlessForbidden(() => client.list(path))) ?? [];
  const names = listed.slice(0, CLIENTS_MAX).map((one) => {
    return `${textOf(one, 'id')} ${textOf(one, 'name')}`;
  });
  if (names.length === 0) return '';
  const more = listed.length > CLIENTS_MAX ? ', …' : '';
  return `${names.join(', ')}${more}`;
}

function year(books: Books, day: LocalDate): LedgerFinding {
  return yearOf(books, day) === null
    ? find.problem('year-missing', { day })
    : find.ok('year', { day });
}

function kinds(
  { client }: Session,
  series: readonly (string | null)[],
  { series: known }: Books,
): readonly LedgerFinding[] {
  const names = new Set(series.map((name) => name ?? client.settings.voucherType));
  return [...names].map((kind) => {
    if (kind === '') return find.ok('voucher-kind-none');
    const found = known?.[kind];
    if (found === undefined) return find.problem('voucher-kind-missing', { kind });
    return found.manual
      ? find.ok('voucher-kind', { kind })
      : find.problem('voucher-kind-own', { kind });
  });
}

function registers({ costCentres, projects }: Books): LedgerFinding {
  const unread = [
    ...(costCentres === null ? ['departments'] : []),
    ...(projects === null ? ['projects'] : []),
  ];
  return unread.length === 0
    ? find.ok('registers', { registers: 'departments, projects' })
    : find.warning('registers-unread', { registers: unread.join(', ') });
}

function chart(books: Books, day: LocalDate): LedgerFinding {
  const id = yearOf(books, day)?.id ?? '';
  const count = Object.keys(books.accounts?.[id] ?? {}).length;
  return count === 0 ? find.problem('chart-empty') : find.ok('chart', { accounts: String(count) });
}

/** Whether the company is registered for VAT, and has the codes that sales and costs need. */
async function vat({ client, registers: known }: Session, day: LocalDate): Promise<LedgerFinding> {
  const settings = await client.get('/ledger/vatSettings?fields=vatRegistrationStatus');
  const status = settings === null ? '' : textOf(settings, 'vatRegistrationStatus');
  if (status !== 'VAT_REGISTERED') {
    return find.warning('vat-not-registered', { status: status || '–' });
  }
  const types = await known.fresh('vat');
  const wrong = codesNeeded(day).flatMap(({ number, rate }) => {
    const found = types.get(number);
    const theirs = found === undefined ? null : rateIn(found);
    if (theirs === rate) return [];
    return [`${number} (${found === undefined ? '–' : textOf(found, 'percentage')})`];
  });
  if (wrong.length === 0) return find.ok('vat-registered');
  const needed = codesNeeded(day).map(({ number, rate }) => `${number} (${percentText(rate)})`);
  return find.problem('vat-codes-differ', { wrong: wrong.join(', '), needed: needed.join(', ') });
}

function rateIn(type: WireObject): number | null {
  return parsePercent(textOf(type, 'percentage'));
}
