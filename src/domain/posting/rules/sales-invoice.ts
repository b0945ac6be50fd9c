import type { LocalDate } from '../../date.ts';
import { ratesOf, type SalesInvoice, type SalesInvoiceLine } from '../../document/sales-invoice.ts';
import { add, isZero, negate, subtract, sum, type Money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { percentText, soldWithCode, type Country } from '../../vat/rates.ts';
import { answerRole, vatRole, type AccountRole } from '../account-roles.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';

/**
 * Books an invoice that its source has coded: the customer in debit, each line on the account that
 * it names, output VAT by rate. A credit note is the same the other way round.
 *
 * The company may move an account of the source to one of its own: role `account/3001`.
 */
export function postSalesInvoice(
  invoice: SalesInvoice,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const poster = new InvoicePoster(invoice, choices);
  const { refusals: missing, rows } = poster.post();
  const refusals = withoutAccepted([...checks(invoice, choices), ...missing], decisions);
  const draft = joinRows(rows);
  if (refusals.length === 0 && draft.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft, notices: [] };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? invoice.date,
    text: poster.text,
    currency: invoice.currency,
    rows,
    origin: invoice.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };
}

/** Where a line is booked, and what has told it. */
export type LineCoding = {
  /** null: nobody tells the account of what its VAT code says. */
  readonly account: string | null;
  readonly key: string;
  readonly from: 'source' | 'company' | 'standard';
  readonly costCentre: string | null;
};

/**
 * Where a line is booked: as its source says, unless the company has said otherwise. One that names
 * a VAT code in place of an account goes where the company sells with that code.
 */
export function codingOf(
  line: SalesInvoiceLine,
  of: {
    readonly choices: Pick<PostingChoices, 'accounts' | 'departments' | 'country'>;
    readonly date: LocalDate;
  },
): LineCoding {
  const { costCentre } = line;
  const { departments } = of.choices;
  const own = costCentre === null ? null : (departments[costCentre.code]?.costCentre ?? null);
  return { ...accountOf(line, of), costCentre: own ?? costCentre?.code ?? null };
}

function accountOf(
  { account, vatCode = '' }: SalesInvoiceLine,
  { choices, date }: Parameters<typeof codingOf>[1],
): Omit<LineCoding, 'costCentre'> {
  if (account !== null) {
    const key = `account/${account}`;
    const moved = choices.accounts[key];
    return { account: moved ?? account, key, from: moved === undefined ? 'source' : 'company' };
  }
  const sold = soldWithCode(choices.country, vatCode, date);
  const answer = sold === null ? null : answerRole(sold.role, '', choices);
  return answer ?? { account: null, key: sold?.role ?? '', from: 'standard' };
}

function checks(invoice: SalesInvoice, { country }: PostingChoices): Refusal[] {
  const { currency, vat: stated, lines, net, gross, rounding } = invoice;
  const books = BOOK_CURRENCY[country];
  const summed = {
    net: sum(
      lines.map((line) => line.net),
      currency,
    ),
    vat: sum(
      ratesOf(invoice).map(({ vat }) => vat),
      currency,
    ),
    gross: add(add(net, stated), rounding),
  };
  const told = { net, vat: stated, gross };
  const differing = (['net', 'vat', 'gross'] as const).flatMap((total): Refusal[] => {
    const difference = subtract(told[total], summed[total]);
    if (isZero(difference)) return [];
    const numbers = { stated: told[total], summed: summed[total], difference };
    return [{ code: 'invoice-total-differs', total, ...numbers }];
  });
  const codes = checkVatCodes(invoice, country);
  if (currency === books) return [...codes, ...differing];
  return [{ code: 'currency-not-booked', currency, books }, ...codes, ...differing];
}

/** A VAT code says the rate as well: the two must be of one sale. */
function checkVatCodes({ lines, date }: SalesInvoice, country: Country): Refusal[] {
  return lines.flatMap(({ text, id, rate, vatCode }): Refusal[] => {
    if (vatCode === undefined) return [];
    if (soldWithCode(country, vatCode, date)?.rate === rate) return [];
    return [{ code: 'vat-code-not-of-sale', line: text || id, vatCode, rate, date }];
  });
}

class InvoicePoster {
  readonly #invoice: SalesInvoice;
  readonly #choices: PostingChoices;
  readonly #rows: VoucherRow[] = [];
  readonly #refusals: Refusal[] = [];

  constructor(invoice: SalesInvoice, choices: PostingChoices) {
    this.#invoice = invoice;
    this.#choices = choices;
  }

  post(): { readonly rows: readonly VoucherRow[]; readonly refusals: readonly Refusal[] } {
    const { customer, gross, rounding } = this.#invoice;
    this.#ofRole('customers', gross, customer.name || customer.number);
    this.#postLines();
    for (const { rate, vat } of ratesOf(this.#invoice)) {
      if (isZero(vat)) continue;
      this.#ofRole(vatRole(rate), negate(vat), this.#words.vat(percentText(rate)));
    }
    this.#ofRole('rounding', negate(rounding), this.#words.rounding);
    return { rows: this.#rows, refusals: this.#refusals };
  }

  get text(): string {
    const { number, type } = this.#invoice;
    const words = this.#words;
    return type === 'credit-note' ? words.creditNote(number) : words.salesInvoice(number);
  }

  #postLines(): void {
    const { lines, project, date } = this.#invoice;
    for (const line of lines) {
      const { text, net } = line;
      const { account, key, from, costCentre } = codingOf(line, { choices: this.#choices, date });
      if (account === null) {
        // A code that is none is told by itself.
        if (key !== '') this.#refusals.push({ code: 'account-not-chosen', role: key, line: text });
        continue;
      }
      const said = text || (line.account ?? line.vatCode ?? '');
      this.#push({
        account,
        amount: negate(net),
        text,
        why:
          from === 'source'
            ? [text, this.#words.whyAsGiven].filter(Boolean).join(' · ')
            : this.#words.why({ line: said, key, from }),
        role: key,
        ...(costCentre === null ? {} : { costCentre }),
        ...(project === null ? {} : { project: project.number }),
      });
    }
  }

  #ofRole(role: AccountRole, amount: Money, text: string): void {
    if (isZero(amount)) return;
    const answer = answerRole(role, '', this.#choices);
    if (answer === null) {
      this.#refusals.push({ code: 'account-not-chosen', role, line: text });
      return;
    }
    const { account, key, from } = answer;
    const why = this.#words.why({ line: text, key, from });
    this.#push({ account, amount, text, why, role: key });
  }

  #push(row: VoucherRow): void {
    const isBack = this.#invoice.type === 'credit-note';
    this.#rows.push(isBack ? { ...row, amount: negate(row.amount) } : row);
  }

  get #words() {
    return LEDGER_WORDS[this.#choices.language];
  }
}
