import type { LocalDate } from '../../../../domain/date.ts';
import { assert } from '../../../../lib/assert.ts';
import { ownAccount } from '../company/accounts.ts';
import {
  change,
  entitiesOf,
  put,
  takeNumber,
  type Company,
  type Moment,
} from '../company/company.ts';
import { NOK } from '../company/seed.ts';
import type { Entity } from '../company/shelf.ts';
import { NO_VAT, type VatCode } from '../company/vat-types.ts';
import { kronerOf, vatInGross } from '../wire/amounts.ts';
import { textOf, type Fields } from '../wire/record.ts';

/** One posting on its way into a voucher. Øre; debit positive, credit negative. */
export type PostingDraft = {
  readonly date: LocalDate;
  readonly account: Entity;
  /** Net: what the account moves by. */
  readonly ore: number;
  /** With the VAT that stands on a row of its own. */
  readonly grossOre: number;
  /** The same in the currency of the posting. */
  readonly currencyOre: number;
  readonly grossCurrencyOre: number;
  readonly currency: number;
  readonly vat: number;
  /** 0 for those that Tripletex makes. */
  readonly row: number;
  readonly description: string;
  /** Customer, supplier, project and whatever else it is about. */
  readonly about: Fields;
};

/** A row with the VAT in it, as people and clients enter it. Kroner in øre. */
export type GrossRow = Omit<PostingDraft, 'ore' | 'currencyOre'> & {
  readonly code: VatCode;
  /** The VAT where a document says it; computed from the gross otherwise. */
  readonly vatOre?: number;
  readonly vatCurrencyOre?: number;
};

export type VoucherHead = {
  readonly date: LocalDate;
  readonly description: string;
  /** Id of the voucher type. */
  readonly voucherType: number | null;
  /** Whether it gets its number now, or waits for somebody to approve it. */
  readonly isPosted: boolean;
  /** What else stands on it. */
  readonly about: Fields;
};

/** A row, and the one for its VAT when it has any. */
export function splitVat(company: Company, row: GrossRow): PostingDraft[] {
  const { code, vatOre, vatCurrencyOre, ...draft } = row;
  const { grossOre, grossCurrencyOre } = draft;
  if (code.account === null) return [{ ...draft, ore: grossOre, currencyOre: grossCurrencyOre }];
  const vat = vatOre ?? vatInGross(grossOre, code.percentage);
  const vatCurrency = vatCurrencyOre ?? vatInGross(grossCurrencyOre, code.percentage);
  const net = { ore: grossOre - vat, currencyOre: grossCurrencyOre - vatCurrency };
  if (vat === 0 && vatCurrency === 0) return [{ ...draft, ...net }];
  return [
    { ...draft, ...net },
    {
      ...draft,
      account: ownAccount(company, code.account),
      ore: vat,
      grossOre: vat,
      currencyOre: vatCurrency,
      grossCurrencyOre: vatCurrency,
      vat: NO_VAT,
      row: 0,
    },
  ];
}

/**
 * Enters a voucher. Whether it may be entered has been asked before.
 *
 * @throws InvariantError when it does not sum to zero
 */
export function enterVoucher(
  company: Company,
  moment: Moment,
  entered: { readonly head: VoucherHead; readonly postings: readonly PostingDraft[] },
): Entity {
  const { head, postings } = entered;
  const { date, description, voucherType, isPosted, about } = head;
  const voucher = put(company, moment, {
    model: 'Voucher',
    fields: {
      ...about,
      date,
      description,
      voucherType,
      year: Number(date.slice(0, 4)),
      number: 0,
      tempNumber: 0,
      postings: [],
    },
  });
  keepPostings(company, moment, { voucher, postings });
  if (isPosted) number(company, voucher);
  else voucher.fields = { ...voucher.fields, tempNumber: takeNumber(company, 'temporary') };
  return voucher;
}

/** Takes the place of what a voucher had. Ids of postings are new. */
export function replacePostings(
  company: Company,
  moment: Moment,
  by: { readonly voucher: Entity; readonly postings: readonly PostingDraft[] },
): void {
  const shelf = company.shelves.get('Posting');
  for (const posting of postingsOf(company, by.voucher)) shelf?.delete(posting.id);
  keepPostings(company, moment, by);
}

function keepPostings(
  company: Company,
  moment: Moment,
  { voucher, postings }: { readonly voucher: Entity; readonly postings: readonly PostingDraft[] },
): void {
  const sum = postings.reduce((ore, one) => ore + one.ore, 0);
  assert(sum === 0, `a voucher sums to zero, and not to ${sum} øre`);
  const ids = postings.map((posting) => {
    const fields = { ...postingFields(posting), voucher: voucher.id };
    return put(company, moment, { model: 'Posting', fields }).id;
  });
  voucher.fields = { ...voucher.fields, postings: ids };
}

function postingFields(posting: PostingDraft): Fields {
  return {
    matched: false,
    closeGroup: null,
    type: null,
    ...posting.about,
    date: posting.date,
    description: posting.description,
    account: posting.account.id,
    amount: kronerOf(posting.ore),
    amountCurrency: kronerOf(posting.currencyOre),
    amountGross: kronerOf(posting.grossOre),
    amountGrossCurrency: kronerOf(posting.grossCurrencyOre),
    currency: posting.currency,
    vatType: posting.vat,
    row: posting.row,
    isVatReadonly: posting.account.fields['vatLocked'] === true,
  };
}

/** Sends a voucher to the ledger: it gets the next number of its year. */
export function sendToLedger(company: Company, moment: Moment, voucher: Entity): void {
  number(company, voucher);
  change(company, voucher, { moment, fields: { tempNumber: 0 } });
}

/** One series for all kinds of voucher, anew each year. */
function number(company: Company, voucher: Entity): void {
  const year = textOf(voucher.fields, 'year');
  voucher.fields = { ...voucher.fields, number: takeNumber(company, `voucher ${year}`) };
}

export function isPosted(voucher: Entity): boolean {
  return Number(voucher.fields['number']) > 0;
}

export function postingsOf(company: Company, voucher: Entity): Entity[] {
  const shelf = company.shelves.get('Posting');
  const ids = voucher.fields['postings'];
  if (!Array.isArray(ids)) return [];
  return ids.flatMap((id) => shelf?.get(Number(id)) ?? []);
}

export function voucherTypeId(company: Company, name: string): number | null {
  const type = entitiesOf(company, 'VoucherType').find(({ fields }) => fields['name'] === name);
  return type?.id ?? null;
}

/** A posting in kroner that has no VAT, as Tripletex makes them itself. */
export function kronerPosting(
  account: Entity,
  ore: number,
  about: { readonly date: LocalDate; readonly description: string; readonly fields?: Fields },
): PostingDraft {
  return {
    date: about.date,
    account,
    ore,
    grossOre: ore,
    currencyOre: ore,
    grossCurrencyOre: ore,
    currency: NOK,
    vat: NO_VAT,
    row: 0,
    description: about.description,
    about: about.fields ?? {},
  };
}
