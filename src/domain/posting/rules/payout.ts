import {
  isMethodOf,
  matchPayout,
  type PaymentClaim,
  type PaymentsBeside,
} from '../../document/payments.ts';
import {
  leftBy,
  netOf,
  PROVIDER_NAMES,
  type Payout,
  type PayoutEntry,
  type PayoutTransfer,
} from '../../document/payout.ts';
import { add, isZero, money, multiply, negate, subtract, type Money } from '../../money.ts';
import type { Decision, Notice, Refusal } from '../../refusal.ts';
import { rateOf, percentText, vatOnNet } from '../../vat/rates.ts';
import { answerRole, type AccountRole, type RoleAnswer } from '../account-roles.ts';
import type { FeeVat, PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { checkPayout, tellMatches } from './payout-checks.ts';

/** What a payout is booked by, besides itself and the company's choices. */
export type PayoutGiven = {
  readonly decisions: readonly Decision[];
  readonly payments: PaymentsBeside;
};

/**
 * Books a payout: the bank for what has come, fees with the VAT that is theirs, and the clearing
 * account of each method of payment for what it settles. What the provider keeps until the next
 * time stays on the clearing account.
 *
 * @see docs/accounting/payout.md, with a worked example
 */
export function postPayout(
  payout: Payout,
  choices: PostingChoices,
  { decisions, payments }: PayoutGiven,
): PostingOutcome {
  const matches = matchPayout(payout, payments.claims);
  const poster = new PayoutPoster(payout, choices, decisions);
  for (const transfer of payout.transfers) poster.postTransfer(transfer);
  for (const [i, entry] of payout.entries.entries()) {
    poster.postEntry(entry, soleClaim(matches, i));
  }
  poster.postFees();
  poster.postLeft();
  const checks = withoutAccepted(checkPayout(payout, choices, payments), decisions);
  const refusals: Refusal[] = [...checks, ...poster.refusals];
  const notices = [...tellMatches(payout, matches), ...poster.notices];
  const rows = joinRows(poster.rows);
  if (refusals.length === 0 && rows.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft: rows, notices };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const words = LEDGER_WORDS[choices.language];
  const voucher = closeVoucher({
    date: bookOn?.date ?? payout.date,
    text: words.payout(PROVIDER_NAMES[payout.provider], payout.batch),
    currency: payout.currency,
    rows,
    origin: payout.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices };
}

/** The claim of an entry; `isWhole` when no other entry settles a part of it. */
type Settles = { readonly claim: PaymentClaim; readonly isWhole: boolean } | null;

function soleClaim(matches: readonly (PaymentClaim | null)[], at: number): Settles {
  const claim = matches[at] ?? null;
  if (claim === null) return null;
  const isWhole = matches.every((other, i) => i === at || other !== claim);
  return { claim, isWhole: isWhole && isZero(claim.settled) };
}

/** Collects the rows of one payout, and every role that nobody has given an account. */
class PayoutPoster {
  readonly rows: VoucherRow[] = [];
  readonly refusals: Refusal[] = [];
  readonly notices: Notice[] = [];
  readonly #payout: Payout;
  readonly #choices: PostingChoices;
  readonly #decisions: readonly Decision[];
  readonly #words;
  readonly #name: string;
  /** Fees whose VAT the buyer accounts for are one base, rounded once. */
  #reverseBase: Money;

  constructor(payout: Payout, choices: PostingChoices, decisions: readonly Decision[]) {
    this.#payout = payout;
    this.#choices = choices;
    this.#decisions = decisions;
    this.#words = LEDGER_WORDS[choices.language];
    this.#name = PROVIDER_NAMES[payout.provider];
    this.#reverseBase = money(0n, payout.currency);
  }

  postTransfer({ amount }: PayoutTransfer): void {
    this.#row('payout', { amount, text: this.#words.payoutTo(this.#name) });
  }

  postEntry(entry: PayoutEntry, settles: Settles): void {
    const booked = bookedAs(entry, settles);
    this.#postGross(entry, { amount: negate(booked.gross), method: settles?.claim.method ?? null });
    this.#postFee(entry, booked.fee);
    this.#postDifference(entry, booked);
  }

  /** What the provider keeps, or has paid beyond what it owed: a claim on it as before. */
  postLeft(): void {
    const text = this.#words.payoutLeft(this.#name);
    this.#clearing({ amount: leftBy(this.#payout), text }, null);
  }

  /** Both legs of the VAT that the buyer accounts for, on all fees together. */
  postFees(): void {
    const base = this.#reverseBase;
    if (isZero(base)) return;
    const { country } = this.#choices;
    const rate = rateOf(country, 'standard', this.#payout.date) ?? 0;
    const percent = percentText(rate);
    const kind = this.#treatment === 'eu' ? 'eu-services' : 'foreign-services';
    const vat = vatOnNet(base, rate);
    this.#row(`purchases.${kind}.${percent}`, { amount: base, text: this.#words.payoutEntry.fee });
    const input = this.#words.reverseInputVat(percent);
    this.#row('vat.reverse-input.foreign', { amount: vat, text: input });
    const output = this.#words.reverseOutputVat(percent);
    this.#row(`vat.reverse.${percent}`, { amount: negate(vat), text: output });
    this.notices.push({ code: 'reverse-charge-computed', rate, base, vat });
  }

  #postGross(
    { kind, gross }: PayoutEntry,
    booked: { readonly amount: Money; readonly method: string | null },
  ): void {
    const text = this.#words.payoutEntry[kind];
    const amount = negate(gross);
    switch (kind) {
      case 'sale':
      case 'refund':
        return this.#clearing({ amount: booked.amount, text }, booked.method);
      case 'carried':
        return this.#clearing({ amount, text }, null);
      case 'fee':
        return this.#row('payout.fee', { amount, text });
      case 'chargeback':
        return this.#row('payout.dispute', { amount, text });
      case 'reserve':
        return this.#row('payout.reserve', { amount, text });
      case 'conversion':
        return this.#asked('payout.conversion', { amount, text });
      case 'adjustment':
        return this.#asked('payout.adjustment', { amount, text });
    }
  }

  get #treatment(): FeeVat {
    return this.#choices.payoutFees[this.#payout.provider] ?? 'exempt';
  }

  /** VAT that the provider tells is booked as it stands; else the company says how it is. */
  #postFee({ feeVat }: PayoutEntry, fee: Money): void {
    const text = this.#words.payoutEntry.fee;
    if (feeVat !== null && !isZero(feeVat)) {
      this.#row('payout.fee', { amount: fee, text });
      this.#row('vat.input', { amount: feeVat, text: this.#words.inputVat });
      return;
    }
    if (isZero(fee)) return;
    const treatment = feeVat === null ? this.#treatment : 'exempt';
    if (treatment === 'eu' || treatment === 'foreign') {
      this.#reverseBase = add(this.#reverseBase, fee);
      return;
    }
    this.#row('payout.fee', { amount: fee, text });
    const isTold = this.refusals.some(({ code }) => code === 'vat-missing');
    if (treatment !== 'domestic' || isTold) return;
    const rate = rateOf(this.#choices.country, 'standard', this.#payout.date) ?? 0;
    this.refusals.push({ code: 'vat-missing', line: `${text} ${this.#name}`, rate });
  }

  /** What the exchange has changed between the order and the payout. Positive is a loss. */
  #postDifference(
    entry: PayoutEntry,
    booked: { readonly gross: Money; readonly fee: Money },
  ): void {
    const kept = entry.feeVat === null ? booked.fee : add(booked.fee, entry.feeVat);
    const difference = subtract(subtract(booked.gross, kept), netOf(entry));
    const role = difference.minor > 0n ? 'fx.loss' : 'fx.gain';
    this.#row(role, { amount: difference, text: this.#words.fxDifference });
  }

  /**
   * On the clearing account of the method, as the order was booked; of an order that nobody knows
   * on that of the provider.
   */
  #clearing(row: Row, method: string | null): void {
    const { accounts } = this.#choices;
    const { provider } = this.#payout;
    const own = Object.keys(accounts).filter((key) => {
      const [role, code = ''] = key.split('/');
      return role === 'payment' && isMethodOf(code, provider);
    });
    const codes = [method ?? '', provider, ...own.map((key) => key.split('/')[1] ?? '')];
    const code = codes.find((one) => one !== '' && `payment/${one}` in accounts) ?? '';
    this.#answered(answerRole('payment', code, this.#choices), 'payment', row);
  }

  /** Where no chart answers, a person may say the account of this one payout. */
  #asked(role: 'payout.adjustment' | 'payout.conversion', row: Row): void {
    const decided = this.#decisions.findLast((d) => d.kind === 'code-as');
    const answer = answerRole(role, this.#payout.provider, this.#choices);
    const said = decided && { account: decided.account, from: 'company' as const, key: role };
    this.#answered(answer ?? said ?? null, role, row);
  }

  #row(role: AccountRole, row: Row): void {
    this.#answered(answerRole(role, this.#payout.provider, this.#choices), role, row);
  }

  #answered(answer: RoleAnswer | null, role: AccountRole, row: Row): void {
    if (isZero(row.amount)) return;
    if (answer === null) {
      const line = `${row.text} ${this.#name}`;
      if (this.refusals.some((r) => r.code === 'account-not-chosen' && r.role === role)) return;
      this.refusals.push({ code: 'account-not-chosen', role, line });
      return;
    }
    const { account, key, from } = answer;
    const why = this.#words.why({ line: `${row.text} ${this.#name}`, key, from });
    this.rows.push({ ...row, account, role: key, why });
  }
}

type Row = { readonly amount: Money; readonly text: string };

/**
 * What an entry comes to in the books. Paid in another currency than the account's, it settles what
 * the order was booked as, and its fee is counted at the order's rate: the rest is exchange.
 */
function bookedAs(
  entry: PayoutEntry,
  settles: Settles,
): { readonly gross: Money; readonly fee: Money } {
  const { gross, fee, original } = entry;
  const claim = settles?.claim.amount;
  const isForeign = original !== null && original.gross.currency !== gross.currency;
  if (!isForeign || claim?.currency !== gross.currency || settles?.isWhole !== true) {
    return { gross, fee };
  }
  if (original.fee === null || isZero(original.gross)) return { gross: claim, fee };
  const sign = original.gross.minor < 0n ? -1n : 1n;
  const rated = multiply(
    money(original.fee.minor, gross.currency),
    sign * claim.minor,
    sign * original.gross.minor,
  );
  return { gross: claim, fee: rated };
}
