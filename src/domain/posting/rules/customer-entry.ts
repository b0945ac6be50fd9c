import type { CustomerEntry } from '../../document/customer-entry.ts';
import { absolute, add, isZero, negate, subtract, type Money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { percentText, ratesOn, vatOnNet, type BasisPoints } from '../../vat/rates.ts';
import { answerCode, answerRole, salesRole, vatRole, type RoleAnswer } from '../account-roles.ts';
import { BOOK_CURRENCY, type PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';

/**
 * Books an invoice that another system has numbered: the customer in debit, the sale, and VAT as
 * the invoice says it. A payment goes from the customer to the bank, or to the account of its
 * method.
 *
 * The rate is not told: it is the one in force that net and VAT come to.
 *
 * @see docs/accounting/customer-entries.md, with worked examples
 */
export function postCustomerEntry(
  entry: CustomerEntry,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const poster = new EntryPoster(entry, choices);
  const found = entry.entry === 'payment' ? poster.postPayment() : poster.postInvoice();
  const refusals = withoutAccepted([...currencyRefused(entry, choices), ...found], decisions);
  const rows = joinRows(poster.rows);
  if (refusals.length === 0 && rows.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft: rows, notices: [] };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? entry.date,
    text: poster.text,
    currency: entry.currency,
    rows,
    origin: entry.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };
}

function currencyRefused({ currency }: CustomerEntry, { country }: PostingChoices): Refusal[] {
  const books = BOOK_CURRENCY[country];
  return currency === books ? [] : [{ code: 'currency-not-booked', currency, books }];
}

class EntryPoster {
  readonly rows: VoucherRow[] = [];
  readonly #entry: CustomerEntry;
  readonly #choices: PostingChoices;

  constructor(entry: CustomerEntry, choices: PostingChoices) {
    this.#entry = entry;
    this.#choices = choices;
  }

  get text(): string {
    const { entry, number, customer, about } = this.#entry;
    const what = this.#words.customerEntry[entry](number);
    return [what, customer.name || customer.number, about].filter((one) => one !== '').join(' · ');
  }

  postInvoice(): Refusal[] {
    const { net, vat, gross } = this.#entry;
    const words = this.#words;
    const { rate, refusals } = this.#rate();
    const difference = subtract(gross, add(net, vat));
    if (!isZero(difference)) {
      const numbers = { stated: gross, summed: add(net, vat), difference };
      refusals.push({ code: 'invoice-total-differs', total: 'gross', ...numbers });
    }
    const standard = (role: Parameters<typeof answerRole>[0]) =>
      answerRole(role, '', this.#choices);
    return [
      ...refusals,
      ...this.#add(standard('customers'), { role: 'customers', amount: gross, text: this.text }),
      ...this.#add(standard(salesRole(rate)), {
        ...{ role: salesRole(rate), amount: negate(net), text: this.text },
      }),
      ...this.#add(standard(vatRole(rate)), {
        ...{ role: vatRole(rate), amount: negate(vat), text: words.vat(percentText(rate)) },
      }),
    ];
  }

  postPayment(): Refusal[] {
    const { gross, method } = this.#entry;
    const choices = this.#choices;
    const own = method === '' ? null : answerCode('payment', method, choices);
    const paid = own ?? answerRole('bank', '', choices);
    const customers = answerRole('customers', '', choices);
    return [
      ...this.#add(paid, { role: 'bank', amount: gross, text: method || this.text }),
      ...this.#add(customers, { role: 'customers', amount: negate(gross), text: this.text }),
    ];
  }

  /** The rate that net and VAT come to; where none does, the highest, with what it differs by. */
  #rate(): { readonly rate: BasisPoints; readonly refusals: Refusal[] } {
    const { net, vat: stated, date, number } = this.#entry;
    const { country, vatTolerance: tolerance } = this.#choices;
    if (isZero(stated)) return { rate: 0, refusals: [] };
    const rates = [...ratesOn(country, date)].sort((a, b) => b - a);
    const off = (rate: BasisPoints): Money => subtract(stated, vatOnNet(net, rate));
    const rate = rates.find((one) => absolute(off(one)).minor <= tolerance.minor);
    if (rate !== undefined) return { rate, refusals: [] };
    const [highest = 0] = rates;
    const expected = vatOnNet(net, highest);
    const about = { line: number, rate: highest, stated, expected, tolerance };
    const difference = off(highest);
    return { rate: highest, refusals: [{ code: 'vat-differs', ...about, difference }] };
  }

  #add(
    answer: RoleAnswer | null,
    row: { readonly role: string; readonly amount: Money; readonly text: string },
  ): Refusal[] {
    const { role, amount, text } = row;
    if (isZero(amount)) return [];
    if (answer === null) return [{ code: 'account-not-chosen', role, line: text }];
    const { account, key, from } = answer;
    const why = this.#words.why({ line: text, key, from });
    this.rows.push({ account, amount, text, role: key, why });
    return [];
  }

  get #words() {
    return LEDGER_WORDS[this.#choices.language];
  }
}
