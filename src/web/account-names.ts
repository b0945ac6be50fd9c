import { BAS } from '../domain/chart/bas.ts';
import type { Language } from '../domain/posting/words.ts';
import { keptChart } from '../hub/ledger-chart.ts';
import type { Hub } from '../hub/hub.ts';
import { listConnections, type Company } from '../store/registry.ts';

/** The name of an account by its number; empty where nobody tells it. */
export type AccountName = (account: string) => string;

/** Whom something is told: in which language, with which names of accounts. */
export type Reader = { readonly language: Language; readonly accountName: AccountName };

/** The one who asks about a company. */
export async function readerOf(
  hub: Hub,
  { company, language }: { readonly company: Company; readonly language: Language },
): Promise<Reader> {
  return { language, accountName: await accountNames(hub, company) };
}

/**
 * Accounts as the company’s own ledgers call them, as they were read last: no call is made.
 * The Swedish standard chart names what they do not.
 */
export async function accountNames(hub: Hub, company: Company): Promise<AccountName> {
  const own = await ownAccounts(hub, company);
  const standard = standardOf(company);
  return (account) => own.get(account) ?? standard.get(account) ?? '';
}

/** Accounts that may be chosen, by number: those of the ledgers, or else of the standard chart. */
export async function accountsToChoose(
  hub: Hub,
  company: Company,
): Promise<readonly { readonly number: string; readonly name: string }[]> {
  const own = await ownAccounts(hub, company);
  const all = own.size > 0 ? own : standardOf(company);
  return [...all]
    .map(([number, name]) => ({ number, name }))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

async function ownAccounts(hub: Hub, company: Company): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { id, connector } of await listConnections(hub.database.db, company.id)) {
    if ((hub.connectors.get(connector)?.takes.length ?? 0) === 0) continue;
    for (const { number, name } of (await keptChart(hub, company, id)) ?? []) {
      if (name !== '') names.set(number, name);
    }
  }
  return names;
}

function standardOf({ country }: Company): ReadonlyMap<string, string> {
  if (country !== 'SE') return new Map();
  return new Map([...BAS].map(([number, { name }]) => [number, name]));
}
