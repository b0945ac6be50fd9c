import type { DayReportLine, TenderMeans } from '../../../domain/document/day-report.ts';
import { money, type Money } from '../../../domain/money.ts';
import { parsePercent, percentText } from '../../../domain/vat/rates.ts';
import type { Problem } from '../../../ports/source.ts';
import { REPORT_ROWS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { isSilent } from '../report/line.ts';
import { readCount, STANDARD_DECIMALS } from '../report/values.ts';
import type { Terms } from '../terms.ts';
import { ownText } from '../text/kept-texts.ts';
import { AmountReader } from '../xml/amounts.ts';
import { childOf, textOf } from '../xml/nodes.ts';
import type { XmlNode } from '../xml/records.ts';
import type { Basics } from './basics.ts';

/** A Z report of a SAF-T file, without what only the transactions tell. */
export type SaftReport = {
  readonly number: string;
  /** When it was made, `2020-01-01T23:56:59`. */
  readonly time: string;
  readonly gross: Money | null;
  readonly receipts: number | null;
  readonly lines: readonly DayReportLine[];
  readonly problems: readonly Problem[];
};

/** Reads the report of an event. */
export function readSaftReport(
  report: XmlNode,
  { basics, terms }: { readonly basics: Basics; readonly terms: Terms },
): SaftReport {
  const reader = new AmountReader('NOK');
  const total = childOf(report, 'reportTotalCashSales') ?? report;
  const gross = reader.amount(total, 'totalCashSaleAmnt');
  const lines = [
    ...entriesOf(report, 'reportCashSalesVat').flatMap((node) => saleLine(node, reader)),
    ...entriesOf(report, 'reportPayments').map((node) =>
      tenderLine(node, { reader, basics, terms }),
    ),
    ...entriesOf(report, 'reportPayIns').map((node) => paidLine('paid-in', node, reader)),
    ...entriesOf(report, 'reportPayOuts').map((node) => paidLine('paid-out', node, reader)),
    ...NOT_BOOKED.flatMap(([name, amount]) => infoLine(childOf(report, name), amount, reader)),
  ];
  const problems = [...reader.problems];
  if (lines.length > REPORT_ROWS_MAX) {
    const facts = { what: 'rows of a report', limit: String(REPORT_ROWS_MAX) };
    problems.push(problemAt('over-limit', report.place, facts));
  }
  return {
    number: ownText(textOf(report, 'reportID')),
    time: ownText(`${textOf(report, 'reportDate')}T${textOf(report, 'reportTime')}`),
    gross: gross === null ? null : nok(gross),
    receipts: readCount(textOf(report, 'reportReceiptNum'), STANDARD_DECIMALS),
    lines: lines.slice(0, REPORT_ROWS_MAX).filter((line) => !isSilent(line)),
    problems,
  };
}

/** Sold on account and credited: invoiced elsewhere, with VAT that the report does not give. */
const NOT_BOOKED = [
  ['reportCreditSales', 'creditSalesAmnt'],
  ['reportCreditMemos', 'creditMemosAmnt'],
  ['reportTip', 'tipAmnt'],
] as const;

function entriesOf(report: XmlNode, name: string): readonly XmlNode[] {
  return childOf(report, name)?.children ?? [];
}

/** The report gives net and VAT: together they are the gross. */
function saleLine(node: XmlNode, reader: AmountReader): readonly DayReportLine[] {
  const rate = parsePercent(textOf(node, 'vatPerc').replace(/(\.\d\d)0+$/, '$1'));
  const net = reader.amount(node, 'cashSaleAmnt');
  const vat = reader.amount(node, 'vatAmnt');
  if (rate === null) reader.tell('not-a-rate', node, 'vatPerc');
  if (rate === null || net === null || vat === null) return [];
  // A day of more returns than sales: a minus, or the letter of the debit side, or both.
  const isDebit = textOf(node, 'vatAmntTp') === 'D' && net >= 0n && vat >= 0n;
  const sign = isDebit ? -1n : 1n;
  const code = ownText(textOf(node, 'vatCode'));
  const label = `${percentText(rate)} %`;
  return [
    { kind: 'sale', code, label, rate, gross: nok(sign * (net + vat)), vat: nok(sign * vat) },
  ];
}

function tenderLine(
  node: XmlNode,
  {
    reader,
    basics,
    terms,
  }: { readonly reader: AmountReader; readonly basics: Basics; readonly terms: Terms },
): DayReportLine {
  const code = ownText(textOf(node, 'paymentType'));
  if (code === '') reader.tell('field-empty', node, 'paymentType');
  const gross = nok(reader.amount(node, 'paymentAmnt') ?? 0n);
  const { standard, label } = basics.payment(code);
  const told = terms.meansOf(code);
  const means = told === 'other' ? (STANDARD_MEANS[standard] ?? 'other') : told;
  return { kind: 'tender', code, label, means, gross };
}

/**
 * Means of payment by their standard code. Others, such as mobile apps and bottle deposit, are
 * asked about: the settings say what they are.
 */
const STANDARD_MEANS: Readonly<Record<string, TenderMeans>> = {
  '12001': 'cash',
  '12002': 'card',
  '12003': 'card',
  '12005': 'gift-card',
  '12006': 'credit',
};

function paidLine(
  kind: 'paid-in' | 'paid-out',
  node: XmlNode,
  reader: AmountReader,
): DayReportLine {
  const [type, amount] =
    kind === 'paid-in' ? ['payInType', 'payInAmnt'] : ['payOutType', 'payOutAmnt'];
  const code = ownText(textOf(node, type));
  return { kind, code, label: code, gross: nok(reader.amount(node, amount) ?? 0n) };
}

function infoLine(
  node: XmlNode | null,
  amount: string,
  reader: AmountReader,
): readonly DayReportLine[] {
  if (node === null) return [];
  const gross = nok(reader.amount(node, amount) ?? 0n);
  return [{ kind: 'info', code: amount, label: amount, gross }];
}

function nok(minor: bigint): Money {
  return money(minor, 'NOK');
}
