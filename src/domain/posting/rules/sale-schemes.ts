import type { Order, Refund, SaleLine, SalePart } from '../../document/sale.ts';
import { isZero, negate, subtract, sum, type Money } from '../../money.ts';
import type { Refusal } from '../../refusal.ts';
import { percentText, vatInGross, type BasisPoints } from '../../vat/rates.ts';
import { vatRole, type AccountRole } from '../account-roles.ts';
import type { PostingChoices } from '../choices.ts';
import type { SaleScheme } from '../sale-reasons.ts';
import { LEDGER_WORDS } from '../words.ts';

/** What is to stand on the account of a role. */
export type RoledAmount = {
  readonly role: AccountRole;
  readonly codes: readonly string[];
  readonly amount: Money;
  readonly text: string;
};

/** Rows of a scheme, or why there are none. */
export type SchemeRows = {
  readonly rows: readonly RoledAmount[];
  readonly refusals: readonly Refusal[];
};

/** The only rate of goods under the margin scheme; ML 20:8. */
const MARGIN_RATE: BasisPoints = 2500;

/** The scheme of an article. @returns null when it is sold as anything else is */
export function schemeOf(
  sku: string | null,
  { saleSchemes }: Pick<PostingChoices, 'saleSchemes'>,
): SaleScheme | null {
  if (sku === null) return null;
  const pattern = Object.keys(saleSchemes).find((key) => {
    return key.endsWith('*') && sku.startsWith(key.slice(0, -1));
  });
  return saleSchemes[sku] ?? (pattern === undefined ? null : (saleSchemes[pattern] ?? null));
}

/** How a part is booked that is sold under a scheme. @returns null when it is not */
export function schemeRows(
  line: SaleLine,
  part: SalePart,
  { sale, choices }: { readonly sale: Order | Refund; readonly choices: PostingChoices },
): SchemeRows | null {
  // A shop that has charged VAT on it has sold it as anything else.
  if (part.rate !== null) return null;
  const scheme = schemeOf(line.sku, choices);
  if (scheme === 'construction') return constructionRows(line, part, sale);
  return scheme === 'margin' ? marginRows(line, part, choices) : null;
}

/** The buyer accounts for the VAT, and must be known by a number for that. */
function constructionRows(line: SaleLine, part: SalePart, sale: Order | Refund): SchemeRows {
  const { vatNumber, orgNumber } = sale.customer;
  const { net } = part;
  if (vatNumber === null && orgNumber === null) {
    return { rows: [], refusals: [{ code: 'buyer-number-missing', line: line.text, net }] };
  }
  const codes = [line.sku ?? ''];
  const row = { role: 'sales.construction', codes, amount: negate(net), text: line.text } as const;
  return { rows: [row], refusals: [] };
}

/**
 * VAT stands in what the goods were sold for above what they cost, and the shop does not say it: it
 * may not stand on the receipt. Sold at a loss there is none, and no other sale is set off by it.
 */
function marginRows(line: SaleLine, part: SalePart, choices: PostingChoices): SchemeRows {
  const { cost } = line;
  const price = part.net;
  if (cost === undefined) {
    return { rows: [], refusals: [{ code: 'margin-cost-missing', line: line.text, price }] };
  }
  const { text } = line;
  const row = (role: AccountRole, amount: Money): RoledAmount => {
    return { role, codes: [line.sku ?? ''], amount: negate(amount), text };
  };
  const isBack = price.minor < 0n;
  const margin = subtract(price, cost);
  const isGain = isBack ? margin.minor < 0n : margin.minor > 0n;
  if (!isGain) return { rows: [row('sales.margin-loss', price)], refusals: [] };
  const vat = vatInGross(margin, MARGIN_RATE);
  const words = LEDGER_WORDS[choices.language].vat(percentText(MARGIN_RATE));
  return {
    rows: [
      row('sales.margin', subtract(margin, vat)),
      row('sales.margin-cost', cost),
      { ...row('vat.margin', vat), text: words },
    ],
    refusals: [],
  };
}

/** What a gift card pays that was sold with VAT, and the VAT in that. */
export type SingleUse = {
  readonly method: string;
  readonly amount: Money;
  readonly vat: Money;
  readonly rate: BasisPoints;
};

/**
 * The gift cards sold with VAT that pay a part of a sale. All of it is at one rate: else the shop
 * sells more than the card is for.
 */
export function singleUses(
  { lines, settlements, total }: Order | Refund,
  { singlePurposeCards }: Pick<PostingChoices, 'singlePurposeCards'>,
): { readonly uses: readonly SingleUse[]; readonly refusals: readonly Refusal[] } {
  const cards = settlements.filter(({ method }) => singlePurposeCards.includes(method));
  const parts = lines.flatMap((line) => line.parts);
  const [rate = null, ...others] = new Set(parts.map((part) => part.rate));
  if (cards.length === 0) return { uses: [], refusals: [] };
  if (rate === null || others.length > 0) {
    const code = 'single-card-rate-unclear';
    return { uses: [], refusals: cards.map(({ method, amount }) => ({ code, method, amount })) };
  }
  const charged = sum(
    parts.map((part) => part.vat),
    total.currency,
  );
  const uses = cards.map(({ method, amount }) => {
    // What pays all of a sale pays all of its VAT, as the shop says it.
    const isAll = amount.minor === total.minor;
    return { method, amount, vat: isAll ? charged : vatInGross(amount, rate), rate };
  });
  return { uses, refusals: [] };
}

/**
 * What a use changes of a sale that is booked as any other: the card is a debt without its VAT, and
 * the revenue that it pays carries none again.
 */
export function singleUseRows(
  use: SingleUse,
  { language }: PostingChoices,
): readonly RoledAmount[] {
  const { method, amount, vat, rate } = use;
  const words = LEDGER_WORDS[language];
  const percent = percentText(rate);
  const net = subtract(amount, vat);
  const codes = [method];
  const rows: readonly RoledAmount[] = [
    { role: 'gift-card.single-used', codes, amount: net, text: words.tender['gift-card'] },
    { role: vatRole(rate), codes: [], amount: vat, text: words.vat(percent) },
    { role: `sales.${percent}`, codes: [], amount: net, text: words.sales(percent) },
    { role: `redeemed.${percent}`, codes: [], amount: negate(net), text: words.redeemed(percent) },
  ];
  return rows.filter((row) => !isZero(row.amount));
}
