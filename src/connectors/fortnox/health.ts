import { yearOf } from '../../domain/books.ts';
import type { Period } from '../../domain/date.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { lockItem, ok, problem, warning } from '../../ports/health-item.ts';
import type { HealthItem } from '../../ports/target.ts';
import { readBooks } from './books.ts';
import type { FortnoxClient } from './client.ts';
import { examineModules } from './health-of-modules.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';

/** Looks at everything that would stop a voucher, before the first one is sent. */
export async function examine(
  client: FortnoxClient,
  { period, series }: { readonly period: Period; readonly series: readonly (string | null)[] },
): Promise<readonly HealthItem[]> {
  const items: HealthItem[] = [];
  try {
    items.push(await company(client));
    const books = await readBooks(client, period);
    items.push(
      yearOf(books, period.to) === null
        ? problem(
            'financial year',
            `Fortnox has no financial year for ${period.to}. Create it there.`,
          )
        : ok('financial year', `there is one for ${period.to}`),
      lockItem(books.lockedTo, period),
      ...new Set(series.map((code) => code ?? client.settings.series)).values().map((code) => {
        return seriesItem(code, books.series ?? {});
      }),
      books.costCentres === null
        ? warning(
            'cost centres',
            'the login may not read them; rows with cost centres are not checked',
          )
        : ok('cost centres', `${Object.keys(books.costCentres).length} found`),
      books.projects === null
        ? warning('projects', 'the login may not read them; rows with projects are not checked')
        : ok('projects', `${Object.keys(books.projects).length} found`),
    );
    const year = yearOf(books, period.to);
    const accounts = Object.keys(books.accounts?.[year?.id ?? ''] ?? {}).length;
    items.push(
      accounts === 0
        ? problem('chart of accounts', 'it is empty for this year')
        : ok('chart of accounts', `${accounts} accounts`),
      ...(await examineModules(client, { books, on: period.from })),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    items.push(problem('connection', error.message));
  }
  return items;
}

async function company(client: FortnoxClient): Promise<HealthItem> {
  const body = await client.get('/3/companyinformation');
  const company = body?.['CompanyInformation'];
  if (!isRecord(company)) return warning('company', 'Fortnox does not say which company it is');
  const name = `${textOf(company, 'CompanyName')} ${textOf(company, 'OrganizationNumber')}`;
  return ok('company', `connected to ${name.trim()}`);
}

function seriesItem(
  code: string,
  known: Readonly<Record<string, { readonly manual: boolean }>>,
): HealthItem {
  const found = known[code];
  if (found === undefined) {
    return problem('voucher series', `there is no series ${code}. Create it, or choose another.`);
  }
  if (!found.manual) {
    return problem(
      'voucher series',
      `series ${code} is not manual. Tick “Manuell kontering” for it.`,
    );
  }
  return ok('voucher series', `${code} takes vouchers`);
}
