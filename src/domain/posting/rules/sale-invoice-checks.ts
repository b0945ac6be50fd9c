import { yearOf } from '../../books.ts';
import type { Order, Refund } from '../../document/sale.ts';
import { isZero } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';
import type { NotInvoiceableWhy } from '../order-doubts.ts';
import { percentText } from '../../vat/rates.ts';
import { regionOf } from '../../vat/region.ts';
import { vatRole, type RoleAnswer } from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import type { RateFigures } from './sale-invoice-rows.ts';
import type { InvoiceTerms } from './sale-invoice-terms.ts';
import { schemeOf } from './sale-schemes.ts';
import { answerFirst } from './sale.ts';

/** Reasons that an order cannot be an invoice, although it could be a voucher. */
export function checkInvoiceable(
  sale: Order | Refund,
  { choices, books, paidOn }: InvoiceTerms,
  figures: readonly RateFigures[],
): Refusal[] {
  const order = sale.kind === 'order' ? sale.number : sale.of.number;
  const because = (why: NotInvoiceableWhy): Refusal => {
    return { code: 'order-not-invoiceable', order, why };
  };
  const refusals: Refusal[] = [];
  const region = regionOf(sale, choices.country);
  if (region === 'oss') refusals.push(because('foreign-vat'));
  const isScheme = sale.lines.some(({ sku, parts }) => {
    return schemeOf(sku, choices) !== null && parts.some(({ rate }) => rate === null);
  });
  const isByCard = sale.settlements.some(({ method }) => {
    return choices.singlePurposeCards.includes(method);
  });
  if (isScheme || isByCard) refusals.push(because('scheme'));
  const isAbroad = region === 'eu-business' || region === 'export';
  if (isAbroad && choices.invoicing.customers === 'one') refusals.push(because('one-customer'));
  const isCashMethod = yearOf(books, sale.date)?.isCashMethod === true;
  const payments = sale.settlements.filter(({ amount }) => !isZero(amount));
  if (isCashMethod && paidOn !== null && payments.length > 1) {
    refusals.push(because('cash-method'));
  }
  return [...refusals, ...checkAccounts(sale, { choices, books }, figures)];
}

/** The account of what customers owe. @returns null when nobody has chosen one */
export function claimAnswer(choices: PostingChoices): RoleAnswer | null {
  return answerFirst({ role: 'customers', codes: [] }, choices);
}

/** The ledger books claims and VAT of invoices on accounts of its own: they must be the flow's. */
function checkAccounts(
  { vatCountry }: Order | Refund,
  { choices, books }: Pick<InvoiceTerms, 'choices' | 'books'>,
  figures: readonly RateFigures[],
): Refusal[] {
  const claim = claimAnswer(choices);
  const habits = books.invoices;
  if (claim === null) return [{ code: 'account-not-chosen', role: 'customers', line: '' }];
  const rates = figures.filter(({ vat }) => !isZero(vat));
  return [
    ...accountDiffers('customers', claim.account, habits?.claims),
    ...rates.flatMap(({ rate }) => {
      const percent = percentText(rate);
      const codes = [`${vatCountry ?? ''} ${percent}`, vatCountry ?? ''];
      const chosen = answerFirst({ role: vatRole(rate), codes }, choices)?.account;
      return accountDiffers(vatRole(rate), chosen, habits?.vat[percent]);
    }),
  ];
}

/** What is not known of either differs from nothing. */
export function accountDiffers(
  role: string,
  chosen: string | undefined,
  ledger: string | undefined,
): Refusal[] {
  if (chosen === undefined || ledger === undefined || chosen === ledger) return [];
  return [{ code: 'invoice-account-differs', role, chosen, ledger }];
}
