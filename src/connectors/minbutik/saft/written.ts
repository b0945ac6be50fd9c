import { formatMoney, money } from '../../../domain/money.ts';
import { writeElements, type Written } from '../xml/escape.ts';
import type { XmlNode } from '../xml/records.ts';

/** The namespace of the Norwegian SAF-T Cash Register, version 1.00. */
export const SAFT_CASH_NAMESPACE = 'urn:StandardAuditFile-Taxation-CashRegister:NO';

/** What an extract is made of. */
export type SaftParts = {
  readonly company: string;
  readonly location: string;
  readonly register: string;
  readonly payments: readonly Written[];
  readonly report: string;
  /** The transactions of the day as one; null when there was none. */
  readonly transactions: { readonly time: string; readonly rounded: bigint } | null;
};

/** One report with what it needs, as a file of its own. */
export function writeAuditFile(parts: SaftParts): Uint8Array {
  const { transactions } = parts;
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<auditfile xmlns="${SAFT_CASH_NAMESPACE}">`,
    writeElements([['header', [['curCode', 'NOK']]]]),
    '<company>',
    writeElements([['companyIdent', parts.company]]),
    writeElements([['basics', parts.payments]]),
    '<location>',
    writeElements([['name', parts.location]]),
    '<cashregister>',
    writeElements([['registerID', parts.register]]),
    parts.report,
    transactions === null ? '' : writeTransactions(transactions),
    '</cashregister></location></company></auditfile>',
    '',
  ];
  return Buffer.from(text.join('\n'), 'utf8');
}

/** The report of an event, without what is told of each employee. */
export function writeReport(report: XmlNode): string {
  const told = report.children.filter(({ name }) => !name.startsWith('reportEmp'));
  const event: readonly Written[] = [
    ['eventType', 'ZREP'],
    ['eventReport', told.map((child) => asWritten(child))],
  ];
  return writeElements([['event', event]]);
}

function asWritten({ name, text, children }: XmlNode): Written {
  return [name, children.length === 0 ? text.trim() : children.map((child) => asWritten(child))];
}

function writeTransactions({
  time,
  rounded,
}: {
  readonly time: string;
  readonly rounded: bigint;
}): string {
  const [date = '', clock = ''] = time.split('T');
  const rounding: Written = ['rounding', [['roundingAmnt', formatMoney(money(rounded, 'NOK'))]]];
  return writeElements([
    ['cashtransaction', [['transDate', date], ['transTime', clock], rounding]],
  ]);
}
