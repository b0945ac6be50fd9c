import type { Books } from '../domain/books.ts';
import type { SalesInvoice } from '../domain/document/sales-invoice.ts';
import { checkLedgerAccounts, enterInvoice } from '../domain/enter-invoice.ts';
import { isZero, subtract } from '../domain/money.ts';
import type { Step } from '../domain/plan.ts';
import { checkAgainstBooks } from '../domain/posting/check-books.ts';
import { codingOf, postSalesInvoice } from '../domain/posting/rules/sales-invoice.ts';
import type { Voucher } from '../domain/posting/voucher.ts';
import type { Decision, Notice, Refusal } from '../domain/refusal.ts';
import { stableJson } from '../lib/json.ts';
import { attachmentSteps } from './plan-files.ts';
import type { PlanInput } from './plan-input.ts';
import type { SalePlan } from './plan-sale.ts';

const INVOICE = 'invoice-1';
/** The write that enters it: see `Write.id` in ports/target. */
const ENTRY = `${INVOICE}.in`;

type InvoiceInput = PlanInput & { readonly document: SalesInvoice };

/**
 * Plans an invoice that its source has coded: who and what it names is made sure of, then it is
 * entered, and booked and sent when the company wants it so. Everything that the ledger would
 * refuse is named at once, before anything is sent.
 *
 * @returns null when the document is none
 */
export function planSalesInvoice(
  given: PlanInput,
  decisions: readonly Decision[],
): SalePlan | null {
  const { document, choices, books } = given;
  if (document.kind !== 'sales-invoice') return null;
  const input = { ...given, document };
  const posted = postSalesInvoice(document, choices, decisions);
  const registers = registerSteps(input);
  const coming = booksAfter(books, registers);
  const found = [
    ...checkLedgerAccounts(document, choices, books),
    ...codesTooLong(registers, books),
    ...revised(input),
  ];
  if (posted.kind === 'refused') found.unshift(...posted.refusals);
  const [voucher] = posted.kind === 'vouchers' ? posted.vouchers : [];
  const draft = posted.kind === 'refused' ? posted.draft : (voucher?.rows ?? []);
  const isBooking = choices.invoices.as === 'booked';
  // A person is to book what stays a draft: it is held against the books all the same.
  if (!isBooking || found.length > 0) {
    found.push(...checkAgainstBooks(voucher ?? { date: document.date, rows: draft }, coming));
  }
  if (found.length > 0 || voucher === undefined) {
    const outcome = { kind: 'refused', refusals: found, draft, notices: [] } as const;
    return { outcome, steps: [], books: coming };
  }
  const vouchers = isBooking ? [voucher] : [];
  const steps = isUnchanged(input) ? [] : [...registers, ...entrySteps(input, voucher)];
  const notices = steps.length === 0 ? [] : inAdvance(document, choices);
  return { outcome: { kind: 'vouchers', vouchers, notices }, steps, books: coming };
}

/** What Norwegian law restricts is told, and a person judges: bokføringsforskriften § 5-2. */
function inAdvance(
  { type, number: order, gross: total, vat }: SalesInvoice,
  { country }: PlanInput['choices'],
): readonly Notice[] {
  const isRestricted = country === 'NO' && type === 'part-payment' && !isZero(vat);
  return isRestricted ? [{ code: 'invoiced-in-advance', order, total }] : [];
}

function entrySteps(input: InvoiceInput, voucher: Voucher): Step[] {
  const { document, choices } = input;
  const { as, send } = choices.invoices;
  const enter: Step = {
    kind: 'enter-invoice',
    id: INVOICE,
    invoice: enterInvoice(document, choices, voucher.date),
    change: input.booked?.results[ENTRY]?.id ?? null,
    voucher: as === 'booked' ? voucher : null,
    send: send === 'no' ? null : send,
  };
  // What is changed has its files already.
  return [enter, ...(enter.change === null ? attachmentSteps(INVOICE, input, 1) : [])];
}

/** Customer, cost centres and project that the invoice names, as far as they are ours to keep. */
function registerSteps({ document, choices, books }: InvoiceInput): Step[] {
  const { customers, costCentres, projects } = choices.invoices;
  const steps: Step[] = [];
  if (customers !== 'existing') {
    const customer = { ...document.customer, gln: null, terms: null };
    const owned = customers === 'keep' ? choices.customerFields : [];
    const card = { id: 'customer-1', customer, owned, sent: null, isBeside: true } as const;
    steps.push({ kind: 'keep-customer', ...card });
  }
  if (books.newCodes === undefined) return steps;
  if (costCentres === 'create') {
    const missing = missingCentres(document, choices, books);
    steps.push(
      ...missing.map(([code, name], i): Step => {
        return { kind: 'keep-cost-centre', id: `cost-centre-${i + 1}`, code, name };
      }),
    );
  }
  const { project } = document;
  const isMissing = project !== null && books.projects?.[project.number] === undefined;
  const follows = projects === 'keep';
  if (project !== null && books.projects !== null && projects !== 'existing') {
    if (follows || isMissing)
      steps.push({ kind: 'keep-project', id: 'project-1', project, follows });
  }
  return steps;
}

/** Codes of cost centres that the ledger lacks, each once, with the best name that a line gives. */
function missingCentres(
  { lines, date }: SalesInvoice,
  choices: PlanInput['choices'],
  { costCentres }: Books,
): readonly (readonly [code: string, name: string])[] {
  const names = new Map<string, string>();
  for (const line of lines) {
    const { costCentre: code } = codingOf(line, { choices, date });
    if (code === null || costCentres === null || costCentres[code] !== undefined) continue;
    names.set(code, names.get(code) || (line.costCentre?.name ?? ''));
  }
  return [...names];
}

/** The books as they are when the steps have made what is missing. */
function booksAfter(books: Books, steps: readonly Step[]): Books {
  const active = { active: true };
  const centres = steps.flatMap((step) => (step.kind === 'keep-cost-centre' ? [step.code] : []));
  const projects = steps.flatMap((step) => {
    return step.kind === 'keep-project' ? [step.project.number] : [];
  });
  const made = (codes: readonly string[]) => Object.fromEntries(codes.map((one) => [one, active]));
  const after = { ...books };
  if (centres.length > 0) after.costCentres = { ...made(centres), ...books.costCentres };
  if (projects.length > 0) after.projects = { ...made(projects), ...books.projects };
  return after;
}

function codesTooLong(steps: readonly Step[], { newCodes, projects }: Books): Refusal[] {
  if (newCodes === undefined) return [];
  return steps.flatMap((step): Refusal[] => {
    if (step.kind === 'keep-cost-centre' && step.code.length > newCodes.costCentre) {
      const { code: costCentre } = step;
      return [{ code: 'cost-centre-too-long', costCentre, longest: newCodes.costCentre }];
    }
    if (step.kind !== 'keep-project' || step.project.number.length <= newCodes.project) return [];
    const { number: project } = step.project;
    if (projects?.[project] !== undefined) return [];
    return [{ code: 'project-too-long', project, longest: newCodes.project }];
  });
}

/** A draft follows its source; what is booked stays as it is, and other figures are asked about. */
function revised(input: InvoiceInput): Refusal[] {
  const { document, booked } = input;
  const before = invoiceBefore(input);
  if (booked === null || before === null || !(INVOICE in booked.results)) return [];
  if (figuresOf(before) === figuresOf(document)) return [];
  const [was, is] = [before.gross, document.gross];
  const numbers = { before: was, after: is, difference: subtract(is, was) };
  return [{ code: 'invoice-revised', bookedAs: booked.label, ...numbers }];
}

/** Whether the ledger says it already: of what is booked only the figures are compared. */
function isUnchanged(input: InvoiceInput): boolean {
  const { document, booked } = input;
  const before = invoiceBefore(input);
  if (booked === null || before === null) return false;
  if (INVOICE in booked.results) return figuresOf(before) === figuresOf(document);
  return stableJson(before) === stableJson(document);
}

function invoiceBefore({ booked }: InvoiceInput): SalesInvoice | null {
  return booked?.document?.kind === 'sales-invoice' ? booked.document : null;
}

function figuresOf({ type, date, customer, project, lines, rounding, currency }: SalesInvoice) {
  return stableJson([type, date, customer.number, project, lines, rounding, currency]);
}
