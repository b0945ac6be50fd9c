import { money } from '../../domain/money.ts';
import { vatInGross, vatOnNet, type BasisPoints } from '../../domain/vat/rates.ts';

/**
 * Gross amounts whose VAT, as Tripletex computes it, is the VAT of the document.
 *
 * Tripletex takes no VAT amount: it computes the VAT of each posting from its gross and rounds it
 * to the øre. A till adds up the VAT of its receipts, each rounded by itself, and may come to an
 * øre more or less. Amounts are minor units with the sign of the row.
 */

/** Postings that one row may become: each more moves the VAT by about half an øre. */
const PARTS_MAX = 8;
/** Amounts that are tried as a part: the fractions of every rate repeat within so many øre. */
const PIECE_MAX = 200n;

/** The VAT that Tripletex makes of a gross amount. */
function computedVat(gross: bigint, rate: BasisPoints): bigint {
  return vatInGross(money(gross, 'NOK'), rate).minor;
}

/** The VAT on top of a net amount; what Tripletex computes from both together is the same. */
export function usualVat(net: bigint, rate: BasisPoints): bigint {
  return vatOnNet(money(net, 'NOK'), rate).minor;
}

/**
 * The gross amounts that a net amount and its VAT are posted as: mostly one.
 *
 * @returns null when so few postings do not come to the VAT
 */
export function grossParts(net: bigint, vat: bigint, rate: BasisPoints): readonly bigint[] | null {
  const pieces: bigint[] = [];
  let left = net + vat;
  for (;;) {
    const made = pieces.reduce((sum, one) => sum + computedVat(one, rate), 0n);
    const missing = vat - made - computedVat(left, rate);
    if (missing === 0n) return [left, ...pieces];
    if (pieces.length + 1 === PARTS_MAX) return null;
    const piece = pieceOf(left, missing > 0n ? 1n : -1n, rate);
    if (piece === null) return null;
    pieces.push(piece);
    left -= piece;
  }
}

/** The small amount whose VAT, posted by itself, is rounded furthest towards what is wanted. */
function pieceOf(gross: bigint, wanted: bigint, rate: BasisPoints): bigint | null {
  const sign = gross < 0n ? -1n : 1n;
  let best: { readonly piece: bigint; readonly gain: bigint } | null = null;
  for (let size = 1n; size <= PIECE_MAX && size < sign * gross; size += 1n) {
    const piece = sign * size;
    const gain = wanted * roundedBy(piece, rate);
    if (gain > (best?.gain ?? 0n) && !isTie(piece, rate)) best = { piece, gain };
  }
  return best?.piece ?? null;
}

/** What the rounding of an amount's VAT adds to it, in parts of an øre. */
function roundedBy(gross: bigint, rate: BasisPoints): bigint {
  return computedVat(gross, rate) * BigInt(10_000 + rate) - gross * BigInt(rate);
}

/** Half an øre exactly: which way Tripletex rounds it is not known. */
function isTie(gross: bigint, rate: BasisPoints): boolean {
  const whole = BigInt(10_000 + rate);
  const twice = 2n * gross * BigInt(rate);
  return twice % whole === 0n && (twice / whole) % 2n !== 0n;
}

/**
 * The gross amount whose computed VAT is this, whatever the net: what VAT that is far from its net
 * is posted with, while the rest of the net is posted without a code.
 */
export function grossOfVat(vat: bigint, rate: BasisPoints): bigint {
  const sign = vat < 0n ? -1n : 1n;
  const size = sign * vat;
  return sign * ((size * BigInt(10_000 + rate)) / BigInt(rate));
}
