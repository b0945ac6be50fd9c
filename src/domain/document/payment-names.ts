import { numbersIn, type PaymentClaim } from './payments.ts';
import type { PayoutEntry, PayoutProvider } from './payout.ts';

/** Names by which a claim is found: the provider's reference and the order's number. */
export function namesOfClaim({ transaction, number }: PaymentClaim): readonly string[] {
  return [...(transaction === null ? [] : [`t:${transaction}`]), `n:${number}`];
}

/** Names under which the order of a row may be known. */
export function namesOfEntry({ references, order }: PayoutEntry): readonly string[] {
  const numbers = order === null ? [] : numbersIn(order);
  return [...references.map((one) => `t:${one}`), ...numbers.map((one) => `n:${one}`)];
}

/** The name of the row itself: the same row in another payout has it too. */
export function nameOfRow(provider: PayoutProvider, id: string): string {
  return `r:${provider} ${id}`;
}
