import { formatMoney, type Money } from '../../../domain/money.ts';
import type { LocalDate } from '../../../domain/date.ts';
import { escapedText, nodeAt, textAt, writeNode, type XmlNode } from '../xml/node.ts';
import type { DayBalances, Mismatch } from './balances.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';
/** Stands in the place that the standard keeps for what others add. */
const WHOLE = 'BokbroStatement';

/** One day of a statement, to be read alone. */
export type DayExtract = {
  readonly account: XmlNode;
  readonly day: LocalDate;
  readonly balances: DayBalances;
  /** Its entries as they were written. */
  readonly entries: readonly string[];
  /** What the statement that the day is of says otherwise than it comes to. */
  readonly mismatch: Mismatch | null;
};

/**
 * Writes a day as a statement of its own: its entries as they stood, the balances it began and
 * ended with, and what was wrong with the whole. It reads alone to the same document.
 */
export function writeExtract({
  account,
  day,
  balances,
  entries,
  mismatch,
}: DayExtract): Uint8Array {
  const { opening, closing } = balances;
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<Document xmlns="${NAMESPACE}"><BkToCstmrStmt><Stmt>`,
    writeNode(account),
    opening === null ? '' : balance('OPBD', day, opening),
    closing === null ? '' : balance('CLBD', day, closing),
    ...entries.map((entry) => `\n${entry}`),
    mismatch === null ? '' : whole(mismatch),
    '</Stmt></BkToCstmrStmt></Document>\n',
  ];
  return Buffer.from(parts.join(''));
}

function balance(code: string, day: LocalDate, amount: Money): string {
  const isDebit = amount.minor < 0n;
  const plain = formatMoney(amount).replace('-', '');
  return (
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>` +
    `<Amt Ccy="${amount.currency}">${plain}</Amt>` +
    `<CdtDbtInd>${isDebit ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`
  );
}

const AMOUNTS = ['opening', 'moved', 'closing', 'difference'] as const;

function whole(mismatch: Mismatch): string {
  const amounts = AMOUNTS.map((name) => `<${name}>${String(mismatch[name].minor)}</${name}>`);
  const inner = escapedText(mismatch.account);
  return (
    `<SplmtryData><Envlp><${WHOLE}><account>${inner}</account>${amounts.join('')}` +
    `</${WHOLE}></Envlp></SplmtryData>`
  );
}

/** What an extract says was wrong with the statement that its day was of; null mostly. */
export function wholeIn(supplement: XmlNode, currency: Money['currency']): Mismatch | null {
  const found = nodeAt(supplement, 'Envlp', WHOLE);
  if (found === null) return null;
  const texts = AMOUNTS.map((name) => textAt(found, name));
  if (!texts.every((text) => /^-?\d{1,18}$/.test(text))) return null;
  const [opening, moved, closing, difference] = texts.map((text) => {
    return { minor: BigInt(text), currency };
  });
  if (!opening || !moved || !closing || !difference) return null;
  const account = textAt(found, 'account');
  const numbers = { opening, moved, closing, difference };
  return { code: 'statement-does-not-balance', account, ...numbers };
}
