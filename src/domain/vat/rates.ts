import type { LocalDate } from '../date.ts';
import { money, multiply, type Money } from '../money.ts';
import data from './rates.json' with { type: 'json' };

/** A rate in hundredths of a percent: 2500 is 25 %, 2550 is 25.5 %. */
export type BasisPoints = number;

/** A country whose VAT and accounts the hub books. */
export type Country = 'SE' | 'NO';

/** A VAT rate of a category of goods or services, and the days it is in force. */
export type DatedRate = {
  readonly category: string;
  /** null: outside VAT. */
  readonly basisPoints: BasisPoints | null;
  /** First and last day, both included; null is open. */
  readonly from: string | null;
  readonly to: string | null;
  /** Norway: the standard tax code (SAF-T) of sales, and the role of their account. */
  readonly sold?: { readonly code: string; readonly role: `sales.${string}` };
};

/** What is sold with a standard tax code. */
export type SoldWith = { readonly rate: BasisPoints; readonly role: `sales.${string}` };

/** A line whose VAT code and rate are not of one sale. Part of `Refusal`. */
export type VatCodeNotOfSale = {
  readonly code: 'vat-code-not-of-sale';
  readonly line: string;
  readonly vatCode: string;
  readonly rate: BasisPoints;
  readonly date: LocalDate;
};

/** The rates in force on a day, one per category. Law changes rates: they are data, not code. */
function ratesInForce(country: Country, date: LocalDate): readonly DatedRate[] {
  return (data[country] as readonly DatedRate[]).filter(
    (rate) => (rate.from ?? '0') <= date && date <= (rate.to ?? '9'),
  );
}

/** @returns null when the category has no rate on that day, or is outside VAT. */
export function rateOf(country: Country, category: string, date: LocalDate): BasisPoints | null {
  const rate = ratesInForce(country, date).find((r) => r.category === category);
  return rate?.basisPoints ?? null;
}

/**
 * What a standard tax code says of a sale: `52` is export, `5` exempt, `6` outside the act. What is
 * outside VAT has rate zero.
 *
 * @returns null for a code that nothing is sold with on that day, or in that country
 */
export function soldWithCode(country: Country, code: string, date: LocalDate): SoldWith | null {
  const found = ratesInForce(country, date).find(({ sold }) => sold?.code === code);
  if (found?.sold === undefined) return null;
  return { rate: found.basisPoints ?? 0, role: found.sold.role };
}

/** The rates that anything can be sold at on a day, highest first, zero included. */
export function ratesOn(country: Country, date: LocalDate): readonly BasisPoints[] {
  const rates = ratesInForce(country, date).flatMap(({ basisPoints }) => basisPoints ?? []);
  return [...new Set([...rates, 0])].sort((a, b) => b - a);
}

/** Whether anything can be sold at this rate on that day. Zero always: exempt, export, agency. */
export function isRateInForce(country: Country, rate: BasisPoints, date: LocalDate): boolean {
  return rate === 0 || ratesInForce(country, date).some((r) => r.basisPoints === rate);
}

/**
 * The VAT that stands inside a gross amount, rounded once, half away from zero.
 *
 * @param rate - the rate in force on the day of the supply, not of the document
 * @returns minor units with the sign of `gross`; `gross − result` is the net
 * @see Skatteverket 321578 (rounding of VAT); docs/accounting/vat.md
 */
export function vatInGross(gross: Money, rate: BasisPoints): Money {
  return multiply(gross, BigInt(rate), BigInt(10_000 + rate));
}

/** The VAT on top of a net amount, rounded once, half away from zero. */
export function vatOnNet(net: Money, rate: BasisPoints): Money {
  return multiply(net, BigInt(rate), 10_000n);
}

/** `25`, `25.5`: the rate in percent as plain text, the form used in account roles. */
export function percentText(rate: BasisPoints): string {
  const whole = Math.trunc(rate / 100);
  const rest = Math.abs(rate % 100);
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}

/** Reads `25`, `25.5`, `25,5` or `25 %`. @returns null when it is not a percentage up to 100. */
export function parsePercent(text: string): BasisPoints | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!match) return null;
  const rate = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return rate <= 10_000 ? rate : null;
}

/**
 * How far the VAT of many receipts may stand from the VAT of their sum: each receipt is rounded by
 * at most half a minor unit.
 */
export function roundingAllowance(receipts: number, least: Money): Money {
  const halves = money(BigInt(Math.ceil(receipts / 2)), least.currency);
  return halves.minor > least.minor ? halves : least;
}
