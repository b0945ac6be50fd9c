import { amountText } from './amounts.ts';
import type { Invoice, InvoiceLine } from './job.ts';
import { lineOre, totalsOf } from './totals.ts';

/** One “fakturaexport”: a file of invoices for a drop folder. */
export type Batch = {
  /** `20260529-1`. The file is named after it. */
  readonly id: string;
  /** `2026-05-29T16:02:11+02:00`. */
  readonly exported: string;
  readonly invoices: readonly Invoice[];
};

/** The file as XML. A customer or project is told in full where its number is first met. */
export function batchXml({ id, exported, invoices }: Batch): string {
  const met = new Set<string>();
  const head = { xmlns: 'urn:hub:invoices:1', source: 'summa', exported, batch: id };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<invoices${attributes(head)}>`,
    ...invoices.flatMap((invoice) => invoiceXml(invoice, met)),
    '</invoices>',
    '',
  ].join('\n');
}

/** Columns of the file as CSV: a row for each line, what is of the whole invoice in its first. */
const CSV_COLUMNS = [
  ...['external_id', 'kind', 'order_no', 'invoice_date', 'currency', 'payment_terms', 'credits'],
  ...['customer_number', 'customer_name', 'customer_org_no', 'customer_country'],
  ...['project_number', 'project_name', 'total_net', 'total_vat', 'total_gross'],
  ...['line_id', 'text', 'quantity', 'unit_price', 'net', 'vat_rate', 'account', 'cost_center'],
];

/** The file as CSV, as a Swedish spreadsheet has it. */
export function batchCsv({ invoices }: Pick<Batch, 'invoices'>): string {
  const rows = [CSV_COLUMNS, ...invoices.flatMap(csvRows)];
  return rows.map((row) => `${row.map(csvField).join(';')}\r\n`).join('');
}

function csvRows({ externalId, kind, job, date, credits, lines }: Invoice): string[][] {
  const { customer, project } = job;
  const totals = totalsOf(lines);
  const whole = [
    ...[kind, job.orderNo, date, job.currency, job.paymentTerms, credits?.externalId ?? ''],
    ...[customer.number, customer.name, customer.orgNo, customer.country],
    ...[project?.number ?? '', project?.name ?? ''],
    ...[totals.netOre, totals.vatOre, totals.grossOre].map(swedishAmount),
  ];
  return lines.map((line, i) => [
    externalId,
    ...(i === 0 ? whole : whole.map(() => '')),
    ...[line.id, line.text, line.quantity, line.unitPrice.replace('.', ',')],
    ...[swedishAmount(lineOre(line)), String(line.vatRate), line.account, line.costCentre.code],
  ]);
}

function swedishAmount(ore: number): string {
  return amountText(ore).replace('.', ',');
}

function csvField(text: string): string {
  return /[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function invoiceXml(invoice: Invoice, met: Set<string>): string[] {
  const { job, lines } = invoice;
  const { customer, project } = job;
  const head = {
    externalId: invoice.externalId,
    kind: invoice.kind,
    orderNo: job.orderNo,
    invoiceDate: invoice.date,
    currency: job.currency,
    paymentTerms: job.paymentTerms,
    ...(invoice.credits ? { credits: invoice.credits.externalId } : {}),
  };
  const told = (key: string): boolean => met.has(key) || !met.add(key);
  const customerText = told(`customer ${customer.number}`)
    ? { number: customer.number }
    : {
        number: customer.number,
        name: customer.name,
        orgNo: customer.orgNo,
        country: customer.country,
      };
  const totals = totalsOf(lines);
  return [
    `  <invoice${attributes(head)}>`,
    `    <customer${attributes(customerText)}/>`,
    ...(project ? [`    <project${attributes(projectText(project, told))}/>`] : []),
    ...lines.map((line) => `    <line${attributes(lineText(line))}/>`),
    `    <totals${attributes({
      net: amountText(totals.netOre),
      vat: amountText(totals.vatOre),
      gross: amountText(totals.grossOre),
    })}/>`,
    '  </invoice>',
  ];
}

function projectText(
  { number, name }: { readonly number: string; readonly name: string },
  told: (key: string) => boolean,
): Record<string, string> {
  return told(`project ${number}`) ? { number } : { number, name };
}

function lineText(line: InvoiceLine): Record<string, string> {
  return {
    id: line.id,
    text: line.text,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    net: amountText(lineOre(line)),
    vatRate: String(line.vatRate),
    account: line.account,
    costCenter: line.costCentre.code,
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const text = value.replaceAll(/[&<>"\n]/g, (character) => ESCAPES[character] ?? '');
      return ` ${name}="${text}"`;
    })
    .join('');
}

/** One result of a dropped batch. */
export type ResultRow = {
  readonly externalId: string;
  readonly invoiceNo: string;
  readonly status: string;
  readonly message: string;
};

const RESULT_HEADER = 'external_id;invoice_no;status;message';

/**
 * What `{batch}.result.xml` or `{batch}.result.csv` says.
 *
 * @returns null when the file does not begin as a result file does
 */
export function readResultFile(text: string): ResultRow[] | null {
  if (text.trimStart().startsWith('<?xml')) return readResultXml(text);
  const [header = '', ...rows] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (header.trim() !== RESULT_HEADER) return null;
  return rows
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const [externalId = '', invoiceNo = '', status = '', ...message] = row.split(';');
      return { externalId, invoiceNo, status, message: message.join(';').replace(/^"|"$/g, '') };
    });
}

/** Results in XML: an element for each, with messages inside it. */
function readResultXml(text: string): ResultRow[] | null {
  if (!/<results\b[^>]*urn:hub:results:1/.test(text)) return null;
  return [...text.matchAll(/<result\b([^>]*?)(?:\/>|>([^]*?)<\/result>)/g)].map(
    ([, head = '', body = '']) => ({
      externalId: attributeIn(head, 'externalId'),
      invoiceNo: attributeIn(head, 'invoiceNo'),
      status: attributeIn(head, 'status'),
      message: body.replaceAll(/<[^>]*>/g, '').trim(),
    }),
  );
}

function attributeIn(head: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '';
}
