import { WinnerRefusal } from './amounts.ts';
import { Billing, type Invoice } from './billing/ledger.ts';
import { journalFiles, type JournalFile, type JournalRequest } from './journal/journal.ts';
import { checkCalendar, type PercentOf } from './quote/calendar.ts';
import { DEFAULT_CALENDAR, type CalendarLine, type Project, type Quote } from './quote/project.ts';
import { post, type Address, type LineFault } from './quote/push.ts';
import { keyOf, quoteBody, type Product } from './quote/quote-body.ts';

export type WinnerOptions = {
  /** Where accepted quotes are posted. Null for nowhere. */
  readonly address?: Address | null;
  readonly product?: Product;
  readonly currency?: string;
  readonly projects?: readonly Project[];
  /** A calendar of each installation; one line of 100 % when absent. */
  readonly defaultCalendar?: readonly CalendarLine[];
  /** `none` lets calendars through that do not come to 100 %. */
  readonly calendarCheck?: 'strict' | 'none';
  readonly percentOf?: PercentOf;
  readonly firstInvoice?: number;
  readonly termDays?: number;
  /** Real time when absent. */
  readonly nowMs?: () => number;
};

/** A person at a kitchen dealer's says when and how. */
export type Acceptance = {
  /** Several on one contract are a combined quotation. */
  readonly alternatives: readonly number[];
  readonly contractNo?: string;
  /** Today when absent. */
  readonly date?: string;
};

const ZONE = 'Europe/Oslo';

/** A Winner at a kitchen dealer's: accepted quotes, and the invoices that are written there. */
export class WinnerSimulator {
  readonly #options: WinnerOptions;
  readonly #projects = new Map<string, Project>();
  readonly #quotes = new Map<string, Quote>();
  readonly #billing: Billing;
  readonly #faults: LineFault[] = [];

  constructor(options: WinnerOptions = {}) {
    this.#options = options;
    this.#billing = new Billing({
      percentOf: options.percentOf ?? 'rest',
      firstInvoice: options.firstInvoice ?? 30_001,
      termDays: options.termDays ?? 14,
    });
    for (const project of options.projects ?? []) this.saveProject(project);
  }

  /** Adds a project, or changes one: what is accepted already stays as it was accepted. */
  saveProject(project: Project): void {
    this.#projects.set(project.number, project);
  }

  /**
   * The customer says yes, or yes again to what has changed: it is posted.
   *
   * @returns its id, `winner:24017:alt:3`
   * @throws WinnerRefusal when there is no such design, or its calendar does not come to 100 %
   */
  async accept(projectNo: string, acceptance: Acceptance): Promise<string> {
    const quote = this.#accepted(this.#project(projectNo), acceptance);
    this.#quotes.set(quote.externalId, quote);
    await this.#send(quote);
    return quote.externalId;
  }

  quote(externalId: string): Readonly<Quote> {
    return this.#quote(externalId);
  }

  quotes(): readonly Readonly<Quote>[] {
    return [...this.#quotes.values()];
  }

  /** Sends all that nobody has taken or rejected again, each with the key it had. */
  async resend(): Promise<void> {
    for (const quote of this.#quotes.values())
      if (quote.state === 'waiting') await this.#send(quote);
  }

  /** The next request goes wrong like this. Several are taken in turn. */
  failNext(...faults: readonly LineFault[]): void {
    this.#faults.push(...faults);
  }

  /** Writes the invoice of a calendar line, without a number yet. */
  draft(externalId: string, seq: number): Invoice {
    return this.#billing.draft(this.#quote(externalId), seq);
  }

  deleteDraft(externalId: string, seq: number): void {
    this.#billing.deleteDraft(this.#invoice(externalId, seq));
  }

  /** @returns the number it gets; `number` when others have taken those before it */
  print(externalId: string, seq: number, how: { date?: string; number?: number } = {}): number {
    const invoice = this.#invoice(externalId, seq);
    return this.#billing.print(invoice, how.date ?? this.#today(), how.number);
  }

  /** @returns the number of the credit note */
  credit(invoiceNo: number, gross: string, date = this.#today()): number | null {
    return this.#billing.credit(invoiceNo, gross, date).number;
  }

  pay(invoiceNo: number, paid: { amount: string; date?: string; method?: string }): number {
    return this.#billing.pay(invoiceNo, { ...paid, date: paid.date ?? this.#today() });
  }

  reversePayment(paymentNo: number, date = this.#today()): number {
    return this.#billing.reversePayment(paymentNo, date);
  }

  /** The four files of the invoice journal. */
  exportJournal(request: JournalRequest): JournalFile[] {
    return journalFiles(
      {
        quotes: [...this.#quotes.values()],
        invoices: this.#billing.invoices(),
        payments: this.#billing.payments(),
        percentOf: this.#options.percentOf ?? 'rest',
      },
      request,
    );
  }

  #accepted(project: Project, acceptance: Acceptance): Quote {
    const designs = acceptance.alternatives.map((number) => {
      const design = project.alternatives.find((one) => one.number === number);
      if (!design) throw new WinnerRefusal(`${project.number} has no alternative ${number}`);
      return design;
    });
    const [first] = designs;
    if (!first) throw new WinnerRefusal('nothing is accepted');
    const calendar = first.calendar ?? this.#options.defaultCalendar ?? DEFAULT_CALENDAR;
    if (this.#options.calendarCheck !== 'none') checkCalendar(calendar);
    const externalId = `winner:${project.number}:alt:${acceptance.alternatives.join('+')}`;
    const before = this.#quotes.get(externalId);
    return Object.assign(before ?? { externalId, alternatives: acceptance.alternatives }, {
      project,
      contractNo: acceptance.contractNo ?? before?.contractNo ?? null,
      groups: designs.flatMap((design) => design.groups),
      calendar,
      acceptedAt: acceptance.date ?? this.#today(),
      revision: (before?.revision ?? 0) + 1,
      state: 'waiting' as const,
      attempts: 0,
      errors: [],
    });
  }

  async #send(quote: Quote): Promise<void> {
    const { address = null, product = 'winner', currency = 'NOK' } = this.#options;
    if (address === null) return;
    const { externalId, revision } = quote;
    quote.attempts += 1;
    const outcome = await post({
      address,
      externalId,
      idempotencyKey: keyOf(quote),
      body: quoteBody(quote, { product, currency }),
      fault: this.#faults.shift() ?? null,
    });
    // An answer about what has been accepted anew meanwhile says nothing of what it is now.
    if (quote.revision !== revision || outcome.kind === 'unknown') return;
    quote.state = outcome.kind;
    quote.errors = outcome.kind === 'rejected' ? outcome.errors : [];
  }

  #project(number: string): Project {
    const project = this.#projects.get(number);
    if (!project) throw new WinnerRefusal(`there is no project ${number}`);
    return project;
  }

  #quote(externalId: string): Quote {
    const quote = this.#quotes.get(externalId);
    if (!quote) throw new WinnerRefusal(`${externalId} is not accepted`);
    return quote;
  }

  #invoice(externalId: string, seq: number): Invoice {
    const quote = this.#quote(externalId);
    const invoice = this.#billing.invoices().find((one) => one.quote === quote && one.seq === seq);
    if (!invoice) throw new WinnerRefusal(`${externalId} has no invoice for line ${seq}`);
    return invoice;
  }

  #today(): string {
    const nowMs = this.#options.nowMs?.() ?? Temporal.Now.instant().epochMilliseconds;
    return Temporal.Instant.fromEpochMilliseconds(nowMs)
      .toZonedDateTimeISO(ZONE)
      .toPlainDate()
      .toString();
  }
}
