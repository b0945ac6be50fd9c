import type { Call } from '../api/call.ts';
import { accountIn } from '../books/chart.ts';
import { priceAt } from '../registers/prices.ts';
import { requireKept } from '../registers/reference.ts';
import { currentYear, takeRowId } from '../tenant/tenant.ts';
import { kronorOf, oreOf, withoutVat } from '../wire/amounts.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { blankOf } from './blank.ts';
import type { SalesKind } from './kinds.ts';
import { rowTotalOre } from './totals.ts';

/**
 * Rows of sales documents: which row an update is about, and what a row gets where nothing is sent.
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | VAT of a row without article               | 25 %, or 0 where the customer pays none         |
 * | Account of such a row                      | The predefined sales account of its VAT rate    |
 * | `DeliveredQuantity` of an order row        | As ordered                                      |
 * | Quantities as text                         | Without trailing zeros                          |
 * | A row that changes article                 | Takes all that is not sent from the new article |
 */
export type RowsRequest = {
  readonly kind: SalesKind;
  readonly call: Call;
  readonly head: Fields;
  /** The rows as they were; none for a new document. */
  readonly kept: readonly Fields[];
  readonly sent: readonly Fields[];
};

/** VAT rates that companies have set up. */
const RATES = [25, 12, 6, 0];

/** Article field that holds the sales account, by the customer's kind of VAT. */
const ARTICLE_ACCOUNTS: Readonly<Record<string, string>> = {
  SEVAT: 'SalesAccount',
  SEREVERSEDVAT: 'ConstructionAccount',
  EUREVERSEDVAT: 'EUAccount',
  EUVAT: 'EUVATAccount',
  EXPORT: 'ExportAccount',
};

/** Predefined account of a row without article, by the customer's kind of VAT. */
const PREDEFINED: Readonly<Record<string, string>> = {
  SEREVERSEDVAT: 'SALESCONSTR2',
  EUREVERSEDVAT: 'SALESEUREV',
  EUVAT: 'SALESEUVAT',
  EXPORT: 'SALESEXPORT',
};

const PREDEFINED_BY_RATE: Readonly<Record<number, string>> = {
  25: 'SALES_25_SE',
  12: 'SALES_12_SE',
  6: 'SALES_6_SE',
  0: 'SALES_0_SE',
};

/** Customers of these kinds pay no Swedish VAT. */
export function paysVat(customer: Fields): boolean {
  const type = textOf(customer, 'VATType');
  return type === 'SEVAT' || type === 'EUVAT';
}

/**
 * The rows after an update. Without any `RowId` rows are matched by position; with one, rows that
 * have it are changed and rows that do not are new. Rows that are not sent are gone either way,
 * and every row gets a new id.
 */
export function mergeRows(request: RowsRequest): Fields[] {
  const { kept, sent } = request;
  const byId = new Map(kept.map((row) => [numberOf(row, 'RowId'), row]));
  const hasIds = kept.length > 0 && sent.some((row) => isSet(row, 'RowId'));
  const before = (row: Fields, index: number): Fields | null => {
    if (!hasIds) return kept[index] ?? null;
    if (!isSet(row, 'RowId')) return null;
    const id = numberOf(row, 'RowId');
    return byId.get(id) ?? refuse('row-id-unknown', id);
  };
  const rows = sent.map((row, index) => completeRow(request, row, before(row, index)));
  for (const row of rows) row['RowId'] = takeRowId(request.call.tenant);
  return rows;
}

function completeRow(request: RowsRequest, sent: Fields, before: Fields | null): Fields {
  const { kind, call, head } = request;
  const number = 'ArticleNumber' in sent ? textOf(sent, 'ArticleNumber') : null;
  const isSameArticle = number === null || (before && number === textOf(before, 'ArticleNumber'));
  const article = articleOf(call, number ?? '');
  const customer = requireKept(call, 'CustomerNumber', textOf(head, 'CustomerNumber'));
  const base =
    before && isSameArticle
      ? before
      : { ...defaultRow(request, { article, customer, sent }), ...quantitiesOf(before) };
  const row: Fields = { ...base, ...withBlanks(kind, sent) };
  checkRow(request, row, sent);
  if (!paysVat(customer)) row['VAT'] = 0;
  calculate(kind, head, row);
  return row;
}

function articleOf(call: Call, number: string): Fields | null {
  if (number === '') return null;
  const entry = call.tenant.shelves.articles.entries.get(number);
  return entry?.fields ?? refuse('row-article-unknown', number);
}

function quantitiesOf(before: Fields | null): Fields {
  const names = ['DeliveredQuantity', 'OrderedQuantity', 'Quantity'];
  return Object.fromEntries(
    names.filter((name) => before?.[name] !== undefined).map((name) => [name, before?.[name]]),
  );
}

function withBlanks(kind: SalesKind, sent: Fields): Fields {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(sent)) {
    fields[name] = value ?? blankOf(kind.rowTable, name);
  }
  return fields;
}

type Sources = {
  readonly article: Fields | null;
  readonly customer: Fields;
  readonly sent: Fields;
};

function defaultRow(request: RowsRequest, { article, customer, sent }: Sources): Fields {
  const { kind, call, head } = request;
  const ordered = textOf(sent, kind.quantity) || '0';
  const vat = paysVat(customer) ? numberOf(article ?? { VAT: RATES[0] }, 'VAT') : 0;
  const rate = 'VAT' in sent ? numberOf(sent, 'VAT') : vat;
  const price = priceAt(call.tenant, {
    list: textOf(head, 'PriceList'),
    article: textOf(sent, 'ArticleNumber'),
    quantity: Number(ordered),
  });
  const row: Fields = {
    AccountNumber: salesAccount(call, { article, customer, rate }),
    ArticleNumber: '',
    Cost: article ? numberOf(article, 'PurchasePrice') : 0,
    CostCenter: '',
    Description: article ? textOf(article, 'Description') : '',
    Discount: numberOf(customer, 'InvoiceDiscount'),
    DiscountType: 'PERCENT',
    HouseWork: article?.['Housework'] === true,
    HouseWorkHoursToReport: null,
    HouseWorkType: article?.['HouseworkType'] ?? null,
    Price: price,
    Project: '',
    StockPointCode: null,
    StockPointId: null,
    Unit: article ? textOf(article, 'Unit') : '',
    VAT: vat,
    VATCode: null,
    [kind.quantity]: ordered,
  };
  if (kind.single === 'Order') {
    row['DeliveredQuantity'] = ordered;
    row['ReservedQuantity'] = '0';
  }
  return row;
}

function salesAccount(
  call: Call,
  of: { readonly article: Fields | null; readonly customer: Fields; readonly rate: number },
): number {
  const type = textOf(of.customer, 'VATType');
  const own = numberOf(of.customer, 'SalesAccount');
  if (own !== 0) return own;
  const field = ARTICLE_ACCOUNTS[type] ?? 'SalesAccount';
  const ofArticle = of.article ? numberOf(of.article, field) : 0;
  if (ofArticle !== 0) return ofArticle;
  const name = PREDEFINED[type] ?? PREDEFINED_BY_RATE[of.rate] ?? 'SALES';
  return call.tenant.predefinedAccounts.get(name) ?? 0;
}

function checkRow({ kind, call }: RowsRequest, row: Fields, sent: Fields): void {
  const quantity = numberOf(row, kind.quantity);
  if (quantity > 0 && textOf(row, 'ArticleNumber') === '' && textOf(row, 'Description') === '') {
    refuse('row-without-text');
  }
  if (kind.shelf === 'contracts' && textOf(row, 'ArticleNumber') === '') {
    refuse('article-number-missing');
  }
  if ('VAT' in sent && !RATES.includes(numberOf(sent, 'VAT'))) refuse('vat-rate-unknown');
  const account = numberOf(sent, 'AccountNumber');
  const { chart } = currentYear(call.tenant, call.today);
  if (account !== 0 && !accountIn(chart, account)) refuse('row-account-unknown', account);
  const unit = textOf(sent, 'Unit');
  if (unit !== '') requireKept(call, 'Unit', unit);
  const costCenter = textOf(sent, 'CostCenter');
  if (costCenter !== '') requireKept(call, 'CostCenter', costCenter);
  const project = textOf(sent, 'Project');
  if (project !== '') requireKept(call, 'Project', project);
}

function calculate(kind: SalesKind, head: Fields, row: Fields): void {
  const isIncluded = head[kind.vatIncluded] === true;
  const rate = numberOf(row, 'VAT');
  const total = rowTotalOre(row, kind.quantity);
  const net = isIncluded ? withoutVat(total, rate) : total;
  const price = oreOf(numberOf(row, 'Price'));
  const cost = oreOf(numberOf(row, 'Cost') * numberOf(row, kind.quantity));
  row['Total'] = kronorOf(total);
  row['TotalExcludingVAT'] = kronorOf(net);
  row['PriceExcludingVAT'] = kronorOf(isIncluded ? withoutVat(price, rate) : price);
  row['ContributionValue'] = String(kronorOf(net - cost));
  row['ContributionPercent'] = String(percentOf(net - cost, net));
}

/** Per cent with two decimals; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : kronorOf(oreOf((100 * part) / whole));
}
