import type { DayReportLine, TenderMeans } from '../domain/document/day-report.ts';
import type { LocalDate } from '../domain/date.ts';
import { negate, parseMoney, subtract, sum, type Money } from '../domain/money.ts';
import { BOOK_CURRENCY } from '../domain/posting/choices.ts';
import { rateOf, vatInGross, type BasisPoints, type Country } from '../domain/vat/rates.ts';
import { isRecord, type Fields } from './fields.ts';

/** Fields of a receipt in worked examples that are read. */
export const RECEIPT_FIELDS = ['type', 'date', 'lines', 'payment'];

type Rung = {
  readonly kind: 'sale' | 'deposit-sold' | 'deposit-returned';
  readonly label: string;
  readonly rate: BasisPoints;
  readonly gross: Money;
};

/**
 * One receipt as its till counts it for the day: a deposit at the rate of what it holds, VAT of all
 * that there is at a rate, and the means that it was paid by.
 */
export function receiptLines(
  input: Fields,
  of: { readonly country: Country; readonly date: LocalDate },
): readonly DayReportLine[] {
  const currency = BOOK_CURRENCY[of.country];
  const amount = (text: unknown): Money => {
    const read = parseMoney(String(text), currency);
    if (read === null) throw new Error(`"${String(text)}" is not an amount`);
    return read;
  };
  const lines = Array.isArray(input['lines']) ? input['lines'].filter(isRecord) : [];
  const rung = lines.map((line): Rung => {
    const label = String(line['category']);
    const kind = KINDS[label] ?? 'sale';
    const rate = rateOf(of.country, String(line['content'] ?? label), of.date) ?? 0;
    return { kind, label, rate, gross: amount(line['gross']) };
  });
  const payment = isRecord(input['payment']) ? input['payment'] : {};
  const means: TenderMeans = payment['method'] === 'cash' ? 'cash' : 'card';
  const total = sum(
    rung.map(({ gross }) => gross),
    currency,
  );
  const tender = { kind: 'tender', code: '', label: '', means, gross: total } as const;
  return [...rung.map((line, at) => taxed(line, at, rung)), tender];
}

const KINDS: Readonly<Record<string, Rung['kind']>> = {
  deposit: 'deposit-sold',
  deposit_return: 'deposit-returned',
};

/** The VAT of a rate is that of all lines at it; the last has what the others leave of it. */
function taxed(line: Rung, at: number, all: readonly Rung[]): DayReportLine {
  const same = all.filter(({ rate }) => rate === line.rate);
  const { currency } = line.gross;
  const grosses = sum(
    same.map(({ gross }) => gross),
    currency,
  );
  const others = sum(
    same.slice(0, -1).map(({ gross }) => vatInGross(gross, line.rate)),
    currency,
  );
  const isLast = all.findLastIndex(({ rate }) => rate === line.rate) === at;
  const vat = isLast
    ? subtract(vatInGross(grosses, line.rate), others)
    : vatInGross(line.gross, line.rate);
  // A day report counts what it gives back as what it has given.
  const isBack = line.kind === 'deposit-returned';
  return isBack
    ? { ...line, code: '', gross: negate(line.gross), vat: negate(vat) }
    : { ...line, code: '', vat };
}
