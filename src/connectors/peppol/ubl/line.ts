import { TEXT_CHARS_MAX } from '../limits.ts';
import type { Place } from '../../../ports/problem.ts';
import { fieldAt, textAt, nodeAt, type Field, type UblNode } from './node.ts';

/** The VAT category and rate that stand on a line, an allowance or a subtotal, as written. */
export type WireRate = {
  readonly category: Field | null;
  readonly percent: Field | null;
  /** Where both should stand. */
  readonly place: Place;
};

/** A line as written. Small: an invoice may have many thousand. */
export type WireLine = {
  readonly place: Place;
  readonly id: string;
  readonly text: string;
  readonly quantity: string;
  readonly net: Field | null;
  readonly rate: WireRate;
  readonly accountingCost: string;
  readonly itemNumber: string;
  readonly itemClass: string;
};

/** What is read of an `InvoiceLine` or a `CreditNoteLine`. */
export function lineOf(node: UblNode): WireLine {
  const name = textAt(node, 'cac:Item', 'cbc:Name');
  const sellers = textAt(node, 'cac:Item', 'cac:SellersItemIdentification', 'cbc:ID');
  return {
    place: node.place,
    id: short(textAt(node, 'cbc:ID')),
    text: short(name === '' ? textAt(node, 'cac:Item', 'cbc:Description') : name),
    quantity: short(quantityOf(node)),
    net: fieldAt(node, 'cbc:LineExtensionAmount'),
    rate: rateOf(node, 'cac:Item', 'cac:ClassifiedTaxCategory'),
    accountingCost: short(textAt(node, 'cbc:AccountingCost')),
    itemNumber: short(
      sellers === ''
        ? textAt(node, 'cac:Item', 'cac:StandardItemIdentification', 'cbc:ID')
        : sellers,
    ),
    itemClass: short(
      textAt(node, 'cac:Item', 'cac:CommodityClassification', 'cbc:ItemClassificationCode'),
    ),
  };
}

/** The category and rate at a path. */
export function rateOf(node: UblNode, ...path: readonly string[]): WireRate {
  const category = nodeAt(node, ...path);
  return {
    category: fieldAt(node, ...path, 'cbc:ID'),
    percent: fieldAt(node, ...path, 'cbc:Percent'),
    place: (category ?? node).place,
  };
}

function quantityOf(node: UblNode): string {
  const quantity = nodeAt(node, 'cbc:InvoicedQuantity') ?? nodeAt(node, 'cbc:CreditedQuantity');
  if (quantity === null) return '';
  return `${quantity.text.trim()} ${quantity.attributes.get('unitCode') ?? ''}`.trim();
}

/** Texts for people, with line breaks of the file's layout taken out. */
export function short(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, TEXT_CHARS_MAX);
}
