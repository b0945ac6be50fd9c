import type { StatementEntry } from '../../document/account-statement.ts';
import { money, negate, subtract, sum, type Money } from '../../money.ts';
import type { OpenInvoice, PurchaseLedger } from '../../purchase-ledger.ts';
import type { Decision, Refusal } from '../../refusal.ts';

/** A part of an entry that settles one invoice. */
export type Settled = { readonly invoice: OpenInvoice; readonly amount: Money };

/** What an entry pays, or why that cannot be said. */
export type EntryPayment =
  | {
      readonly kind: 'pays';
      readonly settled: readonly Settled[];
      /** What the entry comes to beyond its invoices, by decision; zero mostly. */
      readonly difference: Money;
    }
  | { readonly kind: 'unclear'; readonly refusal: Refusal };

/**
 * The open invoices of a ledger, as entries of one statement settle them one after the other.
 *
 * An invoice is taken when the entry names it: by its OCR number or KID, or by the supplier's
 * number. What only fits by its amount is told as a candidate and never taken.
 */
export class OpenInvoices {
  readonly #open: readonly OpenInvoice[];
  readonly #decisions: readonly Decision[];
  /** What earlier entries of the same statement have left of each invoice. */
  readonly #left = new Map<string, Money>();

  constructor({ invoices }: PurchaseLedger, decisions: readonly Decision[]) {
    this.#open = invoices;
    this.#decisions = decisions;
  }

  /** What an entry pays. What it pays is not open for the entries after it. */
  pay(entry: StatementEntry): EntryPayment {
    const paid = negate(entry.amount);
    const named = this.#named(entry, paid);
    if (!('invoices' in named)) {
      const { names, candidates } = named;
      const about = { entry: entry.id, amount: entry.amount, names, candidates };
      return { kind: 'unclear', refusal: { code: 'invoice-not-open', ...about } };
    }
    const { invoices } = named;
    const open = this.#balanceOf(invoices, entry.amount);
    const difference = subtract(paid, open);
    const whole = invoices.map((invoice) => ({ invoice, amount: this.#leftOf(invoice) }));
    if (difference.minor === 0n || this.#decisions.some((d) => d.kind === 'book-difference')) {
      return this.#take(whole, difference);
    }
    const [only, ...others] = invoices;
    if (only !== undefined && others.length === 0 && this.#mayPayInPart(paid, open)) {
      return this.#take([{ invoice: only, amount: paid }], money(0n, paid.currency));
    }
    const numbers = invoices.map(({ number }) => number);
    const about = { entry: entry.id, invoices: numbers, paid, open, difference };
    return { kind: 'unclear', refusal: { code: 'payment-differs', ...about } };
  }

  #take(settled: readonly Settled[], difference: Money): EntryPayment {
    for (const { invoice, amount } of settled) {
      this.#left.set(invoice.id, subtract(this.#leftOf(invoice), amount));
    }
    return { kind: 'pays', settled, difference };
  }

  /** A part is less than the whole and on its side: nobody can pay more than is owed. */
  #mayPayInPart(paid: Money, open: Money): boolean {
    const isAccepted = this.#decisions.some(
      (d) => d.kind === 'accept' && d.code === 'payment-differs',
    );
    const isPart = open.minor > 0n ? paid.minor > 0n && paid.minor < open.minor : false;
    const isPartBack = open.minor < 0n ? paid.minor < 0n && paid.minor > open.minor : false;
    return isAccepted && (isPart || isPartBack);
  }

  #leftOf({ id, balance }: OpenInvoice): Money {
    return this.#left.get(id) ?? balance;
  }

  #balanceOf(invoices: readonly OpenInvoice[], { currency }: Money): Money {
    return sum(
      invoices.map((invoice) => this.#leftOf(invoice)),
      currency,
    );
  }

  #named(
    entry: StatementEntry,
    paid: Money,
  ):
    | { readonly invoices: readonly OpenInvoice[] }
    | { readonly names: readonly string[]; readonly candidates: readonly string[] } {
    // What the source says outright counts before a reference, which may be of the whole payment.
    const names = entry.invoices.length > 0 ? entry.invoices : [entry.reference ?? ''];
    const wanted = [...new Set(names.map(plain))].filter((name) => name !== '');
    const answers = wanted.map((name) => this.#answering(name, paid, wanted.length));
    const invoices = new Set(answers.flatMap((one) => (one.length === 1 ? one : [])));
    const isClear = wanted.length > 0 && answers.every((one) => one.length === 1);
    if (isClear) return { invoices: [...invoices] };
    const several = answers.filter((one) => one.length > 1).flat();
    const candidates = several.length > 0 ? several : this.#likely(entry, paid);
    return { names: wanted, candidates: candidates.map(describe) };
  }

  /**
   * Two suppliers may use the same number: the amount then tells, when the entry names no other.
   */
  #answering(name: string, paid: Money, count: number): readonly OpenInvoice[] {
    const found = this.#open.filter(
      (invoice) =>
        this.#leftOf(invoice).minor !== 0n &&
        [invoice.number, ...invoice.references].some((one) => plain(one) === name),
    );
    if (found.length < 2 || count > 1) return found;
    const exact = found.filter((invoice) => this.#leftOf(invoice).minor === paid.minor);
    return exact.length === 1 ? exact : found;
  }

  /** Invoices of just this amount; those of the counterparty when it is known. */
  #likely({ counterparty }: StatementEntry, paid: Money): readonly OpenInvoice[] {
    const exact = this.#open.filter((invoice) => this.#leftOf(invoice).minor === paid.minor);
    const name = plain(counterparty ?? '');
    const theirs = exact.filter(({ supplier }) => name !== '' && plain(supplier) === name);
    return (theirs.length > 0 ? theirs : exact).slice(0, CANDIDATES_MAX);
  }
}

/** Shown to a person: more than a few help nobody. */
const CANDIDATES_MAX = 5;

function describe({ number, supplier }: OpenInvoice): string {
  return `${number} ${supplier}`.trim();
}

/**
 * Letters and digits: banks group references by blanks, and letter case is not part of a number.
 */
function plain(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase();
}
