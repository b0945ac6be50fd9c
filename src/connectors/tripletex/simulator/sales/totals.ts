import { ownAccount } from '../company/accounts.ts';
import { entityOf, pointed, referred, type Company } from '../company/company.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { vatCode } from '../company/vat-types.ts';
import type { Choices } from '../choices.ts';
import { converted, vatInGross, vatOnNet } from '../wire/amounts.ts';
import { numberOf, textOf } from '../wire/record.ts';
import { amountsOf, salesAccountNumber } from './order-lines.ts';

/** A line as it is booked. Øre; sales are positive here. */
export type Sale = {
  readonly line: Entity;
  readonly order: Entity;
  readonly account: Entity;
  readonly vat: number;
  readonly netOre: number;
  readonly vatOre: number;
};

export type Totals = {
  readonly sales: readonly Sale[];
  readonly netOre: number;
  readonly vatOre: number;
  /** What makes the sum whole kroner; 0 when the company does not round. */
  readonly roundOffOre: number;
  /** What the customer is asked for. */
  readonly totalOre: number;
};

type Basis = { readonly orders: readonly Entity[]; readonly choices: Choices };

/** What orders come to, in øre of their currency. */
export function totalsOf(company: Company, { orders, choices }: Basis): Totals {
  const each = orders.flatMap((order) => salesOf(company, order));
  const sales = choices.vatRounding === 'per-rate' ? roundedPerRate(each) : each;
  const netOre = sales.reduce((ore, sale) => ore + sale.netOre, 0);
  const vatOre = sales.reduce((ore, sale) => ore + sale.vatOre, 0);
  const whole = Math.round(Math.abs(netOre + vatOre) / 100) * 100 * Math.sign(netOre + vatOre);
  const roundOffOre = company.setup.roundsInvoices ? whole - netOre - vatOre : 0;
  return { sales, netOre, vatOre, roundOffOre, totalOre: netOre + vatOre + roundOffOre };
}

function salesOf(company: Company, order: Entity): Sale[] {
  const ids = order.fields['orderLines'];
  if (!Array.isArray(ids)) return [];
  return ids.map((id) => {
    const line = referred(company, 'OrderLine', Number(id));
    const isIncludingVat = isIncluding(order);
    const product = pointed(company, line, ['product', 'Product']);
    const account =
      (product && pointed(company, product, ['account', 'Account'])) ??
      ownAccount(company, salesAccountNumber(line.fields));
    const vat = idIn(line.fields, 'vatType') ?? 0;
    return { line, order, account, vat, ...amountsOf(line.fields, isIncludingVat) };
  });
}

function isIncluding(order: Entity): boolean {
  return order.fields['isPrioritizeAmountsIncludingVat'] === true;
}

/** The VAT of a rate is rounded on the sum; the last line of the rate takes the difference. */
function roundedPerRate(sales: readonly Sale[]): Sale[] {
  const left = new Map<number, number>();
  for (const [vat, own] of Map.groupBy(sales, (sale) => sale.vat)) {
    const rate = vatCode(vat)?.percentage ?? 0;
    const [gross, net] = [sumOf(own, true), sumOf(own, false)];
    const keepsGross = own.every(({ order }) => isIncluding(order));
    const whole = keepsGross ? vatInGross(gross, rate) : vatOnNet(net, rate);
    left.set(vat, whole - (gross - net));
  }
  return sales
    .toReversed()
    .map((sale) => {
      const more = left.get(sale.vat) ?? 0;
      left.set(sale.vat, 0);
      const keepsGross = isIncluding(sale.order);
      const netOre = keepsGross ? sale.netOre - more : sale.netOre;
      return { ...sale, netOre, vatOre: sale.vatOre + more };
    })
    .toReversed();
}

function sumOf(sales: readonly Sale[], withVat: boolean): number {
  return sales.reduce((ore, { netOre, vatOre }) => ore + netOre + (withVat ? vatOre : 0), 0);
}

/** Kroner for so many units of a currency. */
function rateOf(
  company: Company,
  currency: number,
): { readonly rate: number; readonly factor: number } {
  const { fields } = referred(company, 'Currency', currency);
  const rate = company.setup.rates.get(textOf(fields, 'code')) ?? 1;
  return { rate, factor: numberOf(fields, 'factor') };
}

/** Øre of a currency in Norwegian øre. */
export function inKroner(company: Company, ore: number, currency: number): number {
  return entityOf(company, 'Currency', currency)?.fields['code'] === 'NOK'
    ? ore
    : converted(ore, rateOf(company, currency));
}
