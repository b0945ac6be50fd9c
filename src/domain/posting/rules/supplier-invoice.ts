import type {
  InvoiceCharge,
  InvoiceLine,
  InvoiceRate,
  SupplierInvoice,
} from '../../document/supplier-invoice.ts';
import { absolute, add, isZero, money, negate, split, type Money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { answerCode, answerRole, type AccountRole, type RoleAnswer } from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import { withoutAccepted } from '../decisions.ts';
import { closeVoucher, joinRows, type PostingOutcome, type VoucherRow } from '../voucher.ts';
import { LEDGER_WORDS } from '../words.ts';
import { checkSupplierInvoice, supplierId } from './supplier-invoice-checks.ts';

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
  poster.postVatAndTotal();
  const found = [...checkSupplierInvoice(invoice, choices), ...poster.refusals];
  const refusals = withoutAccepted(found, decisions);
  const rows = joinRows(poster.rows);
  if (refusals.length === 0 && rows.length === 0) refusals.push({ code: 'empty-document' });
  if (refusals.length > 0) return { kind: 'refused', refusals, draft: rows, notices: [] };
  const bookOn = decisions.find((d) => d.kind === 'book-on');
  const voucher = closeVoucher({
    date: bookOn?.date ?? invoice.date,
    text: poster.words.supplierInvoice(invoice.number, invoice.supplier.name),
    currency: invoice.currency,
    rows,
    origin: invoice.ref,
  });
  return { kind: 'vouchers', vouchers: [voucher], notices: [] };
}

/** What a line or charge comes to. */
type Cost = { readonly line: InvoiceLine; readonly net: Money };

/** Collects the rows of one invoice, and everything that nobody has coded. */
class SupplierInvoicePoster {
  readonly rows: VoucherRow[] = [];
  readonly refusals: Refusal[] = [];
  readonly words;
  readonly #invoice: SupplierInvoice;
  readonly #choices: PostingChoices;
  /** The account that a person has said for what is not coded. */
  readonly #decided: string | null;

  constructor(invoice: SupplierInvoice, choices: PostingChoices, decisions: readonly Decision[]) {
    this.#invoice = invoice;
    this.#choices = choices;
    this.words = LEDGER_WORDS[choices.language];
    this.#decided = decisions.findLast((d) => d.kind === 'code-as')?.account ?? null;
  }

  postCosts(): void {
    const uncoded: string[] = [];
    for (const { line, net } of costsOf(this.#invoice)) {
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

  postVatAndTotal(): void {
    const { vat, rounding, total } = this.#invoice;
    for (const one of vat) this.#post('vat.input', one.vat, this.words.inputVat);
    this.#post('rounding', rounding, this.words.rounding);
    const owed = this.words.purchases(this.#invoice.number);
    this.#post('suppliers', negate(total.payable), owed);
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
    const { accountingCost: cost, class: stated } = this.#invoice;
    const supplier = supplierId(this.#invoice);
    const said = stated ?? classSaid(cost, this.#choices);
    const ofSupplier = (code: string | null) =>
      code === null ? [] : [`${supplier}/${code}`, code];
    const codes = [...ofSupplier(line.accountingCost), ...ofSupplier(cost), supplier];
    for (const code of said === null ? codes : [...codes, said]) {
      const answer = answerCode('purchases', code, this.#choices);
      if (answer !== null) return answer;
    }
    if (this.#decided === null) return null;
    return { account: this.#decided, from: 'company', key: 'purchases' };
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

/** What the word that the supplier writes for a kind of invoice means. */
function classSaid(cost: string | null, { invoiceClasses }: PostingChoices): string | null {
  return cost === null ? null : (invoiceClasses[cost.toUpperCase()] ?? null);
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
