import type { WrittenChoices } from '../engine/flow-choices.ts';
import { supplierName } from '../store/coded-invoices.ts';
import { changeFlow, type Company, type Flow } from '../store/registry.ts';
import type { Hub } from './hub.ts';

/** How a flow codes invoices by a code (a supplier, an accounting cost, a class), or entries. */
export type LearntCode = {
  /** Of purchases `5599990032/TJANST`, of entries of statements `statement-entry/AVGIFT`. */
  readonly code: string;
  readonly account: string;
  /** Whose it is; null when the code is no supplier's that has sent anything. */
  readonly supplier: string | null;
};

const PURCHASES = 'purchases/';
const ENTRIES = 'statement-entry/';

/** The key of a code in the flow's accounts. */
export function keyOfCode(code: string): string {
  return code.startsWith(ENTRIES) ? code : PURCHASES + code;
}

/** Everything that a flow has been taught about purchases and entries, by code. */
export async function learntCoding(
  hub: Pick<Hub, 'database'>,
  company: Company,
  flow: Flow,
): Promise<readonly LearntCode[]> {
  const own = Object.entries((flow.choices as WrittenChoices).accounts ?? {})
    .filter(([key]) => key.startsWith(PURCHASES) || key.startsWith(ENTRIES))
    .map(([key, account]) => ({ code: key.replace(/^purchases\//, ''), account }))
    .sort((a, b) => a.code.localeCompare(b.code));
  const codes: LearntCode[] = [];
  for (const { code, account } of own) {
    const [first = ''] = code.split('/');
    const of = { companyId: company.id, supplier: first.replace(/^\d\d(\d{10})$/, '$1') };
    codes.push({ code, account, supplier: await supplierName(hub.database.db, of) });
  }
  return codes;
}

/**
 * Forgets codes: the next invoices of the kind are asked about. What is booked stays as it is.
 *
 * @returns those that the flow did not know; then nothing was forgotten
 */
export async function forgetCoding(
  hub: Pick<Hub, 'database'>,
  flow: Flow,
  codes: readonly string[],
): Promise<readonly string[]> {
  const choices = flow.choices as WrittenChoices;
  const accounts = choices.accounts ?? {};
  const unknown = codes.filter((code) => !Object.hasOwn(accounts, keyOfCode(code)));
  if (unknown.length > 0) return unknown;
  const keys = new Set(codes.map(keyOfCode));
  const left = Object.fromEntries(Object.entries(accounts).filter(([key]) => !keys.has(key)));
  await changeFlow(hub.database.db, flow.id, { choices: { ...choices, accounts: left } });
  return [];
}
