import type { Json } from '../../../lib/json.ts';
import { amountText } from './amounts.ts';
import type { Customer, Invoice, InvoiceLine, Project } from './job.ts';
import { lineOre, totalsOf } from './totals.ts';

/** How lines are written: a job of 5 000 pieces as one piece at its net, or as it was counted. */
export type Quantities = 'one' | 'as-counted';

/** `hub.invoice.v1`: what is posted when a job becomes an invoice. */
export function invoiceBody(invoice: Invoice, quantities: Quantities): Json {
  const { job, kind } = invoice;
  const head = {
    schema: 'hub.invoice.v1',
    source: 'summa',
    external_id: invoice.externalId,
    idempotency_key: invoice.key,
    kind,
  };
  const lines = linesOf(invoice.lines, quantities, kind === 'credit_note');
  const totals = totalsOf(invoice.lines);
  const sums = {
    net: amountText(totals.netOre),
    vat: amountText(totals.vatOre),
    gross: amountText(totals.grossOre),
  };
  const money = {
    invoice_date: invoice.date,
    currency: job.currency,
    prices_include_vat: false,
  };
  if (kind === 'credit_note') {
    const credits = {
      external_id: invoice.credits?.externalId ?? '',
      invoice_no: invoice.credits?.invoiceNo ?? null,
    };
    // The ledger knows the customer by now, and numbers are positive: the kind says what it is.
    return {
      ...head,
      credits,
      ...money,
      customer: { number: job.customer.number },
      lines,
      totals: sums,
    };
  }
  return {
    ...head,
    order_no: job.orderNo,
    invoice_no: null,
    assign_number: 'target',
    ...money,
    due_date: null,
    payment_terms: job.paymentTerms,
    our_reference: job.ourReference,
    your_reference: job.yourReference,
    buyer_order_no: job.buyerOrderNo,
    customer: customerOf(job.customer),
    ...(job.project ? { project: projectOf(job.project) } : {}),
    lines,
    totals: { ...sums, rounding: null },
    attachments: job.attachments.map(({ filename, mediaType, contentBase64 }) => ({
      filename,
      media_type: mediaType,
      content_base64: contentBase64,
    })),
  };
}

/** A cost centre's name stands where its code is first met. */
function linesOf(lines: readonly InvoiceLine[], quantities: Quantities, isCredit: boolean): Json[] {
  const named = new Set<string>();
  return lines.map((line) => {
    const { code, name } = line.costCentre;
    const isNew = !named.has(code);
    named.add(code);
    const net = amountText(lineOre(line));
    return {
      line_id: line.id,
      text: line.text,
      quantity: quantities === 'one' ? '1' : line.quantity,
      ...(isCredit || line.unit === null ? {} : { unit: line.unit }),
      unit_price: quantities === 'one' ? net : line.unitPrice,
      net,
      vat_rate: line.vatRate,
      ...(line.account === '' ? {} : { account: line.account }),
      ...(line.vatCode === undefined ? {} : { vat_code: line.vatCode }),
      cost_center: isNew && name !== undefined ? { code, name } : { code },
    };
  });
}

/** Everything that is known of a customer goes with every invoice. */
function customerOf(customer: Customer): Json {
  const { address } = customer;
  return {
    number: customer.number,
    name: customer.name,
    org_no: customer.orgNo,
    ...(customer.email === undefined ? {} : { email: customer.email }),
    ...(address
      ? {
          address: {
            line1: address.line1,
            postal_code: address.postalCode,
            city: address.city,
            country: address.country,
          },
        }
      : {}),
    ...(customer.delivery === undefined ? {} : { delivery: customer.delivery }),
  };
}

function projectOf(project: Project): Json {
  return {
    number: project.number,
    name: project.name,
    ...(project.startDate === undefined ? {} : { start_date: project.startDate }),
    ...(project.status === undefined ? {} : { status: project.status }),
  };
}
