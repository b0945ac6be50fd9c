import type { SieDiagnostic } from './diagnostics.ts';
import { SieDiagnosticList } from './diagnostics.ts';
import { EMPTY_HEADER } from './model.ts';
import type {
  SieAccount,
  SieBalance,
  SieBook,
  SieDimension,
  SieHeader,
  SieObjectName,
  SieRecord,
  SieVoucher,
  SieYear,
} from './model.ts';
import type { SieItem, SieOutcome, SieSource } from './reader.ts';
import { SieReader, cutIntoPieces, streamSie } from './reader.ts';

/** A whole file in memory, and what was found while reading it. */
export type SieReading = {
  readonly book: SieBook;
  /** The first hundred of each code, by line. */
  readonly diagnostics: readonly SieDiagnostic[];
  readonly outcome: SieOutcome;
};

/** Reads a file that is small enough to be held. For others there is `streamSie`. */
export function readSie(bytes: Uint8Array): SieReading {
  const reader = new SieReader();
  const collector = new SieCollector();
  for (const piece of cutIntoPieces(bytes)) collector.addAll(reader.push(piece));
  collector.addAll(reader.end());
  return collector.reading();
}

/** As `readSie`, for bytes that come piece by piece. */
export async function collectSie(source: SieSource): Promise<SieReading> {
  const collector = new SieCollector();
  for await (const item of streamSie(source)) collector.addAll([item]);
  return collector.reading();
}

/** An account that is still being put together. */
type AccountDraft = {
  name: string | null;
  type: string | null;
  unit: string | null;
  readonly sru: string[];
};

/** Nothing is known until a record says it, not even what the writer would always say. */
const NOTHING: SieHeader = { ...EMPTY_HEADER, imported: null, format: null };

/** Puts the items of a stream together into a book. */
class SieCollector {
  readonly #diagnostics = new SieDiagnosticList();
  readonly #years: SieYear[] = [];
  readonly #accounts = new Map<string, AccountDraft>();
  readonly #dimensions: SieDimension[] = [];
  readonly #objects: SieObjectName[] = [];
  readonly #balances: SieBalance[] = [];
  readonly #vouchers: SieVoucher[] = [];
  #header = NOTHING;
  #outcome: SieOutcome = {
    encoding: 'ascii',
    type: null,
    counts: new Map(),
    unbalanced: 0,
    checksum: null,
  };

  addAll(items: readonly SieItem[]): void {
    for (const item of items) {
      if (item.kind === 'voucher') this.#vouchers.push(item.voucher);
      else if (item.kind === 'record') this.#addRecord(item.record);
      else if (item.kind === 'diagnostic') this.#diagnostics.add(item.diagnostic);
      else this.#outcome = item.outcome;
    }
  }

  reading(): SieReading {
    const accounts: SieAccount[] = [];
    for (const [number, account] of this.#accounts) accounts.push({ number, ...account });
    const book: SieBook = {
      type: this.#outcome.type,
      header: this.#header,
      years: this.#years,
      accounts,
      dimensions: this.#dimensions,
      objects: this.#objects,
      balances: this.#balances,
      vouchers: this.#vouchers,
    };
    return { book, diagnostics: this.#diagnostics.list(), outcome: this.#outcome };
  }

  #addRecord(record: SieRecord): void {
    switch (record.kind) {
      case 'header':
        this.#header = { ...this.#header, ...record.part };
        break;
      case 'year':
        this.#years.push(record.year);
        break;
      case 'account':
        this.#account(record.number).name = record.name;
        break;
      case 'account-type':
        this.#account(record.number).type = record.type;
        break;
      case 'account-unit':
        this.#account(record.number).unit = record.unit;
        break;
      case 'account-sru':
        this.#account(record.number).sru.push(record.code);
        break;
      case 'dimension':
        this.#dimensions.push(record.dimension);
        break;
      case 'object':
        this.#objects.push(record.object);
        break;
      case 'balance':
        this.#balances.push(record.balance);
        break;
    }
  }

  #account(number: string): AccountDraft {
    const known = this.#accounts.get(number);
    if (known !== undefined) return known;
    const account: AccountDraft = { name: null, type: null, unit: null, sru: [] };
    this.#accounts.set(number, account);
    return account;
  }
}
