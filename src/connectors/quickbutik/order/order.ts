import { parseLocalDate, type LocalDate } from '../../../domain/date.ts';
import type { Address, Party } from '../../../domain/document/party.ts';
import type { Order, OrderState, SaleLine } from '../../../domain/document/sale.ts';
import { add, money, multiply, parseCurrency, parseMoney } from '../../../domain/money.ts';
import type { Currency, Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { parsePercent, rateOf, ratesOn, type BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem } from '../../../ports/source.ts';
import { IDENTITY_CHARS_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { QbSettings } from '../settings.ts';
import type { QbOrder, QbPlace, QbProduct } from '../wire.ts';
import { paymentOf, soldFor, type Payment } from './payment.ts';
import type { TaxedPart, Taxation, Untaxed } from './taxation.ts';
import { proveVat } from './vat.ts';

/** By what documents of this connector are known. */
export const SYSTEM = 'quickbutik';

/** An order with what is doubtful in it, or everything that keeps it from being one. */
export type OrderOutcome =
  | { readonly kind: 'order'; readonly order: Order; readonly doubts: readonly Refusal[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

/** The numbers of the API; that of a cancelled order is not documented. */
const STATES: Readonly<Record<string, OrderState>> = {
  '-1': 'open',
  '1': 'accepted',
  '2': 'shipped',
};

/** Rates in percent, as the shop says them, by the articles' numbers. */
export type TaxRates = Readonly<Record<string, string>>;

/** Reads an order. All problems of it are found, not the first one only. */
export function readOrder(
  wire: QbOrder,
  about: {
    readonly settings: QbSettings;
    readonly place: Place;
    /** VAT rates that the shop's articles had when the order was fetched, by their numbers. */
    readonly taxRates: TaxRates;
  },
): OrderOutcome {
  const { settings, place, taxRates } = about;
  const currency = parseCurrency(wire.currency);
  if (currency === null) {
    const facts = { field: 'currency', found: wire.currency, expected: 'SEK, NOK, DKK, EUR' };
    return { kind: 'unreadable', problems: [problemAt('unknown-value', place, facts)] };
  }
  const read = new Reading(wire, { currency, place, settings });
  const amounts = read.amounts();
  const date = read.date();
  if (amounts === null || date === null) return { kind: 'unreadable', problems: read.problems };
  const untaxed = untaxedOf(amounts, { wire, date, settings, taxRates });
  const proof = wire.is_taxfree ? null : proveVat(untaxed);
  const way = (taxation: Taxation | null) => asTaxed(wire, { amounts, taxation, settings });
  const { doubts, ...sale } = way(proof?.kind === 'proven' ? proof.taxation : null);
  const order: Order = {
    kind: 'order',
    ref: { system: SYSTEM, account: settings.shop, id: wire.order_id.slice(0, IDENTITY_CHARS_MAX) },
    number: wire.order_id,
    date,
    state: settings.states[wire.status] ?? STATES[wire.status] ?? 'unknown',
    sourceState: wire.status,
    paidOn: parseLocalDate((wire.date_paid ?? '').slice(0, 10)),
    currency,
    customer: customerOf(wire),
    isBusiness: wire.customer.customer_type === 'company',
    deliverTo: deliveryOf(wire),
    rounding: amounts.zero,
    ...sale,
  };
  if (proof?.kind !== 'open') return { kind: 'order', order, doubts };
  const unproven: Refusal = {
    code: 'vat-not-proven',
    order: order.number,
    vat: amounts.tax,
    candidates: proof.candidates.map(({ says }) => says),
    ways: proof.candidates.map(({ taxation }) => {
      const { doubts: _same, ...taxed } = way(taxation);
      return { ...taxed, isGiftCard: taxation.isGiftCard };
    }),
  };
  return { kind: 'order', order, doubts: [unproven, ...doubts] };
}

/** What is said of an order that is taxed in a way; null: as if it had no VAT. */
function asTaxed(
  wire: QbOrder,
  of: {
    readonly amounts: Amounts;
    readonly taxation: Taxation | null;
    readonly settings: QbSettings;
  },
): Payment & Pick<Order, 'lines' | 'vatCountry'> {
  const { amounts, taxation, settings } = of;
  const lines = linesOf(wire, of);
  const sold = soldFor(lines, amounts.zero);
  const isGiftCard = taxation?.isGiftCard === true;
  const payment = paymentOf(wire, { stated: amounts, sold, isGiftCard, settings });
  return { ...payment, lines, vatCountry: taxation === null ? null : settings.country };
}

type Amounts = {
  readonly zero: Money;
  /** What each product comes to, in the order of the shop. */
  readonly products: readonly Money[];
  readonly shipping: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly toPay: Money;
};

class Reading {
  readonly problems: Problem[] = [];
  readonly #wire: QbOrder;
  readonly #currency: Currency;
  readonly #place: Place;

  constructor(
    wire: QbOrder,
    about: { readonly currency: Currency; readonly place: Place; readonly settings: QbSettings },
  ) {
    this.#wire = wire;
    this.#currency = about.currency;
    this.#place = about.place;
  }

  date(): LocalDate | null {
    const { date_created: found } = this.#wire;
    const date = parseLocalDate(found.slice(0, 10));
    if (date === null) {
      this.problems.push(problemAt('not-a-date', this.#place, { field: 'date_created', found }));
    }
    return date;
  }

  amounts(): Amounts | null {
    const wire = this.#wire;
    const products = wire.products.map((product, i) => this.#product(product, i));
    const amounts = {
      shipping: this.#amount('shipping_amount', wire.shipping_amount || '0'),
      discount: this.#amount('discount_amount', wire.discount_amount || '0'),
      tax: this.#amount('tax_amount', wire.tax_amount),
      total: this.#amount('total_amount', wire.total_amount),
      toPay: this.#amount('total_pay_amount', wire.total_pay_amount || wire.total_amount),
    };
    if (this.problems.length > 0) return null;
    const zero = money(0n, this.#currency);
    const whole = (one: Money | null): Money => one ?? zero;
    return {
      zero,
      products: products.map(whole),
      shipping: whole(amounts.shipping),
      discount: whole(amounts.discount),
      tax: whole(amounts.tax),
      total: whole(amounts.total),
      toPay: whole(amounts.toPay),
    };
  }

  #product({ price, qty }: QbProduct, index: number): Money | null {
    const each = this.#amount(`products[${index}].price`, price || '0');
    const quantity = /^\d{1,9}(?:\.\d{1,3})?$/.exec(qty.trim());
    if (quantity === null) {
      const facts = { field: `products[${index}].qty`, found: qty };
      this.problems.push(problemAt('not-a-number', this.#place, facts));
      return null;
    }
    return each && timesQuantity(each, qty.trim());
  }

  #amount(field: string, found: string): Money | null {
    const amount = parseMoney(found, this.#currency);
    if (amount === null) {
      this.problems.push(problemAt('not-a-number', this.#place, { field, found }));
    }
    return amount;
  }
}

function timesQuantity(each: Money, quantity: string): Money {
  const [whole = '0', fraction = ''] = quantity.split('.');
  const thousandths = BigInt(whole) * 1_000n + BigInt(fraction.padEnd(3, '0'));
  return multiply(each, thousandths, 1_000n);
}

/** What of a product is taxed by itself: a bundle's components, when they come to its price. */
function pieces(
  product: QbProduct,
  amount: Money,
): readonly { readonly sku: string; readonly id: string; readonly amount: Money }[] {
  const packed = product.app?.productpackages ?? [];
  const components = packed.flatMap(({ sku, product_id: id, price, qty }) => {
    const each = parseMoney(price || '0', amount.currency);
    const count = /^\d{1,9}$/.test(qty) ? `${BigInt(qty) * BigInt(product.qty || '1')}` : null;
    return each === null || count === null ? [] : [{ sku, id, amount: timesQuantity(each, count) }];
  });
  const summed = components.reduce((total, one) => total + one.amount.minor, 0n);
  const isWhole = components.length === packed.length && summed === amount.minor;
  return isWhole && components.length > 0
    ? components
    : [{ sku: product.sku, id: product.product_id, amount }];
}

function untaxedOf(
  { products, shipping, discount, tax }: Amounts,
  about: {
    readonly wire: QbOrder;
    readonly date: LocalDate;
    readonly settings: QbSettings;
    readonly taxRates: TaxRates;
  },
): Untaxed {
  const { wire, date, settings, taxRates } = about;
  const { country } = settings;
  const food = rateOf(country, 'food', date);
  const swap = country === 'SE' && food !== null ? ([1200, 600] as const) : null;
  const rates = ratesOn(country, date);
  const isPossible = (rate: BasisPoints): boolean => {
    return rates.includes(rate) || (swap?.some((one) => one === rate) ?? false);
  };
  const items = wire.products.flatMap((product, i) =>
    pieces(product, products[i] ?? tax).map(({ sku, id, amount }) => {
      // What a person says of an article comes before what the shop says.
      const told = parsePercent(taxRates[id] ?? '');
      const own = told !== null && isPossible(told) ? told : null;
      const isMoney = kindOf(sku, settings) === 'gift-card' && !hasRate(sku, settings);
      return { amount, rate: articleRate(sku, settings) ?? own, isMoney };
    }),
  );
  return { items, shipping, discount, tax, isOnTop: wire.is_taxontop, rates, swap };
}

function hasRate(sku: string, settings: QbSettings): boolean {
  return articleRate(sku, settings) !== null;
}

function kindOf(sku: string, { kinds }: QbSettings): SaleLine['kind'] {
  return kinds[sku] ?? 'goods';
}

/** What a person has said of an article's rate; null: nothing. */
export function articleRate(sku: string, { articleRates }: QbSettings): BasisPoints | null {
  const own = articleRates[sku];
  const pattern = Object.keys(articleRates).find((key) => {
    return key.endsWith('*') && sku.startsWith(key.slice(0, -1));
  });
  const text = own ?? (pattern === undefined ? undefined : articleRates[pattern]);
  return text === undefined ? null : parsePercent(text);
}

/** The lines, taxed as proven; without VAT when nothing is. */
function linesOf(
  wire: QbOrder,
  of: {
    readonly amounts: Amounts;
    readonly taxation: Taxation | null;
    readonly settings: QbSettings;
  },
): readonly SaleLine[] {
  const { amounts, taxation, settings } = of;
  const untaxed = (net: Money) => [{ rate: null, net, vat: amounts.zero }];
  let at = 0;
  const lines = wire.products.map((product, i): SaleLine => {
    const amount = amounts.products[i] ?? amounts.zero;
    const count = pieces(product, amount).length;
    const taxed = taxation?.items.slice(at, at + count).flat();
    at += count;
    const sku = product.sku.trim().slice(0, IDENTITY_CHARS_MAX) || null;
    return {
      id: product.id || String(i + 1),
      kind: kindOf(product.sku, settings),
      text: [product.title, product.variant].filter(Boolean).join(', ').slice(0, TEXT_CHARS_MAX),
      sku,
      quantity: product.qty,
      parts: taxed === undefined ? untaxed(amount) : joined(taxed),
    };
  });
  const freight = taxation?.shipping ?? [];
  const others: readonly SaleLine[] = [
    shippingLine(wire, taxation === null ? untaxed(amounts.shipping) : joined(freight)),
    ...(taxation === null
      ? [discountLine(untaxed(money(-amounts.discount.minor, amounts.zero.currency)))]
      : []),
  ];
  return [...lines, ...others.filter(({ parts }) => parts.some(({ net }) => net.minor !== 0n))];
}

function shippingLine(wire: QbOrder, parts: SaleLine['parts']): SaleLine {
  const text = wire.shipping_name.slice(0, TEXT_CHARS_MAX);
  return { id: 'shipping', kind: 'shipping', text, sku: null, quantity: '1', parts };
}

/** A discount that could not be spread, since nobody knows how the order is taxed. */
function discountLine(parts: SaleLine['parts']): SaleLine {
  return { id: 'discount', kind: 'goods', text: 'discount', sku: null, quantity: '1', parts };
}

/** Parts with the same rate as one. */
function joined(parts: readonly TaxedPart[]): SaleLine['parts'] {
  const sums = new Map<BasisPoints, SaleLine['parts'][number]>();
  for (const { rate, net, vat } of parts) {
    const before = sums.get(rate);
    const sum =
      before === undefined
        ? { rate, net, vat }
        : { rate, net: add(before.net, net), vat: add(before.vat, vat) };
    sums.set(rate, sum);
  }
  return [...sums.values()];
}

function customerOf({ customer }: QbOrder): Party {
  return {
    name: customer.company_name.trim() || customer.full_name.trim(),
    // No field for it is known: it comes from elsewhere, or is asked for.
    orgNumber: null,
    vatNumber: null,
    endpoint: null,
    address: addressOf(customer),
    email: customer.email.trim().toLowerCase() || null,
  };
}

function deliveryOf({ customer }: QbOrder): Address | null {
  const to = customer.shipping_details ? addressOf(customer.shipping_details) : null;
  return to === null || JSON.stringify(to) === JSON.stringify(addressOf(customer)) ? null : to;
}

function addressOf(of: QbPlace): Address | null {
  const address = {
    street: [of.address, of.address2]
      .map((one) => one.trim())
      .filter(Boolean)
      .join(', '),
    postcode: of.zipcode.trim(),
    city: of.city.trim(),
    country: of.country.trim().toUpperCase(),
  };
  return Object.values(address).every((one) => one === '') ? null : address;
}
