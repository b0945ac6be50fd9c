import { add, subtract, sum, type Money } from '../../../domain/money.ts';
import type {
  InvoiceCharge,
  InvoiceVat,
  SupplierInvoice,
} from '../../../domain/document/supplier-invoice.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import { rateOf, short } from '../ubl/line.ts';
import { fieldAt, nodeAt, nodesAt, textAt, type UblNode } from '../ubl/node.ts';
import { textOrNull } from './party.ts';
import { missing, type Sheet } from './sheet.ts';

/** The totals that a document states, with their signs as they stand and where they stand. */
export type Totals = {
  readonly lines: Money;
  readonly allowances: Money;
  readonly charges: Money;
  readonly prepaid: Money;
  readonly rounding: Money;
  readonly total: Omit<SupplierInvoice['total'], 'vat'>;
  readonly placeOf: (name: string) => Place;
};

const TOTAL = 'cac:LegalMonetaryTotal';

/** Reads what stands in `LegalMonetaryTotal` (BR-12 to BR-15 for what is missing). */
export function totalsOf(root: UblNode, sheet: Sheet): Totals {
  const node = nodeAt(root, TOTAL) ?? { ...root, children: [] };
  const needed = (rule: string, name: string): Money =>
    sheet.amount(fieldAt(node, name), { rule, name: `${TOTAL}/${name}`, place: node.place });
  const optional = (name: string): Money => sheet.optional(fieldAt(node, name));
  return {
    lines: needed('BR-12', 'cbc:LineExtensionAmount'),
    allowances: optional('cbc:AllowanceTotalAmount'),
    charges: optional('cbc:ChargeTotalAmount'),
    prepaid: optional('cbc:PrepaidAmount'),
    rounding: optional('cbc:PayableRoundingAmount'),
    total: {
      net: needed('BR-13', 'cbc:TaxExclusiveAmount'),
      gross: needed('BR-14', 'cbc:TaxInclusiveAmount'),
      payable: needed('BR-15', 'cbc:PayableAmount'),
    },
    placeOf: (name) => fieldAt(node, name)?.place ?? node.place,
  };
}

/** VAT as a document states it: the sum, and each category and rate. */
export type Vat = {
  readonly total: Money;
  readonly parts: readonly InvoiceVat[];
  readonly place: Place;
};

/**
 * The VAT in the document's own currency. A second `TaxTotal` repeats it in the currency of the
 * seller's VAT return and is not ours.
 */
export function vatOf(root: UblNode, sheet: Sheet): Vat {
  const all = nodesAt(root, 'cac:TaxTotal');
  const [own, ...others] = all.filter((total) => {
    const currency = fieldAt(total, 'cbc:TaxAmount')?.currency ?? null;
    return currency === null || currency === sheet.currency;
  });
  const place = own?.place ?? root.place;
  if (own === undefined || others.length > 0) {
    const rule = 'PEPPOL-EN16931-R053';
    const found = String(own === undefined ? 0 : 1 + others.length);
    const facts = { rule, found: `${found} cac:TaxTotal ${sheet.currency}`, expected: '1' };
    sheet.problems.push(problemAt('rule-broken', others[0]?.place ?? place, facts));
  }
  const node = own ?? { ...root, children: [] };
  const needed = { rule: 'BR-CO-14', name: 'cac:TaxTotal/cbc:TaxAmount', place };
  const subtotals = nodesAt(node, 'cac:TaxSubtotal');
  if (own !== undefined && subtotals.length === 0) {
    sheet.problems.push(missing({ rule: 'BR-CO-18', name: 'cac:TaxSubtotal', place }));
  }
  return {
    total: sheet.amount(fieldAt(node, 'cbc:TaxAmount'), needed),
    parts: subtotals.map((subtotal) => partOf(subtotal, sheet)),
    place: fieldAt(node, 'cbc:TaxAmount')?.place ?? place,
  };
}

function partOf(node: UblNode, sheet: Sheet): InvoiceVat {
  const { place } = node;
  const amount = (rule: string, name: string): Money =>
    sheet.amount(fieldAt(node, name), { rule, name, place });
  const reason = textAt(node, 'cac:TaxCategory', 'cbc:TaxExemptionReason');
  const code = textAt(node, 'cac:TaxCategory', 'cbc:TaxExemptionReasonCode');
  return {
    ...sheet.rate(rateOf(node, 'cac:TaxCategory'), 'BR-47'),
    base: amount('BR-45', 'cbc:TaxableAmount'),
    vat: amount('BR-46', 'cbc:TaxAmount'),
    exemption: textOrNull(short(reason === '' ? code : reason)),
  };
}

/** An allowance or a charge on the whole invoice; `net` has the sign that it stands with. */
export type Adjustment = InvoiceCharge & { readonly isCharge: boolean };

export function adjustmentsOf(root: UblNode, sheet: Sheet): readonly Adjustment[] {
  return nodesAt(root, 'cac:AllowanceCharge').map((node) => {
    const indicator = textAt(node, 'cbc:ChargeIndicator');
    const isCharge = indicator === 'true' || indicator === '1';
    if (!isCharge && indicator !== 'false' && indicator !== '0') {
      const facts = { field: 'cbc:ChargeIndicator', found: indicator, expected: 'true, false' };
      sheet.problems.push(problemAt('unknown-value', node.place, facts));
    }
    const { place } = node;
    const amount = { rule: isCharge ? 'BR-36' : 'BR-31', name: 'cbc:Amount', place };
    const reason = textAt(node, 'cbc:AllowanceChargeReason');
    return {
      ...sheet.rate(rateOf(node, 'cac:TaxCategory'), isCharge ? 'BR-37' : 'BR-32'),
      isCharge,
      text: short(reason === '' ? textAt(node, 'cbc:AllowanceChargeReasonCode') : reason),
      net: sheet.amount(fieldAt(node, 'cbc:Amount'), amount),
    };
  });
}

/** What a document's totals are held against. */
export type Parts = {
  readonly lines: readonly { readonly net: Money }[];
  readonly adjustments: readonly Adjustment[];
  readonly vat: Vat;
};

/**
 * Holds the totals against their parts (BR-CO-10 to BR-CO-16). VAT is summed and never computed
 * from rates: it is booked as the supplier states it.
 */
export function checkTotals(totals: Totals, parts: Parts, sheet: Sheet): void {
  const { currency } = sheet;
  const { total, placeOf } = totals;
  const of = (isCharge: boolean): Money =>
    sum(
      parts.adjustments.filter((one) => one.isCharge === isCharge).map(({ net }) => net),
      currency,
    );
  const check = (rule: string, name: string, both: { found: Money; expected: Money }): void =>
    sheet.compare(rule, placeOf(name), both);
  check('BR-CO-10', 'cbc:LineExtensionAmount', {
    found: totals.lines,
    expected: sum(
      parts.lines.map(({ net }) => net),
      currency,
    ),
  });
  check('BR-CO-11', 'cbc:AllowanceTotalAmount', { found: totals.allowances, expected: of(false) });
  check('BR-CO-12', 'cbc:ChargeTotalAmount', { found: totals.charges, expected: of(true) });
  check('BR-CO-13', 'cbc:TaxExclusiveAmount', {
    found: total.net,
    expected: add(subtract(totals.lines, totals.allowances), totals.charges),
  });
  sheet.compare('BR-CO-14', parts.vat.place, {
    found: parts.vat.total,
    expected: sum(
      parts.vat.parts.map(({ vat }) => vat),
      currency,
    ),
  });
  check('BR-CO-15', 'cbc:TaxInclusiveAmount', {
    found: total.gross,
    expected: add(total.net, parts.vat.total),
  });
  check('BR-CO-16', 'cbc:PayableAmount', {
    found: total.payable,
    expected: add(subtract(total.gross, totals.prepaid), totals.rounding),
  });
}
