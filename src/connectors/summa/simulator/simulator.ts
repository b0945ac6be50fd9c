import { SummaRefusal } from './amounts.ts';
import { answersIn, readAnswer, type Answer } from './answer.ts';
import { batchCsv, batchXml, readResultFile } from './batch-file.ts';
import {
  accontoLines,
  creditLines,
  finalLines,
  newJob,
  type AccontoRequest,
  type CreditLine,
  type JobSeed,
} from './desk.ts';
import { invoiceBody, type Quantities } from './invoice-body.ts';
import type { Invoice, Job, JobLine } from './job.ts';
import { post, type Address, type LineFault, type Reply } from './push.ts';
import { swedishDay, swedishMoment } from './time.ts';

export type SummaOptions = {
  /** Where invoices are posted: `http://127.0.0.1:5310/v1/ingest/invoices`. Null for nowhere. */
  readonly address?: Address | null;
  readonly jobs?: readonly JobSeed[];
  readonly quantities?: Quantities;
  /** A corrected invoice gets a new key, or keeps the one that was rejected. */
  readonly keyAfterCorrection?: 'new' | 'same';
  /** Real time when absent. */
  readonly nowMs?: () => number;
};

/** Enough for any run, and an end for one that would never be answered. */
const INVOICES_MAX = 100_000;

/** A Summa Kalkylsystem at a printing house, as far as its invoices go. */
export class SummaSimulator {
  readonly #address: Address | null;
  readonly #quantities: Quantities;
  readonly #keyAfterCorrection: 'new' | 'same';
  readonly #nowMs: () => number;
  readonly #jobs = new Map<string, Job>();
  readonly #invoices = new Map<string, Invoice>();
  readonly #faults: LineFault[] = [];
  readonly #complaints: string[] = [];
  readonly #batchesByDay = new Map<string, number>();

  constructor(options: SummaOptions = {}) {
    this.#address = options.address ?? null;
    this.#quantities = options.quantities ?? 'one';
    this.#keyAfterCorrection = options.keyAfterCorrection ?? 'new';
    this.#nowMs = options.nowMs ?? ((): number => Temporal.Now.instant().epochMilliseconds);
    for (const seed of options.jobs ?? []) this.addJob(seed);
  }

  /** @throws SummaRefusal when there is one with that number */
  addJob(seed: JobSeed): void {
    if (this.#jobs.has(seed.orderNo)) throw new SummaRefusal(`there is a job ${seed.orderNo}`);
    this.#jobs.set(seed.orderNo, newJob(seed));
  }

  job(orderNo: string): Readonly<Job> {
    return this.#job(orderNo);
  }

  invoice(externalId: string): Readonly<Invoice> {
    return this.#invoice(externalId);
  }

  invoices(): readonly Readonly<Invoice>[] {
    return [...this.#invoices.values()];
  }

  /** What an owner would ring about: two numbers for one invoice, an answer about another. */
  complaints(): readonly string[] {
    return this.#complaints;
  }

  /** The goods have left: status `levererad`. */
  deliver(orderNo: string): void {
    this.#job(orderNo).status = 'delivered';
  }

  /** From `levererad` to `faktura`: the final invoice is made and sent. @returns its id */
  async finish(orderNo: string, how: { readonly isSent?: boolean } = {}): Promise<string> {
    const job = this.#job(orderNo);
    if (job.status !== 'delivered') throw new SummaRefusal(`job ${orderNo} is ${job.status}`);
    job.status = 'to-invoice';
    const lines = finalLines(job, this.#accontosOf(job));
    return this.#make(job, { kind: 'invoice', lines, credits: null }, how.isSent ?? true);
  }

  /** Asks for a part payment before the job is done. @returns the id of the invoice */
  async askAcconto(
    orderNo: string,
    request: AccontoRequest,
    how: { readonly isSent?: boolean } = {},
  ): Promise<string> {
    const job = this.#job(orderNo);
    const lines = accontoLines(job, request);
    return this.#make(job, { kind: 'acconto', lines, credits: null }, how.isSent ?? true);
  }

  /** @throws SummaRefusal when the invoice has no number yet, or no such line */
  async credit(externalId: string, lines: readonly CreditLine[]): Promise<string> {
    const credits = this.#invoice(externalId);
    if (credits.invoiceNo === null) throw new SummaRefusal(`${externalId} has no number yet`);
    const made = { kind: 'credit_note', lines: creditLines(credits, lines), credits } as const;
    return this.#make(credits.job, made, true);
  }

  /** What a person changes in a rejected invoice before it is sent again. */
  async correct(
    externalId: string,
    lineId: string,
    change: Partial<Pick<JobLine, 'account' | 'vatRate' | 'text' | 'costCentre'>>,
  ): Promise<void> {
    const invoice = this.#invoice(externalId);
    if (invoice.state !== 'rejected') throw new SummaRefusal(`${externalId} is not rejected`);
    invoice.lines = invoice.lines.map((line) =>
      line.id === lineId ? { ...line, ...change } : line,
    );
    if (this.#keyAfterCorrection === 'new') invoice.key = `${invoice.key}-${invoice.attempts + 1}`;
    invoice.state = 'waiting';
    if (invoice.kind === 'invoice') invoice.job.status = 'to-invoice';
    await this.#send(invoice);
  }

  /** Sends all that nobody has answered again, one by one, each with the key it had. */
  async resend(): Promise<void> {
    for (const invoice of this.#waiting()) await this.#send(invoice);
  }

  /** Sends all that waits in one request, which is answered item by item. */
  async sendTogether(): Promise<void> {
    const waiting = this.#waiting();
    if (waiting.length === 0) return;
    for (const invoice of waiting) invoice.attempts += 1;
    const body = waiting.map((invoice) => invoiceBody(invoice, this.#quantities));
    const reply = await this.#post(body, null);
    const answers = answersIn(reply?.body);
    for (const invoice of waiting) {
      const body = answers.get(invoice.externalId) ?? null;
      const isAnswered = reply !== null && (body !== null || reply.status >= 400);
      this.#take(invoice, isAnswered ? { status: reply.status, body } : null);
    }
  }

  /** “Fakturaexport”: all that waits in one file for a drop folder. */
  exportBatch(form: 'xml' | 'csv' = 'xml'): {
    readonly filename: string;
    readonly text: string;
    readonly id: string;
  } {
    const day = swedishDay(this.#nowMs());
    const count = (this.#batchesByDay.get(day) ?? 0) + 1;
    this.#batchesByDay.set(day, count);
    const id = `${day.replaceAll('-', '')}-${count}`;
    const invoices = this.#waiting();
    for (const invoice of invoices) invoice.attempts += 1;
    const exported = swedishMoment(this.#nowMs());
    const text = form === 'csv' ? batchCsv({ invoices }) : batchXml({ id, exported, invoices });
    return { filename: `${id}.${form}`, text, id };
  }

  /** Takes in what `{batch}.result.csv` says. @throws SummaRefusal when it is no result file */
  readResult(text: string): void {
    const rows = readResultFile(text);
    if (rows === null) throw new SummaRefusal('this is not a result file');
    for (const row of rows) {
      const body = {
        status: row.status,
        external_id: row.externalId,
        invoice_no: row.invoiceNo,
        errors: [{ code: row.status, message: row.message }],
      };
      const invoice = this.#invoices.get(row.externalId);
      if (invoice) this.#take(invoice, { status: 200, body });
      else this.#complaints.push(`a result for ${row.externalId}, which does not exist`);
    }
  }

  /** The next request goes wrong like this. Several are taken in turn. */
  failNext(...faults: readonly LineFault[]): void {
    this.#faults.push(...faults);
  }

  async #make(
    job: Job,
    made: Pick<Invoice, 'kind' | 'lines' | 'credits'>,
    isSent: boolean,
  ): Promise<string> {
    if (this.#invoices.size >= INVOICES_MAX) throw new SummaRefusal('there are too many invoices');
    const isCredit = made.kind === 'credit_note';
    const n = this.#countOf(job, isCredit) + 1;
    const [word, mark] = isCredit ? ['credit', 'c'] : ['invoice', ''];
    const invoice: Invoice = {
      ...made,
      externalId: `summa:order:${job.orderNo}:${word}:${n}`,
      key: `summa-${job.orderNo}-${mark}${n}`,
      job,
      date: swedishDay(this.#nowMs()),
      state: 'waiting',
      attempts: 0,
      invoiceNo: null,
      ocr: null,
      errors: [],
      warnings: [],
    };
    this.#invoices.set(invoice.externalId, invoice);
    if (isSent) await this.#send(invoice);
    return invoice.externalId;
  }

  async #send(invoice: Invoice): Promise<void> {
    invoice.attempts += 1;
    const body = invoiceBody(invoice, this.#quantities);
    this.#take(invoice, await this.#post(body, invoice.key));
  }

  async #post(body: ReturnType<typeof invoiceBody>, idempotencyKey: string | null): Promise<Reply> {
    if (this.#address === null) return null;
    const fault = this.#faults.shift() ?? null;
    return post({ ...this.#address, body, idempotencyKey, fault });
  }

  #take(invoice: Invoice, reply: Reply): void {
    const answer: Answer =
      reply === null
        ? { kind: 'unknown', why: 'no answer' }
        : readAnswer(invoice, reply.status, reply.body);
    switch (answer.kind) {
      case 'created':
        this.#number(invoice, answer);
        return;
      case 'rejected':
        if (invoice.invoiceNo !== null) {
          this.#complaints.push(`${invoice.externalId} was numbered, and is now rejected`);
          return;
        }
        invoice.state = 'rejected';
        invoice.errors = answer.errors;
        if (invoice.kind === 'invoice') invoice.job.status = 'delivered';
        return;
      case 'unknown':
        if (answer.why.startsWith('the answer is about')) {
          this.#complaints.push(`${invoice.externalId}: ${answer.why}`);
        }
    }
  }

  #number(invoice: Invoice, answer: Answer & { readonly kind: 'created' }): void {
    if (invoice.invoiceNo !== null && invoice.invoiceNo !== answer.invoiceNo) {
      const numbers = `${invoice.invoiceNo} and ${answer.invoiceNo}`;
      this.#complaints.push(`${invoice.externalId} has two numbers: ${numbers}`);
      return;
    }
    invoice.state = 'created';
    invoice.invoiceNo = answer.invoiceNo;
    invoice.ocr = answer.ocr;
    invoice.warnings = answer.warnings;
    invoice.errors = [];
    if (invoice.kind === 'invoice') invoice.job.status = 'invoiced';
  }

  #waiting(): Invoice[] {
    return [...this.#invoices.values()].filter(({ state }) => state === 'waiting');
  }

  #accontosOf(job: Job): Invoice[] {
    return [...this.#invoices.values()].filter(
      (one) => one.job === job && one.kind === 'acconto' && one.state !== 'rejected',
    );
  }

  #countOf(job: Job, isCredit: boolean): number {
    const ofJob = [...this.#invoices.values()].filter((one) => one.job === job);
    return ofJob.filter(({ kind }) => (kind === 'credit_note') === isCredit).length;
  }

  #job(orderNo: string): Job {
    const job = this.#jobs.get(orderNo);
    if (!job) throw new SummaRefusal(`there is no job ${orderNo}`);
    return job;
  }

  #invoice(externalId: string): Invoice {
    const invoice = this.#invoices.get(externalId);
    if (!invoice) throw new SummaRefusal(`there is no invoice ${externalId}`);
    return invoice;
  }
}
