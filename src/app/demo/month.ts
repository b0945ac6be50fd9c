import { present } from '../../lib/assert.ts';
import { chainInvoices, invoicesCsv, invoiceXml } from './chain.ts';
import { customersCsv, owedByReceipts, receiptsCsv, signedReceipts } from './credit.ts';
import { bankStatementXml, chainStatementCsv, movementsOf } from './statements.ts';
import {
  DEMO_STORE,
  reportsCsv,
  tillReports,
  withCardMistyped,
  withForgottenSale,
  type TillReport,
} from './till.ts';

/** A file as a store would drop it, into the folder of one of its systems. */
export type DemoFile = {
  readonly to: 'till' | 'chain' | 'bank';
  readonly name: string;
  readonly text: string;
};

/** A month as its systems hand it over. */
export type DemoMonth = {
  readonly files: readonly DemoFile[];
  /** It comes when the month is in the books already. */
  readonly revised: DemoFile;
  /** What the till says that each customer owes, by number, in öre. */
  readonly owed: ReadonlyMap<string, bigint>;
};

/** The month that is played: the latest whole one before the demo was written. */
const MONTH = '2026-10';
const DAYS = 31;

/** Days on which something is out of the ordinary. */
const DUPLICATED_DAY = 6;
const REVISED_DAY = 8;
const UNBALANCED_DAY = 23;

/** Days that hold one of each kind of trouble but the report that waits for a person. */
export const SHORT_MONTH_DAYS = REVISED_DAY;

/**
 * A month of one ICA store, or its first days: what its tills report, what its customers bought on
 * account, what the chain has invoiced it, and what the chain and the bank say of its accounts.
 *
 * One file comes twice under different names, one report does not balance, and one report comes
 * again with other figures after it was booked. The same month each time.
 */
export function demoMonth(dayCount: number = DAYS): DemoMonth {
  const days = Array.from(
    { length: dayCount },
    (_, i) => `${MONTH}-${String(i + 1).padStart(2, '0')}`,
  );
  const reports = tillReports(days);
  const customers = `kreditkunder-${DEMO_STORE}.csv`;
  const files: DemoFile[] = [{ to: 'till', name: customers, text: customersCsv() }];
  let revised: DemoFile | null = null;
  for (const [i, date] of days.entries()) {
    const [first, ...others] = reports[i] ?? [];
    if (first === undefined) continue;
    const name = `dagsrapport-${DEMO_STORE}-${date}.csv`;
    const said = i + 1 === UNBALANCED_DAY ? withCardMistyped(first) : first;
    const text = reportsCsv([said, ...others]);
    files.push({ to: 'till', name, text });
    if (i + 1 === DUPLICATED_DAY) files.push({ to: 'till', name: `kopia-av-${name}`, text });
    if (i + 1 === REVISED_DAY) {
      const right = reportsCsv([withForgottenSale(first), ...others]);
      revised = { to: 'till', name: `rattad-${name}`, text: right };
    }
  }
  const receipts = signedReceipts(reports.flat());
  const signed = `kreditkop-${DEMO_STORE}-${MONTH}.csv`;
  files.push({ to: 'till', name: signed, text: receiptsCsv(receipts) });
  const invoices = chainInvoices(days);
  const overheads = invoices.filter(({ cost }) => cost === 'OMKOSTNADSFAKTURA');
  const text = invoicesCsv(overheads);
  files.push({ to: 'till', name: `icafaktura-${DEMO_STORE}-${MONTH}.csv`, text });
  for (const invoice of invoices.filter((one) => !overheads.includes(one))) {
    const text = invoiceXml(invoice);
    files.push({ to: 'chain', name: `faktura-${invoice.number}.xml`, text });
  }
  files.push(...statementFiles(days, { reports: reports.flatMap(asTaken), invoices }));
  const owed = owedByReceipts(receipts);
  return { files, revised: present(revised, 'the revised report'), owed };
}

/** What was taken on a day in truth, whatever its first report says. */
function asTaken([first, ...others]: readonly TillReport[], index: number): readonly TillReport[] {
  if (first === undefined) return [];
  return [index + 1 === REVISED_DAY ? withForgottenSale(first) : first, ...others];
}

/** What the chain and the bank say of the store's accounts with them. */
function statementFiles(
  days: readonly string[],
  of: Parameters<typeof movementsOf>[1],
): readonly DemoFile[] {
  const { chain, bank } = movementsOf(days, of);
  return [
    { to: 'till', name: `kedjekonto-${MONTH}.csv`, text: chainStatementCsv(chain) },
    { to: 'bank', name: `bank-${MONTH}.xml`, text: bankStatementXml(bank, days) },
  ];
}
