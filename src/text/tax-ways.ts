import type { Money } from '../domain/money.ts';
import type { Refusal } from '../domain/refusal.ts';

/** Ways in which an invoice may be at two rates, numbered as they are chosen by. */
export function twoRatesOf(
  { ways }: Extract<Refusal, { readonly code: 'vat-at-several-rates' }>,
  say: { readonly kr: (amount: Money) => string; readonly rate: (rate: number) => string },
): string {
  const said = ways.map((parts, i) => {
    const shown = parts.map(({ rate, net }) => `${say.kr(net)} (${say.rate(rate)})`);
    return `${i + 1}) ${shown.join(' + ')}`;
  });
  return said.join('; ');
}

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
