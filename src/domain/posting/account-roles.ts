import { percentText, type BasisPoints, type Country } from '../vat/rates.ts';
import type { AgencyScheme, TenderMeans } from '../document/day-report.ts';
import type { SaleLineKind } from '../document/sale.ts';
import type { SaleRegion } from '../vat/region.ts';

/**
 * What an account is for. A company answers each role with an account of its own chart; where it
 * says nothing, the standard chart answers. `role/code` answers for one code of the source only,
 * such as `tender.card/AMEX` or `sales.25/50`.
 */
export type AccountRole =
  | `sales.${string}`
  | `shipping.${string}`
  | `fee.${string}`
  /** What a shop's means of payment is a claim on; with the method's code: `payment/klarna`. */
  | 'payment'
  | `vat.${string}`
  | `tender.${TenderMeans}`
  | `agency.${AgencyScheme}`
  | 'deposit.sold'
  | 'deposit.returned'
  | 'gift-card.sold'
  /** Gift cards whose VAT is accounted for when they are sold: without that VAT. */
  | 'gift-card.single-sold'
  | 'gift-card.single-used'
  /** Revenue whose VAT was accounted for when the gift card was sold: `redeemed.25`. */
  | `redeemed.${string}`
  | 'rounding'
  /** What is bought; always with a code, see `answerCode`: `purchases/LIVS`. */
  | 'purchases'
  /** What is bought where the buyer accounts for the VAT: `purchases.eu-goods.25`. */
  | `purchases.${string}`
  /** Where a payment in advance stands. No chart answers: only the company knows. */
  | 'supplier-prepayments'
  | 'vat.input'
  | 'suppliers'
  | 'customers'
  | 'cash'
  | 'cash.shortage'
  | 'cash.surplus'
  | 'bank'
  /** The ledger account that an account statement is of; always with a code: `statement/SE45…`. */
  | 'statement'
  /**
   * What an entry of a statement is booked against, by the source's code: `statement-entry/AVI`.
   */
  | 'statement-entry'
  /** Money on its way between accounts of our own: zero when both have stated it. */
  | 'transfer'
  | 'bank.fee'
  /**
   * Where a provider's payout goes: the bank, or money on its way. With the provider's code:
   * `payout/klarna`.
   */
  | 'payout'
  | 'payout.fee'
  /** What customers have had taken back, until the provider has decided. */
  | 'payout.dispute'
  /** What a provider holds back. */
  | 'payout.reserve'
  /** No chart answers these two: only the company knows what they are. */
  | 'payout.adjustment'
  | 'payout.conversion'
  | 'fx.gain'
  | 'fx.loss'
  | 'interest.earned'
  | 'interest.paid'
  | 'paid-in'
  | 'paid-out';

/** A company's own answers: role, or `role/code`, to account number. */
export type AccountMap = Readonly<Record<string, string>>;

/** The account of a role, and where the answer came from: shown as the reason of the row. */
export type RoleAnswer = {
  readonly account: string;
  readonly from: 'company' | 'standard';
  /** The key that answered: the role, or `role/code`. */
  readonly key: string;
};

/**
 * Defaults of the Swedish BAS chart. Card, coupons and Swish follow what most shops do; a company
 * that clears Swish on an account of its own says so in its choices. BAS names no account for money
 * on its way: 1680 is that of other short-term claims, and few companies use it for anything else.
 */
const BAS_DEFAULTS: AccountMap = {
  'sales.25': '3001',
  'sales.12': '3002',
  'sales.6': '3003',
  'sales.0': '3004',
  'sales.oss': '3107',
  'sales.eu-goods': '3108',
  'sales.eu-services': '3308',
  'sales.export-goods': '3105',
  'sales.export-services': '3305',
  'shipping.25': '3520',
  'shipping.12': '3520',
  'shipping.6': '3520',
  'shipping.0': '3520',
  'shipping.oss': '3107',
  'shipping.eu-goods': '3521',
  'shipping.export-goods': '3522',
  'fee.25': '3540',
  'fee.12': '3540',
  'fee.6': '3540',
  'fee.0': '3540',
  'fee.oss': '3107',
  'fee.eu-goods': '3541',
  'fee.export-goods': '3542',
  'vat.25': '2611',
  'vat.12': '2621',
  'vat.6': '2631',
  'vat.oss': '2670',
  payment: '1580',
  'tender.card': '1580',
  'tender.swish': '1930',
  'tender.cash': '1910',
  'tender.gift-card': '2421',
  'tender.chain-gift-card': '1689',
  'tender.bonus': '1689',
  'tender.credit': '1518',
  'agency.gaming': '2491',
  'agency.other': '2899',
  'deposit.sold': '3511',
  'deposit.returned': '3518',
  'gift-card.sold': '2421',
  'gift-card.single-sold': '2429',
  'gift-card.single-used': '2429',
  'redeemed.25': '3001',
  'redeemed.12': '3002',
  'redeemed.6': '3003',
  'sales.construction': '3231',
  // What was paid for the goods has no account of its own in BAS: the company names one.
  'sales.margin': '3211',
  'sales.margin-loss': '3212',
  'vat.margin': '2616',
  rounding: '3740',
  'purchases/goods': '4000',
  ...reverseAccounts('domestic-goods', ['4415', '4416', '4417']),
  ...reverseAccounts('domestic-services', ['4425', '4426', '4427']),
  ...reverseAccounts('eu-goods', ['4515', '4516', '4517']),
  ...reverseAccounts('eu-services', ['4535', '4536', '4537']),
  ...reverseAccounts('foreign-services', ['4531', '4532', '4533']),
  'purchases.eu-goods.0': '4518',
  'purchases.eu-services.0': '4538',
  'vat.reverse.25': '2614',
  'vat.reverse.12': '2624',
  'vat.reverse.6': '2634',
  'vat.reverse-input.domestic': '2647',
  'vat.reverse-input.foreign': '2645',
  'vat.input': '2641',
  suppliers: '2440',
  customers: '1510',
  cash: '1910',
  'cash.shortage': '6991',
  'cash.surplus': '3999',
  bank: '1930',
  transfer: '1680',
  'bank.fee': '6570',
  payout: '1930',
  'payout.fee': '6040',
  'payout.dispute': '1516',
  'payout.reserve': '1689',
  'fx.gain': '3960',
  'fx.loss': '7960',
  'interest.earned': '8310',
  'interest.paid': '8420',
};

/** Accounts of purchases at 25, 12 and 6 %: each has a box of the VAT return of its own. */
function reverseAccounts(kind: string, [high, middle, low]: [string, string, string]): AccountMap {
  return {
    [`purchases.${kind}.25`]: high,
    [`purchases.${kind}.12`]: middle,
    [`purchases.${kind}.6`]: low,
  };
}

/** Defaults of the Norwegian standard chart (NS 4102 as Skatteetaten publishes it). */
const NS_4102_DEFAULTS: AccountMap = {
  'sales.25': '3000',
  'sales.15': '3030',
  'sales.12': '3050',
  'sales.0': '3100',
  'vat.25': '2700',
  'vat.15': '2701',
  'vat.11.11': '2702',
  'vat.12': '2703',
  'sales.export-goods': '3105',
  'sales.export-services': '3125',
  'sales.outside-act': '3200',
  // Freight is a service of its own account at 25 %; with goods of another rate, and for fees, only
  // the company knows.
  'shipping.25': '3020',
  'shipping.export-goods': '3125',
  payment: '1579',
  'tender.card': '1579',
  'tender.cash': '1900',
  'tender.gift-card': '2900',
  'tender.credit': '1500',
  'gift-card.sold': '2900',
  rounding: '7740',
  'purchases/goods': '4300',
  'vat.input': '2710',
  'vat.input/15': '2711',
  'vat.input/11.11': '2712',
  'vat.input/12': '2713',
  suppliers: '2400',
  customers: '1500',
  cash: '1900',
  'cash.shortage': '1909',
  'cash.surplus': '1909',
  bank: '1920',
  'bank.fee': '7770',
  payout: '1920',
  'payout.fee': '7775',
  'fx.gain': '8060',
  'fx.loss': '8160',
  'interest.earned': '8050',
  'interest.paid': '8150',
};

/** The standard chart's account of each role, by country. */
export const STANDARD_ACCOUNTS: Readonly<Record<Country, AccountMap>> = {
  SE: BAS_DEFAULTS,
  NO: NS_4102_DEFAULTS,
};

/** The role of revenue at a rate: `sales.25`. */
export function salesRole(rate: BasisPoints): AccountRole {
  return `sales.${percentText(rate)}`;
}

/**
 * The role of what a shop sells, by where it is taxed: `sales.25`, `shipping.export-goods`,
 * `sales.eu-services`. Freight and fees follow the goods.
 */
export function saleRole(
  kind: Exclude<SaleLineKind, 'gift-card'>,
  region: SaleRegion,
  rate: BasisPoints | null,
): AccountRole {
  const what = kind === 'shipping' || kind === 'fee' ? kind : 'sales';
  const of = kind === 'service' ? 'services' : 'goods';
  switch (region) {
    case 'domestic':
    case 'untaxed':
      return `${what}.${percentText(rate ?? 0)}`;
    case 'oss':
      return `${what}.oss`;
    case 'eu-business':
      return `${what}.eu-${of}`;
    case 'export':
      return `${what}.export-${of}`;
  }
}

/** The role of a gift card that is sold: one with VAT on it is for what is sold at that rate. */
export function giftCardRole(rate: BasisPoints | null): AccountRole {
  return rate === null ? 'gift-card.sold' : 'gift-card.single-sold';
}

/** The role of a means of payment: `tender.card`. */
export function tenderRole(means: TenderMeans): AccountRole {
  return `tender.${means}`;
}

/** The role of money taken for others: `agency.gaming`. */
export function agencyRole(scheme: AgencyScheme): AccountRole {
  return `agency.${scheme}`;
}

/** The role of output VAT at a rate: `vat.25`. */
export function vatRole(rate: BasisPoints): AccountRole {
  return `vat.${percentText(rate)}`;
}

/**
 * The account of a role: the company's answer for this code, then for the role, then the
 * standard chart's.
 *
 * @returns null when nobody has answered: the document is refused, never guessed
 */
export function answerRole(
  role: AccountRole,
  code: string,
  asked: { readonly country: Country; readonly accounts: AccountMap },
): RoleAnswer | null {
  for (const key of code === '' ? [role] : [`${role}/${code}`, role]) {
    const account = asked.accounts[key];
    if (account !== undefined) return { account, from: 'company', key };
  }
  const account = STANDARD_ACCOUNTS[asked.country][role];
  return account === undefined ? null : { account, from: 'standard', key: role };
}

/**
 * The account of one code of a role, and of it alone: of an accounting cost, a supplier, a class.
 *
 * @returns null when nobody has answered for the code, whatever the role itself answers
 */
export function answerCode(
  role: AccountRole,
  code: string,
  asked: { readonly country: Country; readonly accounts: AccountMap },
): RoleAnswer | null {
  const key = `${role}/${code}`;
  const own = asked.accounts[key];
  if (own !== undefined) return { account: own, from: 'company', key };
  const account = STANDARD_ACCOUNTS[asked.country][key];
  return account === undefined ? null : { account, from: 'standard', key };
}
