import { ratesOf, type SalesInvoice } from '../../document/sales-invoice.ts';
import { add, isZero, negate, subtract, sum, type Money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { percentText } from '../../vat/rates.ts';
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

/** Where a line is booked: as its source says, unless the company has said otherwise. */
export function codingOf(
  { account, costCentre }: SalesInvoice['lines'][number],
  { accounts, departments }: Pick<PostingChoices, 'accounts' | 'departments'>,
) {
  const key = `account/${account}` as const;
  const moved = accounts[key];
  const own = costCentre === null ? null : (departments[costCentre.code]?.costCentre ?? null);
  return {
    ...{ account: moved ?? account, key, isMoved: moved !== undefined },
    costCentre: own ?? costCentre?.code ?? null,
  };
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
  if (currency === books) return differing;
  return [{ code: 'currency-not-booked', currency, books }, ...differing];
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
    const { lines, project } = this.#invoice;
    for (const line of lines) {
      const { text, net } = line;
      const { account, key, isMoved, costCentre } = codingOf(line, this.#choices);
      this.#push({
        account,
        amount: negate(net),
        text,
        why: isMoved
          ? this.#words.why({ line: text || line.account, key, from: 'company' })
          : [text, this.#words.whyAsGiven].filter(Boolean).join(' · '),
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
