import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { Party } from '../../../domain/document/party.ts';
import type {
  InvoiceProject,
  SalesInvoice,
  SalesInvoiceLine,
} from '../../../domain/document/sales-invoice.ts';
import type { SourceRef } from '../../../domain/document/source-ref.ts';
import { money, parseCurrency, parseMoney } from '../../../domain/money.ts';
import type { Currency, Money } from '../../../domain/money.ts';
import { parsePercent } from '../../../domain/vat/rates.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import type { SummaSettings } from '../settings.ts';
import type { WireInvoice } from '../wire.ts';

/** By what documents of this connector are known. */
export const SYSTEM = 'summa';

const DECIMAL = /^-?\d{1,12}(\.\d{1,8})?$/;
const TYPES = {
  invoice: 'invoice',
  acconto: 'part-payment',
  credit_note: 'credit-note',
} as const;

/** An invoice, or everything that keeps it from being one. */
export type InvoiceOutcome =
  | { readonly kind: 'invoice'; readonly invoice: SalesInvoice }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** Reads an invoice. All problems of it are found, not the first one only. */
export function readInvoice(
  wire: WireInvoice,
  { settings, place }: { readonly settings: SummaSettings; readonly place: Place },
): InvoiceOutcome {
  const currency = parseCurrency(wire.currency);
  if (currency === null) {
    const facts = { field: 'currency', found: wire.currency, expected: 'SEK, NOK, DKK, EUR' };
    return { kind: 'unreadable', problems: [problemAt('unknown-value', place, facts)] };
  }
  const reading = new Reading(wire, { currency, place });
  const date = reading.date('invoice_date', wire.invoice_date);
  const dueDate = reading.dateOrNull('due_date', wire.due_date);
  const lines = reading.lines();
  const project = reading.project();
  const net = reading.money('totals.net', wire.totals.net);
  const vat = reading.money('totals.vat', wire.totals.vat);
  const gross = reading.money('totals.gross', wire.totals.gross);
  const { rounding: rounded } = wire.totals;
  const rounding = rounded === '' ? money(0n, currency) : reading.money('totals.rounding', rounded);
  const isRead = date !== null && net !== null && vat !== null && gross !== null;
  if (reading.problems.length > 0 || !isRead || rounding === null) {
    return { kind: 'unreadable', problems: reading.problems };
  }
  const invoice: SalesInvoice = {
    kind: 'sales-invoice',
    ref: refOf(settings, wire.external_id),
    number: wire.order_no === '' ? wire.external_id : wire.order_no,
    type: TYPES[wire.kind],
    credits: creditsOf(wire, settings),
    date,
    dueDate,
    terms: wire.payment_terms === '' ? null : wire.payment_terms,
    currency,
    customer: customerOf(wire),
    ourReference: wire.our_reference,
    yourReference: wire.your_reference,
    orderNumber: wire.buyer_order_no,
    project,
    lines,
    net,
    vat,
    rounding,
    gross,
  };
  return { kind: 'invoice', invoice };
}

function refOf({ house }: SummaSettings, id: string): SourceRef {
  return { system: SYSTEM, account: house, id };
}

function creditsOf({ credits }: WireInvoice, settings: SummaSettings): SalesInvoice['credits'] {
  if (!credits || credits.external_id === '') return null;
  const number = credits.invoice_no === '' ? null : credits.invoice_no;
  return { ref: refOf(settings, credits.external_id), number };
}

class Reading {
  readonly problems: Problem[] = [];
  readonly #wire: WireInvoice;
  readonly #currency: Currency;
  readonly #place: Place;

  constructor(wire: WireInvoice, at: { readonly currency: Currency; readonly place: Place }) {
    this.#wire = wire;
    this.#currency = at.currency;
    this.#place = at.place;
  }

  lines(): SalesInvoiceLine[] {
    return this.#wire.lines.flatMap((line, i) => {
      const at = `lines[${i}]`;
      const net = this.money(`${at}.net`, line.net);
      const rate = parsePercent(line.vat_rate);
      if (rate === null) this.#problem('not-a-rate', `${at}.vat_rate`, line.vat_rate);
      const quantity = this.#decimal(`${at}.quantity`, line.quantity);
      const unitPrice = this.#decimal(`${at}.unit_price`, line.unit_price);
      this.#checkCoding(at, line);
      if (net === null || rate === null) return [];
      const { text, unit } = line;
      const account = line.account === '' ? null : line.account;
      const code = line.vat_code === '' ? {} : { vatCode: line.vat_code };
      const id = line.line_id === '' ? String(i + 1) : line.line_id;
      const costCentre = line.cost_center && line.cost_center.code !== '' ? line.cost_center : null;
      const centre = costCentre === null ? null : { code: costCentre.code, name: costCentre.name };
      return [
        { id, text, quantity, unit, unitPrice, net, rate, account, ...code, costCentre: centre },
      ];
    });
  }

  /** A line says where it is booked by its account, or leaves that to its VAT code. */
  #checkCoding(at: string, { account, vat_code: code }: WireInvoice['lines'][number]): void {
    const isByCode = account === '' && code !== '';
    if (!isByCode && !/^\d{4,8}$/.test(account)) {
      this.#problem('unknown-value', `${at}.account`, account);
    }
    if (code !== '' && !/^\d{1,2}$/.test(code)) {
      this.#problem('unknown-value', `${at}.vat_code`, code);
    }
  }

  project(): InvoiceProject | null {
    const { project } = this.#wire;
    if (!project) return null;
    const startsOn = this.dateOrNull('project.start_date', project.start_date);
    return { number: project.number, name: project.name, startsOn };
  }

  money(field: string, found: string): Money | null {
    const amount = parseMoney(found, this.#currency);
    if (amount === null) this.#problem('not-a-number', field, found);
    return amount;
  }

  dateOrNull(field: string, found: string): LocalDate | null {
    return found === '' ? null : this.date(field, found);
  }

  date(field: string, found: string): LocalDate | null {
    const date = parseLocalDate(found.slice(0, 10));
    if (date === null) this.#problem('not-a-date', field, found);
    return date;
  }

  #decimal(field: string, found: string): string {
    if (!DECIMAL.test(found)) this.#problem('not-a-number', field, found);
    return found;
  }

  #problem(code: ProblemCode, field: string, found: string): void {
    const facts = { field, found, expected: '' };
    this.problems.push(problemAt(found === '' ? 'field-empty' : code, this.#place, facts));
  }
}

/** Empty where the customer is known to the ledger by number alone. */
function customerOf({ customer }: WireInvoice): Party & { readonly number: string } {
  const { number, name, org_no: orgNo, vat_no: vatNo, email, country, address } = customer;
  const digits = orgNo.replace(/\D/g, '');
  const where = address ?? { line1: '', postal_code: '', city: '', country };
  const { line1: street, postal_code: postcode, city } = where;
  const place = { street, postcode, city, country: (where.country || country).toUpperCase() };
  const isSomewhere = Object.values(place).some((one) => one !== '');
  return {
    number,
    name,
    orgNumber: digits === '' ? null : digits,
    vatNumber: vatNo === '' ? null : vatNo.replaceAll(' ', ''),
    endpoint: null,
    address: isSomewhere ? place : null,
    email: email === '' ? null : email,
  };
}
