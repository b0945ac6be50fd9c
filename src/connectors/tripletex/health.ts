import { yearOf, type Books } from '../../domain/books.ts';
import type { LocalDate, Period } from '../../domain/date.ts';
import { percentText, parsePercent } from '../../domain/vat/rates.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { lockItem, ok, problem, warning } from '../../ports/health-item.ts';
import type { HealthItem } from '../../ports/target.ts';
import { readBooks } from './books.ts';
import type { TripletexClient } from './client.ts';
import { unlessForbidden } from './registers.ts';
import { codesNeeded } from './vat-codes.ts';
import type { Session } from './session.ts';
import { textOf, type WireObject } from '../../lib/json-object.ts';

/** So many clients of an accountant are named. */
const CLIENTS_MAX = 20;

/** Looks at everything that would stop a voucher, before the first one is sent. */
export async function examine(
  session: Session,
  { period, series }: { readonly period: Period; readonly series: readonly (string | null)[] },
): Promise<readonly HealthItem[]> {
  const items: HealthItem[] = [];
  try {
    items.push(await company(session));
    const books = await readBooks(session, period);
    items.push(
      year(books, period.to),
      lockItem(books.lockedTo, period),
      ...kinds(session, series, books),
      registers(books),
      chart(books, period.to),
      await vat(session, period.to),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    items.push(problem('connection', error.message));
  }
  return items;
}

async function company({ client }: Session): Promise<HealthItem> {
  const id = client.settings.clientCompany || '0';
  const found = await client.get(`/company/${id}?fields=id,name,organizationNumber`);
  if (found === null) return problem('company', `Tripletex has no company ${id} for this login.`);
  const name = `${textOf(found, 'name')} ${textOf(found, 'organizationNumber')}`.trim();
  const says = `connected to ${name}, company ${textOf(found, 'id')}`;
  return ok(
    'company',
    `${says}${client.settings.clientCompany === '' ? await clients(client) : ''}`,
  );
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
  return `. The login reaches these too, by clientCompany: ${names.join(', ')}${more}`;
}

function year(books: Books, day: LocalDate): HealthItem {
  return yearOf(books, day) === null
    ? problem('financial year', `Tripletex has no accounting period for ${day}. Open it there.`)
    : ok('financial year', `there is one for ${day}`);
}

function kinds(
  { client }: Session,
  series: readonly (string | null)[],
  { series: known }: Books,
): readonly HealthItem[] {
  const names = new Set(series.map((name) => name ?? client.settings.voucherType));
  return [...names].map((name) => {
    if (name === '') return ok('kind of voucher', 'vouchers are posted without one');
    const found = known?.[name];
    if (found === undefined) {
      return problem('kind of voucher', `there is no kind of voucher ${name}. Choose another.`);
    }
    return found.manual
      ? ok('kind of voucher', `${name} takes vouchers`)
      : problem('kind of voucher', `${name} is a kind that Tripletex makes itself.`);
  });
}

function registers({ costCentres, projects }: Books): HealthItem {
  const unread = [
    ...(costCentres === null ? ['departments'] : []),
    ...(projects === null ? ['projects'] : []),
  ];
  if (unread.length === 0) return ok('departments and projects', 'they can be read');
  const says = `the login may not read ${unread.join(' and ')}; rows with them are not checked`;
  return warning('departments and projects', says);
}

function chart(books: Books, day: LocalDate): HealthItem {
  const id = yearOf(books, day)?.id ?? '';
  const count = Object.keys(books.accounts?.[id] ?? {}).length;
  return count === 0
    ? problem('chart of accounts', 'it is empty')
    : ok('chart of accounts', `${count} accounts`);
}

/** Whether the company is registered for VAT, and has the codes that sales and costs need. */
async function vat({ client, registers: known }: Session, day: LocalDate): Promise<HealthItem> {
  const settings = await client.get('/ledger/vatSettings?fields=vatRegistrationStatus');
  const status = settings === null ? '' : textOf(settings, 'vatRegistrationStatus');
  if (status !== 'VAT_REGISTERED') {
    const says = `the company is not registered for VAT (${status || 'unknown'})`;
    return warning('VAT', `${says}: vouchers with VAT are refused by Tripletex`);
  }
  const types = await known.fresh('vat');
  const wrong = codesNeeded(day).flatMap(({ number, rate }) => {
    const found = types.get(number);
    if (found === undefined) return [`${number} is missing`];
    const theirs = rateIn(found);
    return theirs === rate ? [] : [`${number} is ${textOf(found, 'percentage')} %`];
  });
  if (wrong.length === 0) return ok('VAT', 'registered, with every VAT code that is needed');
  const wanted = codesNeeded(day).map(({ number, rate }) => `${number} ${percentText(rate)} %`);
  return problem('VAT', `VAT codes: ${wrong.join(', ')}. Needed are ${wanted.join(', ')}.`);
}

function rateIn(type: WireObject): number | null {
  return parsePercent(textOf(type, 'percentage'));
}
