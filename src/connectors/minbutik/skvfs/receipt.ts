import type { BasisPoints } from '../../../domain/vat/rates.ts';
import type { Problem } from '../../../ports/source.ts';
import { elementsIn, textOf } from '../xml/nodes.ts';
import { AmountReader, takenBack, type Amounts } from '../xml/amounts.ts';
import { APART, type TillEvent } from './events.ts';

/** What a receipt adds to its day. A return's amounts are negative. */
export type Receipt = {
  readonly kind: 'sale' | 'return';
  readonly number: string;
  /** The Z report it was closed by; `0` for none yet. */
  readonly zNumber: string;
  /** With VAT, by rate. */
  readonly sales: Amounts<BasisPoints>;
  readonly vat: Amounts<BasisPoints>;
  readonly tenders: Amounts<string>;
  readonly problems: readonly Problem[];
};

/**
 * Reads a receipt.
 *
 * Sales by rate are those of its articles, because the receipt's own list tells the VAT alone. Of
 * a return it is not known whether tills write it with a minus: both are taken for the same.
 */
export function readReceipt({ node, kind }: TillEvent): Receipt {
  const reader = new AmountReader('SEK');
  const number = node.children.find(({ name }) => OWN_NUMBER.test(name))?.text.trim() ?? '';
  const articles = elementsIn(node, 'SaldArtikel', APART);
  const sales = reader.byRate(articles, {
    rate: 'MervardesskattesatsForSaldArtikel',
    amount: 'PrisPaSaldArtikel',
  });
  const rates = elementsIn(node, 'MervardesskattPerSkattesats', APART);
  const vat =
    rates.length === 0
      ? reader.byRate(articles, VAT_OF_ARTICLE)
      : reader.byRate(rates, VAT_OF_RECEIPT);
  const tenders = reader.byText(
    elementsIn(node, 'TotalForsaljningssummaPerBetalningsmedel', APART),
    { text: 'Betalningsmedel', amount: 'ForsaljningssummaPerBetalningsmedel' },
  );
  if (articles.length === 0) reader.tell('field-empty', node, 'SaldArtikel');
  if (number === '') reader.tell('field-empty', node, 'LopnummerForKassakvitto');
  const isReturn = kind === 'return';
  return {
    kind: isReturn ? 'return' : 'sale',
    number,
    zNumber: textOf(node, 'LopnummerForZDagrapportPaKvitto'),
    sales: isReturn ? takenBack(sales) : sales,
    vat: isReturn ? takenBack(vat) : vat,
    tenders: isReturn ? takenBack(tenders) : tenders,
    problems: reader.problems,
  };
}

/** The serial number of a receipt, whatever kind it is called after. */
const OWN_NUMBER = /^LopnummerFor(?!ZDagrapport)/;

const VAT_OF_RECEIPT = {
  rate: 'Mervardesskattesats',
  amount: 'TotaltMervardesskattebeloppPerSkattesats',
};
/** What a receipt without a list of its VAT is left with. */
const VAT_OF_ARTICLE = {
  rate: 'MervardesskattesatsForSaldArtikel',
  amount: 'MervardesskattPaSaldArtikel',
};
