import { parseLocalDate } from '../../../../domain/date.ts';
import { assert } from '../../../../lib/assert.ts';
import { accountIn, newAccount, setAccount, type Account } from '../books/chart.ts';
import { newSeries } from '../books/year.ts';
import type { Fields } from '../wire/record.ts';
import { keepObjects } from '../registers/starting-objects.ts';
import type { Objects } from '../tenant/seed.ts';
import { remove } from '../tenant/shelf.ts';
import type { Setup, ShelfName, Tenant } from '../tenant/tenant.ts';

/**
 * What a person could have changed in Fortnox itself since the client last looked: how a test
 * brings a company into a state. Only what is given changes.
 */
export type StateChange = {
  /** Last locked day; null opens all periods. */
  readonly lockedTo?: string | null;
  readonly setup?: Partial<Omit<Setup, 'missingLicences'>>;
  /** Scopes whose module the company no longer has. Replaces the earlier list. */
  readonly missingLicences?: readonly string[];
  /** In every year. An account that does not exist is added. */
  readonly accounts?: readonly AccountChange[];
  /** In every year. A series that does not exist is added. */
  readonly series?: readonly { readonly code: string; readonly isManual: boolean }[];
  /** `Id` of financial years that are gone. */
  readonly removeYears?: readonly number[];
  /** Null takes a predefined account away. */
  readonly predefinedAccounts?: Readonly<Record<string, number | null>>;
  /** Fields of the company, such as `BG`. */
  readonly company?: Fields;
  /** Objects that are added to registers, or replaced. */
  readonly objects?: Objects;
  /** Keys of objects that are taken out of registers, as a currency that is not used. */
  readonly removedObjects?: Partial<Record<ShelfName, readonly string[]>>;
  /** Keys that were used and deleted: Fortnox never gives them again. */
  readonly burntKeys?: Partial<Record<ShelfName, readonly string[]>>;
};

type AccountChange = {
  readonly number: number;
  readonly name?: string;
  readonly isActive?: boolean;
  readonly isRemoved?: boolean;
  readonly vatCode?: string;
  readonly costCenterSettings?: Account['costCenterSettings'];
  readonly projectSettings?: Account['projectSettings'];
};

export function changeState(tenant: Tenant, change: StateChange, atMs: number): void {
  const { setup } = tenant;
  if (change.lockedTo !== undefined) {
    tenant.lockedTo = change.lockedTo === null ? null : parseLocalDate(change.lockedTo);
  }
  Object.assign(setup, change.setup);
  if (change.missingLicences) {
    setup.missingLicences.clear();
    for (const scope of change.missingLicences) setup.missingLicences.add(scope);
  }
  for (const account of change.accounts ?? []) changeAccount(tenant, account);
  for (const { code, isManual } of change.series ?? []) changeSeries(tenant, code, { isManual });
  for (const id of change.removeYears ?? []) removeYear(tenant, id);
  for (const [name, account] of Object.entries(change.predefinedAccounts ?? {})) {
    if (account === null) tenant.predefinedAccounts.delete(name);
    else tenant.predefinedAccounts.set(name, account);
  }
  Object.assign(tenant.company, change.company);
  keepObjects(tenant, change.objects ?? {}, atMs);
  for (const [shelf, keys] of Object.entries(change.removedObjects ?? {})) {
    for (const [name, kept] of Object.entries(tenant.shelves)) {
      if (name === shelf) for (const key of keys) remove(kept, key);
    }
  }
  for (const [shelf, keys] of Object.entries(change.burntKeys ?? {})) {
    for (const [name, kept] of Object.entries(tenant.shelves)) {
      if (name === shelf) for (const key of keys) kept.burnt.add(key);
    }
  }
}

function changeAccount(tenant: Tenant, change: AccountChange): void {
  const { number, name, isRemoved, ...settings } = change;
  for (const { chart } of tenant.years) {
    const kept = accountIn(chart, number) ?? newAccount(number, name ?? `Konto ${number}`);
    const changed = { ...kept, ...settings, name: name ?? kept.name };
    setAccount(chart, number, isRemoved ? null : changed);
  }
}

function changeSeries(
  tenant: Tenant,
  code: string,
  { isManual }: { readonly isManual: boolean },
): void {
  for (const year of tenant.years) {
    const series = year.series.get(code) ?? newSeries({ code, description: code, isManual });
    series.isManual = isManual;
    year.series.set(code, series);
  }
}

function removeYear(tenant: Tenant, id: number): void {
  const at = tenant.years.findIndex((year) => year.id === id);
  assert(at >= 0, `there is a financial year ${id}`);
  tenant.years.splice(at, 1);
}
