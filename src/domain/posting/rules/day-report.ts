import { unreachable } from '../../../lib/assert.ts';
import type { DayReport, DayReportLine, Vat } from '../../document/day-report.ts';
import { add, isZero, money, negate, subtract, sum, type Money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { percentText } from '../../vat/rates.ts';
import {
  agencyRole,
  answerRole,
  salesRole,
  tenderRole,
  vatRole,
  type AccountRole,
} from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import {
  balanceOf,
  closeVoucher,
  joinRows,
  type PostingOutcome,
  type VoucherRow,
} from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { withoutAccepted } from '../decisions.ts';
import { cashDifferenceOf, checkDayReport, noticesOf } from './day-report-checks.ts';

/**
 * Books a day's takings: tenders in debit, revenue, output VAT and agency money in credit.
 *
 * Cash is booked as counted when it was counted; what is missing or over goes to the company's
 * accounts for that. All reasons not to book are given together, so that a person settles them in
 * one go.
 *
 * @see docs/accounting/day-report.md, with a worked example
 */
export function postDayReport(
  report: DayReport,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const poster = new DayReportPoster(report, choices);
  for (const line of report.lines) poster.postLine(line);
  poster.postCash();

  const found = [...checkDayReport(report, choices), ...poster.refusals];
  const refusals = bookDifference(poster, withoutAccepted(found, decisions), decisions);
  const notices = noticesOf(report, choices);
  const rows = joinRows(poster.rows);
  if (refusals.length === 0 && rows.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft: rows, notices };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? report.businessDate,
    text: poster.words.dayReport({
      date: report.businessDate,
      store: report.storeNumber,
      register: report.register === 'ALL' ? null : report.register,
      number: report.reportNumber,
    }),
    currency: report.currency,
    rows,
    origin: report.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices };
}

/** Puts an imbalance where a person said, and only then: the hub never plugs one by itself. */
function bookDifference(
  poster: DayReportPoster,
  refusals: readonly Refusal[],
  decisions: readonly Decision[],
): Refusal[] {
  const decision = decisions.find((d) => d.kind === 'book-difference');
  const imbalance = refusals.find((r) => r.code === 'does-not-balance');
  if (decision === undefined || imbalance === undefined) return [...refusals];
  poster.rows.push({
    account: decision.account,
    amount: negate(balanceOf(poster.rows, poster.report.currency)),
    text: poster.words.differenceAccepted,
    why: poster.words.whyDecided(decision.account),
    role: 'difference',
  });
  return refusals.filter((r) => r !== imbalance);
}

/** Collects the rows of one report, and every role that nobody has given an account. */
class DayReportPoster {
  readonly rows: VoucherRow[] = [];
  readonly refusals: Refusal[] = [];
  readonly report: DayReport;
  readonly words;
  readonly #choices: PostingChoices;

  constructor(report: DayReport, choices: PostingChoices) {
    this.report = report;
    this.words = LEDGER_WORDS[choices.language];
    this.#choices = choices;
  }

  postLine(line: DayReportLine): void {
    const words = this.words;
    switch (line.kind) {
      case 'sale':
        return this.#postSold(line);
      case 'deposit-sold':
      case 'deposit-returned':
        return this.#postDeposit(line);
      case 'tender':
        if (line.means === 'cash') return;
        return this.#debit(line, tenderRole(line.means), this.#tenderText(line));
      case 'agency-sold':
        return this.#credit(line, agencyRole(line.scheme), words.agencySold[line.scheme]);
      case 'agency-paid-out':
        return this.#debit(line, agencyRole(line.scheme), words.agencyPaidOut[line.scheme]);
      case 'gift-card-sold':
        return this.#credit(line, 'gift-card.sold', words.giftCardSold);
      case 'cash-rounding':
        return this.#debit(line, 'rounding', words.rounding);
      case 'paid-in':
        return this.#credit(line, 'paid-in', line.label || words.paidIn);
      case 'paid-out':
        return this.#debit(line, 'paid-out', line.label || words.paidOut);
      case 'bank-deposit':
        this.#debit(line, 'bank', words.bankDeposit);
        return this.#credit(line, 'cash', words.bankDeposit);
      case 'cash-count':
      case 'cash-difference':
      case 'info':
        return;
      default:
        return unreachable(line);
    }
  }

  /** Cash as counted, and what it differs from the cash the till expected. */
  postCash(): void {
    const { currency, lines } = this.report;
    const cash = lines.filter((l) => l.kind === 'tender' && l.means === 'cash');
    const expected = sum(
      cash.map((l) => l.gross),
      currency,
    );
    const difference = cashDifferenceOf(this.report) ?? money(0n, currency);
    const code = cash[0]?.code ?? '';
    const label = cash[0]?.label ?? '';
    const line = { code, label, gross: add(expected, difference) };
    this.#debit(line, tenderRole('cash'), this.words.tender.cash);
    const role = difference.minor < 0n ? 'cash.shortage' : 'cash.surplus';
    const over = { code: '', label: this.words.cashDifference, gross: difference };
    this.#credit(over, role, this.words.cashDifference);
  }

  #postSold(line: DayReportLine & Vat): void {
    if (line.rate === null) return; // refused by `checkDayReport`
    const percent = percentText(line.rate);
    this.#postWithVat(line, salesRole(line.rate), {
      sign: -1n,
      text: line.rate === 0 ? this.words.salesWithoutVat : this.words.sales(percent),
      vatText: this.words.vat(percent),
    });
  }

  #postDeposit(line: DayReportLine & Vat): void {
    if (line.rate === null) return; // refused by `checkDayReport`
    const percent = percentText(line.rate);
    const sold = line.kind === 'deposit-sold';
    this.#postWithVat(line, sold ? 'deposit.sold' : 'deposit.returned', {
      sign: sold ? -1n : 1n,
      text: sold ? this.words.depositSold(percent) : this.words.depositReturned(percent),
      vatText: sold ? this.words.depositSoldVat(percent) : this.words.depositReturnedVat(percent),
    });
  }

  /** Net on the line's own account and the till's VAT on the account of its rate. */
  #postWithVat(
    line: DayReportLine & Vat,
    role: AccountRole,
    as: { readonly sign: bigint; readonly text: string; readonly vatText: string },
  ): void {
    const vat = line.vat ?? money(0n, line.gross.currency);
    const signed = (amount: Money) => money(as.sign * amount.minor, amount.currency);
    this.#row(line, role, { amount: signed(subtract(line.gross, vat)), text: as.text });
    if (line.rate !== null && !isZero(vat)) {
      const amount = signed(vat);
      this.#row({ ...line, code: '' }, vatRole(line.rate), { amount, text: as.vatText });
    }
  }

  #tenderText(line: DayReportLine & { kind: 'tender' }): string {
    return line.means === 'other' && line.label !== '' ? line.label : this.words.tender[line.means];
  }

  #debit(line: Line, role: AccountRole, text: string): void {
    this.#row(line, role, { amount: line.gross, text });
  }

  #credit(line: Line, role: AccountRole, text: string): void {
    this.#row(line, role, { amount: negate(line.gross), text });
  }

  #row(line: Line, role: AccountRole, as: { readonly amount: Money; readonly text: string }): void {
    const { amount, text } = as;
    if (isZero(amount)) return;
    const answer = answerRole(role, line.code, this.#choices);
    const name = [line.code, line.label].filter(Boolean).join(' ') || text;
    if (answer === null) {
      this.refusals.push({ code: 'account-not-chosen', role: keyOf(role, line.code), line: name });
      return;
    }
    const dimensions = this.#choices.departments[line.code];
    const row: VoucherRow = {
      account: answer.account,
      amount,
      text,
      why: this.words.why({ line: name, key: answer.key, from: answer.from }),
      role: answer.key,
      ...dimensions,
    };
    this.rows.push(row);
  }
}

type Line = { readonly code: string; readonly label: string; readonly gross: Money };

function keyOf(role: AccountRole, code: string): string {
  return code === '' ? role : `${role}/${code}`;
}
