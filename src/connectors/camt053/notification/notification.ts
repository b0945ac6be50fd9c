import type { LocalDate } from '../../../domain/date.ts';
import type { Payout, PayoutEntry } from '../../../domain/document/payout.ts';
import { refKey, type SourceRef } from '../../../domain/document/source-ref.ts';
import { add, money, parseCurrency, type Currency, type Money } from '../../../domain/money.ts';
import type { Notice } from '../../../domain/refusal.ts';
import { boundProblems, problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { ENTRIES_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX } from '../limits.ts';
import type { CamtSettings } from '../settings.ts';
import { accountIn, foreignAccount } from '../statement/account.ts';
import { paymentsIn } from '../statement/entry.ts';
import { Sheet } from '../statement/sheet.ts';
import type { StatementReading } from '../statement/statement.ts';
import { nodeAt, nodesAt, textAt, writeNode, type XmlNode } from '../xml/node.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08';
/** What the standard has for a reference that there is not. */
const NONE = /^(NOTPROVIDED|NONREF)$/i;
/** An order's number in what the payer has written: the only thing in it with so many digits. */
const NUMBER = /(?:^|[^\p{L}\d])((?:[A-Z]{1,4}-?)?\d{3,12})(?=$|[^\p{L}\d])/gu;

type CountCode = 'entries-pending' | 'debits-left-out';
type Counted = { readonly count: number; readonly total: Money };

/**
 * Takes a notification of payments in part by part (camt.054): each booked entry of money that has
 * come is a payout of the bank, with the payments that it is made of. Money that goes out is the
 * statement's to book, and is counted.
 */
export class NotificationReader {
  readonly #settings: CamtSettings;
  readonly #place: Place;
  #id: XmlNode | null = null;
  #account: XmlNode | null = null;
  readonly #entries: XmlNode[] = [];

  constructor(settings: CamtSettings, place: Place) {
    this.#settings = settings;
    this.#place = place;
  }

  /** @returns why the file cannot be read on; null mostly */
  take(node: XmlNode): Problem | null {
    if (node.name === 'Id') this.#id = node;
    if (node.name === 'Acct') this.#account = node;
    if (node.name === 'Ntry') this.#entries.push(node);
    if (this.#entries.length <= ENTRIES_MAX) return null;
    const facts = { what: 'entries', limit: String(ENTRIES_MAX) };
    return problemAt('over-limit', this.#place, facts);
  }

  /** A payout for each entry of money that has come, or why it cannot be read. */
  end(): readonly StatementReading[] {
    const account = accountIn(this.#account);
    const wrong =
      account === ''
        ? problemAt('field-empty', this.#place, { field: 'Acct/Id' })
        : foreignAccount(account, this.#settings, this.#place);
    if (wrong !== null) return [unreadable(refOf(account, this.#number(0)), [wrong])];
    const [pending, debits] = [new Counts(), new Counts()];
    const documents = this.#entries.flatMap((entry, at): readonly StatementReading[] => {
      const ref = refOf(account, referenceOf(entry) || this.#number(at));
      const currency = parseCurrency(nodeAt(entry, 'Amt')?.attributes.get('Ccy') ?? '');
      if (currency === null) return [unreadable(ref, [this.#currencyProblem(entry)])];
      const sheet = new Sheet(currency);
      const amount = sheet.signed(entry, nodeAt(entry, 'Amt'));
      const date = sheet.day(entry, 'BookgDt');
      const status = textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts');
      if (amount !== null && status !== 'BOOK') {
        pending.add(amount);
        return [];
      }
      if (amount === null || date === null) return [unreadable(ref, sheet.problems)];
      if (isDebit(entry, amount)) {
        debits.add(amount);
        return [];
      }
      const document = payoutIn({ entry, ref, amount, date, sheet });
      const extract = this.#extract(entry);
      return [{ kind: 'document', document, doubts: [], extract, mediaType: 'application/xml' }];
    });
    return [
      ...documents,
      ...pending.notices('entries-pending', account),
      ...debits.notices('debits-left-out', account),
    ];
  }

  /** What an entry without a reference of the bank is known by. */
  #number(at: number): string {
    const id = this.#id?.text.trim() ?? '';
    return `${id.slice(0, NAME_CHARS_MAX)} ${at + 1}`.trim();
  }

  #currencyProblem(entry: XmlNode): Problem {
    const found = nodeAt(entry, 'Amt')?.attributes.get('Ccy') ?? '';
    return problemAt('unknown-value', entry.place, { field: 'Ccy', found, expected: 'SEK, NOK' });
  }

  #extract(entry: XmlNode): Uint8Array {
    const head = [this.#id, this.#account].map((node) => (node === null ? '' : writeNode(node)));
    return Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        `<Document xmlns="${NAMESPACE}"><BkToCstmrDbtCdtNtfctn><Ntfctn>${head.join('')}` +
        `\n${writeNode(entry)}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n`,
    );
  }
}

/** Money out, but for what takes an earlier payment back. */
function isDebit(entry: XmlNode, { minor }: Money): boolean {
  return minor < 0n && textAt(entry, 'RvslInd') !== 'true';
}

function payoutIn(of: {
  readonly entry: XmlNode;
  readonly ref: SourceRef;
  readonly amount: Money;
  readonly date: LocalDate;
  readonly sheet: Sheet;
}): Payout {
  const { entry, ref, amount, date, sheet } = of;
  const { currency } = amount;
  const nothing = money(0n, currency);
  const payments = paymentsIn(entry, amount, sheet);
  const reference = referenceOf(entry) || null;
  return {
    kind: 'payout',
    ref,
    provider: isSwish(entry) ? 'swish' : 'bank',
    batch: ref.id.replace(/^notification:/, ''),
    ...{ date, currency, opening: nothing, closing: nothing },
    entries: payments.map(({ node, amount: gross }) => paymentOf(node, { gross, date })),
    transfers: [{ reference, amount }],
  };
}

/** One payment: who has made it is not read, for that is a person as often as not. */
function paymentOf(
  node: XmlNode,
  { gross, date }: { readonly gross: Money; readonly date: LocalDate },
): PayoutEntry {
  const said = [
    ...['AcctSvcrRef', 'EndToEndId', 'TxId', 'InstrId'].map((name) => textAt(node, 'Refs', name)),
    ...nodesAt(node, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref').map(({ text }) => text.trim()),
  ].filter((text) => text !== '' && !NONE.test(text));
  const references = [...new Set(said.map(short))];
  return {
    id: references[0] ?? null,
    kind: gross.minor < 0n ? 'refund' : 'sale',
    ...{ date, gross, fee: money(0n, gross.currency), feeVat: null },
    order: orderIn(node),
    references,
    original: null,
  };
}

/** The number that the payer names: of the invoice, in the reference, or the only one written. */
function orderIn(node: XmlNode): string | null {
  const named = [
    ...nodesAt(node, 'RmtInf', 'Strd', 'RfrdDocInf', 'Nb'),
    ...nodesAt(node, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref'),
  ].find(({ text }) => text.trim() !== '');
  if (named !== undefined) return short(named.text);
  const written = nodesAt(node, 'RmtInf', 'Ustrd').map(({ text }) => text);
  const [only, ...others] = [...written.join(' ').slice(0, TEXT_CHARS_MAX).matchAll(NUMBER)];
  return only === undefined || others.length > 0 ? null : short(only[1] ?? '');
}

/** Banks name Swish in their own codes or words: no code of the standard is for it. */
function isSwish(entry: XmlNode): boolean {
  const words = [
    textAt(entry, 'AddtlNtryInf'),
    textAt(entry, 'BkTxCd', 'Prtry', 'Cd'),
    ...nodesAt(entry, 'NtryDtls', 'TxDtls', 'BkTxCd', 'Prtry', 'Cd').map(({ text }) => text),
  ];
  return words.some((text) => /swish/i.test(text));
}

function referenceOf(entry: XmlNode): string {
  return short(textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef'));
}

/** How many entries there are, and of how much, in each currency. */
class Counts {
  readonly #counts = new Map<Currency, Counted>();

  add(amount: Money): void {
    const before = this.#counts.get(amount.currency);
    const total = before === undefined ? amount : add(before.total, amount);
    this.#counts.set(amount.currency, { count: (before?.count ?? 0) + 1, total });
  }

  notices(code: CountCode, account: string): readonly StatementReading[] {
    return [...this.#counts.values()].map((counts) => {
      const notice: Notice = { code, account, ...counts };
      return { kind: 'notice', notice };
    });
  }
}

function refOf(account: string, reference: string): SourceRef {
  return { system: 'camt053', account, id: `notification:${reference}` };
}

function unreadable(ref: SourceRef, problems: readonly Problem[]): StatementReading {
  const id = refKey({ ...ref, account: ref.account || 'unknown' }).slice(0, TEXT_CHARS_MAX);
  return { kind: 'unreadable', id, problems: boundProblems(problems) };
}

/** A copy, so that it does not hold its file in memory. */
function short(text: string): string {
  return Buffer.from(text.trim().slice(0, NAME_CHARS_MAX)).toString();
}
