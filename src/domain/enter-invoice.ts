import type { Books } from './books.ts';
import type { LocalDate } from './date.ts';
import { ratesOf, type SalesInvoice, type SalesInvoiceLine } from './document/sales-invoice.ts';
import { refKey } from './document/source-ref.ts';
import type { InvoiceEntry, InvoiceEntryRow } from './invoice-entry.ts';
import { add, isZero, negate, type Money } from './money.ts';
import { answerRole, vatRole } from './posting/account-roles.ts';
import type { FlowChoices } from './posting/choices.ts';
import { accountDiffers } from './posting/rules/sale-invoice-checks.ts';
import { codingOf } from './posting/rules/sales-invoice.ts';
import { LEDGER_WORDS } from './posting/words.ts';
import type { Refusal } from './refusal.ts';
import { percentText } from './vat/rates.ts';

/** The invoice as it is to stand in a ledger's register of sales, on the day that it is booked. */
export function enterInvoice(
  invoice: SalesInvoice,
  choices: FlowChoices,
  date: LocalDate,
): InvoiceEntry {
  const isBack = invoice.type === 'credit-note';
  const signed = (amount: Money): Money => (isBack ? negate(amount) : amount);
  const rows = invoice.lines.map((line) => rowOf(line, { choices, isBack, date: invoice.date }));
  const { credits, rounding } = invoice;
  return {
    reference: refKey(invoice.ref),
    number: invoice.number,
    date,
    // A day that was moved past it moves it too, by the customer's own terms.
    dueDate: invoice.dueDate !== null && invoice.dueDate < date ? null : invoice.dueDate,
    terms: invoice.terms,
    customer: invoice.customer,
    ourReference: invoice.ourReference,
    yourReference: invoice.yourReference,
    orderNumber: invoice.orderNumber,
    project: invoice.project,
    rows: isZero(rounding) ? rows : [...rows, roundingRow(signed(rounding), choices)],
    total: signed(add(add(invoice.net, invoice.vat), rounding)),
    vat: signed(invoice.vat),
    credits:
      isBack && credits !== null
        ? { reference: refKey(credits.ref), number: credits.number }
        : null,
  };
}

function rowOf(
  line: SalesInvoiceLine,
  of: { readonly choices: FlowChoices; readonly isBack: boolean; readonly date: LocalDate },
): InvoiceEntryRow {
  const { choices, isBack, date } = of;
  const { account, costCentre } = codingOf(line, { choices, date });
  const [quantity, unitPrice] = [line.quantity, line.unitPrice].map(unsigned);
  const isNegative = isMinus(line.quantity) !== isMinus(line.unitPrice);
  return {
    text: line.text,
    quantity: `${isNegative === isBack ? '' : '-'}${quantity ?? ''}`,
    unit: line.unit,
    unitPrice: unitPrice ?? '',
    net: isBack ? negate(line.net) : line.net,
    rate: line.rate,
    // A line without one is refused by the posting rule before it gets here.
    account: account ?? '',
    ...(line.vatCode === undefined ? {} : { vatCode: line.vatCode }),
    costCentre,
  };
}

function isMinus(decimal: string): boolean {
  return decimal.startsWith('-');
}

function unsigned(decimal: string): string {
  return decimal.replace(/^-/, '');
}

/** What the source has rounded itself, so that nothing is left for the ledger to round. */
function roundingRow(amount: Money, choices: FlowChoices): InvoiceEntryRow {
  const isNegative = amount.minor < 0n;
  const digits = String(isNegative ? -amount.minor : amount.minor).padStart(3, '0');
  return {
    text: LEDGER_WORDS[choices.language].rounding,
    quantity: isNegative ? '-1' : '1',
    unit: '',
    unitPrice: `${digits.slice(0, -2)}.${digits.slice(-2)}`,
    net: amount,
    rate: 0,
    account: answerRole('rounding', '', choices)?.account ?? '',
    costCentre: null,
  };
}

/** The ledger books claims and VAT of invoices on accounts of its own: they must be the flow's. */
export function checkLedgerAccounts(
  invoice: SalesInvoice,
  choices: FlowChoices,
  { invoices: habits }: Books,
): Refusal[] {
  const chosen = (role: Parameters<typeof answerRole>[0]) => answerRole(role, '', choices)?.account;
  const rates = ratesOf(invoice).filter(({ vat }) => !isZero(vat));
  return [
    ...accountDiffers('customers', chosen('customers'), habits?.claims),
    ...rates.flatMap(({ rate }) => {
      const role = vatRole(rate);
      return accountDiffers(role, chosen(role), habits?.vat[percentText(rate)]);
    }),
  ];
}
