import { addCompany, listCompanies, type Company } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** Adds a company. @returns null when there is one of that name */
export async function newCompany(
  { database: { db } }: Hub,
  of: Parameters<typeof addCompany>[1],
): Promise<Company | null> {
  const isTaken = (await listCompanies(db)).some(({ name }) => name === of.name);
  return isTaken ? null : addCompany(db, of);
}
