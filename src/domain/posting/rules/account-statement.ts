import type { AccountStatement, StatementEntry } from '../../document/account-statement.ts';
import { payoutOf, type BookedPayout } from '../../document/payout-arrival.ts';
import { add, isZero, negate, subtract, sum, type Money } from '../../money.ts';
import type { PurchaseLedger } from '../../purchase-ledger.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { answerCode, answerRole, type AccountRole, type RoleAnswer } from '../account-roles.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import {
  closeVoucher,
  joinRows,
  type PostingOutcome,
  type Voucher,
  type VoucherRow,
} from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { OpenInvoices, type EntryPayment } from './statement-payments.ts';

/** What a statement is booked by, besides itself and the company's choices. */
export type StatementGiven = {
  readonly decisions: readonly Decision[];
  /** null: the ledger keeps no suppliers; what is paid is booked on the account of what is owed. */
  readonly ledger: PurchaseLedger | null;
  /** Payouts of payment providers that stand in the ledger. Absent: none. */
  readonly payouts?: readonly BookedPayout[];
};

/**
 * Books a day of an account against what its entries are: a voucher for each invoice that is paid,
 * and one for everything else.
 *
 * No text of the source and no name goes into a voucher: they may be those of people.
 *
 * @see docs/accounting/account-statement.md, with a worked example
 */
export function postAccountStatement(
  statement: AccountStatement,
  choices: PostingChoices,
  given: StatementGiven,
): PostingOutcome {
  const poster = new StatementPoster(statement, choices, given);
  for (const entry of statement.entries) poster.post(entry);
  poster.tellUncoded();
  const checks = withoutAccepted(checkAccountStatement(statement, choices), given.decisions);
  const refusals = [...checks, ...poster.refusals];
  if (refusals.length > 0) {
    const draft = [...poster.payments.flatMap(({ rows }) => rows), ...joinRows(poster.rows)];
    return { kind: 'refused', refusals, draft, notices: [] };
  }
  return { kind: 'vouchers', vouchers: poster.vouchers(), notices: [] };
}

/**
 * The account of a ledger that statements of an account are booked on; null when nobody has said.
 */
export function statementAccount(
  accountId: string,
  choices: Pick<PostingChoices, 'country' | 'accounts'>,
): RoleAnswer | null {
  return answerCode('statement', accountId, choices);
}

/** Reasons in the statement itself not to book it. */
export function checkAccountStatement(
  { accountId: account, opening, closing, entries, currency }: AccountStatement,
  { country }: Pick<PostingChoices, 'country'>,
): Refusal[] {
  const books = BOOK_CURRENCY[country];
  if (currency !== books) return [{ code: 'currency-not-booked', currency, books }];
  if (opening === null || closing === null) return [];
  const moved = sum(
    entries.map(({ amount }) => amount),
    currency,
  );
  const difference = subtract(closing, add(opening, moved));
  if (isZero(difference)) return [];
  return [{ code: 'statement-does-not-balance', account, opening, moved, closing, difference }];
}

/** Collects the rows of one statement, and everything that nobody has coded. */
class StatementPoster {
  readonly rows: VoucherRow[] = [];
  readonly payments: Voucher[] = [];
  readonly refusals: Refusal[] = [];
  readonly #statement: AccountStatement;
  readonly #choices: PostingChoices;
  readonly #given: StatementGiven;
  readonly #words;
  readonly #open: OpenInvoices | null;
  /** The account that the statement is of. */
  readonly #own: RoleAnswer | null;
  readonly #uncoded: StatementEntry[] = [];
  readonly #arrived = new Set<BookedPayout>();

  constructor(statement: AccountStatement, choices: PostingChoices, given: StatementGiven) {
    this.#statement = statement;
    this.#choices = choices;
    this.#given = given;
    this.#words = LEDGER_WORDS[choices.language];
    this.#open = given.ledger === null ? null : new OpenInvoices(given.ledger, given.decisions);
    const { accountId } = statement;
    this.#own = statementAccount(accountId, choices);
    if (this.#own !== null) return;
    const role = `statement/${accountId}`;
    this.refusals.push({ code: 'account-not-chosen', role, line: accountId });
  }

  post(entry: StatementEntry): void {
    if (isZero(entry.amount)) return;
    const own = entry.code === '' ? null : answerCode('statement-entry', entry.code, this.#choices);
    const payout = own === null ? this.#takePayout(entry) : null;
    if (own !== null) this.#against(entry, own, entry.amount);
    else if (payout !== null) this.#postPayout(entry, payout);
    else if (entry.kind === 'invoice') this.#postInvoice(entry);
    else if (entry.kind === 'other') this.#postUncoded(entry);
    else this.#postKind(entry, ROLES[entry.kind](entry.amount));
  }

  tellUncoded(): void {
    if (this.#uncoded.length === 0) return;
    const entries = this.#uncoded.map(({ id, code, text, amount }) => ({ id, code, text, amount }));
    this.refusals.push({ code: 'entry-not-coded', account: this.#statement.accountId, entries });
  }

  /** The payments first: they are what a person may have to look for. */
  vouchers(): readonly Voucher[] {
    const { accountId, date } = this.#statement;
    const rows = joinRows(this.rows);
    if (rows.length === 0) return this.payments;
    const { series } = this.#choices;
    const text = this.#words.accountStatement(accountId, date);
    const rest = closeVoucher({
      ...{ date: this.#day(), text, currency: this.#statement.currency, rows },
      origin: this.#statement.ref,
      ...(series === null ? {} : { series }),
    });
    return [...this.payments, rest];
  }

  #day(): AccountStatement['date'] {
    const bookOn = this.#given.decisions.find((d) => d.kind === 'book-on');
    return bookOn?.date ?? this.#statement.date;
  }

  /** The payout that an entry is: each is one entry's only. */
  #takePayout(entry: StatementEntry): BookedPayout | null {
    const left = (this.#given.payouts ?? []).filter((one) => !this.#arrived.has(one));
    const found = payoutOf(entry, this.#statement.date, left);
    if (found !== null) this.#arrived.add(found);
    return found;
  }

  /** Money on its way has arrived. What was booked on this account itself stands there already. */
  #postPayout(entry: StatementEntry, { account }: BookedPayout): void {
    if (account === this.#own?.account) return;
    this.#against(entry, { account, from: 'company', key: 'payout' }, entry.amount);
  }

  #postKind(entry: StatementEntry, role: AccountRole): void {
    const answer = answerRole(role, entry.code, this.#choices);
    if (answer !== null) return this.#against(entry, answer, entry.amount);
    const line = this.#words.entry[entry.kind];
    this.refusals.push({ code: 'account-not-chosen', role, line });
  }

  #postUncoded(entry: StatementEntry): void {
    const decided = this.#given.decisions.findLast((d) => d.kind === 'code-as');
    if (decided === undefined) {
      this.#uncoded.push(entry);
      return;
    }
    const { account } = decided;
    this.#against(entry, { account, from: 'company', key: 'statement-entry' }, entry.amount);
  }

  #postInvoice(entry: StatementEntry): void {
    if (this.#choices.bookedOnArrival.includes(this.#statement.accountId)) return;
    if (this.#open === null) return this.#postKind(entry, 'suppliers');
    const payment = this.#open.pay(entry);
    if (payment.kind === 'pays') return this.#postPayment(entry, payment);
    const { decisions } = this.#given;
    const isNotOpen = payment.refusal.code === 'invoice-not-open';
    if (isNotOpen && decisions.some((d) => d.kind === 'code-as')) return this.#postUncoded(entry);
    // Accepted: it stands in the ledger already, entered by hand.
    const left = isNotOpen ? withoutAccepted([payment.refusal], decisions) : [payment.refusal];
    this.refusals.push(...left);
  }

  #postPayment(
    entry: StatementEntry,
    { settled, difference }: Extract<EntryPayment, { readonly kind: 'pays' }>,
  ): void {
    const debt = this.#debt();
    const mode = this.#mode();
    if (debt === null || this.#own === null || mode === null) return;
    const { account: own, key } = this.#own;
    for (const { invoice, amount } of settled) {
      const { id, number } = invoice;
      const text = this.#words.invoicePayment(number);
      const why = (from: RoleAnswer): string =>
        this.#words.why({ line: `${entry.id} ${number}`, key: from.key, from: from.from });
      const rows = [
        { account: debt.account, amount, text, why: why(debt), role: 'suppliers' },
        { account: own, amount: negate(amount), text, why: why(this.#own), role: key },
      ];
      const { ref: origin, currency } = this.#statement;
      const voucher = closeVoucher({ date: this.#day(), text, currency, rows, origin });
      this.payments.push({ ...voucher, pays: { invoice: id, number, mode, amount } });
    }
    this.#postDifference(entry, difference);
  }

  /** What was paid beyond the invoices, on the account that a person has said. */
  #postDifference(entry: StatementEntry, difference: Money): void {
    if (isZero(difference)) return;
    const decided = this.#given.decisions.findLast((d) => d.kind === 'book-difference');
    if (decided === undefined) return;
    const { account } = decided;
    const text = this.#words.differenceAccepted;
    const why = this.#words.whyDecided(account);
    this.rows.push({ account, amount: difference, text, why, role: 'difference' });
    this.#ownRow(entry, negate(difference));
  }

  /** The account of what is owed; told when nobody has said one. */
  #debt(): RoleAnswer | null {
    const role = 'suppliers';
    const answer = answerRole(role, '', this.#choices);
    if (answer === null) {
      const line = this.#words.entry.invoice;
      this.refusals.push({ code: 'account-not-chosen', role, line });
    }
    return answer;
  }

  /** What the ledger calls paying from the account; told once when it does not know how. */
  #mode(): string | null {
    const account = this.#own?.account;
    if (account === undefined) return null;
    const mode = this.#given.ledger?.paysFrom[account];
    if (mode !== undefined) return mode;
    if (!this.refusals.some(({ code }) => code === 'payment-account-unknown')) {
      this.refusals.push({ code: 'payment-account-unknown', account });
    }
    return null;
  }

  #against(entry: StatementEntry, answer: RoleAnswer, amount: Money): void {
    const { account, key, from } = answer;
    const text = this.#words.entry[entry.kind];
    const why = this.#words.why({ line: this.#lineOf(entry), key, from });
    this.#ownRow(entry, amount);
    this.rows.push({ account, amount: negate(amount), text, why, role: key });
  }

  /** The account's own row: one for each entry, so that they can be ticked off one by one. */
  #ownRow(entry: StatementEntry, amount: Money): void {
    if (this.#own === null) return;
    const { account, key, from } = this.#own;
    const text = `${this.#words.entry[entry.kind]} ${entry.id}`;
    const why = this.#words.why({ line: this.#lineOf(entry), key, from });
    this.rows.push({ account, amount, text, why, role: key });
  }

  #lineOf({ id, code, kind }: StatementEntry): string {
    return [id, code, this.#words.entry[kind]].filter(Boolean).join(' ');
  }
}

type OwnRole = Exclude<StatementEntry['kind'], 'invoice' | 'other'>;

/** The role of what an entry is booked against; interest goes by its sign. */
const ROLES: Readonly<Record<OwnRole, (amount: Money) => AccountRole>> = {
  'card-settlement': () => 'tender.card',
  bonus: () => 'tender.bonus',
  transfer: () => 'transfer',
  fee: () => 'bank.fee',
  interest: ({ minor }) => (minor > 0n ? 'interest.earned' : 'interest.paid'),
};
