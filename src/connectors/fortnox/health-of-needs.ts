import { yearOf, type Books } from '../../domain/books.ts';
import type { LocalDate } from '../../domain/date.ts';
import type {
  FlowNeeds,
  NeededDocument,
  NeededMode,
  SoldOn,
} from '../../domain/posting/flow-needs.ts';
import { percentText, type BasisPoints } from '../../domain/vat/rates.ts';
import type { LedgerFinding } from '../../ports/health.ts';
import { findingsOf } from '../../ports/ledger-findings.ts';
import { customerFields } from './parties.ts';
import { articleNumber } from './shop/articles.ts';

const find = findingsOf('Fortnox');

/**
 * VAT codes of accounts that sales with Swedish VAT stand on, and their rates. Of codes for sales
 * abroad no list is published: an account with one of those is taken as it is.
 */
const SALES_CODES: Readonly<Record<string, BasisPoints>> = {
  MP1: 2500,
  MP2: 1200,
  MP3: 600,
  MF: 0,
};
/** An invoice has no more rows, by what integrations report: nothing is published. */
const ROWS_MAX = 500;
/** So many of a kind are named: a person mends the first, and looks again. */
const NAMED_MAX = 5;

/** What of a shop's sales this company's Fortnox is not ready for. */
export function examineNeeds(
  { sales, articles, documents, modes }: FlowNeeds,
  books: Books,
  on: LocalDate,
): readonly LedgerFinding[] {
  return [
    ...codeFindings(sales, books, on),
    ...sharedFindings(sales),
    ...articleFindings(articles),
    ...rowFindings(documents),
    ...buyerFindings(documents),
    ...modeFindings(modes, books),
  ];
}

/**
 * A sale on an account with the code of another rate comes into the wrong box of the VAT return,
 * and one with another country's VAT into a box that it does not belong in at all.
 */
function codeFindings(
  sales: readonly SoldOn[],
  books: Books,
  on: LocalDate,
): readonly LedgerFinding[] {
  const chart = books.accounts?.[yearOf(books, on)?.id ?? ''] ?? {};
  const wrong = sales.filter(({ account, rate }) => {
    const coded = SALES_CODES[chart[account]?.vatCode ?? ''];
    return coded !== undefined && (rate === null ? coded !== 0 : coded !== rate);
  });
  if (sales.length === 0) return [];
  const countries = [...new Set(sales.map(({ country }) => country))].filter((one) => one !== '');
  if (wrong.length === 0) return [find.ok('sales-vat-codes', { countries: countries.join(', ') })];
  return [...Map.groupBy(wrong, ({ account }) => account)].map(([account, all]) => {
    const code = chart[account]?.vatCode ?? '';
    const roles = new Set(all.map(({ role }) => role));
    const sold = new Set(all.map(soldAs));
    const facts = { account, roles: [...roles].join(', '), code, sold: [...sold].join(', ') };
    return find.warning('sales-vat-code-differs', facts);
  });
}

/** `SE 25 %`, `FI` for what is taxed there, and what nobody taxes. */
function soldAs({ rate, country }: SoldOn): string {
  const percent = rate === null ? '' : `${percentText(rate)} %`;
  return `${country} ${percent}`.trim() || '0 %';
}

/** The return of the one-stop shop is by country: on one account nobody can tell them apart. */
function sharedFindings(sales: readonly SoldOn[]): readonly LedgerFinding[] {
  const taxed = sales.filter(({ role }) => role.split('/')[0] === 'vat.oss');
  const byAccount = Map.groupBy(taxed, ({ account }) => account);
  return [...byAccount].flatMap(([account, all]) => {
    const countries = [...new Set(all.map(({ country }) => country))].sort();
    const [first = ''] = countries;
    if (countries.length < 2) return [];
    const facts = { account, countries: countries.join(', '), first };
    return [find.warning('oss-accounts-shared', facts)];
  });
}

function articleFindings(articles: readonly string[]): readonly LedgerFinding[] {
  if (articles.length === 0) return [];
  const renamed = articles.filter((sku) => articleNumber(sku) !== sku);
  const count = String(articles.length);
  if (renamed.length === 0) return [find.ok('articles', { count })];
  const shown = renamed.slice(0, NAMED_MAX).map((sku) => `${sku} → ${articleNumber(sku)}`);
  const facts = { count, renamed: String(renamed.length), articles: shown.join(', ') };
  return [find.warning('articles-renamed', facts)];
}

function rowFindings(documents: readonly NeededDocument[]): readonly LedgerFinding[] {
  return documents
    .filter(({ rows }) => rows > ROWS_MAX)
    .slice(0, NAMED_MAX)
    .map(({ order, rows }) => {
      const facts = { order, rows: String(rows), most: String(ROWS_MAX) };
      return find.warning('rows-too-many', facts);
    });
}

/** A mode of payment books on an account of its own, which has to be that of the method. */
function modeFindings(modes: readonly NeededMode[], books: Books): readonly LedgerFinding[] {
  const known = books.invoices?.modes;
  if (known === undefined) return [];
  return modes.flatMap(({ method, mode, account }) => {
    const theirs = known[mode];
    const facts = { method, mode, account };
    if (theirs === undefined) {
      return [
        find.problem('payment-mode-unknown', { ...facts, known: Object.keys(known).join(', ') }),
      ];
    }
    return theirs === account ? [] : [find.problem('payment-mode-differs', { ...facts, theirs })];
  });
}

/** Who buys has to be found again, and what Fortnox refuses of them is left off their card. */
function buyerFindings(documents: readonly NeededDocument[]): readonly LedgerFinding[] {
  if (documents.length === 0) return [];
  const unknown = documents.filter(({ buyer }) => buyer.knownBy === 'none');
  const refused = documents.filter(hasRefusedNumber);
  const facts = (some: readonly NeededDocument[]) => ({
    count: String(documents.length),
    some: String(some.length),
    orders: some
      .slice(0, NAMED_MAX)
      .map(({ order }) => order)
      .join(', '),
  });
  if (unknown.length + refused.length === 0) return [find.ok('buyers', facts([]))];
  return [
    ...(unknown.length === 0 ? [] : [find.warning('buyers-unknown', facts(unknown))]),
    ...(refused.length === 0 ? [] : [find.warning('buyer-numbers-refused', facts(refused))]),
  ];
}

/** The card is made without them: of organisation numbers the check digit has to be right. */
function hasRefusedNumber({ buyer }: NeededDocument): boolean {
  const { orgNumber, vatNumber } = buyer;
  const fields = customerFields(buyer);
  const isLost = (value: string | null, field: string): boolean => {
    return value !== null && value.trim() !== '' && fields[field] === undefined;
  };
  return isLost(orgNumber, 'OrganisationNumber') || isLost(vatNumber, 'VATNumber');
}
