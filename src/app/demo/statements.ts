import { decimal, kronor } from './amounts.ts';
import { payableOf, type ChainInvoice } from './chain.ts';
import { DEMO_STORE, takenBy, type TillReport } from './till.ts';

/** The store's running account with the chain, and its account at a bank. */
export const CHAIN_ACCOUNT = `KEDJEKONTO-${DEMO_STORE}`;
export const BANK_ACCOUNT = 'SE4550000000058398257466';

/** Something that happened on an account. Amounts in öre, positive into the account. */
type Movement = {
  readonly date: string;
  readonly type: 'KORT' | 'BONUS' | 'FAKT' | 'ÖVERF' | 'AVGIFT' | 'RÄNTA' | 'SWISH';
  readonly text: string;
  readonly amount: bigint;
  /** Numbers of the invoices that are paid. */
  readonly invoices?: readonly string[];
};

/** What a month has led to on the two accounts, in the order of the days. */
export type Movements = { readonly chain: readonly Movement[]; readonly bank: readonly Movement[] };

const [MONDAY, WEDNESDAY, FRIDAY] = [1, 3, 5];
const CHAIN_FEE = -14_900n;
const BANK_FEE = -7_500n;
const INTEREST = 231n;

/**
 * What is settled after the tills have reported: cards on Mondays, Wednesdays and Fridays, bonus
 * and the chain's gift cards on Wednesdays, Swish on Mondays, the chain's invoices when they are
 * due, and on Fridays most of what the chain owes goes to the bank.
 *
 * @param days - in a row, as the reports are
 */
export function movementsOf(
  days: readonly string[],
  of: { readonly reports: readonly TillReport[]; readonly invoices: readonly ChainInvoice[] },
): Movements {
  const chain: Movement[] = [];
  const bank: Movement[] = [];
  const takings = new Takings(of.reports);
  const last = days.findLast((date) => weekdayOf(date) >= MONDAY && weekdayOf(date) <= FRIDAY);
  for (const date of days) {
    const weekday = weekdayOf(date);
    if (weekday === MONDAY || weekday === WEDNESDAY || weekday === FRIDAY) {
      const amount = takings.settle(['KORT'], date);
      chain.push({ date, type: 'KORT', text: 'Kortinlösen', amount });
    }
    if (weekday === WEDNESDAY) {
      const amount = takings.settle(['BONUS', 'ICAPK'], date);
      chain.push({ date, type: 'BONUS', text: 'Bonus och presentkort', amount });
    }
    const due = of.invoices.filter((invoice) => bankingDay(invoice.dueDate) === date);
    if (due.length > 0) chain.push(paymentOf(date, due));
    if (weekday === FRIDAY) {
      const amount = mostOf(balanceOf(chain));
      const text = `Överföring ${CHAIN_ACCOUNT}`;
      chain.push({ date, type: 'ÖVERF', text, amount: -amount });
      bank.push({ date, type: 'ÖVERF', text, amount });
    }
    if (weekday === MONDAY) {
      bank.push({ date, type: 'SWISH', text: 'Swish', amount: takings.settle(['SWISH'], date) });
    }
    if (date === last) {
      chain.push({ date, type: 'AVGIFT', text: 'Kontoavgift', amount: CHAIN_FEE });
      chain.push({ date, type: 'RÄNTA', text: 'Kreditränta', amount: INTEREST });
      bank.push({ date, type: 'AVGIFT', text: 'Månadsavgift', amount: BANK_FEE });
    }
  }
  return { chain, bank };
}

/** What tills took by each means, until it is settled. */
class Takings {
  readonly #reports: readonly TillReport[];
  readonly #settledUntil = new Map<string, string>();

  constructor(reports: readonly TillReport[]) {
    this.#reports = reports;
  }

  /** What was taken by some means since it was last settled, and before a day. */
  settle(codes: readonly string[], before: string): bigint {
    const key = codes.join();
    const from = this.#settledUntil.get(key) ?? '';
    this.#settledUntil.set(key, before);
    return this.#reports
      .filter(({ date }) => from <= date && date < before)
      .flatMap((report) => codes.map((code) => takenBy(report, code)))
      .reduce((total, amount) => total + amount, 0n);
  }
}

function paymentOf(date: string, due: readonly ChainInvoice[]): Movement {
  const amount = due.reduce((total, invoice) => {
    return invoice.credits === null ? total - payableOf(invoice) : total + payableOf(invoice);
  }, 0n);
  const invoices = due.map(({ number }) => number);
  return { date, type: 'FAKT', text: 'Fakturor', amount, invoices };
}

function balanceOf(movements: readonly Movement[]): bigint {
  return movements.reduce((total, { amount }) => total + amount, 0n);
}

/** Four fifths, in whole thousands of kronor; nothing of a debt. */
function mostOf(balance: bigint): bigint {
  const thousands = (balance * 4n) / 5n / 100_000n;
  return thousands > 0n ? thousands * 100_000n : 0n;
}

function weekdayOf(date: string): number {
  return new Date(`${date}T12:00:00Z`).getUTCDay();
}

/** The day itself, or the Monday after a weekend. */
function bankingDay(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return (day.dayOfWeek > FRIDAY ? day.add({ days: 8 - day.dayOfWeek }) : day).toString();
}

/** The chain's statement as a profile reads it: oldest first, each with the balance after it. */
export function chainStatementCsv(movements: readonly Movement[]): string {
  let balance = 0n;
  const lines = movements.map(({ date, type, text, amount, invoices = [] }, i) => {
    balance += amount;
    const said = [CHAIN_ACCOUNT, date, String(9_001 + i), type, text, '', invoices.join(' ')];
    return [...said, kronor(amount), kronor(balance)].join(';');
  });
  const head = 'Konto;Datum;Löpnr;Typ;Text;OCR;Fakturanr;Belopp;Saldo';
  return `${['Kontoutdrag kedjekonto', '', head, ...lines].join('\n')}\n`;
}

/** How the chain's statement is read. */
export const CHAIN_STATEMENT_PROFILE = {
  profile: 'demo.kedjekonto',
  version: 1,
  document: 'account-statement',
  input: {
    ...{ format: 'csv', encoding: 'utf-8', delimiter: ';', decimal: ',', date: 'yyyy-MM-dd' },
    skip_until_header: '^Konto;Datum;',
  },
  columns: {
    account: { header: ['Konto'] },
    date: { header: ['Datum'] },
    entry_id: { header: ['Löpnr'] },
    text: { header: ['Text'] },
    reference: { header: ['OCR'] },
    invoice_no: { header: ['Fakturanr'] },
    amount: { header: ['Belopp'] },
    balance: { header: ['Saldo'] },
  },
  entries: [
    { column: 'Typ', matches: '^KORT$', kind: 'card-settlement', code: 'KORT' },
    { column: 'Typ', matches: '^BONUS$', kind: 'bonus', code: 'BONUS' },
    { column: 'Typ', matches: '^FAKT$', kind: 'invoice', code: 'FAKT' },
    { column: 'Typ', matches: '^ÖVERF$', kind: 'transfer', code: 'ÖVERF' },
    { column: 'Typ', matches: '^AVGIFT$', kind: 'fee', code: 'AVGIFT' },
    { column: 'Typ', matches: '^RÄNTA$', kind: 'interest', code: 'RÄNTA' },
  ],
};

/** What the bank's entries are, where its own codes do not say. */
export const BANK_ENTRIES = [
  { contains: CHAIN_ACCOUNT, kind: 'transfer' },
  { contains: 'Swish', kind: 'other', as: 'SWISH' },
];

/** The bank's codes (ISO 20022) of what happens on the account. */
const BANK_CODES: Partial<Record<Movement['type'], readonly [family: string, sub: string]>> = {
  AVGIFT: ['ICDT', 'CHRG'],
  SWISH: ['RCDT', 'ATXN'],
  ÖVERF: ['RCDT', 'DMCT'],
};

/** The bank's statement of the month, as camt.053. */
export function bankStatementXml(movements: readonly Movement[], days: readonly string[]): string {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const iban = `<Acct><Id><IBAN>${BANK_ACCOUNT}</IBAN></Id><Ccy>SEK</Ccy></Acct>`;
  const created = `<CreDtTm>${last}T23:59:59</CreDtTm>`;
  const inside = [
    `<Id>${last}</Id>${created}${iban}`,
    balanceXml('OPBD', 0n, first),
    balanceXml('CLBD', balanceOf(movements), last),
    ...movements.map(entryXml),
  ];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n' +
    `<GrpHdr><MsgId>${last}</MsgId>${created}</GrpHdr>\n` +
    `<Stmt>\n${inside.join('\n')}\n</Stmt>\n</BkToCstmrStmt></Document>\n`
  );
}

function balanceXml(code: string, balance: bigint, date: string): string {
  const type = `<Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>`;
  return `<Bal>${type}${amountXml(balance)}<Dt><Dt>${date}</Dt></Dt></Bal>`;
}

function entryXml({ date, type, text, amount }: Movement, index: number): string {
  const [family, sub] = BANK_CODES[type] ?? ['OTHR', 'OTHR'];
  const of = `<Cd>${family}</Cd><SubFmlyCd>${sub}</SubFmlyCd>`;
  const codes = `<Domn><Cd>PMNT</Cd><Fmly>${of}</Fmly></Domn>`;
  const remittance = `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`;
  return (
    `<Ntry>${amountXml(amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt>` +
    `<AcctSvcrRef>B-${index + 1}</AcctSvcrRef><BkTxCd>${codes}</BkTxCd>` +
    `<NtryDtls><TxDtls>${remittance}</TxDtls></NtryDtls></Ntry>`
  );
}

function amountXml(amount: bigint): string {
  const [size, side] = amount < 0n ? [-amount, 'DBIT'] : [amount, 'CRDT'];
  return `<Amt Ccy="SEK">${decimal(size)}</Amt><CdtDbtInd>${side}</CdtDbtInd>`;
}
