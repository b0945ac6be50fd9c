import { entitiesOf, referred, type Company } from '../company/company.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import { kronerOf, oreOf } from '../wire/amounts.ts';
import { numberOf, textOf } from '../wire/record.ts';
import { isPosted, postingsOf } from './enter.ts';

/** The books of a company, read past the API: for proofs. Kroner; debit positive. */
export type Ledger = {
  /** Those in the ledger, by year and number. */
  readonly vouchers: readonly LedgerVoucher[];
  /** Every account with a movement. */
  readonly trialBalance: readonly { readonly account: number; readonly balance: number }[];
  /** What is wrong with the books. Always empty, or the simulator is. */
  readonly problems: readonly string[];
};

export type LedgerVoucher = {
  readonly id: number;
  readonly number: number;
  readonly year: number;
  readonly date: string;
  readonly description: string;
  readonly type: string;
  readonly externalVoucherNumber: string;
  readonly postings: readonly LedgerPosting[];
  /** Id of its document; null when it has none. */
  readonly attachment: number | null;
};

export type LedgerPosting = {
  readonly account: number;
  readonly amount: number;
  /** Number of the VAT code. */
  readonly vat: number;
  readonly date: string;
  readonly text: string;
  /** Numbers; empty when there is none. */
  readonly department: string;
  readonly project: string;
};

export function readLedger(company: Company): Ledger {
  const vouchers = entitiesOf(company, 'Voucher')
    .filter(isPosted)
    .map((voucher) => voucherOf(company, voucher))
    .toSorted((a, b) => a.year - b.year || a.number - b.number);
  return {
    vouchers,
    trialBalance: balancesOf(vouchers),
    problems: [
      ...vouchers.flatMap(unbalanced),
      ...misnumbered(vouchers),
      ...misstatedInvoices(company),
    ],
  };
}

function voucherOf(company: Company, voucher: Entity): LedgerVoucher {
  const { fields, id } = voucher;
  const type = idIn(fields, 'voucherType');
  return {
    id,
    number: numberOf(fields, 'number'),
    year: numberOf(fields, 'year'),
    date: textOf(fields, 'date'),
    description: textOf(fields, 'description'),
    type: type === null ? '' : textOf(referred(company, 'VoucherType', type).fields, 'name'),
    externalVoucherNumber: textOf(fields, 'externalVoucherNumber'),
    postings: postingsOf(company, voucher).map((posting) => ({
      account: numberOf(
        referred(company, 'Account', idIn(posting.fields, 'account')).fields,
        'number',
      ),
      amount: numberOf(posting.fields, 'amount'),
      vat: idIn(posting.fields, 'vatType') ?? 0,
      date: textOf(posting.fields, 'date'),
      text: textOf(posting.fields, 'description'),
      department: numberIn(company, posting, ['department', 'Department', 'departmentNumber']),
      project: numberIn(company, posting, ['project', 'Project', 'number']),
    })),
    attachment: idIn(fields, 'attachment'),
  };
}

function numberIn(
  company: Company,
  { fields }: Entity,
  [field, model, number]: readonly [string, string, string],
): string {
  const id = idIn(fields, field);
  return id === null ? '' : textOf(referred(company, model, id).fields, number);
}

function balancesOf(vouchers: readonly LedgerVoucher[]): Ledger['trialBalance'] {
  const sums = new Map<number, number>();
  for (const { account, amount } of vouchers.flatMap(({ postings }) => postings)) {
    sums.set(account, (sums.get(account) ?? 0) + oreOf(amount));
  }
  return [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([account, ore]) => ({ account, balance: kronerOf(ore) }));
}

function unbalanced({ number, year, postings }: LedgerVoucher): string[] {
  const ore = postings.reduce((sum, { amount }) => sum + oreOf(amount), 0);
  return ore === 0 ? [] : [`voucher ${number}-${year} is off by ${kronerOf(ore)}`];
}

function misnumbered(vouchers: readonly LedgerVoucher[]): string[] {
  return [...Map.groupBy(vouchers, ({ year }) => year)].flatMap(([year, own]) =>
    own.every(({ number }, index) => number === index + 1)
      ? []
      : [`vouchers of ${year} are not numbered without gaps`],
  );
}

/** An invoice says what its voucher says of the customer. */
function misstatedInvoices(company: Company): string[] {
  return entitiesOf(company, 'Invoice').flatMap((invoice) => {
    const [first] = idsIn(invoice.fields, 'postings');
    if (first === undefined) return [];
    const booked = numberOf(referred(company, 'Posting', first).fields, 'amount');
    const said = numberOf(invoice.fields, 'amount');
    const number = numberOf(invoice.fields, 'invoiceNumber');
    return booked === said ? [] : [`invoice ${number} says ${said} and is booked as ${booked}`];
  });
}
