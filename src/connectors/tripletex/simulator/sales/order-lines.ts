import { entityOf, pointed, put, type Company } from '../company/company.ts';
import { isRegistered } from '../company/vat-settings.ts';
import { NO_VAT, OUTSIDE_THE_ACT, salesCodes, vatCode } from '../company/vat-types.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import type { Call } from '../api/call.ts';
import {
  kronerOf,
  lineOre,
  priceWith,
  priceWithout,
  vatInGross,
  vatOnNet,
} from '../wire/amounts.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject } from '../wire/read-object.ts';
import { isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuseProblems, type Problem } from '../wire/refusals.ts';

/**
 * Lines of orders.
 *
 * | Uncertain                            | Chosen                                               |
 * |--------------------------------------|------------------------------------------------------|
 * | VAT code of a line that names none   | the product's, else high rate, or 6 when unregistered|
 * | Rounding of a line                   | once, to øre, half away from zero                    |
 * | Line of a product without a price    | the product's price                                  |
 */
const HIGH_RATE = 3;
const DISCOUNT_MAX = 100;

/** What an order says about its lines. */
export type LineOrder = {
  readonly isIncludingVat: boolean;
  readonly project: Entity | null;
  readonly currency: number;
  /** How Tripletex names the line in problems: along every way that leads to it. */
  readonly ways: readonly string[];
};

/** The ways that were seen in answers to `POST /order`. */
export function waysTo(project: Entity | null): readonly string[] {
  const own = ['orderGroups.orderLines', 'orderLines'];
  if (project === null) return own;
  return [
    'project.orderLines',
    'project.invoicingPlan.orders.orderGroups.orderLines',
    'project.invoicingPlan.orders.orderLines',
    'project.invoicingPlan.orderLines',
    ...own,
  ];
}

/** The fields of a line with both prices and amounts. @throws Refused with all that is wrong */
export function readLine(call: Call, body: Fields, order: LineOrder): Fields {
  const { company, choices } = call;
  const within = order.ways.length > 0 ? 'orderLines' : undefined;
  const reading = { company, choices, ...(within === undefined ? {} : { within }) };
  const { fields } = readObject(modelOf('OrderLine'), body, reading);
  return completeLine(call, fields, order);
}

export function completeLine(call: Call, fields: Fields, order: LineOrder): Fields {
  const { company } = call;
  const product = entityOf(company, 'Product', idIn(fields, 'product'));
  const vat = idIn(fields, 'vatType') ?? usualCode(company, product);
  refuseProblems([
    ...nameProblems(fields, order),
    ...vatProblems(call, { fields, vat, product, order }),
    ...priceProblems(call, fields, order),
  ]);
  const prices = pricesOf(fields, { rate: vatCode(vat)?.percentage ?? 0, order, product });
  const line = {
    ...fields,
    description: textOf(fields, 'description') || (product && textOf(product.fields, 'name')),
    count: numberOf(fields, 'count'),
    discount: numberOf(fields, 'discount'),
    markup: numberOf(fields, 'markup'),
    vatType: vat,
    currency: order.currency,
    isSubscription: fields['isSubscription'] ?? false,
    isCharged: false,
    ...prices,
  };
  const { netOre, vatOre } = amountsOf(line, order.isIncludingVat);
  return {
    ...line,
    amountExcludingVatCurrency: kronerOf(netOre),
    amountIncludingVatCurrency: kronerOf(netOre + vatOre),
  };
}

/** What a line comes to, in øre of its currency. */
export function amountsOf(
  line: Fields,
  isIncludingVat: boolean,
): { readonly netOre: number; readonly vatOre: number } {
  const rate = vatCode(idIn(line, 'vatType'))?.percentage ?? 0;
  const name = isIncludingVat ? 'unitPriceIncludingVatCurrency' : 'unitPriceExcludingVatCurrency';
  const ore = lineOre({
    count: numberOf(line, 'count'),
    unitPrice: numberOf(line, name),
    discountPercent: numberOf(line, 'discount'),
  });
  if (!isIncludingVat) return { netOre: ore, vatOre: vatOnNet(ore, rate) };
  const vatOre = vatInGross(ore, rate);
  return { netOre: ore - vatOre, vatOre };
}

export function keepLine(call: Call, fields: Fields, order: number): Entity {
  return put(call.company, call.moment, { model: 'OrderLine', fields: { ...fields, order } });
}

/** What a kept order says about the lines that are added to it later. */
export function lineOrderOf(company: Company, order: Entity): LineOrder {
  return {
    isIncludingVat: order.fields['isPrioritizeAmountsIncludingVat'] === true,
    project: pointed(company, order, ['project', 'Project']),
    currency: idIn(order.fields, 'currency') ?? 1,
    ways: [],
  };
}

function usualCode(company: Company, product: Entity | null): number {
  const own = product === null ? null : idIn(product.fields, 'vatType');
  return own ?? (isRegistered(company) ? HIGH_RATE : OUTSIDE_THE_ACT);
}

function nameProblems(fields: Fields, { ways }: LineOrder): Problem[] {
  if (isSet(fields, 'description') || isSet(fields, 'product')) return [];
  return ['description', 'product.id'].map((name) => ({
    field: fieldAlong(ways, name),
    sentence: 'no-description',
  }));
}

type LineVat = {
  readonly fields: Fields;
  readonly vat: number;
  readonly product: Entity | null;
  readonly order: LineOrder;
};

function vatProblems(
  { company, choices }: Call,
  { fields, vat, product, order }: LineVat,
): Problem[] {
  const isAllowed = salesCodes(isRegistered(company)).some(({ number }) => number === vat);
  const isBarred =
    choices.vatOnProjectOrder === 'refused' && order.project !== null && isSet(fields, 'vatType');
  const problems: Problem[] = [];
  if (!isAllowed || isBarred) {
    problems.push({ field: fieldAlong(order.ways, 'vatType.id'), sentence: 'vat-code' });
  }
  const code = vatCode(vat);
  if (code?.direction === 'incoming') {
    const { fields: named = {} } = product ?? {};
    const name = `${textOf(named, 'number')} ${textOf(named, 'name')}`.trim();
    const about = [product === null ? '' : `produktet ${name} og `, code.number, code.name];
    problems.push({ field: null, sentence: 'no-account-for-vat', about });
  }
  const discount = numberOf(fields, 'discount');
  if (discount < 0 || discount > DISCOUNT_MAX) {
    problems.push({ field: fieldAlong(order.ways, 'discount'), sentence: 'wrong-type' });
  }
  return problems;
}

/** A single price must be on the basis of its order, or so the vendor's FAQ says. */
function priceProblems({ choices }: Call, fields: Fields, order: LineOrder): Problem[] {
  if (choices.priceOnOtherBasis === 'computed') return [];
  const isExcluding = isSet(fields, 'unitPriceExcludingVatCurrency');
  const isIncluding = isSet(fields, 'unitPriceIncludingVatCurrency');
  if (isExcluding === isIncluding || isIncluding === order.isIncludingVat) return [];
  const name = isIncluding ? 'unitPriceIncludingVatCurrency' : 'unitPriceExcludingVatCurrency';
  const sentence = isIncluding ? 'price-basis-excluding' : 'price-basis-including';
  return [{ field: fieldAlong(order.ways, name), sentence }];
}

type Pricing = {
  readonly rate: number;
  readonly order: LineOrder;
  readonly product: Entity | null;
};

function pricesOf(fields: Fields, { rate, order, product }: Pricing): Fields {
  const source =
    isSet(fields, 'unitPriceExcludingVatCurrency') || isSet(fields, 'unitPriceIncludingVatCurrency')
      ? fields
      : fromProduct(product);
  const excluding = numberOf(source, 'unitPriceExcludingVatCurrency');
  const including = numberOf(source, 'unitPriceIncludingVatCurrency');
  const isIncluding = isSet(source, 'unitPriceIncludingVatCurrency');
  const leads = order.isIncludingVat
    ? isIncluding
    : !isSet(source, 'unitPriceExcludingVatCurrency');
  return leads
    ? {
        unitPriceExcludingVatCurrency: priceWithout(including, rate),
        unitPriceIncludingVatCurrency: including,
      }
    : {
        unitPriceExcludingVatCurrency: excluding,
        unitPriceIncludingVatCurrency: priceWith(excluding, rate),
      };
}

function fromProduct(product: Entity | null): Fields {
  const price = product === null ? 0 : numberOf(product.fields, 'priceExcludingVatCurrency');
  return { unitPriceExcludingVatCurrency: price };
}

function fieldAlong(ways: readonly string[], name: string): string {
  return ways.length === 0 ? name : ways.map((way) => `${way}.${name}`).join(',');
}

/** Where a line's sale is posted: the product's account, else the usual one of its VAT code. */
export function salesAccountNumber(line: Fields): number {
  return vatCode(idIn(line, 'vatType') ?? NO_VAT)?.salesAccount ?? SALES_OUTSIDE;
}

const SALES_OUTSIDE = 3200;
