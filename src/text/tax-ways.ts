import type { Refusal } from '../domain/refusal.ts';

/**
 * Ways that an order may be taxed, numbered as they are chosen by.
 *
 * @param ifGiftCard - what is said of one by which the discount is a gift card
 */
export function waysOf(
  { candidates, ways = [] }: Extract<Refusal, { readonly code: 'vat-not-proven' }>,
  ifGiftCard: string,
): string {
  const said = candidates.map((one, i) => {
    return `${i + 1}) ${one}${ways[i]?.isGiftCard === true ? ` (${ifGiftCard})` : ''}`;
  });
  return said.join('; ') || '–';
}
