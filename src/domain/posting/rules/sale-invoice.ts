import { yearOf } from '../../books.ts';
import type { LocalDate } from '../../date.ts';
import type { Order, Refund } from '../../document/sale.ts';
import { absolute, add, isZero, money, negate, subtract, sum, type Money } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';
import type { SalesDocument, SalesPayment, SalesRow } from '../../sales-document.ts';
import { percentText } from '../../vat/rates.ts';
import { vatRole } from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { INVOICE_WORDS } from '../invoice-words.ts';
import type { Invoicing } from '../invoicing.ts';
import { closeVoucher, type Voucher, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { invoiceCustomer } from './sale-invoice-customer.ts';
import { checkInvoiceable, claimAnswer } from './sale-invoice-checks.ts';
import { invoiceRows, ledgerFigures, partsAt, type RateFigures } from './sale-invoice-rows.ts';
import type { InvoiceTerms } from './sale-invoice-terms.ts';
import { answerFirst, postSale, settlementRole } from './sale.ts';

/** What a customer owes, and no means of payment has paid. */
export const CLAIM_ROLE = 'payment/claim';

/** An order or refund as an invoice: what is entered, and what the ledger makes of it. */
export type SaleInvoice = {
  readonly sale: SalesDocument;
  /** null: nothing is booked before it is paid. */
  readonly voucher: Voucher | null;
  readonly payments: readonly SaleInvoicePayment[];
};

/** A payment of the invoice, and the voucher that it becomes. */
export type SaleInvoicePayment = { readonly payment: SalesPayment; readonly voucher: Voucher };

/** An invoice, or every reason that there is none. */
export type SaleInvoiceOutcome =
  | { readonly kind: 'invoice'; readonly invoice: SaleInvoice }
  | {
      readonly kind: 'refused';
      readonly refusals: readonly Refusal[];
      readonly draft: readonly VoucherRow[];
    };

/**
 * Makes an invoice of an order or refund. Each row comes to what the customer paid for it, so the
 * invoice comes to the order's total to the last minor unit; the ledger reckons VAT inside that
 * itself, and where this gives other cents than the shop's the rows of the voucher say so.
 *
 * @see docs/decisions/0025-vat-of-invoices.md; docs/accounting/sale.md, with a worked example
 */
export function invoiceSale(sale: Order | Refund, terms: InvoiceTerms): SaleInvoiceOutcome {
  const { choices, books, decisions } = terms;
  const posted = postSale(sale, choices, decisions);
  const rows = invoiceRows(sale, choices);
  const figures = ledgerFigures(rows, books.invoices?.vatRounding ?? 'per-rate');
  const found = [
    ...(posted.kind === 'refused' ? posted.refusals : []),
    ...checkInvoiceable(sale, terms, figures),
    ...checkCents(sale, figures, choices),
  ];
  const refusals = withoutAccepted(found, decisions);
  const draft =
    posted.kind === 'refused' ? posted.draft : posted.vouchers.flatMap((one) => one.rows);
  const [asVoucher] = posted.kind === 'vouchers' ? posted.vouchers : [];
  const claim = claimAnswer(choices);
  if (refusals.length > 0 || asVoucher === undefined || claim === null) {
    return { kind: 'refused', refusals, draft };
  }
  const date = terms.on ?? asVoucher.date;
  const income = [
    ...asVoucher.rows
      .filter((row) => !isSettlement(row))
      .map((row) => dimensioned(row, sale, choices)),
    ...centRows(sale, { rows, figures, choices }),
  ];
  const made = new Maker({ sale, terms, date, claim: claim.account, income });
  return {
    kind: 'invoice',
    invoice: made.invoice(documentOf(sale, { terms, date, rows, figures })),
  };
}

type Making = {
  readonly sale: Order | Refund;
  readonly terms: InvoiceTerms;
  readonly date: LocalDate;
  /** The account of what customers owe. */
  readonly claim: string;
  /** Revenue, VAT and rounding. */
  readonly income: readonly VoucherRow[];
};

/** Puts vouchers together: of the invoice, and of each payment. */
class Maker {
  readonly of: Making;

  constructor(of: Making) {
    this.of = of;
  }

  invoice(sale: SalesDocument): SaleInvoice {
    const { income, terms, date } = this.of;
    const payments = terms.paidOn === null ? [] : this.#payments(terms.paidOn);
    const [only] = payments;
    if (yearOf(terms.books, date)?.isCashMethod === true) {
      // Income is booked when it is paid: the payment makes the one voucher.
      if (only === undefined) return { sale, voucher: null, payments };
      const rows = [...only.voucher.rows.slice(0, 1), ...income];
      const voucher = closeVoucher({ ...only.voucher, rows });
      return { sale, voucher: null, payments: [{ ...only, voucher }] };
    }
    const paidBy = this.#paidAtOnceBy(payments);
    if (paidBy !== null && only !== undefined) {
      const rows = [...only.voucher.rows.slice(0, 1), ...income];
      return { sale: { ...sale, paidBy }, voucher: this.#voucher(rows), payments: [] };
    }
    const voucher = this.#voucher([this.#claim(this.of.sale.total), ...income]);
    return { sale, voucher, payments: terms.paidAtOnce === 'was' ? [] : payments };
  }

  /** The ledger's way of payment of a cash invoice; null: it cannot be one. */
  #paidAtOnceBy([only, ...others]: readonly SaleInvoicePayment[]): string | null {
    const { sale, terms, date } = this.of;
    const isAtOnce =
      terms.paidAtOnce === 'may' &&
      terms.choices.invoicing.cashInvoices &&
      sale.kind === 'order' &&
      others.length === 0 &&
      only?.payment.date === date;
    return isAtOnce ? (terms.books.invoices?.paidAtOnce[only.payment.account] ?? null) : null;
  }

  #voucher(rows: readonly VoucherRow[]): Voucher {
    const { sale, terms, date } = this.of;
    const words = LEDGER_WORDS[terms.choices.language];
    const text = sale.kind === 'order' ? words.order(sale.number) : words.refund(sale.of.number);
    return closeVoucher({ date, text, currency: sale.currency, rows, origin: sale.ref });
  }

  #claim(amount: Money): VoucherRow {
    const { sale, terms, claim } = this.of;
    const text = INVOICE_WORDS[terms.choices.language].claim(numberOf(sale));
    return { account: claim, amount, text, why: text, role: CLAIM_ROLE };
  }

  /** A gift card pays like money does: the invoice is of all that was bought. */
  #payments(paidOn: LocalDate): readonly SaleInvoicePayment[] {
    const { sale, terms, date: invoiced } = this.of;
    const date = paidOn < invoiced ? invoiced : paidOn;
    const words = INVOICE_WORDS[terms.choices.language];
    const number = numberOf(sale);
    const text = sale.kind === 'order' ? words.payment(number) : words.refundPayment(number);
    return sale.settlements.flatMap((settlement) => {
      const { amount, title, method } = settlement;
      const answer = answerFirst(settlementRole(settlement), terms.choices);
      if (isZero(amount) || answer === null) return [];
      const { account, key: role, from } = answer;
      const line = title || method;
      const why = LEDGER_WORDS[terms.choices.language].why({ line, key: role, from });
      const rows = [{ account, amount, text: line, why, role }, this.#claim(negate(amount))];
      const voucher = { date, text, currency: sale.currency, rows, origin: sale.ref };
      const { mode = '' } = terms.choices.invoicing.methods[method] ?? {};
      const payment = { date, amount, account, ...(mode === '' ? {} : { mode }) };
      return [{ payment, voucher: closeVoucher(voucher) }];
    });
  }
}

/** Whether a row is what pays or is owed, and no income. */
export function isSettlement({ role }: VoucherRow): boolean {
  return ['payment', 'tender.gift-card'].includes(role.split('/')[0] ?? '');
}

/** What the customer calls the order. */
function numberOf(sale: Order | Refund): string {
  return sale.kind === 'order' ? sale.number : sale.of.number;
}

/** What the shop's VAT of a rate differs by from the ledger's; more than cents is asked about. */
function checkCents(
  sale: Order | Refund,
  figures: readonly RateFigures[],
  { language, vatTolerance: tolerance }: PostingChoices,
): Refusal[] {
  return figures.flatMap(({ rate, vat: expected }): Refusal[] => {
    const stated = shopsVat(sale, rate);
    const difference = subtract(stated, expected);
    if (absolute(difference).minor <= tolerance.minor) return [];
    const line = LEDGER_WORDS[language].vat(percentText(rate));
    return [{ code: 'vat-differs', line, rate, stated, expected, difference, tolerance }];
  });
}

function shopsVat(sale: Order | Refund, rate: number): Money {
  return sum(
    partsAt(sale, rate).map((part) => part.vat),
    sale.currency,
  );
}

/**
 * What the ledger's own arithmetic moves between VAT and revenue, on the accounts of both: with
 * these rows the voucher is what will stand in the ledger, and without them what the shop says.
 */
function centRows(
  sale: Order | Refund,
  of: {
    readonly rows: readonly SalesRow[];
    readonly figures: readonly RateFigures[];
    readonly choices: InvoiceTerms['choices'];
  },
): readonly VoucherRow[] {
  const { rows, figures, choices } = of;
  const words = INVOICE_WORDS[choices.language];
  const stated = new Map<SalesRow, Money>();
  const parts = sale.lines.flatMap((line) => line.parts);
  for (const [i, row] of rows.entries()) stated.set(row, parts[i]?.net ?? row.gross);
  return figures.flatMap(({ rate, vat, nets }) => {
    const percent = percentText(rate);
    const cents = (account: string, amount: Money): VoucherRow => ({
      account,
      amount,
      text: words.vatCents(percent),
      why: words.whyCents,
      role: 'difference',
    });
    const answer = answerFirst({ role: vatRole(rate), codes: vatCodes(sale, percent) }, choices);
    const moved = subtract(shopsVat(sale, rate), vat);
    const ofRows = nets.map(({ row, net }) => {
      const amount = subtract(stated.get(row) ?? net, net);
      return dimensioned(cents(row.account, amount), sale, choices);
    });
    return [...(answer === null ? [] : [cents(answer.account, moved)]), ...ofRows].filter(
      ({ amount }) => !isZero(amount),
    );
  });
}

function vatCodes({ vatCountry }: Order | Refund, percent: string): readonly string[] {
  return [`${vatCountry ?? ''} ${percent}`, vatCountry ?? ''];
}

/** Cost centre and project stand on rows of revenue: claims and VAT have none. */
function dimensioned(
  row: VoucherRow,
  sale: Order | Refund,
  choices: InvoiceTerms['choices'],
): VoucherRow {
  if (row.role.startsWith('vat.')) return row;
  const { costCentre, project } = dimensionsOf(sale, choices.invoicing);
  return {
    ...row,
    ...(costCentre === '' ? {} : { costCentre }),
    ...(project === '' ? {} : { project }),
  };
}

function dimensionsOf(sale: Order | Refund, invoicing: Invoicing) {
  const own = methodOf(sale, invoicing);
  return {
    costCentre: own.costCentre ?? invoicing.costCentre,
    project: own.project ?? invoicing.project,
  };
}

/** The terms of the method that pays most of it: a gift card is no method of its own. */
function methodOf({ settlements }: Order | Refund, { methods }: Invoicing) {
  const method = settlements.find(({ means }) => means === 'other') ?? settlements[0];
  return methods[method?.method ?? ''] ?? {};
}

function documentOf(
  sale: Order | Refund,
  of: {
    readonly terms: InvoiceTerms;
    readonly date: LocalDate;
    readonly rows: readonly SalesRow[];
    readonly figures: readonly RateFigures[];
  },
): SalesDocument {
  const { terms, date, rows, figures } = of;
  const { invoicing, language, country } = terms.choices;
  const { system, account, id } = sale.ref;
  const number = numberOf(sale);
  return {
    reference: `${system}/${account}/${id}`,
    orderNumber: number,
    date,
    customer: invoiceCustomer(sale, { invoicing, home: country }),
    deliverTo: sale.deliverTo,
    rows,
    total: sale.total,
    vat: figures.reduce((all, { vat }) => add(all, vat), money(0n, sale.currency)),
    terms: methodOf(sale, invoicing).terms ?? null,
    ourReference: invoicing.ourReference,
    ...dimensionsOf(sale, invoicing),
    remarks: sale.kind === 'refund' ? INVOICE_WORDS[language].credits(number) : '',
    paidBy: null,
  };
}
