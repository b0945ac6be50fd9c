import type { Problem } from '../../../ports/source.ts';
import { elementsIn, textOf } from '../xml/nodes.ts';
import type { XmlNode } from '../xml/records.ts';
import { AmountReader, totalOf } from '../xml/amounts.ts';
import { APART } from './events.ts';

/** What the Z report says of its day: compared with the receipts, never booked. */
export type ZReport = {
  readonly number: string;
  readonly organisation: string;
  readonly gross: bigint | null;
  readonly vat: bigint | null;
  readonly receipts: number | null;
  readonly problems: readonly Problem[];
};

/**
 * Reads a Z report.
 *
 * Its means of payment are not read: some tills count the float among them. It has no sales by
 * rate at all.
 */
export function readZReport(node: XmlNode): ZReport {
  const reader = new AmountReader('SEK');
  const rates = elementsIn(node, 'MervardesskattPerSkattesats', APART);
  const vat = reader.byRate(rates, {
    rate: 'Mervardesskattesats',
    amount: 'TotaltMervardesskattebeloppPerSkattesats',
  });
  const gross = reader.amount(node, 'TotalForsaljningssumma');
  const count = textOf(node, 'AntalKassakvitton');
  const isCount = /^\d{1,9}$/.test(count);
  if (!isCount && count !== '') reader.tell('not-a-number', node, 'AntalKassakvitton');
  return {
    number: textOf(node, 'LopnummerForZDagrapport'),
    organisation: textOf(node, 'OrganisationsnummerEllerPersonnummer'),
    gross,
    vat: rates.length === 0 ? null : totalOf(vat),
    receipts: isCount ? Number(count) : null,
    problems: reader.problems,
  };
}
