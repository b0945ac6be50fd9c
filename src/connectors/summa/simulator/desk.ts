import { amountText, share, SummaRefusal, total } from './amounts.ts';
import type { Invoice, InvoiceLine, Job, JobLine } from './job.ts';
import { lineOre } from './totals.ts';

/** A job as a person enters it. */
export type JobSeed = Partial<Omit<Job, 'status'>> & Pick<Job, 'orderNo' | 'customer' | 'lines'>;

/** @throws SummaRefusal when a price or a quantity cannot be read */
export function newJob(seed: JobSeed): Job {
  for (const line of numbered(seed.lines)) lineOre(line);
  return {
    project: null,
    ourReference: '',
    yourReference: '',
    buyerOrderNo: '',
    paymentTerms: '30',
    currency: 'SEK',
    attachments: [],
    ...seed,
    status: 'in-production',
  };
}

/** A part payment that is asked for before the job is done. */
export type AccontoRequest = {
  /** Of the whole job, without VAT. */
  readonly percent: number;
  /** 2420 is `Förskott från kunder`. */
  readonly account: string;
  readonly costCentre: JobLine['costCentre'];
  readonly vatRate: number;
};

export function accontoLines(job: Job, request: AccontoRequest): InvoiceLine[] {
  const wholeOre = total(numbered(job.lines).map(lineOre));
  const ore = share(wholeOre, Math.round(request.percent * 100), 10_000);
  return [
    {
      id: '1',
      text: `A conto ${request.percent} %`,
      quantity: '1',
      unit: 'st',
      unitPrice: amountText(ore),
      vatRate: request.vatRate,
      account: request.account,
      costCentre: request.costCentre,
    },
  ];
}

/** The job's lines, less the part payments that were asked for. */
export function finalLines(job: Job, accontos: readonly Invoice[]): InvoiceLine[] {
  const paid = accontos.flatMap((acconto) => acconto.lines);
  const deductions = paid.map((line) => ({ ...line, text: 'Avgår a conto', quantity: '-1' }));
  return [...numbered(job.lines), ...numbered(deductions, job.lines.length)];
}

/** A part of an invoice that is taken back. Amounts are positive. */
export type CreditLine = {
  /** Of the line that is credited. */
  readonly id: string;
  readonly text?: string;
  /** Without VAT; the whole line when absent. */
  readonly net?: string;
};

/** @throws SummaRefusal when the invoice has no such line */
export function creditLines(invoice: Invoice, credited: readonly CreditLine[]): InvoiceLine[] {
  return credited.map(({ id, text, net }) => {
    const line = invoice.lines.find((one) => one.id === id);
    if (!line) throw new SummaRefusal(`${invoice.externalId} has no line ${id}`);
    return {
      ...line,
      text: text ?? `Kredit ${line.text}`,
      quantity: '1',
      unitPrice: net ?? amountText(lineOre(line)),
      costCentre: { code: line.costCentre.code },
    };
  });
}

function numbered(lines: readonly (JobLine | InvoiceLine)[], from = 0): InvoiceLine[] {
  return lines.map((line, index) => ({ ...line, id: String(from + index + 1) }));
}
