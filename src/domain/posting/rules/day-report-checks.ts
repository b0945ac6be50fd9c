import type { DayReport, DayReportLine, Vat } from '../../document/day-report.ts';
import { absolute, add, isZero, money, negate, subtract, sum, type Money } from '../../money.ts';
import type { Notice, Refusal } from '../../refusal.ts';
import { isRateInForce, rateOf, roundingAllowance, vatInGross } from '../../vat/rates.ts';
import type { PostingChoices } from '../choices.ts';

/** Every reason in the report itself not to book it. Accounts are the posting rule's affair. */
export function checkDayReport(report: DayReport, choices: PostingChoices): Refusal[] {
  return [
    ...checkBalance(report),
    ...checkControl(report),
    ...report.lines.flatMap((line) => (hasVat(line) ? checkVat(line, report, choices) : [])),
    ...checkCash(report, choices),
  ];
}

/** The two sides of the sum that every Z report must keep. See `DayReport`. */
function sidesOf(report: DayReport): { readonly taken: Money; readonly accounted: Money } {
  const zero = money(0n, report.currency);
  return {
    taken: report.lines.filter(isTaken).reduce((total, line) => add(total, line.gross), zero),
    accounted: report.lines
      .filter(isAccounted)
      .reduce((total, line) => add(total, line.gross), zero),
  };
}

/**
 * Counted minus expected cash; negative when money is missing.
 *
 * @returns null when the report neither counts cash nor states a difference
 */
export function cashDifferenceOf(report: DayReport): Money | null {
  const counted = grossOf(report, (l) => l.kind === 'cash-count');
  if (counted !== null) {
    const expected = grossOf(report, (l) => l.kind === 'tender' && l.means === 'cash');
    return expected === null ? counted : subtract(counted, expected);
  }
  return grossOf(report, (l) => l.kind === 'cash-difference');
}

/** What is worth telling and does not stop the report. */
export function noticesOf(report: DayReport, choices: PostingChoices): Notice[] {
  const foodRate = rateOf(choices.country, 'food', report.businessDate);
  return report.lines.flatMap((line): Notice[] => {
    if (line.kind !== 'sale' || line.rate === null || foodRate === null) return [];
    if (line.rate === foodRate || line.rate === 0 || !FOOD.test(line.label)) return [];
    return [{ code: 'food-at-other-rate', line: nameOf(line), rate: line.rate, foodRate }];
  });
}

/** Words of a department that sells food to take home, in Swedish and Norwegian tills. */
const FOOD = /kolonial|livsmedel|färskvar|mejeri|frukt|grönt|bröd|charkuteri|dagligvare|matvare/i;

function checkBalance(report: DayReport): Refusal[] {
  const { taken, accounted } = sidesOf(report);
  const difference = subtract(taken, accounted);
  return isZero(difference) ? [] : [{ code: 'does-not-balance', taken, accounted, difference }];
}

function checkControl(report: DayReport): Refusal[] {
  const control = report.control ?? {};
  const summed = { gross: sidesOf(report).taken, vat: vatOf(report) };
  return (['gross', 'vat'] as const).flatMap((total): Refusal[] => {
    const stated = control[total];
    if (stated === undefined) return [];
    const difference = subtract(stated, summed[total]);
    if (isZero(difference)) return [];
    return [{ code: 'control-total-differs', total, stated, summed: summed[total], difference }];
  });
}

function checkVat(line: LineWithVat, report: DayReport, choices: PostingChoices): Refusal[] {
  const name = nameOf(line);
  const { rate, vat, gross } = line;
  if (rate === null) return [{ code: 'vat-rate-missing', line: name }];
  const refusals: Refusal[] = [];
  if (!isRateInForce(choices.country, rate, report.businessDate)) {
    refusals.push({ code: 'vat-rate-not-in-force', line: name, rate, date: report.businessDate });
  }
  if (vat === null) {
    const needed = rate !== 0 && !isZero(gross);
    return needed ? [...refusals, { code: 'vat-missing', line: name, rate }] : refusals;
  }
  const expected = vatInGross(gross, rate);
  const difference = subtract(vat, expected);
  const tolerance = roundingAllowance(report.receipts ?? 0, choices.vatTolerance);
  if (absolute(difference).minor > tolerance.minor) {
    const numbers = { stated: vat, expected, difference, tolerance };
    refusals.push({ code: 'vat-differs', line: name, rate, ...numbers });
  }
  return refusals;
}

function checkCash(report: DayReport, choices: PostingChoices): Refusal[] {
  const refusals: Refusal[] = [];
  const difference = cashDifferenceOf(report);
  const limit = choices.cashDifferenceLimit;
  if (difference !== null && limit !== null && absolute(difference).minor > limit.minor) {
    refusals.push({ code: 'cash-difference-large', difference, limit });
  }
  const all = grossOf(report, (l) => l.kind === 'cash-count');
  const hasCash = report.lines.some((l) => l.kind === 'tender' && l.means === 'cash');
  if (all !== null && !isZero(all) && !hasCash) {
    refusals.push({ code: 'cash-count-alone', counted: all });
  }
  const stated = grossOf(report, (l) => l.kind === 'cash-difference');
  const counted = report.lines.some((l) => l.kind === 'cash-count') ? difference : null;
  if (stated !== null && counted !== null && stated.minor !== counted.minor) {
    const apart = subtract(stated, counted);
    refusals.push({ code: 'cash-difference-disagrees', stated, counted, difference: apart });
  }
  return refusals;
}

/** VAT of everything sold minus VAT of deposits returned, as the till states it. */
function vatOf(report: DayReport): Money {
  const signed = report.lines.filter(hasVat).map((line) => {
    const vat = line.vat ?? money(0n, report.currency);
    return line.kind === 'deposit-returned' ? negate(vat) : vat;
  });
  return sum(signed, report.currency);
}

function grossOf(report: DayReport, wanted: (line: DayReportLine) => boolean): Money | null {
  const amounts = report.lines.filter(wanted).map((line) => line.gross);
  return amounts.length === 0 ? null : sum(amounts, report.currency);
}

const TAKEN: ReadonlySet<DayReportLine['kind']> = new Set<DayReportLine['kind']>([
  'sale',
  'deposit-sold',
  'agency-sold',
  'gift-card-sold',
  'paid-in',
]);

const ACCOUNTED: ReadonlySet<DayReportLine['kind']> = new Set<DayReportLine['kind']>([
  'tender',
  'deposit-returned',
  'agency-paid-out',
  'paid-out',
  'cash-rounding',
]);

const isTaken = (line: DayReportLine): boolean => TAKEN.has(line.kind);
const isAccounted = (line: DayReportLine): boolean => ACCOUNTED.has(line.kind);

type LineWithVat = DayReportLine & Vat;

function hasVat(line: DayReportLine): line is LineWithVat {
  return line.kind === 'sale' || line.kind === 'deposit-sold' || line.kind === 'deposit-returned';
}

/** `21 Kolonial`: how a line is named to a person. */
function nameOf(line: DayReportLine): string {
  return [line.code, line.label].filter(Boolean).join(' ') || line.kind;
}
