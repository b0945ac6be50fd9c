import type { CalendarLine, Quote } from '../document/quote.ts';
import { add, isZero, money, multiply, subtract, sum, type Money } from '../money.ts';
import type { Refusal } from '../refusal.ts';
import type { QuoteChoices } from './choices.ts';

const WHOLE = 10_000n;

/** What each line of a calendar comes to, by its place; or why it comes to nothing whole. */
export type CalendarAmounts =
  | { readonly kind: 'amounts'; readonly bySeq: ReadonlyMap<number, Money> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * What each line of a quote's payment calendar comes to, VAT included. Lines are rounded, none to
 * more than is left; the last per cent takes what that leaves.
 */
export function calendarAmounts(quote: Quote, choices: QuoteChoices): CalendarAmounts {
  const { calendar, currency, total, number } = quote;
  const zero = money(0n, currency);
  const installation = quote.groups
    .filter(({ code }) => choices.installationGroups.includes(code))
    .reduce((all, { net, vat }) => add(all, add(net, vat)), zero);
  const ofInstallation = calendar.filter(isInstallation).length;
  if (ofInstallation > 1 || (ofInstallation === 1 && isZero(installation))) {
    const refusal = { code: 'installation-unknown', quote: number } as const;
    return { kind: 'refused', refusal };
  }
  const percents = calendar.filter(({ share }) => share.kind === 'percent');
  const fixed = calendar.map(({ share }) => fixedOf(share, installation) ?? zero);
  const rest = subtract(total, sum(fixed, currency));
  const base = choices.percentOf === 'total' ? total : rest;
  const bySeq = new Map<number, Money>();
  let [left, whole] = [rest, 0n];
  for (const [i, { seq, share }] of calendar.entries()) {
    if (share.kind !== 'percent') {
      bySeq.set(seq, fixed[i] ?? zero);
      continue;
    }
    const hundredths = BigInt(share.hundredths);
    const amount = atMost(left, multiply(base, hundredths, WHOLE));
    whole += hundredths;
    const isLast = seq === percents.at(-1)?.seq;
    bySeq.set(seq, isLast ? left : amount);
    left = subtract(left, amount);
  }
  // Rounding leaves less than a minor unit for each line; anything else is no whole calendar.
  const isWhole =
    percents.length === 0 ? isZero(rest) : multiply(base, whole, WHOLE).minor === rest.minor;
  if (isWhole) return { kind: 'amounts', bySeq };
  const comesTo = add(sum(fixed, currency), multiply(base, whole, WHOLE));
  const difference = subtract(total, comesTo);
  const numbers = { quote: number, total, calendar: comesTo, difference };
  return { kind: 'refused', refusal: { code: 'calendar-not-whole', ...numbers } };
}

/** Whether a line is the installation. */
export function isInstallation({ share }: CalendarLine): boolean {
  return share.kind === 'installation';
}

/**
 * No more than is left: lines that are all rounded up can otherwise take more than there is, and
 * leave the last one below zero (50, 16.67, 16.67 and 16.66 % of 0.03).
 */
function atMost(left: Money, amount: Money): Money {
  return left.minor >= 0n && amount.minor > left.minor ? left : amount;
}

function fixedOf(share: CalendarLine['share'], installation: Money): Money | null {
  if (share.kind === 'amount') return share.amount;
  return share.kind === 'installation' ? installation : null;
}
