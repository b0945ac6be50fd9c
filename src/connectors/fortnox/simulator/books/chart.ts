import { BAS } from '../../../../domain/chart/bas.ts';

type Setting = 'ALLOWED' | 'MANDATORY' | 'NOTALLOWED';

/** An account of one financial year. */
export type Account = {
  readonly number: number;
  readonly name: string;
  readonly isActive: boolean;
  readonly vatCode: string;
  readonly sru: number | null;
  readonly costCenter: string;
  readonly project: string;
  readonly costCenterSettings: Setting;
  readonly projectSettings: Setting;
  readonly transactionInformation: string;
  readonly transactionInformationSettings: Setting;
  readonly modifiedAtMs: number;
};

/**
 * The accounts of one financial year: the BAS chart that all years share, and what this year has
 * changed of it. Hundreds of companies cost no more than their changes.
 */
export type Chart = { readonly changes: Map<number, Account | null> };

const VAT_CODES: Readonly<Record<string, string>> = {
  2611: 'U1',
  2621: 'U2',
  2631: 'U3',
  2641: 'I',
  3001: 'MP1',
  3002: 'MP2',
  3003: 'MP3',
  3004: 'MF',
};

const SHARED: ReadonlyMap<number, Account> = new Map(
  [...BAS.values()].map((bas) => [
    Number(bas.account),
    {
      ...newAccount(Number(bas.account), bas.name),
      vatCode: VAT_CODES[bas.account] ?? '',
      sru: bas.sru === undefined ? null : Number(bas.sru),
    },
  ]),
);

const SHARED_NUMBERS: readonly number[] = [...SHARED.keys()].sort((a, b) => a - b);

export function newAccount(number: number, name: string): Account {
  return {
    number,
    name,
    isActive: true,
    vatCode: '',
    sru: null,
    costCenter: '',
    project: '',
    costCenterSettings: 'ALLOWED',
    projectSettings: 'ALLOWED',
    transactionInformation: '',
    transactionInformationSettings: 'ALLOWED',
    modifiedAtMs: 0,
  };
}

export function newChart(): Chart {
  return { changes: new Map() };
}

export function accountIn(chart: Chart, number: number): Account | null {
  const changed = chart.changes.get(number);
  return changed === undefined ? (SHARED.get(number) ?? null) : changed;
}

/** Adds or changes an account; null takes it out of the year. */
export function setAccount(chart: Chart, number: number, account: Account | null): void {
  chart.changes.set(number, account);
}

/** All accounts of the year, by number. */
export function accountsOf(chart: Chart): Account[] {
  const added = [...chart.changes.keys()].filter((number) => !SHARED.has(number));
  const numbers =
    added.length === 0 ? SHARED_NUMBERS : [...SHARED_NUMBERS, ...added].sort((a, b) => a - b);
  return numbers.flatMap((number) => accountIn(chart, number) ?? []);
}

/** Accounts whose balance goes on into the next year: assets, liabilities and equity. */
export function isBalanceAccount(number: number): boolean {
  return number < 3000;
}
