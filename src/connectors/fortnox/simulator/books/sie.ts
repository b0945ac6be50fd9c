import { compactDate, type LocalDate } from '../../../../domain/date.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { textOf } from '../wire/record.ts';
import { accountIn, accountsOf, isBalanceAccount } from './chart.ts';
import { encodeCp437 } from './cp437.ts';
import type { Voucher, VoucherRow } from './voucher.ts';
import { accountsInUse, openingOf, vouchersOf, yearBefore, type FinancialYear } from './year.ts';

/**
 * SIE files in the order and row style of Fortnox's own exports. Written apart from the hub's SIE
 * code on purpose: the proof of the books must not rest on what it proves.
 *
 * | Uncertain                              | Chosen                                           |
 * |----------------------------------------|--------------------------------------------------|
 * | Accounts in the file                   | Those in use; the whole chart with `exportall`   |
 * | Balances of a file that ends early     | #UB and #RES through `todate`                    |
 * | A file that starts late                | #IB stays the year's; earlier vouchers are absent|
 * | #OIB and #OUB in type 3                | Left out                                         |
 */
export type SieSelection = {
  readonly type: 1 | 2 | 3 | 4;
  readonly year: FinancialYear;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly hasAllAccounts: boolean;
  readonly writtenOn: LocalDate;
};

const COST_CENTER = 1;
const PROJECT = 6;
const LINE_END = '\r\n';
const BLOCK_LENGTH = 1_000_000;

/** A SIE file, in code page 437. */
export function exportSie(tenant: Tenant, selection: SieSelection): Uint8Array {
  return encodeLines(linesOf(tenant, selection));
}

function* linesOf(tenant: Tenant, selection: SieSelection): Generator<string> {
  const { type, year } = selection;
  yield* headOf(tenant, selection);
  yield* accountLines(tenant, selection);
  if (type >= 3) yield* objectLines(tenant);
  yield* balanceLines(tenant, selection);
  if (type === 2 || type === 3) yield* periodLines(vouchersOf(year), selection);
  if (type === 4) yield* voucherLines(vouchersOf(year), selection);
}

/** In blocks: the books of a benchmark are longer than the longest string. */
function encodeLines(lines: Iterable<string>): Uint8Array {
  const blocks: Uint8Array[] = [];
  let block = '';
  for (const line of lines) {
    block += line + LINE_END;
    if (block.length < BLOCK_LENGTH) continue;
    blocks.push(encodeCp437(block));
    block = '';
  }
  return Buffer.concat([...blocks, encodeCp437(block)]);
}

function headOf(tenant: Tenant, { type, year, to, writtenOn }: SieSelection): string[] {
  const { company, years } = tenant;
  const before = yearBefore(years, year);
  const of = (name: string): string => quote(textOf(company, name));
  const place = quote(`${textOf(company, 'ZipCode')} ${textOf(company, 'City')}`);
  const contact = quote(
    `${textOf(company, 'ContactFirstName')} ${textOf(company, 'ContactLastName')}`,
  );
  return [
    '#FLAGGA 0',
    '#FORMAT PC8',
    `#SIETYP ${type}`,
    '#PROGRAM "Fortnox" 3.57',
    `#GEN ${compactDate(writtenOn)}`,
    `#FNR ${tenant.id}`,
    `#FNAMN ${of('Name')}`,
    `#ADRESS ${contact} ${of('Address')} ${place} ${of('Phone1')}`,
    `#RAR 0 ${compactDate(year.from)} ${compactDate(year.to)}`,
    ...(before ? [`#RAR -1 ${compactDate(before.from)} ${compactDate(before.to)}`] : []),
    `#ORGNR ${textOf(company, 'OrganizationNumber')}`,
    `#OMFATTN ${compactDate(to)}`,
    '#KPTYP EUBAS97',
  ];
}

function accountLines(tenant: Tenant, { year, hasAllAccounts }: SieSelection): string[] {
  const accounts = hasAllAccounts
    ? accountsOf(year.chart)
    : accountsInUse(tenant.years, year).flatMap((number) => nameOf(tenant, year, number));
  return accounts.flatMap(({ number, name, sru }) => [
    `#KONTO ${number} ${quote(name)}`,
    ...(sru === null ? [] : [`#SRU ${number} ${sru}`]),
  ]);
}

/** An account may be gone from this year's chart and still have a balance from the year before. */
function nameOf(
  tenant: Tenant,
  year: FinancialYear,
  number: number,
): { number: number; name: string; sru: number | null } {
  const years = [year, ...tenant.years.toReversed()];
  for (const one of years) {
    const account = accountIn(one.chart, number);
    if (account) return account;
  }
  return { number, name: `Konto ${number}`, sru: null };
}

function objectLines({ shelves }: Tenant): string[] {
  const costCenters = [...shelves.costcenters.entries.values()].map(
    ({ key, fields }) =>
      `#OBJEKT ${COST_CENTER} ${quote(key)} ${quote(textOf(fields, 'Description'))}`,
  );
  const projects = [...shelves.projects.entries.values()].map(
    ({ key, fields }) => `#OBJEKT ${PROJECT} ${quote(key)} ${quote(textOf(fields, 'Description'))}`,
  );
  return [
    `#DIM ${COST_CENTER} "Kostnadsställe"`,
    `#DIM ${PROJECT} "Projekt"`,
    ...costCenters,
    ...projects,
  ];
}

function balanceLines(tenant: Tenant, { year, to }: SieSelection): string[] {
  const before = yearBefore(tenant.years, year);
  const spans = [
    { index: 0, year, to },
    ...(before ? [{ index: -1, year: before, to: before.to }] : []),
  ];
  const opening: string[] = [];
  const closing: string[] = [];
  const results: string[] = [];
  for (const span of spans) {
    const moved = movementsThrough(span.year, span.to);
    for (const account of accountsInUse(tenant.years, span.year)) {
      const end = moved.get(account) ?? 0;
      if (isBalanceAccount(account)) {
        const start = openingOf(tenant.years, span.year, account);
        opening.push(`#IB ${span.index} ${account} ${amount(start)}`);
        closing.push(`#UB ${span.index} ${account} ${amount(start + end)}`);
      } else {
        results.push(`#RES ${span.index} ${account} ${amount(end)}`);
      }
    }
  }
  return [...opening, ...closing, ...results];
}

function movementsThrough(year: FinancialYear, to: LocalDate): ReadonlyMap<number, number> {
  if (to >= year.to) return year.movements;
  const moved = new Map<number, number>();
  for (const voucher of vouchersOf(year)) {
    if (voucher.date > to) continue;
    for (const row of voucher.rows) add(moved, row.account, row.debitOre - row.creditOre);
  }
  return moved;
}

function periodLines(vouchers: Iterable<Voucher>, { to }: SieSelection): string[] {
  const sums = new Map<string, number>();
  for (const voucher of vouchers) {
    if (voucher.date > to) continue;
    const period = compactDate(voucher.date).slice(0, 6);
    for (const row of voucher.rows) {
      add(sums, `${period} ${row.account}`, row.debitOre - row.creditOre);
    }
  }
  return [...sums.keys()].sort().map((key) => `#PSALDO 0 ${key} {} ${amount(sums.get(key) ?? 0)}`);
}

function* voucherLines(vouchers: Iterable<Voucher>, { from, to }: SieSelection): Generator<string> {
  for (const voucher of vouchers) {
    const { series, number, date, text, registeredOn } = voucher;
    if (date < from || date > to) continue;
    const head = `#VER ${series} ${number} ${compactDate(date)}`;
    yield `${head} ${quote(text)} ${compactDate(registeredOn)}`;
    yield '{';
    for (const row of voucher.rows) yield rowLine(row);
    yield '}';
  }
}

function rowLine(row: VoucherRow): string {
  const objects = [
    ...(row.costCenter === '' ? [] : [`${COST_CENTER} ${quote(row.costCenter)}`]),
    ...(row.project === '' ? [] : [`${PROJECT} ${quote(row.project)}`]),
  ];
  const sum = amount(row.debitOre - row.creditOre);
  const about = `"" ${quote(row.text)} ${row.quantity}`;
  return `#TRANS ${row.account} {${objects.join(' ')}} ${sum} ${about}`;
}

/** `-1.85`: kronor with two decimals, debit positive. */
function amount(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Quotation marks are escaped; control characters, also line ends, become spaces. */
function quote(text: string): string {
  if (!/[\p{Cc}"]/u.test(text)) return `"${text}"`;
  return `"${text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll('"', '\\"')}"`;
}

function add<K>(sums: Map<K, number>, key: K, ore: number): void {
  sums.set(key, (sums.get(key) ?? 0) + ore);
}
