import { dayAt, type LocalDate } from '../domain/date.ts';
import { yearOf, type Books } from '../domain/books.ts';
import type { Company } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** An account that may be chosen. */
export type ChartAccount = { readonly number: string; readonly name: string };

/**
 * The accounts of a ledger that can be booked on, by number: as they were read last, or read now.
 *
 * @returns null when the ledger does not tell its accounts
 * @throws ConnectorError when they have to be read and cannot be
 */
export async function ledgerChart(
  hub: Hub,
  company: Company,
  targetId: string,
): Promise<readonly ChartAccount[] | null> {
  const today = todayOf(hub, company);
  const stored = (await hub.lanes.readBooks(targetId, null))?.books ?? null;
  return chartOf(stored ?? (await readNow(hub, targetId, today)), today);
}

/** The same as it was read last. @returns null when it has not been read, or is not told */
export async function keptChart(
  hub: Hub,
  company: Company,
  targetId: string,
): Promise<readonly ChartAccount[] | null> {
  const stored = (await hub.lanes.readBooks(targetId, null))?.books ?? null;
  return stored === null ? null : chartOf(stored, todayOf(hub, company));
}

function todayOf(hub: Hub, { timeZone }: Company): LocalDate {
  return dayAt(new Date(hub.clock.nowMs()), timeZone);
}

function chartOf(books: Books, today: LocalDate): readonly ChartAccount[] | null {
  if (books.accounts === null) return null;
  const newest = books.years?.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  const year = yearOf(books, today) ?? newest;
  const accounts = books.accounts[year?.id ?? ''] ?? {};
  return Object.entries(accounts)
    .filter(([, { active }]) => active)
    .map(([number, { name }]) => ({ number, name }))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

async function readNow(hub: Hub, targetId: string, today: LocalDate): Promise<Books> {
  const { target } = await hub.openTarget(targetId);
  return target.readBooks({ from: today, to: today });
}
