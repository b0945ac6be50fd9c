import type { Layout } from './layout.ts';
import type { ProfileCells } from './row.ts';

/** Whether a row is one of those that the profile asks for. */
export function isWanted({ cells }: ProfileCells, { profile, columns }: Layout): boolean {
  return profile.rows.where.every(({ column, matches, not = false }) => {
    const index = columns.find(column);
    const text = index === null ? '' : (cells[index] ?? '').trim();
    return matches.test(text) !== not;
  });
}
