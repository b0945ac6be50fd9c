import { plusDays, type LocalDate } from '../../domain/date.ts';
import type { Books } from '../../domain/books.ts';
import { ConnectorError } from '../../ports/errors.ts';
import type { HealthItem } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { isRecord, textOf, type WireObject } from '../../lib/json-object.ts';

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
): Promise<readonly HealthItem[]> {
  const wanted: Wanted = new Set(client.settings.scopes);
  const items: HealthItem[] = [nextYear(of.books, of.on)];
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

async function rightItem(client: FortnoxClient, scope: string, path: string): Promise<HealthItem> {
  try {
    await client.get(path);
    return { item: 'right', state: 'ok', says: scope };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.failure.kind !== 'setup') throw error;
    const says =
      `${scope}: ${error.message} Buy its module in Fortnox and connect again, or leave the ` +
      'right out of the settings: scopes.';
    return { item: 'right', state: 'problem', says };
  }
}

/** What may not be read is told by the right that is missing. */
async function unlessForbidden(
  examine: () => Promise<readonly HealthItem[]>,
): Promise<readonly HealthItem[]> {
  try {
    return await examine();
  } catch (error) {
    if (error instanceof ConnectorError && error.failure.kind === 'setup') return [];
    throw error;
  }
}

function nextYear({ years }: Books, on: LocalDate): HealthItem {
  const last = years?.at(-1)?.to ?? on;
  const says = `financial years up to ${last}`;
  if (last >= plusDays(on, YEAR_NOTICE_DAYS)) return { item: 'next year', state: 'ok', says };
  return {
    item: 'next year',
    state: 'warning',
    says: `there are ${says}: nothing can be booked on a later day. Create the next one there.`,
  };
}

/** By the cash method an invoice is booked when it is paid: Fortnox refuses to book it before. */
async function methodItems(client: FortnoxClient, on: LocalDate): Promise<readonly HealthItem[]> {
  const years = await client.list('/3/financialyears', 'FinancialYears');
  const year = years.find((one) => textOf(one, 'FromDate') <= on && on <= textOf(one, 'ToDate'));
  if (year === undefined || textOf(year, 'AccountingMethod') !== 'CASH') return [];
  const says =
    'the company keeps its books by the cash method: Fortnox does not book invoices before they ' +
    'are paid, and refuses it (2003007). Let vouchers be booked, or change the method there.';
  return [{ item: 'accounting method', state: 'problem', says }];
}

/** Accounts that Fortnox books invoices on by itself: one that is gone or inactive stops them. */
async function predefinedItems(
  client: FortnoxClient,
  { books, on }: { readonly books: Books; readonly on: LocalDate },
): Promise<readonly HealthItem[]> {
  const year = books.years?.find(({ from, to }) => from <= on && on <= to);
  const chart = books.accounts?.[year?.id ?? ''];
  if (chart === undefined) return [];
  const listed = await client.list('/3/predefinedaccounts', 'PreDefinedAccounts');
  const wrong = listed.flatMap((one): string[] => {
    const [name, account] = [textOf(one, 'Name'), textOf(one, 'Account')];
    if (chart[account]?.active === true) return [];
    return [`${name} ${account} ${chart[account] === undefined ? 'is missing' : 'is inactive'}`];
  });
  const says = `${listed.length} that Fortnox books on by itself`;
  if (wrong.length === 0) return [{ item: 'predefined accounts', state: 'ok', says }];
  const fix = 'Open the account, or choose another: Inställningar › Bokföring › Förvalda konton.';
  return [{ item: 'predefined accounts', state: 'warning', says: `${wrong.join(', ')}. ${fix}` }];
}

/** What an invoice has to say of its sender: without it Fortnox sends and prints none. */
async function senderItems(client: FortnoxClient): Promise<readonly HealthItem[]> {
  const body = await client.get('/3/settings/company');
  const company: WireObject = isRecord(body?.['CompanySettings']) ? body['CompanySettings'] : {};
  const hasBank = ['BG', 'PG', 'IBAN'].some((field) => textOf(company, field) !== '');
  if (hasBank) return [{ item: 'bank details', state: 'ok', says: 'they stand on invoices' }];
  const says =
    'there is no bankgiro, plusgiro or IBAN: Fortnox mails and prints no invoice without ' +
    '(“Bankuppgifter saknas”). Inställningar › Företagsuppgifter.';
  return [{ item: 'bank details', state: 'warning', says }];
}

async function currencyItems(client: FortnoxClient): Promise<readonly HealthItem[]> {
  const listed = await client.list('/3/currencies', 'Currencies');
  const codes = listed.map((one) => textOf(one, 'Code')).sort();
  if (codes.length > 1) return [{ item: 'currencies', state: 'ok', says: codes.join(', ') }];
  const says =
    `only ${codes.join(', ') || 'none'} can be used: an invoice in another is refused (2000427). ` +
    'Add what the shop sells in: Inställningar › Fakturering › Valutor.';
  return [{ item: 'currencies', state: 'warning', says }];
}

/** With the warehouse module an invoice delivers nothing that is not marked as ready. */
async function warehouse(client: FortnoxClient): Promise<readonly HealthItem[]> {
  const body = await client.get('/api/warehouse/tenants-v4');
  if (body?.['activated'] !== true) {
    return [{ item: 'warehouse', state: 'ok', says: 'it is not switched on' }];
  }
  const says =
    'it is switched on: goods that are not in stock are delivered as 0, and an invoice is booked ' +
    'only once it is marked as ready (2003498). Keep the stock there, or switch it off.';
  return [{ item: 'warehouse', state: 'warning', says }];
}
