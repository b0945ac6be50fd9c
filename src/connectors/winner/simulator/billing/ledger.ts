import { amountText, readOre, share, total, withoutVat, WinnerRefusal } from '../amounts.ts';
import { partsOf, type Part, type PercentOf } from '../quote/calendar.ts';
import type { Quote } from '../quote/project.ts';

/** An invoice or credit note. It has a number once it is printed, and can be deleted before. */
export type Invoice = {
  number: number | null;
  readonly quote: Quote;
  /** Of the calendar line it asks for; null for a credit note. */
  readonly seq: number | null;
  readonly kind: 'invoice' | 'credit';
  /** `2026-05-15`. */
  date: string;
  dueDate: string | null;
  readonly lines: readonly InvoiceLine[];
};

export type InvoiceLine = {
  readonly code: string;
  readonly text: string;
  readonly vatRate: number;
  readonly netOre: number;
  readonly grossOre: number;
};

/** A payment that was registered. It is never deleted: a reversal is a payment of its own. */
export type Payment = {
  readonly number: number;
  readonly date: string;
  readonly invoice: Invoice;
  readonly ore: number;
  readonly method: string;
  /** Number of the payment that this one takes back. */
  readonly reverses: number | null;
};

export type BillingOptions = {
  readonly percentOf: PercentOf;
  readonly firstInvoice: number;
  /** Days from invoice to due date. */
  readonly termDays: number;
};

/** Winner's own invoices: for those who number them there and only keep books elsewhere. */
export class Billing {
  readonly #options: BillingOptions;
  readonly #invoices: Invoice[] = [];
  readonly #payments: Payment[] = [];
  #nextNumber: number;

  constructor(options: BillingOptions) {
    this.#options = options;
    this.#nextNumber = options.firstInvoice;
  }

  invoices(): readonly Invoice[] {
    return this.#invoices;
  }

  payments(): readonly Payment[] {
    return this.#payments;
  }

  /** The invoice for one calendar line, not printed yet. @throws WinnerRefusal when there is one */
  draft(quote: Quote, seq: number): Invoice {
    const part = partsOf(quote, this.#options.percentOf)[seq - 1];
    if (!part) throw new WinnerRefusal(`the calendar has no line ${seq}`);
    if (this.#invoices.some((one) => one.quote === quote && one.seq === seq)) {
      throw new WinnerRefusal(`line ${seq} is invoiced already`);
    }
    const lines = linesOf(part);
    const invoice: Invoice = {
      number: null,
      quote,
      seq,
      kind: 'invoice',
      date: '',
      dueDate: null,
      lines,
    };
    this.#invoices.push(invoice);
    return invoice;
  }

  /** @throws WinnerRefusal when it has a number */
  deleteDraft(invoice: Invoice): void {
    if (invoice.number !== null) throw new WinnerRefusal('a printed invoice stays');
    this.#invoices.splice(this.#invoices.indexOf(invoice), 1);
  }

  /** Printing or exporting gives the number. @param number the next one when absent */
  print(invoice: Invoice, date: string, number = this.#nextNumber): number {
    if (invoice.number !== null) return invoice.number;
    if (number < this.#nextNumber) throw new WinnerRefusal(`number ${number} is past`);
    invoice.number = number;
    invoice.date = date;
    invoice.dueDate = invoice.kind === 'invoice' ? plusDays(date, this.#options.termDays) : null;
    this.#nextNumber = number + 1;
    return number;
  }

  /** Takes some of an invoice back, in proportion to its lines, and prints it. */
  credit(number: number, gross: string, date: string): Invoice {
    const credited = this.#printed(number);
    const grossOre = readOre(gross);
    const wholeOre = total(credited.lines.map((line) => line.grossOre));
    if (grossOre <= 0 || grossOre > wholeOre) {
      throw new WinnerRefusal(`${gross} cannot be taken back from ${amountText(wholeOre)}`);
    }
    const invoice: Invoice = {
      number: null,
      quote: credited.quote,
      seq: null,
      kind: 'credit',
      date,
      dueDate: null,
      lines: creditLines(credited, grossOre, wholeOre),
    };
    this.#invoices.push(invoice);
    this.print(invoice, date);
    return invoice;
  }

  /** @returns the payment's number */
  pay(
    number: number,
    paid: { readonly amount: string; readonly date: string; readonly method?: string },
  ): number {
    const invoice = this.#printed(number);
    return this.#register({
      date: paid.date,
      invoice,
      ore: readOre(paid.amount),
      method: paid.method ?? 'Bank',
      reverses: null,
    });
  }

  /** @throws WinnerRefusal when there is none, or it is reversed already */
  reversePayment(number: number, date: string): number {
    const payment = this.#payments.find((one) => one.number === number);
    if (!payment) throw new WinnerRefusal(`there is no payment ${number}`);
    if (payment.reverses !== null || this.#payments.some((one) => one.reverses === number)) {
      throw new WinnerRefusal(`payment ${number} is reversed already`);
    }
    return this.#register({ ...payment, date, ore: -payment.ore, reverses: number });
  }

  #register(payment: Omit<Payment, 'number'>): number {
    const number = this.#payments.length + 1;
    this.#payments.push({ ...payment, number });
    return number;
  }

  #printed(number: number): Invoice {
    const invoice = this.#invoices.find((one) => one.number === number);
    if (!invoice) throw new WinnerRefusal(`there is no invoice ${number}`);
    return invoice;
  }
}

function linesOf({ groups }: Part): InvoiceLine[] {
  return groups
    .filter(({ grossOre }) => grossOre !== 0)
    .map(({ group, netOre, grossOre }) => ({
      code: group.code,
      text: group.name,
      vatRate: group.vatRate,
      netOre,
      grossOre,
    }));
}

/** The last line takes what rounding leaves. */
function creditLines({ lines }: Invoice, grossOre: number, wholeOre: number): InvoiceLine[] {
  let leftOre = grossOre;
  return lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    const ore = isLast ? leftOre : share(line.grossOre, grossOre, wholeOre);
    leftOre -= ore;
    return { ...line, grossOre: -ore, netOre: -withoutVat(ore, line.vatRate) };
  });
}

function plusDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
