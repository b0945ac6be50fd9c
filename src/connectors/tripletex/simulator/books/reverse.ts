import type { LocalDate } from '../../../../domain/date.ts';
import {
  change,
  entitiesOf,
  entityOf,
  referred,
  type Company,
  type Moment,
} from '../company/company.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import { oreOf } from '../wire/amounts.ts';
import { numberOf, textOf } from '../wire/record.ts';
import { enterVoucher, isPosted, postingsOf, type PostingDraft } from './enter.ts';
import { settle } from './open-items.ts';

/**
 * Enters a voucher's opposite on another day. Both point at each other. What an invoice is owed
 * follows: reversing its payment opens it again.
 */
export function reverseVoucher(
  company: Company,
  moment: Moment,
  { voucher, date }: { readonly voucher: Entity; readonly date: LocalDate },
): Entity {
  const postings = postingsOf(company, voucher);
  const reversal = enterVoucher(company, moment, {
    head: {
      date,
      description: `Reversering av bilag ${textOf(voucher.fields, 'number')}`,
      voucherType: idIn(voucher.fields, 'voucherType'),
      isPosted: isPosted(voucher),
      about: { reverseVoucher: voucher.id },
    },
    postings: postings.map((posting) => opposite(company, posting, date)),
  });
  change(company, voucher, { moment, fields: { reverseVoucher: reversal.id } });
  for (const invoice of entitiesOf(company, 'Invoice')) {
    const own = idsIn(invoice.fields, 'postings');
    const opposed = postings.flatMap(({ id }, index) =>
      own.includes(id) ? idsIn(reversal.fields, 'postings').slice(index, index + 1) : [],
    );
    if (opposed.length > 0) settle(company, moment, { invoice, postings: [...own, ...opposed] });
  }
  return reversal;
}

function opposite(company: Company, { fields }: Entity, date: LocalDate): PostingDraft {
  const { postings: _, ...about } = fields;
  return {
    date,
    account: referred(company, 'Account', idIn(fields, 'account')),
    ore: -oreOf(numberOf(fields, 'amount')),
    grossOre: -oreOf(numberOf(fields, 'amountGross')),
    currencyOre: -oreOf(numberOf(fields, 'amountCurrency')),
    grossCurrencyOre: -oreOf(numberOf(fields, 'amountGrossCurrency')),
    currency: entityOf(company, 'Currency', idIn(fields, 'currency'))?.id ?? 1,
    vat: idIn(fields, 'vatType') ?? 0,
    row: numberOf(fields, 'row'),
    description: textOf(fields, 'description'),
    about: { ...about, closeGroup: null, matched: false },
  };
}
