import { parseLocalDate, type LocalDate } from '../../domain/date.ts';
import type { Address } from '../../domain/document/party.ts';
import type {
  CalendarLine,
  CalendarShare,
  Quote,
  QuoteGroup,
} from '../../domain/document/quote.ts';
import { add, parseCurrency, parseMoney, subtract, sum } from '../../domain/money.ts';
import type { Currency, Money } from '../../domain/money.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { parsePercent } from '../../domain/vat/rates.ts';
import { problemAt, type Place } from '../../ports/problem.ts';
import type { Problem, ProblemCode } from '../../ports/source.ts';
import type { WinnerSettings } from './settings.ts';
import type { WireQuote } from './wire.ts';

/** By what documents of this connector are known. */
export const SYSTEM = 'winner';

/** A calendar that nobody has made: everything at once. */
const AT_ONCE = [{ seq: 1, label: '', basis: 'percent', percent: '100', amount: '', due_date: '' }];

/** A quote with what is doubtful in it, or everything that keeps it from being one. */
export type QuoteOutcome =
  | { readonly kind: 'quote'; readonly quote: Quote; readonly doubts: readonly Refusal[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** Reads a quote. All problems of it are found, not the first one only. */
export function readQuote(
  wire: WireQuote,
  { settings, place }: { readonly settings: WinnerSettings; readonly place: Place },
): QuoteOutcome {
  const currency = parseCurrency(wire.currency);
  if (currency === null) {
    const facts = { field: 'currency', found: wire.currency, expected: 'NOK, SEK, DKK, EUR' };
    return { kind: 'unreadable', problems: [problemAt('unknown-value', place, facts)] };
  }
  const reading = new Reading(wire, { currency, place });
  const groups = reading.groups();
  const calendar = reading.calendar();
  const total = reading.money('totals.gross', wire.totals.gross);
  const date = wire.accepted_at === '' ? null : reading.date('accepted_at', wire.accepted_at);
  if (reading.problems.length > 0 || total === null) {
    return { kind: 'unreadable', problems: reading.problems };
  }
  const { number, name } = wire.project;
  const quote: Quote = {
    kind: 'quote',
    ref: { system: SYSTEM, account: settings.dealer, id: wire.external_id },
    number: wire.quote_no,
    ...(wire.revision === null || wire.revision === undefined ? {} : { revision: wire.revision }),
    date,
    currency,
    customer: customerOf(wire),
    isBusiness: wire.customer.type === 'company',
    deliverTo: wire.customer.delivery_address ? addressOf(wire.customer.delivery_address) : null,
    project: { number, name: name === '' ? number : name },
    contract: wire.contract_no === '' ? null : wire.contract_no,
    groups,
    calendar,
    total,
  };
  return { kind: 'quote', quote, doubts: doubtsOf(quote, total) };
}

function doubtsOf({ groups, currency }: Quote, stated: Money): Refusal[] {
  const summed = sum(
    groups.map(({ net, vat }) => add(net, vat)),
    currency,
  );
  const difference = subtract(stated, summed);
  if (difference.minor === 0n) return [];
  return [{ code: 'order-total-differs', total: 'lines', stated, summed, difference }];
}

class Reading {
  readonly problems: Problem[] = [];
  readonly #wire: WireQuote;
  readonly #currency: Currency;
  readonly #place: Place;

  constructor(wire: WireQuote, at: { readonly currency: Currency; readonly place: Place }) {
    this.#wire = wire;
    this.#currency = at.currency;
    this.#place = at.place;
  }

  /** Groups by their code: one that stands in several alternatives of the quote is one group. */
  groups(): QuoteGroup[] {
    const groups = new Map<string, QuoteGroup>();
    for (const [i, wire] of this.#wire.groups.entries()) {
      const group = this.#group(wire, `groups[${i}]`);
      if (group === null) continue;
      const seen = groups.get(group.code);
      if (seen !== undefined && seen.rate !== group.rate) {
        this.#problem('identity-differs', `groups[${i}].code`, group.code);
      }
      const { net, vat } = group;
      const both = seen && { ...seen, net: add(seen.net, net), vat: add(seen.vat, vat) };
      groups.set(group.code, both ?? group);
    }
    return [...groups.values()];
  }

  #group(wire: WireQuote['groups'][number], at: string): QuoteGroup | null {
    const net = this.money(`${at}.net`, wire.net);
    const gross = this.money(`${at}.gross`, wire.gross);
    const rate = parsePercent(wire.vat_rate);
    if (rate === null) this.#problem('not-a-rate', `${at}.vat_rate`, wire.vat_rate);
    if (net === null || gross === null || rate === null) return null;
    const { code } = wire;
    const name = wire.name === '' ? code : wire.name;
    return { code, name, rate, net, vat: subtract(gross, net) };
  }

  calendar(): CalendarLine[] {
    const wire = this.#wire.payment_calendar;
    const seen = new Set<number>();
    const lines = (wire.length === 0 ? AT_ONCE : wire).flatMap((line, i) => {
      const at = `payment_calendar[${i}]`;
      const { seq, label } = line;
      if (seen.has(seq)) this.#problem('identity-differs', `${at}.seq`, String(seq));
      seen.add(seq);
      const share = this.#share(at, line);
      const due = line.due_date === '' ? null : this.date(`${at}.due_date`, line.due_date);
      return share === null ? [] : [{ seq, label, share, dueDate: due }];
    });
    return lines.toSorted((a, b) => a.seq - b.seq);
  }

  #share(
    at: string,
    { basis, percent, amount }: { basis: string; percent: string; amount: string },
  ): CalendarShare | null {
    if (basis === 'installation') return { kind: 'installation' };
    if (basis === 'amount') {
      const money = this.money(`${at}.amount`, amount);
      return money === null ? null : { kind: 'amount', amount: money };
    }
    const hundredths = parsePercent(percent);
    if (hundredths !== null) return { kind: 'percent', hundredths };
    this.#problem('not-a-rate', `${at}.percent`, percent);
    return null;
  }

  money(field: string, found: string): Money | null {
    const amount = parseMoney(found, this.#currency);
    if (amount === null) this.#problem('not-a-number', field, found);
    return amount;
  }

  date(field: string, found: string): LocalDate | null {
    const date = parseLocalDate(found.slice(0, 10));
    if (date === null) this.#problem('not-a-date', field, found);
    return date;
  }

  #problem(code: ProblemCode, field: string, found: string): void {
    const facts = { field, found, expected: '' };
    this.problems.push(problemAt(found === '' ? 'field-empty' : code, this.#place, facts));
  }
}

function customerOf({ customer, project }: WireQuote): Quote['customer'] {
  const { number, name, org_no: orgNo, vat_no: vatNo, email, address } = customer;
  const digits = orgNo.replace(/\D/g, '');
  return {
    number: number === '' ? null : number,
    // A quote always has a project, and a person has to be called something.
    name: name === '' ? project.name : name,
    orgNumber: digits === '' ? null : digits,
    vatNumber: vatNo === '' ? null : vatNo.replaceAll(' ', ''),
    endpoint: null,
    address: address ? addressOf(address) : null,
    email: email === '' ? null : email,
  };
}

function addressOf(wire: NonNullable<WireQuote['customer']['address']>): Address {
  const { line1, postal_code: postcode, city, country } = wire;
  return { street: line1, postcode, city, country: country.toUpperCase() };
}
