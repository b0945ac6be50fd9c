import type { Order, Refund, SaleLine, SalePart } from '../../document/sale.ts';
import {
  absolute,
  add,
  isZero,
  money,
  parseMoney,
  subtract,
  sum,
  type Money,
} from '../../money.ts';
import type { SalesRow } from '../../sales-document.ts';
import { vatInGross, type BasisPoints } from '../../vat/rates.ts';
import { regionOf } from '../../vat/region.ts';
import type { PostingChoices } from '../choices.ts';
import { INVOICE_WORDS } from '../invoice-words.ts';
import type { Invoicing } from '../invoicing.ts';
import { LEDGER_WORDS } from '../words.ts';
import { answerFirst, partRole } from './sale.ts';

/** Ledgers keep quantities with two decimals. */
const QUANTITY = /^\d{1,9}(?:\.\d{1,2})?$/;

type RowChoices = PostingChoices & { readonly invoicing: Invoicing };

/**
 * The rows of an order or refund on an invoice, the shop's own rounding last. Each comes to what
 * the customer paid for it, VAT included; accounts that nobody has chosen are empty.
 */
export function invoiceRows(sale: Order | Refund, choices: RowChoices): readonly SalesRow[] {
  const region = regionOf(sale, choices.country);
  const rows = sale.lines.flatMap((line) =>
    line.parts.map((part): SalesRow => {
      const gross = add(part.net, part.vat);
      const answer = answerFirst(partRole({ sale, region }, line, part), choices);
      const isAlone = line.parts.length === 1;
      return {
        article: articleOf(line, choices.invoicing),
        isService: line.kind === 'service',
        ...piecesOf({ text: line.text, quantity: isAlone ? line.quantity : '1' }, gross, choices),
        gross,
        rate: part.rate ?? 0,
        account: answer?.account ?? '',
      };
    }),
  );
  if (isZero(sale.rounding)) return rows;
  const account = answerFirst({ role: 'rounding', codes: [] }, choices)?.account ?? '';
  const text = LEDGER_WORDS[choices.language].rounding;
  const pieces = piecesOf({ text, quantity: '1' }, sale.rounding, choices);
  const none = { article: null, isService: false, rate: 0 };
  return [...rows, { ...none, ...pieces, gross: sale.rounding, account }];
}

/** Freight, fees and gift cards have no number in the shop: they are told by their text. */
function articleOf({ kind, sku }: SaleLine, { articles, articleNumber }: Invoicing): string | null {
  if (articles === 'fixed') return articleNumber;
  return articles === 'sku' && (kind === 'goods' || kind === 'service') ? sku : null;
}

/**
 * Quantity and price of a piece, when the two come to the amount exactly; else one piece of all of
 * it, with the quantity in its text.
 */
function piecesOf(
  { text, quantity }: Pick<SaleLine, 'text' | 'quantity'>,
  gross: Money,
  { language }: RowChoices,
): Pick<SalesRow, 'text' | 'quantity' | 'price'> {
  const sign = gross.minor < 0n ? '-' : '';
  const asked = quantity
    .replace(/^-/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  // A quantity has the two decimals that an amount has.
  const hundredths = QUANTITY.test(asked) ? (parseMoney(asked, 'SEK')?.minor ?? 0n) : 0n;
  const amount = absolute(gross);
  if (hundredths > 0n && (amount.minor * 100n) % hundredths === 0n) {
    const price = money((amount.minor * 100n) / hundredths, gross.currency);
    return { text, quantity: `${sign}${asked}`, price };
  }
  const said = asked === '' || asked === '0' ? text : INVOICE_WORDS[language].pieces(asked, text);
  return { text: said, quantity: `${sign}1`, price: amount };
}

/** What a ledger makes of the rows of one rate. */
export type RateFigures = {
  readonly rate: BasisPoints;
  readonly vat: Money;
  /** Net of each row, in their order. */
  readonly nets: readonly { readonly row: SalesRow; readonly net: Money }[];
};

/**
 * What a ledger that takes prices with VAT makes of rows: VAT of the sum of each rate, and what
 * rounding leaves on the last row of the rate; or VAT of each row.
 */
export function ledgerFigures(
  rows: readonly SalesRow[],
  rounding: 'per-rate' | 'per-row',
): readonly RateFigures[] {
  const byRate = Map.groupBy(rows, (row) => row.rate);
  return [...byRate].map(([rate, group]) => {
    const each = group.map((row) => ({
      row,
      net: subtract(row.gross, vatInGross(row.gross, rate)),
    }));
    const { currency } = group[0]?.gross ?? money(0n, 'SEK');
    const gross = sum(
      group.map((row) => row.gross),
      currency,
    );
    const summed = sum(
      each.map(({ net }) => net),
      currency,
    );
    if (rounding === 'per-row') return { rate, vat: subtract(gross, summed), nets: each };
    const vat = vatInGross(gross, rate);
    const left = subtract(subtract(gross, vat), summed);
    const last = each.length - 1;
    const nets = each.map((one, i) => (i === last ? { ...one, net: add(one.net, left) } : one));
    return { rate, vat, nets };
  });
}

/** The parts of a sale at one rate, as the shop says them. */
export function partsAt(sale: Order | Refund, rate: BasisPoints): readonly SalePart[] {
  return sale.lines.flatMap(({ parts }) => parts.filter((part) => (part.rate ?? 0) === rate));
}
