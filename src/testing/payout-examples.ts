import { parseLocalDate } from '../domain/date.ts';
import type { Document } from '../domain/document/document.ts';
import type { PaymentClaim } from '../domain/document/payments.ts';
import {
  PAYOUT_PROVIDERS,
  type Payout,
  type PayoutEntry,
  type PayoutProvider,
} from '../domain/document/payout.ts';
import {
  money,
  multiply,
  parseMoney,
  subtract,
  type Currency,
  type Money,
} from '../domain/money.ts';
import type { FeeVat } from '../domain/posting/choices.ts';
import { isRecord, type Fields } from './fields.ts';

/** Fields of payouts in worked examples that are read. */
export const PAYOUT_FIELDS: readonly string[] = [
  ...['type', 'date', 'provider', 'gross', 'fees', 'net', 'payment_reference', 'transactions'],
  ...['settlement_amount', 'payout', 'balance_transactions', 'amount', 'fee_treatment', 'charge'],
  ...['fee_eur', 'payout_rate', 'payout_sek', 'rows', 'file', 'currency'],
];

/** Reads a file that an example names. @returns why it cannot, in words */
export type ReadExampleFile = (path: string) => Document | string;

/** A payout of a worked example, with what is known and chosen beside it. */
export type PayoutExample = {
  readonly document: Payout;
  readonly claims: readonly PaymentClaim[];
  readonly payoutFees: Readonly<Partial<Record<PayoutProvider, FeeVat>>>;
};

/**
 * A payout of a worked example as its provider's settlement would be read.
 *
 * @returns why it is not covered, in words
 */
export function readPayoutExample(
  input: Fields,
  readFile: ReadExampleFile,
): PayoutExample | string {
  if (input['file'] !== undefined) return fileExample(String(input['file']), readFile);
  const example = new PayoutReader(input);
  const payoutFees: PayoutExample['payoutFees'] =
    input['fee_treatment'] === 'eu_reverse_charge' ? { [example.provider]: 'eu' } : {};
  return { document: example.payout(), claims: example.claims(), payoutFees };
}

/** The books of the example are kept in the file's currency, whatever that is. */
function fileExample(path: string, readFile: ReadExampleFile): PayoutExample | string {
  const document = readFile(path);
  if (typeof document === 'string') return document;
  if (document.kind !== 'payout') return `the file is of a ${document.kind}`;
  const { currency } = document;
  return { document: inBooks(document, currency), claims: [], payoutFees: {} };
}

function inBooks(payout: Payout, from: Currency): Payout {
  const booked = (key: string, value: unknown): unknown =>
    key === 'currency' && value === from ? 'SEK' : value;
  const asText = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? { bigint: String(value) } : value;
  const asValue = (key: string, value: unknown): unknown =>
    isRecord(value) && typeof value['bigint'] === 'string'
      ? BigInt(value['bigint'])
      : booked(key, value);
  return JSON.parse(JSON.stringify(payout, asText), asValue) as Payout;
}

class PayoutReader {
  readonly provider: PayoutProvider;
  readonly #input: Fields;

  constructor(input: Fields) {
    this.#input = input;
    this.provider = PAYOUT_PROVIDERS.find((one) => one === input['provider']) ?? 'adyen';
  }

  payout(): Payout {
    const paid = this.#paid();
    const nothing = kronor('0');
    const isClosed = this.#input['rows'] === undefined;
    return {
      kind: 'payout',
      ref: { system: 'example', account: this.provider, id: '1' },
      provider: this.provider,
      batch: String(this.#input['payment_reference'] ?? this.#input['payout'] ?? ''),
      date: this.#date(),
      currency: 'SEK',
      opening: isClosed ? nothing : null,
      closing: isClosed ? nothing : null,
      entries: this.#entries(),
      transfers: paid === null ? [] : [{ reference: null, amount: paid }],
    };
  }

  claims(): readonly PaymentClaim[] {
    const { charge } = this.#input;
    if (!isRecord(charge)) return [];
    const amount = kronor(charge['booked_sek']);
    const about = { document: 'example/1/1', kind: 'sale', method: 'stripe', number: '1' } as const;
    const settled = kronor('0');
    return [{ ...about, transaction: 'charge', date: this.#date(), amount, settled }];
  }

  /** null: nothing was paid out. */
  #paid(): Money | null {
    const { net, settlement_amount: settlement, amount, payout_sek: payout } = this.#input;
    if (settlement !== undefined) return money(BigInt(Number(settlement)), 'SEK');
    const said = net ?? amount ?? payout;
    return said === undefined ? null : kronor(said);
  }

  #entries(): readonly PayoutEntry[] {
    const { transactions, balance_transactions: balance, rows, charge } = this.#input;
    if (isRecord(charge)) return [this.#exchanged(charge)];
    if (Array.isArray(transactions))
      return transactions.filter(isRecord).map((t) => this.#klarna(t));
    const list = [balance, rows].find(Array.isArray);
    if (list !== undefined) return list.filter(isRecord).map((one) => this.#row(one));
    const fees = (Array.isArray(this.#input['fees']) ? this.#input['fees'] : []).filter(isRecord);
    const taken = fees.map((fee) => this.#entry('fee', { fee: kronor(fee['amount']) }));
    return [this.#entry('sale', { gross: kronor(this.#input['gross']) }), ...taken];
  }

  /** Klarna counts in öre, and gives the VAT of a fee beside it. */
  #klarna(fields: Fields): PayoutEntry {
    const amount = money(BigInt(Number(fields['amount'])), 'SEK');
    if (fields['type'] !== 'FEE') {
      return this.#entry(fields['type'] === 'RETURN' ? 'refund' : 'sale', { gross: amount });
    }
    const feeVat = money(BigInt(Number(fields['vat_amount'] ?? 0)), 'SEK');
    return this.#entry('fee', { fee: money(-amount.minor, 'SEK'), feeVat });
  }

  #row(fields: Fields): PayoutEntry {
    const gross = kronor(fields['gross']);
    const fee = subtract(gross, kronor(fields['net']));
    return this.#entry(gross.minor < 0n ? 'refund' : 'sale', { gross, fee });
  }

  /** Paid in euro, settled in kronor at the rate of the payout. */
  #exchanged(charge: Fields): PayoutEntry {
    const euro = parseMoney(String(charge['eur']), 'EUR');
    const rate = kronor(this.#input['payout_rate']);
    const feeEuro = parseMoney(String(this.#input['fee_eur']), 'EUR');
    if (euro === null || feeEuro === null) throw new Error('the example has no amounts in euro');
    const gross = multiply(rate, euro.minor, 100n);
    const fee = subtract(gross, kronor(this.#input['payout_sek']));
    const original = { gross: euro, fee: feeEuro };
    return { ...this.#entry('sale', { gross, fee }), references: ['charge'], original };
  }

  #entry(
    kind: PayoutEntry['kind'],
    given: Partial<Pick<PayoutEntry, 'gross' | 'fee' | 'feeVat'>>,
  ): PayoutEntry {
    const nothing = kronor('0');
    const unknown = { id: null, order: null, references: [], original: null };
    const amounts = { gross: nothing, fee: nothing, feeVat: null, ...given };
    return { kind, date: this.#date(), ...unknown, ...amounts };
  }

  #date() {
    const date = parseLocalDate(String(this.#input['date']));
    if (date === null) throw new Error(`"${String(this.#input['date'])}" is not a day`);
    return date;
  }
}

function kronor(text: unknown): Money {
  const amount = parseMoney(String(text), 'SEK');
  if (amount === null) throw new Error(`"${String(text)}" is not an amount`);
  return amount;
}
