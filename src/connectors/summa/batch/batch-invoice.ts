import type { Place } from '../../../ports/problem.ts';

/** Values by their names, as they stand in the attributes of a batch in XML. */
export type Fields = Readonly<Record<string, string>>;

/** An invoice of a batch in the form in which it is pushed. */
export type BatchInvoice = { readonly wire: Record<string, unknown>; readonly place: Place };

/** An invoice as a batch tells it. */
export type ToldInvoice = {
  readonly head: Fields;
  readonly place: Place;
  readonly lines: readonly Fields[];
  readonly customer: Fields;
  readonly project: Fields | null;
  readonly totals: Fields;
};

/** What the file says, in the form in which invoices are pushed. */
export function asPushed(told: ToldInvoice): BatchInvoice {
  const { head, place, lines, customer, project, totals } = told;
  const wire = {
    schema: 'hub.invoice.v1',
    source: 'summa',
    external_id: head['externalId'] ?? '',
    kind: head['kind'] ?? '',
    order_no: head['orderNo'] ?? '',
    ...(head['credits'] === undefined ? {} : { credits: { external_id: head['credits'] } }),
    invoice_date: head['invoiceDate'] ?? '',
    due_date: head['dueDate'] ?? '',
    payment_terms: head['paymentTerms'] ?? '',
    currency: head['currency'] ?? '',
    our_reference: head['ourReference'] ?? '',
    your_reference: head['yourReference'] ?? '',
    buyer_order_no: head['buyerOrderNo'] ?? '',
    customer: {
      number: customer['number'] ?? '',
      name: customer['name'] ?? '',
      org_no: customer['orgNo'] ?? '',
      email: customer['email'] ?? '',
      country: customer['country'] ?? '',
    },
    ...(project === null
      ? {}
      : {
          project: {
            number: project['number'] ?? '',
            name: project['name'] ?? '',
            start_date: project['startDate'] ?? '',
          },
        }),
    lines: lines.map((line) => ({
      line_id: line['id'] ?? '',
      text: line['text'] ?? '',
      quantity: line['quantity'] ?? '',
      unit: line['unit'] ?? '',
      unit_price: line['unitPrice'] ?? '',
      net: line['net'] ?? '',
      vat_rate: line['vatRate'] ?? '',
      account: line['account'] ?? '',
      vat_code: line['vatCode'] ?? '',
      ...(line['costCenter'] === undefined ? {} : { cost_center: { code: line['costCenter'] } }),
    })),
    totals: {
      net: totals['net'] ?? '',
      vat: totals['vat'] ?? '',
      gross: totals['gross'] ?? '',
      rounding: totals['rounding'] ?? '',
    },
  };
  return { wire, place };
}
