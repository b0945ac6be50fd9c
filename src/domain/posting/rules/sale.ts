import type { Order, Refund, SaleLine, SalePart, Settlement } from '../../document/sale.ts';
import { isZero, negate, type Money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { percentText } from '../../vat/rates.ts';
import { regionOf, type SaleRegion } from '../../vat/region.ts';
import {
  answerRole,
  giftCardRole,
  saleRole,
  tenderRole,
  vatRole,
  type AccountRole,
  type RoleAnswer,
} from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { bookingDate } from '../sale-timing.ts';
import { schemeRows, singleUseRows, singleUses } from './sale-schemes.ts';
import { checkSale } from './sale-checks.ts';

/**
 * Books an order or a refund: what pays it in debit, revenue by kind, region and rate and output
 * VAT in credit, all as the shop says it. A refund is the same the other way round.
 *
 * @see docs/accounting/sale.md, with a worked example
 */
export function postSale(
  sale: Order | Refund,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const poster = new SalePoster(sale, choices);
  for (const settlement of sale.settlements) poster.postSettlement(settlement);
  for (const line of sale.lines) for (const part of line.parts) poster.postPart(line, part);
  poster.postRounding();
  poster.postSingleUses();
  const found = [...checkSale(sale, choices), ...poster.refusals];
  const refusals = withoutAccepted(found, decisions);
  const rows = joinRows(poster.rows);
  if (refusals.length === 0 && rows.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft: rows, notices: [] };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const words = LEDGER_WORDS[choices.language];
  const voucher = closeVoucher({
    date: bookOn?.date ?? bookingDate(sale, choices) ?? sale.date,
    text: sale.kind === 'order' ? words.order(sale.number) : words.refund(sale.of.number),
    currency: sale.currency,
    rows,
    origin: sale.ref,
    ...(choices.series === null ? {} : { series: choices.series }),
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };
}

/** Collects the rows of one sale, and every role that nobody has given an account. */
class SalePoster {
  readonly rows: VoucherRow[] = [];
  readonly refusals: Refusal[] = [];
  readonly #sale: Order | Refund;
  readonly #choices: PostingChoices;
  readonly #region: SaleRegion;

  constructor(sale: Order | Refund, choices: PostingChoices) {
    this.#sale = sale;
    this.#choices = choices;
    this.#region = regionOf(sale, choices.country);
  }

  postSettlement({ means, method, title, amount }: Settlement): void {
    if (this.#choices.singlePurposeCards.includes(method)) return;
    const role = settlementRole({ means, method });
    this.#row(role, { amount, text: title || method });
  }

  postPart(line: SaleLine, part: SalePart): void {
    const words = this.#words;
    const text =
      part.rate === null || part.rate === 0
        ? words.salesWithoutVat
        : words.sales(percentText(part.rate));
    const special = schemeRows(line, part, { sale: this.#sale, choices: this.#choices });
    if (special !== null) {
      this.refusals.push(...special.refusals);
      for (const row of special.rows) this.#row(row, row);
      return;
    }
    const amount = negate(part.net);
    this.#row(partRole({ sale: this.#sale, region: this.#region }, line, part), {
      amount,
      text: line.kind === 'gift-card' ? line.text : text,
    });
    if (part.rate === null || isZero(part.vat)) return;
    const percent = percentText(part.rate);
    const { vatCountry } = this.#sale;
    const vat = this.#region === 'oss' ? 'vat.oss' : vatRole(part.rate);
    const of = { role: vat, codes: [`${vatCountry ?? ''} ${percent}`, vatCountry ?? ''] };
    this.#row(of, { amount: negate(part.vat), text: words.vat(percent) });
  }

  postRounding(): void {
    const { rounding } = this.#sale;
    this.#row(
      { role: 'rounding', codes: [] },
      { amount: negate(rounding), text: this.#words.rounding },
    );
  }

  /** Gift cards that were sold with VAT: what they pay carries none again. */
  postSingleUses(): void {
    const { uses, refusals } = singleUses(this.#sale, this.#choices);
    this.refusals.push(...refusals);
    for (const use of uses) {
      for (const row of singleUseRows(use, this.#choices)) this.#row(row, row);
    }
  }

  get #words() {
    return LEDGER_WORDS[this.#choices.language];
  }

  /** The company's answer for the first code that it has one for, else for the role. */
  #row(of: AskedRole, { amount, text }: { readonly amount: Money; readonly text: string }): void {
    if (isZero(amount)) return;
    const answer = answerFirst(of, this.#choices);
    if (answer === null) {
      this.refusals.push({ code: 'account-not-chosen', role: of.role, line: text });
      return;
    }
    const { account, key, from } = answer;
    const why = this.#words.why({ line: text, key, from });
    this.rows.push({ amount, text, account, role: key, why });
  }
}

/** A role, and the codes that a company may have answered it for, the closest first. */
export type AskedRole = { readonly role: AccountRole; readonly codes: readonly string[] };

/** The company's answer for the first code that it has one for, else for the role. */
export function answerFirst(
  { role, codes }: AskedRole,
  choices: PostingChoices,
): RoleAnswer | null {
  const own = codes.find((code) => `${role}/${code}` in choices.accounts);
  return answerRole(role, own ?? '', choices);
}

/** What a part of a line is revenue of. */
export function partRole(
  { sale, region }: { readonly sale: Order | Refund; readonly region: SaleRegion },
  { kind, sku }: SaleLine,
  { rate }: SalePart,
): AskedRole {
  const role: AccountRole =
    kind === 'gift-card' ? giftCardRole(rate) : saleRole(kind, region, rate);
  return { role, codes: [sku ?? '', sale.vatCountry ?? '', kind] };
}

/** What a means of payment is a claim on. */
export function settlementRole({ means, method }: Pick<Settlement, 'means' | 'method'>): AskedRole {
  const role = means === 'gift-card' ? tenderRole('gift-card') : 'payment';
  return { role, codes: [method] };
}
