import { yearOf } from '../../domain/books.ts';
import type { Period } from '../../domain/date.ts';
import { joinNeeds, type FlowNeeds } from '../../domain/posting/flow-needs.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import { findingsOf, lockFinding } from '../../ports/ledger-findings.ts';
import { readBooks } from './books.ts';
import type { FortnoxClient } from './client.ts';
import { examineCards } from './health-of-cards.ts';
import { examineModules } from './health-of-modules.ts';
import { examineNeeds } from './health-of-needs.ts';
import { isRecord, textOf } from '../../lib/json-object.ts';

const find = findingsOf('Fortnox');

/** Looks at everything that would stop a voucher, before the first one is sent. */
export async function examine(
  client: FortnoxClient,
  of: {
    readonly period: Period;
    readonly series: readonly (string | null)[];
    readonly needs: readonly FlowNeeds[];
  },
): Promise<readonly LedgerFinding[]> {
  const { period, series, needs } = of;
  const findings: LedgerFinding[] = [];
  const asked = joinNeeds(needs);
  try {
    findings.push(await company(client));
    const books = await readBooks(client, period);
    const year = yearOf(books, period.to);
    const accounts = Object.keys(books.accounts?.[year?.id ?? ''] ?? {}).length;
    findings.push(
      year === null
        ? find.problem('year-missing', { day: period.to })
        : find.ok('year', { day: period.to }),
      lockFinding(find, books.lockedTo, period),
      ...new Set(series.map((code) => code ?? client.settings.series)).values().map((code) => {
        return seriesFinding(code, books.series ?? {});
      }),
      registerFinding('cost-centres', books.costCentres),
      registerFinding('projects', books.projects),
      accounts === 0
        ? find.problem('chart-empty')
        : find.ok('chart', { accounts: String(accounts) }),
      ...(await examineModules(client, { books, on: period.from })),
      ...examineNeeds(asked, books, period.to),
      ...(await examineCards(client, asked.documents)),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    findings.push(find.problem('connection', { why: error.message }));
  }
  return findings;
}

async function company(client: FortnoxClient): Promise<LedgerFinding> {
  const body = await client.get('/3/companyinformation');
  const found = body?.['CompanyInformation'];
  if (!isRecord(found)) return find.warning('company-untold');
  const name = `${textOf(found, 'CompanyName')} ${textOf(found, 'OrganizationNumber')}`;
  return find.ok('company', { name: name.trim() });
}

function seriesFinding(
  series: string,
  known: Readonly<Record<string, { readonly manual: boolean }>>,
): LedgerFinding {
  const found = known[series];
  if (found === undefined) return find.problem('series-missing', { series });
  return found.manual
    ? find.ok('series', { series })
    : find.problem('series-not-manual', { series });
}

function registerFinding(
  register: 'cost-centres' | 'projects',
  known: Readonly<Record<string, unknown>> | null,
): LedgerFinding {
  if (known === null) return find.warning('registers-unread', { registers: register });
  return find.ok('registers', { registers: register });
}
