import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { CustomerEntry, EntryPart } from '../../../domain/document/customer-entry.ts';
import { money, parseMoney, subtract, type Money } from '../../../domain/money.ts';
import { parsePercent } from '../../../domain/vat/rates.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import { SYSTEM } from '../quote.ts';
import type { WinnerSettings } from '../settings.ts';
import type { JournalKind, JournalProfile } from './profiles.ts';
import type { Row } from './table.ts';

/** Reads the fields of a row, and keeps what is wrong with them. */
export class RowReader {
  readonly problems: Problem[] = [];
  readonly #row: Row;
  readonly #kind: JournalKind;
  readonly #profile: JournalProfile;
  readonly #settings: WinnerSettings;

  constructor(
    row: Row,
    of: {
      readonly kind: JournalKind;
      readonly profile: JournalProfile;
      readonly settings: WinnerSettings;
    },
  ) {
    this.#row = row;
    this.#kind = of.kind;
    this.#profile = of.profile;
    this.#settings = of.settings;
  }

  invoice(): CustomerEntry {
    const [number = '', date = '', due = '', project = '', , contract = '', customer = ''] =
      this.#row.fields;
    const [name = '', net = '', vat = '', gross = '', type = ''] = this.#row.fields.slice(7);
    const isCredit = type.toLowerCase() === this.#profile.credit;
    return {
      ...this.#common(`invoice:${this.#id(number, 0)}`),
      entry: isCredit ? 'credit-note' : 'invoice',
      number: this.#id(number, 0),
      date: this.#date(date, 1),
      dueDate: due === '' ? null : this.#date(due, 2),
      customer: customerOf(customer, name),
      about: cut([project, contract].filter((one) => one !== '').join(' ')),
      method: '',
      net: this.#money(net, 8),
      vat: this.#money(vat, 9),
      gross: this.#money(gross, 10),
      ...this.#parts(),
    };
  }

  /** An item line: what an invoice has of one product group, at one rate. */
  line(): EntryPart {
    const [, , group = '', net = '', gross = ''] = this.#row.fields;
    const [read, all] = [this.#money(net, 3), this.#money(gross, 4)];
    const rate = parsePercent(this.#row.rate);
    if (rate === null) this.#say('not-a-number', this.#profile.rate, this.#row.rate);
    return {
      ...{ rate: rate ?? 0, net: read, vat: subtract(all, read) },
      ...(group === '' ? {} : { group: group.slice(0, IDENTITY_CHARS_MAX) }),
    };
  }

  /** What the row has at each rate; nothing where it tells no rate. */
  #parts(): Pick<CustomerEntry, 'parts'> {
    const told = this.#row.parts.filter(({ net, vat }) => net !== '' || vat !== '');
    if (told.length === 0) return {};
    const parts = told.map(({ rate, net, vat }) => {
      return { rate, net: this.#money(net || '0', 8), vat: this.#money(vat || '0', 9) };
    });
    return { parts };
  }

  payment(): CustomerEntry {
    const [number = '', date = '', invoice = '', customer = '', amount = '', method = ''] =
      this.#row.fields;
    const gross = this.#money(amount, 4);
    return {
      ...this.#common(`payment:${this.#id(number, 0)}`),
      entry: 'payment',
      number: this.#id(invoice, 2),
      date: this.#date(date, 1),
      dueDate: null,
      customer: customerOf(customer, ''),
      about: '',
      method: cut(method),
      net: gross,
      vat: money(0n, this.#settings.currency),
      gross,
    };
  }

  #common(id: string): Pick<CustomerEntry, 'kind' | 'ref' | 'currency'> {
    const { dealer, currency } = this.#settings;
    return { kind: 'customer-entry', ref: { system: SYSTEM, account: dealer, id }, currency };
  }

  #id(text: string, at: number): string {
    if (text === '') this.#problem('field-empty', at, text);
    return text.slice(0, IDENTITY_CHARS_MAX);
  }

  /** `15.05.2026`, `2026-05-15` or `15/05/2026`. */
  #date(text: string, at: number): LocalDate {
    const [, day = '', month = '', year = ''] =
      /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const date = parseLocalDate(year === '' ? text : iso);
    if (date === null) this.#problem('not-a-date', at, text);
    return date ?? NO_DAY;
  }

  #money(text: string, at: number): Money {
    const { currency } = this.#settings;
    const { decimal } = this.#profile;
    const [whole = '', minor = '', ...more] = text.split(decimal);
    const digits = whole.replace(THOUSANDS, '').replace(/^\u2212/, '-');
    const isPlain = /^-?\d+$/.test(digits) && /^\d{0,2}$/.test(minor) && more.length === 0;
    const amount = isPlain ? parseMoney(`${digits}.${minor.padEnd(2, '0')}`, currency) : null;
    if (amount === null) this.#problem('not-a-number', at, text);
    return amount ?? money(0n, currency);
  }

  #problem(code: ProblemCode, at: number, found: string): void {
    this.#say(code, this.#profile.columns[this.#kind][at] ?? '', found);
  }

  #say(code: ProblemCode, field: string, found: string): void {
    const place: Place = { line: this.#row.line, column: 1 };
    this.problems.push(problemAt(code, place, { field, found }));
  }
}

/** Stands in a document that is told to be unreadable, and is seen by nobody. */
const NO_DAY = '1970-01-01' as LocalDate;

/** What stands between thousands: blanks of any width, and the comma of English. */
const THOUSANDS = /[\s,](?=\d{3}(?:\D|$))/gu;

function customerOf(number: string, name: string): CustomerEntry['customer'] {
  const nothing = { orgNumber: null, vatNumber: null, endpoint: null, address: null, email: null };
  return { ...nothing, number: number.slice(0, IDENTITY_CHARS_MAX), name: cut(name) };
}

function cut(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX);
}
