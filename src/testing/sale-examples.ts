import { parseLocalDate, type LocalDate } from '../domain/date.ts';
import type { Address } from '../domain/document/party.ts';
import type { Order, Refund, SaleLine, SalePart, Settlement } from '../domain/document/sale.ts';
import { absolute, add, money, negate, parseMoney, split, subtract, sum } from '../domain/money.ts';
import type { Money } from '../domain/money.ts';
import { BOOK_CURRENCY } from '../domain/posting/choices.ts';
import {
  parsePercent,
  rateOf,
  vatInGross,
  vatOnNet,
  type BasisPoints,
  type Country,
} from '../domain/vat/rates.ts';
import { isRecord, type Fields } from './fields.ts';

/** Fields of orders, refunds and invoices in worked examples that are read. */
export const SALE_FIELDS = [
  ...['type', 'date', 'lines', 'payment', 'freight', 'discount', 'customer', 'original'],
  ...['oss_registered', 'price_mode', 'round_total', 'currency'],
];

/** The choices that the examples are made with: how their articles are sold. */
export const SALE_SCHEMES_OF_EXAMPLES = {
  saleSchemes: { construction_service: 'construction', margin: 'margin' },
  singlePurposeCards: ['giftcard_spv'],
} as const;

/** Types of examples that give back what was sold. */
const TAKES_BACK: ReadonlySet<string> = new Set(['refund', 'credit_note']);

/** What a shop charges consumers in other countries: the examples leave it to the shop. */
const OSS_RATES: Readonly<Record<string, BasisPoints>> = { DE: 1900, FI: 2550 };

/**
 * An order, refund or invoice of a worked example as a shop would hand it over: with the VAT of
 * each line, discounts and freight spread over the rates.
 *
 * @returns why it is not covered, in words
 */
export function readSaleExample(input: Fields, country: Country): Order | Refund | string {
  return new SaleExample(input, country).read();
}

type Priced = {
  readonly text: string;
  readonly kind: SaleLine['kind'];
  readonly part: SalePart;
  readonly sku?: string;
  readonly cost?: Money;
};

class SaleExample {
  readonly #input: Fields;
  readonly #country: Country;
  readonly #date: LocalDate;

  constructor(input: Fields, country: Country) {
    this.#input = input;
    this.#country = country;
    const date = parseLocalDate(String(input['date']));
    if (date === null) throw new Error(`"${String(input['date'])}" is not a day`);
    this.#date = date;
  }

  read(): Order | Refund {
    const currency = BOOK_CURRENCY[this.#country];
    const goods = this.#discounted(records(this.#input['lines']).map((one) => this.#line(one)));
    const lines = [...goods, ...this.#freight(goods)];
    const sold = sum(
      lines.map(({ part }) => add(part.net, part.vat)),
      currency,
    );
    const total = this.#input['round_total'] === true ? wholeKronor(sold) : sold;
    const sale = {
      ref: { system: 'example', account: '1', id: '1' },
      number: '1',
      date: this.#date,
      currency,
      customer: this.#customer(),
      isBusiness: false,
      deliverTo: null,
      vatCountry: this.#vatCountry(lines),
      lines: lines.map(saleLine),
      rounding: subtract(total, sold),
      total,
      settlements: [this.#settlement(total)],
    };
    if (!TAKES_BACK.has(String(this.#input['type']))) {
      return { ...sale, kind: 'order', state: 'shipped', sourceState: '', paidOn: this.#date };
    }
    const of = { ref: { ...sale.ref, id: '0' }, number: '0', date: this.#originalDay() };
    return { ...sale, kind: 'refund', of, reason: '' };
  }

  #line(fields: Fields): Priced {
    const kind = fields['kind'] === 'service' ? 'service' : 'goods';
    const text = String(fields['category'] ?? kind);
    if (text === 'giftcard_mpv') {
      const net = this.#amount(fields['gross']);
      const part = { rate: null, net, vat: money(0n, net.currency) };
      return { text, kind: 'gift-card', part };
    }
    if (text === 'giftcard_spv') return { text, kind: 'gift-card', part: this.#part(fields) };
    const scheme = fields['scheme'] ?? fields['kind'];
    const cost = fields['cost'] === undefined ? {} : { cost: this.#amount(fields['cost']) };
    const sku = scheme === undefined ? {} : { sku: String(scheme) };
    return { text, kind, part: this.#part(fields), ...sku, ...cost };
  }

  #part(fields: Fields): SalePart {
    const rate = this.#rate(fields);
    if (fields['net'] !== undefined) {
      const net = this.#amount(fields['net']);
      return { rate, net, vat: vatOnNet(net, rate ?? 0) };
    }
    return partOfGross(this.#amount(fields['gross']), rate);
  }

  #rate(fields: Fields): BasisPoints | null {
    if (fields['rate'] !== undefined) return parsePercent(String(fields['rate']));
    const category = fields['category'];
    if (category !== undefined) return rateOf(this.#country, String(category), this.#date);
    return this.#input['oss_registered'] === true ? (OSS_RATES[this.#to()] ?? null) : null;
  }

  /** A discount on the whole takes a share of each line, to the öre. */
  #discounted(lines: readonly Priced[]): readonly Priced[] {
    const discount = this.#input['discount'];
    if (!isRecord(discount)) return lines;
    const grosses = lines.map(({ part }) => add(part.net, part.vat));
    const shares = split(
      this.#amount(discount['gross']),
      grosses.map(({ minor }) => minor),
    );
    return lines.map((line, i) => {
      const gross = subtract(grosses[i] ?? line.part.net, shares[i] ?? line.part.vat);
      return { ...line, part: partOfGross(gross, line.part.rate) };
    });
  }

  /** Freight follows the goods: one part for each rate, by their value. */
  #freight(goods: readonly Priced[]): readonly Priced[] {
    const freight = this.#input['freight'];
    if (!isRecord(freight)) return [];
    const weights = goods.map(({ part }) => absolute(add(part.net, part.vat)).minor);
    const shares = split(this.#amount(freight['gross']), weights);
    return goods.map(({ part: { rate } }, i) => {
      const gross = shares[i] ?? this.#amount('0');
      return { text: 'freight', kind: 'shipping', part: partOfGross(gross, rate) };
    });
  }

  #settlement(amount: Money): Settlement {
    const payment = this.#input['payment'];
    const method = isRecord(payment) ? String(payment['method']) : 'invoice';
    const means = method.startsWith('giftcard') ? 'gift-card' : 'other';
    return { method, title: method, means, amount, transaction: null };
  }

  #vatCountry(lines: readonly Priced[]): string | null {
    if (lines.every(({ part }) => part.rate === null)) return null;
    return this.#input['oss_registered'] === true ? this.#to() : this.#country;
  }

  #to(): string {
    const customer = this.#input['customer'];
    return isRecord(customer) ? String(customer['country'] ?? this.#country) : this.#country;
  }

  #customer(): Order['customer'] {
    const customer = isRecord(this.#input['customer']) ? this.#input['customer'] : {};
    const vatNumber = customer['vat_number'] === undefined ? null : String(customer['vat_number']);
    const address: Address = { street: '', postcode: '', city: '', country: this.#to() };
    return { name: '', orgNumber: null, vatNumber, endpoint: null, address, email: null };
  }

  #originalDay(): LocalDate {
    const original = this.#input['original'];
    const said = isRecord(original) ? parseLocalDate(String(original['date'])) : null;
    return said ?? this.#date;
  }

  #amount(text: unknown): Money {
    const amount = parseMoney(String(text), BOOK_CURRENCY[this.#country]);
    if (amount === null) throw new Error(`"${String(text)}" is not an amount`);
    return amount;
  }
}

function partOfGross(gross: Money, rate: BasisPoints | null): SalePart {
  const vat = vatInGross(gross, rate ?? 0);
  return { rate, net: subtract(gross, vat), vat };
}

function saleLine({ text, kind, part, sku, cost }: Priced, index: number): SaleLine {
  const bought = cost === undefined ? {} : { cost };
  const line = { id: String(index + 1), kind, text, quantity: '1', parts: [part], ...bought };
  return { ...line, sku: sku ?? null };
}

function wholeKronor(amount: Money): Money {
  const kronor = (absolute(amount).minor + 50n) / 100n;
  const rounded = money(kronor * 100n, amount.currency);
  return amount.minor < 0n ? negate(rounded) : rounded;
}

function records(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
