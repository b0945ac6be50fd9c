import { plusDays, type LocalDate } from '../../domain/date.ts';
import type { Books } from '../../domain/books.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import { findingsOf } from '../../ports/ledger-findings.ts';
import type { FortnoxClient } from './client.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

const find = findingsOf('Fortnox');

/** A financial year is made by a person, who has some weeks' notice here. */
const YEAR_NOTICE_DAYS = 60;

/**
 * Registers that a scope opens, one to try each by. Fortnox grants a scope whose module the company
 * has not bought, and refuses every call that needs it: 2001101.
 */
const TRIED: Readonly<Record<string, string>> = {
  article: '/3/articles?limit=1',
  currency: '/3/currencies?limit=1',
  customer: '/3/customers?limit=1',
  invoice: '/3/invoices?limit=1',
  order: '/3/orders?limit=1',
  payment: '/3/invoicepayments?limit=1',
  price: '/3/pricelists?limit=1',
  supplier: '/3/suppliers?limit=1',
  supplierinvoice: '/3/supplierinvoices?limit=1',
};

/** Whether vouchers are all that a connection is asked for, by the rights that it has asked for. */
type Wanted = ReadonlySet<string>;

/**
 * What stops invoices, customers and payments in a ledger, as opposed to vouchers. Only what the
 * connection's rights are for is looked at, and nothing is changed.
 */
export async function examineModules(
  client: FortnoxClient,
  of: { readonly books: Books; readonly on: LocalDate },
): Promise<readonly LedgerFinding[]> {
  const wanted: Wanted = new Set(client.settings.scopes);
  const items: LedgerFinding[] = [nextYear(of.books, of.on)];
  for (const [scope, path] of Object.entries(TRIED)) {
    if (wanted.has(scope)) items.push(await rightItem(client, scope, path));
  }
  if (wanted.has('invoice') || wanted.has('supplierinvoice')) {
    items.push(...(await unlessForbidden(() => methodItems(client, of.on))));
    items.push(...(await unlessForbidden(() => predefinedItems(client, of))));
  }
  if (wanted.has('invoice')) items.push(...(await unlessForbidden(() => senderItems(client))));
  if (wanted.has('currency')) items.push(...(await unlessForbidden(() => currencyItems(client))));
  if (wanted.has('warehouse')) items.push(...(await unlessForbidden(() => warehouse(client))));
  return items;
}

async function rightItem(
  client: FortnoxClient,
  right: string,
  path: string,
): Promise<LedgerFinding> {
  try {
    await client.get(path);
    return find.ok('right', { right });
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.failure.kind !== 'setup') throw error;
    return find.problem('right-refused', { right, why: error.message });
  }
}

/** What may not be read is told by the right that is missing. */
async function unlessForbidden(
  examine: () => Promise<readonly LedgerFinding[]>,
): Promise<readonly LedgerFinding[]> {
  try {
    return await examine();
  } catch (error) {
    if (error instanceof ConnectorError && error.failure.kind === 'setup') return [];
    throw error;
  }
}

function nextYear({ years }: Books, on: LocalDate): LedgerFinding {
  const upTo = years?.at(-1)?.to ?? on;
  return upTo >= plusDays(on, YEAR_NOTICE_DAYS)
    ? find.ok('next-year', { upTo })
    : find.warning('next-year-missing', { upTo });
}

/** By the cash method an invoice is booked when it is paid: Fortnox refuses to book it before. */
async function methodItems(
  client: FortnoxClient,
  on: LocalDate,
): Promise<readonly LedgerFinding[]> {
  const years = await client.list('/3/financialyears', 'FinancialYears');
  const year = years.find((one) => textOf(one, 'FromDate') <= on && on <= textOf(one, 'ToDate'));
  const isCash = year !== undefined && textOf(year, 'AccountingMethod') === 'CASH';
  return isCash ? [find.problem('cash-method')] : [];
}

/** Accounts that Fortnox books invoices on by itself: one that is gone or inactive stops them. */
async function predefinedItems(
  client: FortnoxClient,
  { books, on }: { readonly books: Books; readonly on: LocalDate },
): Promise<readonly LedgerFinding[]> {
  const year = books.years?.find(({ from, to }) => from <= on && on <= to);
  const chart = books.accounts?.[year?.id ?? ''];
  if (chart === undefined) return [];
  const listed = await client.list('/3/predefinedaccounts', 'PreDefinedAccounts');
  const unusable = listed.flatMap((one): string[] => {
    const [name, account] = [textOf(one, 'Name'), textOf(one, 'Account')];
    return chart[account]?.active === true ? [] : [`${name} ${account}`];
  });
  if (unusable.length > 0) {
    return [find.warning('predefined-unusable', { accounts: unusable.join(', ') })];
  }
  return [find.ok('predefined', { accounts: String(listed.length) })];
}

/** What an invoice has to say of its sender: without it Fortnox sends and prints none. */
async function senderItems(client: FortnoxClient): Promise<readonly LedgerFinding[]> {
  const body = await client.get('/3/settings/company');
  const company: WireObject = isRecord(body?.['CompanySettings']) ? body['CompanySettings'] : {};
  const hasBank = ['BG', 'PG', 'IBAN'].some((field) => textOf(company, field) !== '');
  return [hasBank ? find.ok('bank-details') : find.warning('bank-details-missing')];
}

async function currencyItems(client: FortnoxClient): Promise<readonly LedgerFinding[]> {
  const listed = await client.list('/3/currencies', 'Currencies');
  const currencies = listed.map((one) => textOf(one, 'Code')).sort();
  const facts = { currencies: currencies.join(', ') || '–' };
  return [
    currencies.length > 1 ? find.ok('currencies', facts) : find.warning('currency-only', facts),
  ];
}

/** With the warehouse module an invoice delivers nothing that is not marked as ready. */
async function warehouse(client: FortnoxClient): Promise<readonly LedgerFinding[]> {
  const body = await client.get('/api/warehouse/tenants-v4');
  return [body?.['activated'] === true ? find.warning('warehouse-on') : find.ok('warehouse-off')];
}
