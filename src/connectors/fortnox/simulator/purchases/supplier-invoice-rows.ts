import type { Call } from '../api/call.ts';
import { accountIn } from '../books/chart.ts';
import { requireKept } from '../registers/reference.ts';
import { currentYear, predefinedAccount, type Tenant } from '../tenant/tenant.ts';
import { kronorOf, oreOf, vatOn } from '../wire/amounts.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/**
 * The rows of a supplier invoice: those that were sent, and those that Fortnox adds so that they
 * make a voucher.
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | No rows sent, only `Total` and `VAT`       | One row on the supplier's or the PURCASE account|
 * | `Total` not sent                           | What the rows come to                           |
 * | VAT rate of reverse charge                 | 25 % of the rows without code                   |
 * | `Price` without `Account` or article       | The PURCASE account                             |
 */
const REVERSE_RATE = 25;

/** Predefined accounts and row codes of reverse charge: what is debited, what is credited. */
const REVERSE: Readonly<
  Record<string, { readonly codes: readonly [string, string]; readonly account: string }>
> = {
  PRODUCT: { codes: ['PRD', 'PRC'], account: 'PRODUCT' },
  SERVICE: { codes: ['SRD', 'SRC'], account: 'SERVICE' },
  CONSTRUCTION: { codes: ['CND', 'CNC'], account: 'CONSTRUCTION' },
};

/** Money fields of the head, the row code each becomes, and the account it is booked on. */
const HEAD_ROWS = [
  { field: 'VAT', code: 'VAT', account: 'INVAT' },
  { field: 'Freight', code: 'FRT', account: 'SUPFREIGHT' },
  { field: 'AdministrationFee', code: 'AFE', account: 'SUPADMFEE' },
  { field: 'RoundOffValue', code: 'ROV', account: 'ROUNDOFF' },
] as const;

/** @throws Refused when the rows cannot be made, or do not balance */
export function supplierInvoiceRows(
  call: Call,
  head: Fields,
  sent: readonly Fields[],
): { readonly rows: Fields[]; readonly totalOre: number } {
  const { tenant } = call;
  const given = sent.map((row) => completeRow(call, head, row));
  const hasCode = (code: string): boolean => given.some((row) => textOf(row, 'Code') === code);
  const fromHead = HEAD_ROWS.flatMap(({ field, code, account }) => {
    const ore = oreOf(numberOf(head, field));
    if (ore === 0 || hasCode(code)) return [];
    return [codedRow({ account: predefinedAccount(tenant, account), code, ore })];
  });
  const costs = given.length > 0 ? given : plainCost(call, head, fromHead);
  const rows = [...costs, ...fromHead, ...reverseRows(tenant, head, costs)];
  const totalOre = isSet(head, 'Total') ? oreOf(numberOf(head, 'Total')) : imbalance(rows);
  if (!hasCode('TOT')) {
    const account = predefinedAccount(tenant, 'SUPDEBT');
    rows.push(codedRow({ account, code: 'TOT', ore: -totalOre }));
  }
  if (imbalance(rows) !== 0) refuse('supplier-invoice-unbalanced');
  return { rows: rows.map((row) => describe(call, row)), totalOre: totalOreOf(rows, totalOre) };
}

/** A TOT row that was sent says what the invoice comes to. */
function totalOreOf(rows: readonly Fields[], otherwise: number): number {
  const total = rows.find((row) => textOf(row, 'Code') === 'TOT');
  return total ? -rowOre(total) : otherwise;
}

export function rowOre(row: Fields): number {
  return oreOf(numberOf(row, 'Debit')) - oreOf(numberOf(row, 'Credit'));
}

function imbalance(rows: readonly Fields[]): number {
  return rows.reduce((ore, row) => ore + rowOre(row), 0);
}

/** A row that was sent: by account with debit and credit, or by article with quantity and price. */
function completeRow(call: Call, head: Fields, sent: Fields): Fields {
  const article = textOf(sent, 'ArticleNumber');
  const found = article === '' ? null : call.tenant.shelves.articles.entries.get(article);
  if (found === undefined) refuse('row-article-unknown', article);
  const hasAmount = isSet(sent, 'Debit') || isSet(sent, 'Credit');
  const quantity = isSet(sent, 'Quantity') ? numberOf(sent, 'Quantity') : 1;
  const priceOre = oreOf(numberOf(sent, 'Price')) * quantity;
  const debitOre = hasAmount ? oreOf(numberOf(sent, 'Debit')) : priceOre;
  const account =
    numberOf(sent, 'Account') ||
    numberOf(found?.fields ?? {}, 'PurchaseAccount') ||
    costAccount(call.tenant, head);
  const row: Fields = {
    ...blankRow(),
    ...sent,
    Account: account,
    CostCenter: textOf(sent, 'CostCenter') || textOf(head, 'CostCenter'),
    Debit: kronorOf(debitOre),
    Project: textOf(sent, 'Project') || textOf(head, 'Project'),
    ItemDescription: textOf(sent, 'ItemDescription') || textOf(found?.fields ?? {}, 'Description'),
    Quantity: quantity,
    Unit: textOf(found?.fields ?? {}, 'Unit'),
  };
  row['Total'] = kronorOf(rowOre(row));
  checkRow(call, row);
  return row;
}

function checkRow(call: Call, row: Fields): void {
  const account = numberOf(row, 'Account');
  const { chart } = currentYear(call.tenant, call.today);
  if (!accountIn(chart, account)) refuse('row-account-unknown', account);
  for (const name of ['CostCenter', 'Project'] as const) {
    const key = textOf(row, name);
    if (key !== '') requireKept(call, name, key);
  }
}

function plainCost({ tenant }: Call, head: Fields, others: readonly Fields[]): Fields[] {
  const ore = oreOf(numberOf(head, 'Total')) - imbalance(others);
  if (ore === 0) return [];
  return [codedRow({ account: costAccount(tenant, head), code: '', ore })];
}

function costAccount(tenant: Tenant, head: Fields): number {
  const supplier = tenant.shelves.suppliers.entries.get(textOf(head, 'SupplierNumber'));
  const own = numberOf(supplier?.fields ?? {}, 'PreDefinedAccount');
  return own === 0 ? predefinedAccount(tenant, 'PURCASE') : own;
}

/** VAT that the buyer reckons on a purchase without it: owed and deducted at once. */
function reverseRows(tenant: Tenant, head: Fields, costs: readonly Fields[]): Fields[] {
  const name = reverseOf(head);
  const reverse = name === null ? undefined : REVERSE[name];
  if (!reverse) return [];
  if (reverse.codes.some((code) => costs.some((row) => textOf(row, 'Code') === code))) return [];
  const baseOre = imbalance(costs.filter((row) => textOf(row, 'Code') === ''));
  const ore = vatOn(baseOre, REVERSE_RATE);
  const account = (side: 'DEB' | 'CRE'): number =>
    tenant.predefinedAccounts.get(`${reverse.account}_${side}`) ?? refuse('reverse-charge-account');
  const [debit, credit] = reverse.codes;
  return [
    codedRow({ account: account('DEB'), code: debit, ore }),
    codedRow({ account: account('CRE'), code: credit, ore: -ore }),
  ];
}

function reverseOf(head: Fields): string | null {
  const type = textOf(head, 'VATType');
  if (type === 'REVERSE') return 'CONSTRUCTION';
  if (type !== 'EUINTERNAL') return null;
  return textOf(head, 'SalesType') === 'SERVICE' ? 'SERVICE' : 'PRODUCT';
}

type Coded = { readonly account: number; readonly code: string; readonly ore: number };

function codedRow({ account, code, ore }: Coded): Fields {
  return {
    ...blankRow(),
    Account: account,
    Code: code,
    Credit: kronorOf(ore < 0 ? -ore : 0),
    Debit: kronorOf(ore > 0 ? ore : 0),
    Total: kronorOf(ore),
  };
}

function blankRow(): Fields {
  return {
    Account: 0,
    AccountDescription: '',
    ArticleNumber: '',
    Code: '',
    CostCenter: '',
    Credit: 0,
    CreditCurrency: 0,
    Debit: 0,
    DebitCurrency: 0,
    ItemDescription: '',
    Price: 0,
    Project: '',
    Quantity: 0,
    StockLocationCode: null,
    StockPointCode: null,
    Total: 0,
    TransactionInformation: '',
    Unit: '',
  };
}

function describe(call: Call, row: Fields): Fields {
  const { chart } = currentYear(call.tenant, call.today);
  const name = accountIn(chart, numberOf(row, 'Account'))?.name ?? '';
  return {
    ...row,
    AccountDescription: name,
    CreditCurrency: row['Credit'],
    DebitCurrency: row['Debit'],
  };
}

/** The rows of a credit invoice: each on the other side. */
export function reversedRows(rows: readonly Fields[]): Fields[] {
  return rows.map((row) => ({
    ...row,
    Credit: row['Debit'],
    CreditCurrency: row['DebitCurrency'],
    Debit: row['Credit'],
    DebitCurrency: row['CreditCurrency'],
    Total: -numberOf(row, 'Total'),
    Quantity: -numberOf(row, 'Quantity'),
  }));
}
