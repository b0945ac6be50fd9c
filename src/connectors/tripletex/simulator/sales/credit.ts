import type { LocalDate } from '../../../../domain/date.ts';
import { change, put, referred, takeNumber } from '../company/company.ts';
import { VOUCHER_TYPES } from '../company/seed.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import type { Call } from '../api/call.ts';
import { dayProblems } from '../books/bookable.ts';
import { enterVoucher, postingsOf, voucherTypeId, type PostingDraft } from '../books/enter.ts';
import { settle } from '../books/open-items.ts';
import { oreOf } from '../wire/amounts.ts';
import { numberOf, textOf, type Fields, type Value } from '../wire/record.ts';
import { invalid, refuseProblems } from '../wire/refusals.ts';
import { claimOf, titleOf } from './charge.ts';
import { kidOf } from './kid.ts';

/** Amounts that a credit note has the other way. */
const AMOUNTS = [
  'amount',
  'amountCurrency',
  'amountExcludingVat',
  'amountExcludingVatCurrency',
  'amountRoundoff',
  'amountRoundoffCurrency',
] as const;

/**
 * Takes back a whole invoice: a credit note with its own number, and the invoice's voucher the
 * other way. The two close each other when nothing was paid yet; else the note is owed back.
 */
export function credit(
  call: Call,
  asked: { readonly invoice: Entity; readonly date: LocalDate; readonly comment: string | null },
): Entity {
  const { company, moment } = call;
  const { invoice, date, comment } = asked;
  if (invoice.fields['isCreditNote'] === true) invalid(null, 'credits-credit');
  if (invoice.fields['isCredited'] === true) invalid(null, 'already-credited');
  refuseProblems(dayProblems(company, date, 'date'));
  const number = takeNumber(company, 'invoice');
  const customer = referred(company, 'Customer', idIn(invoice.fields, 'customer'));
  const original = referred(company, 'Voucher', idIn(invoice.fields, 'voucher'));
  const voucher = enterVoucher(company, moment, {
    head: {
      date,
      description: titleOf(number, customer).replace('Faktura', 'Kreditnota'),
      voucherType: voucherTypeId(company, VOUCHER_TYPES.outgoingInvoice),
      isPosted: true,
      about: {},
    },
    postings: postingsOf(company, original).map((posting) => mirrored(call, posting, asked)),
  });
  const about = { number, voucher: voucher.id, date, comment };
  const note = put(company, moment, { model: 'Invoice', fields: noteFields(invoice, about) });
  const claim = idsIn(voucher.fields, 'postings').slice(0, 1);
  settleBoth(call, { invoice, note, claim });
  change(company, invoice, { moment, fields: { isCredited: true } });
  company.happenings.push({ event: 'invoice.charged', id: note.id });
  return note;
}

type NoteAbout = {
  readonly number: number;
  readonly voucher: number;
  readonly date: LocalDate;
  readonly comment: string | null;
};

function noteFields(invoice: Entity, { number, voucher, date, comment }: NoteAbout): Fields {
  const negative: Record<string, Value> = {};
  for (const name of AMOUNTS) negative[name] = 0 - numberOf(invoice.fields, name);
  return {
    ...invoice.fields,
    ...negative,
    invoiceNumber: number,
    invoiceDate: date,
    invoiceDueDate: date,
    kid: kidOf(number),
    comment,
    creditedInvoice: invoice.id,
    isCreditNote: true,
    isCredited: false,
    voucher,
    postings: [],
  };
}

function mirrored(
  { company }: Call,
  { fields }: Entity,
  { date }: { readonly date: LocalDate },
): PostingDraft {
  return {
    date,
    account: referred(company, 'Account', idIn(fields, 'account')),
    ore: -oreOf(numberOf(fields, 'amount')),
    grossOre: -oreOf(numberOf(fields, 'amountGross')),
    currencyOre: -oreOf(numberOf(fields, 'amountCurrency')),
    grossCurrencyOre: -oreOf(numberOf(fields, 'amountGrossCurrency')),
    currency: idIn(fields, 'currency') ?? 1,
    vat: idIn(fields, 'vatType') ?? 0,
    row: 0,
    description: textOf(fields, 'description'),
    about: { ...fields, closeGroup: null, matched: false },
  };
}

type Both = { readonly invoice: Entity; readonly note: Entity; readonly claim: readonly number[] };

/** The posting of the note stands first in its own list, and last in the invoice's. */
function settleBoth({ company, moment }: Call, { invoice, note, claim }: Both): void {
  const isUnpaid = idsIn(invoice.fields, 'postings').length === 1;
  if (!isUnpaid) {
    settle(company, moment, { invoice: note, postings: claim });
    return;
  }
  const original = claimOf(company, invoice).id;
  settle(company, moment, { invoice, postings: [original, ...claim] });
  settle(company, moment, { invoice: note, postings: [...claim, original] });
}
