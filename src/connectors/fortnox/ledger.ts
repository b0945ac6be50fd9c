import type { Period } from '../../domain/date.ts';
import type { LedgerVoucher } from '../../ports/target.ts';
import type { FortnoxClient } from './client.ts';
import { readYears } from './books.ts';

/** Placeholder until the SIE reader lands. */
export async function readLedger(
  client: FortnoxClient,
  period: Period,
): Promise<readonly LedgerVoucher[]> {
  void (await readYears(client));
  void period;
  return [];
}
