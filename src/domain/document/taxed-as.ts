import type { Decision, Refusal } from '../refusal.ts';
import type { Document } from './document.ts';
import type { TaxWay } from './sale.ts';

/** A document with what is doubtful in it. */
export type Doubtful = { readonly document: Document; readonly doubts: readonly Refusal[] };

/**
 * An order or refund whose VAT is not proven, taxed in the way that a person has chosen. Anything
 * else is given back as it came.
 */
export function taxedAsDecided(
  { document, doubts }: Doubtful,
  decisions: readonly Decision[],
): Doubtful {
  const chosen = decisions.findLast((one) => one.kind === 'tax-as');
  const way = chosen === undefined ? undefined : taxWaysIn(doubts)[chosen.way - 1];
  return way === undefined ? { document, doubts } : taxedAs({ document, doubts }, way);
}

/** The ways that may be meant, in the order they are told. */
export function taxWaysIn(doubts: readonly Refusal[]): readonly TaxWay[] {
  return doubts.flatMap((one) => (one.code === 'vat-not-proven' ? (one.ways ?? []) : []));
}

/** An order or refund taxed in a way: nothing about its VAT is in doubt then. */
export function taxedAs({ document, doubts }: Doubtful, way: TaxWay): Doubtful {
  if (document.kind !== 'order' && document.kind !== 'refund') return { document, doubts };
  const { isGiftCard: _says, ...sale } = way;
  return {
    document: { ...document, ...sale },
    doubts: doubts.filter(({ code }) => code !== 'vat-not-proven'),
  };
}
