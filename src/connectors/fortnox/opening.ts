import type { LocalDate } from '../../domain/date.ts';
import { readSie } from '../../domain/sie/book.ts';
import type { SieBook } from '../../domain/sie/model.ts';
import { ConnectorError } from '../../ports/errors.ts';
import { readYears } from './books.ts';
import type { FortnoxClient } from './client.ts';

/**
 * What Fortnox exports in SIE 4 for a financial year: its balances and every voucher, in one call.
 */
export async function readYearBook(client: FortnoxClient, year: string): Promise<SieBook> {
  const query = new URLSearchParams({ financialyear: year });
  const { book, outcome } = readSie(await client.getBytes(`/3/sie/4?${query.toString()}`));
  if (outcome.type === null) {
    throw new ConnectorError('Fortnox did not give a SIE file.', { kind: 'unreachable' });
  }
  return book;
}

/**
 * What each account stood at before a day: the year's opening balances and the rows before the day.
 *
 * Nothing when no financial year holds the day.
 */
export async function readOpening(
  client: FortnoxClient,
  on: LocalDate,
): Promise<Readonly<Record<string, bigint>>> {
  const year = (await readYears(client)).find(({ from, to }) => from <= on && on <= to);
  if (year === undefined) return {};
  const { balances, vouchers } = await readYearBook(client, year.id);
  const sums: Record<string, bigint> = {};
  const count = (account: string, minor: bigint | null): void => {
    sums[account] = (sums[account] ?? 0n) + (minor ?? 0n);
  };
  for (const { kind, year: of, account, amountMinor } of balances) {
    if (kind === 'opening' && of === 0) count(account, amountMinor);
  }
  for (const { date, rows } of vouchers) {
    if (date?.day === null || date === null || date.day >= on) continue;
    for (const { account, amountMinor } of rows) count(account, amountMinor);
  }
  return sums;
}
