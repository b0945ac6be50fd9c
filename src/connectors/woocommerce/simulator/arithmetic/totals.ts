import { divide, multiply, roundTo, sum, trimmed, amountOf, type Amount } from './amount.ts';
import { lineNet, lineTax, taxHalf, type MoneyRules } from './rules.ts';
import { ratesAt, shippingRatesAt, taxesOn, type TaxPlace, type Taxes } from './tax.ts';

/** The part of an order's line that is reckoned with. It is changed in place. */
export type Item = {
  readonly kind: 'line' | 'fee' | 'shipping';
  readonly isTaxable: boolean;
  readonly taxClass: string;
  /** Before discounts. Only lines have one. */
  subtotal: Amount;
  total: Amount;
  taxes: Map<number, ItemTax>;
  subtotalTax: Amount;
  totalTax: Amount;
};

export type ItemTax = { readonly total: Amount; readonly subtotal: Amount | null };

/** The sums of an order. */
export type Totals = {
  readonly discountTotal: Amount;
  readonly discountTax: Amount;
  readonly shippingTotal: Amount;
  readonly shippingTax: Amount;
  readonly cartTax: Amount;
  readonly total: Amount;
  readonly totalTax: Amount;
  /** By rate, in the order they first occur. */
  readonly taxes: ReadonlyMap<number, { readonly cart: Amount; readonly shipping: Amount }>;
};

type Sale = {
  readonly items: readonly Item[];
  readonly place: TaxPlace;
  readonly isVatExempt: boolean;
  /** Tax classes of the products that are taxed, in the order of the lines. */
  readonly taxClasses: readonly string[];
};

/** Taxes every item anew at the place of the sale. Negative fees share in the taxes of the rest. */
export function taxItems(sale: Sale, rules: MoneyRules): void {
  const shippingClass = shippingTaxClass(sale, rules);
  for (const item of sale.items) {
    if (sale.isVatExempt || !rules.calculatesTaxes) setTaxes(item, new Map(), rules);
    else if (item.kind === 'shipping') taxShipping(item, { ...sale, shippingClass }, rules);
    else if (item.kind === 'fee' && item.total < 0n) taxDiscountFee(item, sale, rules);
    else {
      const rates = item.isTaxable ? ratesAt(rules.table, sale.place, item.taxClass) : [];
      const subtotals = item.kind === 'line' ? taxesOn(item.subtotal, rates) : null;
      setTaxes(item, pairs(taxesOn(item.total, rates), subtotals), rules);
    }
  }
}

/** Adds an order up from its items, whose taxes stand as they are. */
export function addUp(items: readonly Item[], rules: MoneyRules): Totals {
  const lines = items.filter(({ kind }) => kind === 'line');
  const shipping = items.filter(({ kind }) => kind === 'shipping');
  const fees = sum(items.filter(({ kind }) => kind === 'fee').map(({ total }) => total));
  const net = sum(lines.map(({ total }) => lineNet(rules, total)));
  const gross = sum(lines.map(({ subtotal }) => lineNet(rules, subtotal)));
  const shippingTotal = sum(shipping.map(({ total }) => roundTo(total, rules.decimals)));
  const taxes = taxesByRate(items, rules);
  const cartTax = sum([...taxes.values()].map(({ cart }) => cart));
  const shippingTax = sum([...taxes.values()].map((tax) => tax.shipping));
  const discountTax = sum(
    lines.flatMap(({ taxes }) =>
      [...taxes.values()].map((tax) => (tax.subtotal ?? 0n) - tax.total),
    ),
  );
  return {
    discountTotal: roundTo(gross - net, rules.decimals),
    discountTax: roundTo(discountTax, rules.decimals, taxHalf(rules)),
    shippingTotal,
    shippingTax,
    cartTax,
    total: roundTo(net + fees + shippingTotal + cartTax + shippingTax, rules.decimals),
    totalTax: roundTo(cartTax + shippingTax, rules.decimals),
    taxes,
  };
}

/** A negative fee can take no more than the rest of the order comes to. */
export function limitFees(items: readonly Item[], rules: MoneyRules): void {
  const lines = items.filter(({ kind }) => kind === 'line');
  const shipping = items.filter(({ kind }) => kind === 'shipping');
  let total = sum([
    ...lines.map((line) => lineNet(rules, line.total)),
    ...shipping.map((line) => roundTo(line.total, rules.decimals)),
  ]);
  for (const fee of items.filter(({ kind }) => kind === 'fee')) {
    const least = -roundTo(total, rules.decimals);
    if (fee.total < 0n && least < 0n && fee.total < least) fee.total = least;
    total += fee.total;
  }
}

/** Sums of an item's taxes: of rounded ones, unless the shop rounds at the subtotal. */
function setTaxes(item: Item, taxes: Map<number, ItemTax>, rules: MoneyRules): void {
  const each = [...taxes.values()];
  item.taxes = taxes;
  item.totalTax = sum(each.map(({ total }) => lineTax(rules, total)));
  item.subtotalTax = sum(each.map(({ subtotal }) => lineTax(rules, subtotal ?? 0n)));
}

/** As an amount is stored: with six decimals. */
function stored(amount: Amount): Amount {
  return amountOf(trimmed(amount));
}

function taxesByRate(items: readonly Item[], rules: MoneyRules): Totals['taxes'] {
  const found = new Map<number, { cart: Amount; shipping: Amount }>();
  const goods = items.filter(({ kind }) => kind !== 'shipping');
  const shipping = items.filter(({ kind }) => kind === 'shipping');
  for (const { kind, taxes } of [...goods, ...shipping]) {
    for (const [id, tax] of taxes) {
      const known = found.get(id) ?? { cart: 0n, shipping: 0n };
      const amount = lineTax(rules, tax.total);
      if (kind === 'shipping') known.shipping += amount;
      else known.cart += amount;
      found.set(id, known);
    }
  }
  return found;
}

/** @returns null when nothing in the order is taxed, and shipping is then not either */
function shippingTaxClass({ taxClasses }: Sale, rules: MoneyRules): string | null {
  if (rules.shippingTaxClass !== 'inherit') return rules.shippingTaxClass;
  return rules.taxClasses.find((one) => taxClasses.includes(one)) ?? null;
}

function taxShipping(
  item: Item,
  { place, shippingClass }: Sale & { readonly shippingClass: string | null },
  rules: MoneyRules,
): void {
  const isTaxed = item.isTaxable && shippingClass !== null;
  const rates = isTaxed ? shippingRatesAt(rules.table, place, shippingClass) : [];
  setTaxes(item, pairs(taxesOn(item.total, rates), null), rules);
}

/** In proportion to what the order holds of each tax class. */
function taxDiscountFee(fee: Item, { items, place, taxClasses }: Sale, rules: MoneyRules): void {
  const costs = new Map<string | null, Amount>();
  for (const taxClass of taxClasses) costs.set(taxClass, 0n);
  for (const item of items) {
    if (item.total < 0n) continue;
    const own = item.kind === 'shipping' ? shippingShare(taxClasses, rules) : item.taxClass;
    const taxClass = item.isTaxable ? own : null;
    costs.set(taxClass, (costs.get(taxClass) ?? 0n) + item.total);
  }
  const all = sum(costs.values());
  const found = new Map<number, Amount>();
  for (const [taxClass, cost] of costs) {
    if (taxClass === null || cost === 0n || all === 0n) continue;
    const part = divide(multiply(fee.total, cost), all);
    for (const [id, tax] of taxesOn(part, ratesAt(rules.table, place, taxClass))) {
      found.set(id, (found.get(id) ?? 0n) + tax);
    }
  }
  setTaxes(fee, pairs(found, null), rules);
}

/** Shipping that inherits its tax class counts to the first of the order's. */
function shippingShare(taxClasses: readonly string[], rules: MoneyRules): string | null {
  if (rules.shippingTaxClass !== 'inherit') return rules.shippingTaxClass;
  return taxClasses[0] ?? null;
}

function pairs(totals: Taxes, subtotals: Taxes | null): Map<number, ItemTax> {
  return new Map(
    [...totals].map(([id, total]) => [
      id,
      { total: stored(total), subtotal: subtotals && stored(subtotals.get(id) ?? 0n) },
    ]),
  );
}
