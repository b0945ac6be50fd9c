import type { LocalDate } from '../../../../domain/date.ts';
import { ownAccount } from '../company/accounts.ts';
import { pointed, referred, type Company } from '../company/company.ts';
import { NOK, VOUCHER_TYPES } from '../company/seed.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import type { Call } from '../api/call.ts';
import { dayProblems, accountProblems } from '../books/bookable.ts';
import { enterVoucher, kronerPosting, voucherTypeId, type PostingDraft } from '../books/enter.ts';
import { settle } from '../books/open-items.ts';
import { oreOf } from '../wire/amounts.ts';
import { numberOf, textOf } from '../wire/record.ts';
import { invalid, refuseProblems } from '../wire/refusals.ts';
import { owedInKroner, receivablesOf, titleOf } from './charge.ts';

/**
 * Payments of invoices.
 *
 * | Uncertain                              | Chosen                                               |
 * |----------------------------------------|------------------------------------------------------|
 * | More is paid than is owed              | taken: the invoice is owed a negative amount         |
 * | Part of a foreign invoice              | lowers the claim by the kroner that were paid        |
 */
const GAIN = 8060;
const LOSS = 8160;

export type Payment = {
  readonly invoice: Entity;
  readonly type: Entity;
  readonly date: LocalDate;
  /** In kroner. */
  readonly paid: number;
  /** In the currency of the invoice; null where it was not said. */
  readonly paidCurrency: number | null;
};

export function pay(call: Call, payment: Payment): void {
  const { company, moment } = call;
  const { invoice, date, type } = payment;
  const customer = referred(company, 'Customer', idIn(invoice.fields, 'customer'));
  const isForeign = idIn(invoice.fields, 'currency') !== NOK;
  if (isForeign && payment.paidCurrency === null) invalid('paidAmountCurrency', 'required');
  // In kroner there is only one amount, whatever is said of another.
  const paidCurrency = isForeign ? payment.paidCurrency : null;
  const money = pointed(company, type, ['debitAccount', 'Account']) ?? ownAccount(company, 1920);
  refuseProblems([
    ...dayProblems(company, date, 'paymentDate'),
    ...accountProblems(company, money, date),
  ]);
  const title = `Betaling: ${titleOf(numberOf(invoice.fields, 'invoiceNumber'), customer)}`;
  const voucher = enterVoucher(company, moment, {
    head: {
      date,
      description: title,
      voucherType: voucherTypeId(company, VOUCHER_TYPES.payment),
      isPosted: true,
      about: {},
    },
    postings: postingsOf(company, { ...payment, paidCurrency, customer, money, title }),
  });
  const [met] = idsIn(voucher.fields, 'postings');
  const kept = idsIn(invoice.fields, 'postings');
  settle(company, moment, { invoice, postings: met === undefined ? kept : [...kept, met] });
}

type Booked = Payment & {
  readonly customer: Entity;
  readonly money: Entity;
  readonly title: string;
};

/** What meets the claim first. A foreign claim that is met in full leaves a gain or a loss. */
function postingsOf(company: Company, booked: Booked): PostingDraft[] {
  const { invoice, customer, money, date, title } = booked;
  const paidOre = oreOf(booked.paid);
  const paidCurrencyOre = oreOf(booked.paidCurrency ?? booked.paid);
  const owedCurrency = oreOf(numberOf(invoice.fields, 'amountCurrencyOutstanding'));
  const currency = idIn(invoice.fields, 'currency') ?? NOK;
  const isSettled = currency !== NOK && paidCurrencyOre === owedCurrency;
  const metOre = isSettled ? owedInKroner(company, invoice) : paidOre;
  const difference = metOre - paidOre;
  const base = { date, description: title };
  const met: PostingDraft = {
    ...kronerPosting(receivablesOf(company, customer), -metOre, base),
    currency,
    currencyOre: -paidCurrencyOre,
    grossCurrencyOre: -paidCurrencyOre,
    about: {
      customer: customer.id,
      type: 'INCOMING_PAYMENT_OPPOSITE',
      invoiceNumber: textOf(invoice.fields, 'invoiceNumber'),
    },
  };
  const fields = { type: 'INCOMING_PAYMENT', customer: customer.id };
  const paid = kronerPosting(money, paidOre, { ...base, fields });
  if (difference === 0) return [met, paid];
  const account = ownAccount(company, difference < 0 ? GAIN : LOSS);
  return [met, paid, kronerPosting(account, difference, base)];
}
