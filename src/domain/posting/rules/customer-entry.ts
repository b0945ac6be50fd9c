import type { CustomerEntry, EntryPart } from '../../document/customer-entry.ts';
import { absolute, add, isZero, negate, subtract, sum, type Money } from '../../money.ts';
import { waysAtTwoRates } from '../../vat/two-rates.ts';
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
 * What is sold of a product group goes to the group's own account, where the company has one
 * (`sales.25/KJO`). Where the rate is not told, it is the one in force that net and VAT come to;
 * where none is, a person says which two of them.
 *
 * @see docs/accounting/customer-entries.md, with worked examples
 */
export function postCustomerEntry(
  entry: CustomerEntry,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const poster = new EntryPoster(entry, choices);
  const found = entry.entry === 'payment' ? poster.postPayment() : poster.postInvoice(decisions);
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

function differs(total: 'net' | 'vat' | 'gross', stated: Money, summed: Money): Refusal[] {
  const difference = subtract(stated, summed);
  if (isZero(difference)) return [];
  return [{ code: 'invoice-total-differs', total, stated, summed, difference }];
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

  postInvoice(decisions: readonly Decision[]): Refusal[] {
    const { net, vat, gross } = this.#entry;
    const { parts, refusals } = this.#parts(decisions);
    const standard = (role: Parameters<typeof answerRole>[0], code = '') =>
      answerRole(role, code, this.#choices);
    return [
      ...refusals,
      ...differs('gross', gross, add(net, vat)),
      ...this.#add(standard('customers'), { role: 'customers', amount: gross, text: this.text }),
      ...parts.flatMap(({ rate, group, net: amount }) =>
        this.#add(standard(salesRole(rate), group), {
          ...{ role: salesRole(rate), amount: negate(amount), text: this.text },
        }),
      ),
      ...parts.flatMap(({ rate, vat: amount }) => {
        const text = this.#words.vat(percentText(rate));
        const row = { role: vatRole(rate), amount: negate(amount), text };
        return this.#add(standard(vatRole(rate)), row);
      }),
    ];
  }

  /** Net and VAT at each rate: as they are told, as they come to, or as a person has said. */
  #parts(decisions: readonly Decision[]): {
    readonly parts: readonly EntryPart[];
    readonly refusals: readonly Refusal[];
  } {
    const { net, vat, parts: told, currency } = this.#entry;
    if (told === undefined) return this.#guessedParts(decisions);
    const sums = {
      net: sum(
        told.map((part) => part.net),
        currency,
      ),
      vat: sum(
        told.map((part) => part.vat),
        currency,
      ),
    };
    const refusals = [
      ...differs('net', net, sums.net),
      ...differs('vat', vat, sums.vat),
      ...told.flatMap((part) => this.#partDiffers(part)),
    ];
    return { parts: told, refusals };
  }

  #guessedParts(decisions: readonly Decision[]) {
    const { net, vat, date, number } = this.#entry;
    const { country, vatTolerance } = this.#choices;
    const { rate, refusals } = this.#rate();
    if (refusals.length === 0) return { parts: [{ rate, net, vat }], refusals };
    const ways = waysAtTwoRates({ net, vat, rates: ratesOn(country, date), vatTolerance });
    const chosen = decisions.findLast((one) => one.kind === 'tax-as');
    const way = chosen === undefined ? undefined : ways[chosen.way - 1];
    if (way !== undefined) return { parts: way, refusals: [] };
    const parts = [{ rate, net, vat }];
    if (ways.length === 0) return { parts, refusals };
    const several = { code: 'vat-at-several-rates', invoice: number, net, vat, ways } as const;
    return { parts, refusals: [several] };
  }

  #partDiffers({ rate, net, vat: stated }: EntryPart): Refusal[] {
    const { vatTolerance: tolerance } = this.#choices;
    const expected = vatOnNet(net, rate);
    const difference = subtract(stated, expected);
    if (absolute(difference).minor <= tolerance.minor) return [];
    const about = { line: this.#entry.number, rate, stated, expected, difference, tolerance };
    return [{ code: 'vat-differs', ...about }];
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
