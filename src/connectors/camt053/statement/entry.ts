import type { StatementEntry } from '../../../domain/document/account-statement.ts';
import { sum, type Money } from '../../../domain/money.ts';
import { INVOICES_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import { nodeAt, nodesAt, textAt, type XmlNode } from '../xml/node.ts';
import { Sheet } from './sheet.ts';

/** A movement before it is known what it is, and its place in its day. */
export type Movement = Omit<StatementEntry, 'id' | 'kind'> & {
  /** The bank's own reference; empty when there is none. */
  readonly bankReference: string;
  /** It takes an earlier movement back. */
  readonly isReversal: boolean;
};

/**
 * The movements of a booked entry: those of its transactions when they come to the entry's amount,
 * else the entry as one.
 *
 * @returns null when it cannot be read; the sheet knows why
 */
export function readEntry(entry: XmlNode, sheet: Sheet): readonly Movement[] | null {
  const amount = sheet.signed(entry, nodeAt(entry, 'Amt'));
  if (amount === null) return null;
  const transactions = nodesAt(entry, 'NtryDtls', 'TxDtls');
  const amounts = transactions.flatMap((one) => transactionAmount(one, entry, sheet) ?? []);
  const isWhole = amounts.length === transactions.length && amounts.length > 1;
  if (isWhole && sum(amounts, sheet.currency).minor === amount.minor) {
    return transactions.map((one, at) => movement(entry, [one], amounts[at] ?? amount));
  }
  return [movement(entry, transactions, amount)];
}

/**
 * The transactions of an entry with the amount of each; the entry itself when they do not come to
 * its amount, or when it has none.
 */
export function paymentsIn(
  entry: XmlNode,
  amount: Money,
  sheet: Sheet,
): readonly { readonly node: XmlNode; readonly amount: Money }[] {
  const transactions = nodesAt(entry, 'NtryDtls', 'TxDtls');
  const amounts = transactions.map((node) => {
    return { node, amount: transactionAmount(node, entry, sheet) ?? amount };
  });
  const total = sum(
    amounts.map((one) => one.amount),
    sheet.currency,
  );
  const isWhole = amounts.length > 0 && total.minor === amount.minor;
  return isWhole ? amounts : [{ node: entry, amount }];
}

/** @returns null when a transaction states no amount of its own in the account's currency */
function transactionAmount(one: XmlNode, entry: XmlNode, { currency }: Sheet): Money | null {
  const stated = nodeAt(one, 'Amt') ?? nodeAt(one, 'AmtDtls', 'TxAmt', 'Amt');
  if (stated === null || stated.attributes.get('Ccy') !== currency) return null;
  const direction = nodeAt(one, 'CdtDbtInd') === null ? entry : one;
  // A sheet of its own: an entry that cannot be split is booked as one.
  return new Sheet(currency).signed(one, stated, direction);
}

function movement(entry: XmlNode, details: readonly XmlNode[], amount: Money): Movement {
  const [only, ...others] = details;
  const alone = only !== undefined && others.length === 0 ? only : null;
  const { reference, invoices } = paidBy(details);
  return {
    amount,
    code: codeOf(entry, alone),
    text: textOf(entry, alone),
    reference,
    invoices,
    counterparty: alone === null ? null : counterpartyOf(alone, amount),
    bankReference: bankReferenceOf(entry, alone),
    isReversal: textAt(entry, 'RvslInd') === 'true',
  };
}

/** The reference of the payment, or the invoices that it names, several references among them. */
function paidBy(details: readonly XmlNode[]): Pick<StatementEntry, 'reference' | 'invoices'> {
  const said = details.flatMap((one) => nodesAt(one, 'RmtInf', 'Strd'));
  const references = textsAt(said, 'CdtrRefInf', 'Ref');
  const numbers = textsAt(said, 'RfrdDocInf', 'Nb');
  const [reference = null, ...others] = references;
  if (others.length === 0) return { reference, invoices: numbers };
  return { reference: null, invoices: numbers.length > 0 ? numbers : references };
}

function textsAt(nodes: readonly XmlNode[], ...path: readonly string[]): readonly string[] {
  const texts = nodes.flatMap((node) => nodesAt(node, ...path)).map(({ text }) => short(text));
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, INVOICES_MAX);
}

/** `PMNT/RCDT/VCOM`, or the bank's own code where it uses no other. */
function codeOf(entry: XmlNode, alone: XmlNode | null): string {
  const found = [alone, entry].flatMap((node) => (node === null ? [] : nodesAt(node, 'BkTxCd')));
  for (const code of found) {
    const domain = [
      textAt(code, 'Domn', 'Cd'),
      textAt(code, 'Domn', 'Fmly', 'Cd'),
      textAt(code, 'Domn', 'Fmly', 'SubFmlyCd'),
    ].filter((part) => part !== '');
    if (domain.length > 0) return short(domain.join('/'));
  }
  const own = found.map((code) => textAt(code, 'Prtry', 'Cd')).find((text) => text !== '');
  return short(own ?? '');
}

function textOf(entry: XmlNode, alone: XmlNode | null): string {
  const unstructured = alone === null ? [] : nodesAt(alone, 'RmtInf', 'Ustrd');
  const said = [
    unstructured.map(({ text }) => text.trim()).join(' '),
    alone === null ? '' : textAt(alone, 'AddtlTxInf'),
    textAt(entry, 'AddtlNtryInf'),
  ].find((text) => text !== '');
  return Buffer.from((said ?? '').slice(0, TEXT_CHARS_MAX)).toString();
}

/** Who got the money, or who sent it. Versions from 08 on have the party one level deeper. */
function counterpartyOf(details: XmlNode, amount: Money): string | null {
  const side = amount.minor < 0n ? 'Cdtr' : 'Dbtr';
  const names = [
    textAt(details, 'RltdPties', side, 'Nm'),
    textAt(details, 'RltdPties', side, 'Pty', 'Nm'),
  ];
  const name = names.find((one) => one !== '');
  return name === undefined ? null : short(name);
}

function bankReferenceOf(entry: XmlNode, alone: XmlNode | null): string {
  const references = [
    alone === null ? '' : textAt(alone, 'Refs', 'AcctSvcrRef'),
    textAt(entry, 'AcctSvcrRef'),
    textAt(entry, 'NtryRef'),
  ];
  return short(references.find((one) => one !== '') ?? '');
}

/** A copy, so that it does not hold its file in memory. */
function short(text: string): string {
  return Buffer.from(text.trim().slice(0, NAME_CHARS_MAX)).toString();
}
