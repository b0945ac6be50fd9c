import type {
  InvoiceCharge,
  InvoiceLine,
  InvoiceRate,
  InvoiceVat,
  SupplierInvoice,
} from '../../document/supplier-invoice.ts';
import { absolute, add, isZero, money, negate, split, type Money } from '../../money.ts';
import type { Decision, Notice, Refusal } from '../../refusal.ts';
import { answerCode, answerRole, type AccountRole, type RoleAnswer } from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { isRateInForce, percentText, vatOnNet, type BasisPoints } from '../../vat/rates.ts';
import { reverseChargeOf, reverseRate, type ReverseCharge } from './reverse-charge.ts';
import { checkSupplierInvoice, classOf, supplierId } from './supplier-invoice-checks.ts';

/**
 * Books a supplier's invoice as coded by the company: cost per line, input VAT as the invoice says
 * it, rounding, and what is owed.
 *
 * Charges and allowances on the whole invoice follow the lines of their VAT rate. A line is coded
 * by its own accounting cost, else by the invoice's, the supplier or what the invoice is for; when
 * none of them says anything, a person is asked.
 *
 * @see docs/accounting/supplier-invoice.md, with a worked example
 */
export function postSupplierInvoice(
  invoice: SupplierInvoice,
  choices: PostingChoices,
  decisions: readonly Decision[] = [],
): PostingOutcome {
  const poster = new SupplierInvoicePoster(invoice, choices, decisions);
  poster.postCosts();
  poster.postReversed();
  poster.postVatAndTotal();
  const found = [...checkSupplierInvoice(invoice, choices), ...poster.refusals];
  const refusals = withoutAccepted(found, decisions);
  const rows = joinRows(poster.rows);
  if (refusals.length === 0 && rows.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0)
    return { kind: 'refused', refusals, draft: rows, notices: poster.notices };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? invoice.date,
    text: poster.words.supplierInvoice(invoice.number, invoice.supplier.name),
    currency: invoice.currency,
    rows,
    origin: invoice.ref,
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: poster.notices };
}

/** What a line or charge comes to. */
type Cost = { readonly line: InvoiceLine; readonly net: Money };

/** What was bought of a kind at a rate that the buyer accounts for. */
type Reversed = {
  readonly kind: ReverseCharge;
  readonly rate: BasisPoints;
  readonly base: Money;
};

/** Collects the rows of one invoice, and everything that nobody has coded. */
class SupplierInvoicePoster {
  readonly rows: VoucherRow[] = [];
  readonly refusals: Refusal[] = [];
  readonly notices: Notice[] = [];
  readonly words;
  readonly #invoice: SupplierInvoice;
  readonly #choices: PostingChoices;
  /** The account that a person has said for what is not coded. */
  readonly #decided: string | null;
  /** The rate that a person has said for what was bought without VAT. */
  readonly #decidedRate: BasisPoints | null;

  constructor(invoice: SupplierInvoice, choices: PostingChoices, decisions: readonly Decision[]) {
    this.#invoice = invoice;
    this.#choices = choices;
    this.words = LEDGER_WORDS[choices.language];
    this.#decided = decisions.findLast((d) => d.kind === 'code-as')?.account ?? null;
    this.#decidedRate = decisions.findLast((d) => d.kind === 'reverse-rate')?.rate ?? null;
  }

  postCosts(): void {
    const uncoded: string[] = [];
    for (const { line, net } of costsOf(this.#invoice)) {
      if (this.#reverseOf(line) !== null) continue;
      const answer = this.#answer(line);
      if (answer === null) {
        uncoded.push(line.text);
        continue;
      }
      this.#row(answer, {
        amount: net,
        text: this.words.purchases(this.#invoice.number),
        line: [line.accountingCost, line.text].filter(Boolean).join(' '),
        dimensions: this.#choices.departments[this.#department(line)] ?? {},
      });
    }
    if (uncoded.length === 0) return;
    const { supplier } = this.#invoice;
    this.refusals.push({
      code: 'invoice-not-coded',
      supplier: supplier.name,
      id: codingId(this.#invoice),
      lines: uncoded,
    });
  }

  /** What the buyer accounts for: the purchase, and its VAT on both sides, rounded once a rate. */
  postReversed(): void {
    const unrated: string[] = [];
    const bases = new Map<string, Reversed>();
    for (const { line, net } of costsOf(this.#invoice)) {
      const kind = this.#reverseOf(line);
      if (kind === null) continue;
      const rate = this.#reverseRate(kind, line);
      if (rate === null) {
        unrated.push(line.text);
        continue;
      }
      this.#postPurchase(`purchases.${kind}.${percentText(rate)}`, line, net);
      const key = `${kind} ${rate}`;
      const before = bases.get(key)?.base ?? money(0n, this.#invoice.currency);
      bases.set(key, { kind, rate, base: add(before, net) });
    }
    for (const one of bases.values()) this.#postReversedVat(one);
    if (unrated.length === 0) return;
    const { supplier } = this.#invoice;
    const id = codingId(this.#invoice);
    const asked = { supplier: supplier.name, id, lines: unrated };
    this.refusals.push({ code: 'reverse-rate-not-chosen', ...asked });
  }

  #reverseOf({ category }: InvoiceRate): ReverseCharge | null {
    const { country } = this.#choices;
    const stated = classOf(this.#invoice, this.#choices);
    return reverseChargeOf(this.#invoice, category, { country, class: stated });
  }

  #reverseRate(kind: ReverseCharge, line: InvoiceLine): BasisPoints | null {
    const { date } = this.#invoice;
    const [choices, decided] = [this.#choices, this.#decidedRate];
    const rate = reverseRate(kind, { codes: this.#codesOf(line), choices, decided, date });
    if (rate !== null && rate !== 0 && !isRateInForce(choices.country, rate, date)) {
      this.refusals.push({ code: 'vat-rate-not-in-force', line: line.text, rate, date });
    }
    return rate;
  }

  /** The narrowest answer counts, as for what is bought with VAT; then the standard chart's. */
  #postPurchase(role: AccountRole, line: InvoiceLine, amount: Money): void {
    const own = this.#codesOf(line).map((code) => answerCode(role, code, this.#choices));
    const answer = own.find((one) => one !== null) ?? answerRole(role, '', this.#choices);
    const said = [line.accountingCost, line.text].filter(Boolean).join(' ');
    if (answer === null) {
      this.refusals.push({ code: 'account-not-chosen', role, line: said });
      return;
    }
    const dimensions = this.#choices.departments[this.#department(line)] ?? {};
    const text = this.words.purchases(this.#invoice.number);
    this.#row(answer, { amount, text, line: said, dimensions });
  }

  #postReversedVat({ kind, rate, base }: Reversed): void {
    const vat = vatOnNet(base, rate);
    const percent = percentText(rate);
    const from = kind.startsWith('domestic') ? 'domestic' : 'foreign';
    this.#post(`vat.reverse-input.${from}`, vat, this.words.reverseInputVat(percent));
    this.#post(`vat.reverse.${percent}`, negate(vat), this.words.reverseOutputVat(percent));
    this.notices.push({ code: 'reverse-charge-computed', rate, base, vat });
  }

  postVatAndTotal(): void {
    const { vat, rounding, prepaid, total } = this.#invoice;
    for (const one of vat) this.#postInputVat(one);
    this.#post('rounding', rounding, this.words.rounding);
    this.#postPrepaid(prepaid);
    const owed = this.words.purchases(this.#invoice.number);
    this.#post('suppliers', negate(total.payable), owed);
  }

  /** On the rate's own account where there is one, as in Norway; else all on the same. */
  #postInputVat({ rate, vat }: InvoiceVat): void {
    const text = this.words.inputVat;
    const own = rate === null ? null : answerCode('vat.input', percentText(rate), this.#choices);
    if (own === null || isZero(vat)) this.#post('vat.input', vat, text);
    else this.#row(own, { amount: vat, text, line: text, dimensions: {} });
  }

  /** Only the company knows where a payment in advance stands, and that it was without VAT. */
  #postPrepaid(prepaid: Money): void {
    if (isZero(prepaid)) return;
    const answer = answerRole('supplier-prepayments', supplierId(this.#invoice), this.#choices);
    if (answer === null) {
      this.refusals.push({ code: 'prepaid-not-booked', prepaid });
      return;
    }
    const text = this.words.paidInAdvance;
    this.#row(answer, { amount: negate(prepaid), text, line: text, dimensions: {} });
  }

  #post(role: AccountRole, amount: Money, text: string): void {
    if (isZero(amount)) return;
    const code = role === 'suppliers' ? supplierId(this.#invoice) : '';
    const answer = answerRole(role, code, this.#choices);
    if (answer === null) this.refusals.push({ code: 'account-not-chosen', role, line: text });
    else this.#row(answer, { amount, text, line: text, dimensions: {} });
  }

  /** The narrowest answer counts: the line's own cost, the invoice's, the supplier, the class. */
  #answer(line: InvoiceLine): RoleAnswer | null {
    const said = classOf(this.#invoice, this.#choices);
    const codes = this.#codesOf(line);
    for (const code of said === null ? codes : [...codes, said]) {
      const answer = answerCode('purchases', code, this.#choices);
      if (answer !== null) return answer;
    }
    if (this.#decided === null) return null;
    return { account: this.#decided, from: 'company', key: 'purchases' };
  }

  /** What a company may know a line by, the narrowest first. */
  #codesOf(line: InvoiceLine): readonly string[] {
    const supplier = supplierId(this.#invoice);
    const ofSupplier = (code: string | null) =>
      code === null ? [] : [`${supplier}/${code}`, code];
    const { accountingCost } = this.#invoice;
    return [...ofSupplier(line.accountingCost), ...ofSupplier(accountingCost), supplier];
  }

  /** Departments are known by the line's cost, else by what the buyer gave as reference. */
  #department(line: InvoiceLine): string {
    const { buyerReference, orderReference } = this.#invoice;
    const said = [line.accountingCost, buyerReference, orderReference];
    return said.find((code) => code !== null && code in this.#choices.departments) ?? '';
  }

  #row(
    { account, key, from }: RoleAnswer,
    of: Pick<VoucherRow, 'amount' | 'text'> & {
      readonly line: string;
      readonly dimensions: Pick<VoucherRow, 'costCentre' | 'project'>;
    },
  ): void {
    const { amount, text, line, dimensions } = of;
    const why = this.words.why({ line, key, from });
    this.rows.push({ account, amount, text, why, role: key, ...dimensions });
  }
}

/** What a company codes when it codes an invoice: the supplier's invoices of this kind. */
function codingId(invoice: SupplierInvoice): string {
  return [supplierId(invoice), invoice.accountingCost].filter(Boolean).join('/');
}

/** The lines, each with its share of the charges on the whole invoice. */
function costsOf({ lines, charges, currency }: SupplierInvoice): readonly Cost[] {
  const nets = lines.map((line) => line.net);
  const alone: Cost[] = [];
  for (const charge of charges) {
    const places = lines.flatMap((line, index) => (isSameRate(line, charge) ? [index] : []));
    const weights = places.map((index) => absolute(lines[index]?.net ?? charge.net).minor);
    if (weights.every((weight) => weight === 0n)) {
      alone.push({ line: lineOf(charge), net: charge.net });
      continue;
    }
    for (const [i, share] of split(charge.net, weights).entries()) {
      const place = places[i] ?? 0;
      nets[place] = add(nets[place] ?? money(0n, currency), share);
    }
  }
  return [...lines.map((line, i) => ({ line, net: nets[i] ?? line.net })), ...alone];
}

function isSameRate(a: InvoiceRate, b: InvoiceRate): boolean {
  return a.category === b.category && a.rate === b.rate;
}

/** A charge at a rate that no line has stands by itself. */
function lineOf({ text, net, category, rate }: InvoiceCharge): InvoiceLine {
  const none = { accountingCost: null, itemNumber: null, itemClass: null };
  return { id: '', text, net, category, rate, quantity: '', ...none };
}
