import type { Tenant } from '../tenant/tenant.ts';
import { kronorOf } from '../wire/amounts.ts';
import { imbalanceOf, type Voucher } from './voucher.ts';
import { accountsInUse, closingOf, openingOf, vouchersOf } from './year.ts';

/** The books of a company, read past the API: for proofs. */
export type Ledger = {
  /** By financial year, series and number. */
  readonly vouchers: readonly Voucher[];
  /** Of every account that is in use, by year. Kronor; debit positive. */
  readonly balances: readonly Balance[];
  /** What is wrong with the books. Always empty, or the simulator is. */
  readonly problems: readonly string[];
};

type Balance = {
  readonly year: number;
  readonly account: number;
  readonly opening: number;
  readonly closing: number;
};

export function readLedger(tenant: Tenant): Ledger {
  const { years } = tenant;
  return {
    vouchers: years.flatMap((year) => [...vouchersOf(year)]),
    balances: years.flatMap((year) =>
      accountsInUse(years, year).map((account) => ({
        year: year.id,
        account,
        opening: kronorOf(openingOf(years, year, account)),
        closing: kronorOf(closingOf(years, year, account)),
      })),
    ),
    problems: [...unbalanced(tenant), ...misnumbered(tenant), ...misadded(tenant)],
  };
}

function unbalanced({ years }: Tenant): string[] {
  return years.flatMap((year) =>
    [...vouchersOf(year)].flatMap(({ series, number, rows }) => {
      const ore = imbalanceOf(rows);
      return ore === 0 ? [] : [`${year.id} ${series}${number} is off by ${kronorOf(ore)}`];
    }),
  );
}

function misnumbered({ years }: Tenant): string[] {
  return years.flatMap((year) =>
    [...year.series.values()].flatMap(({ code, vouchers, next }) => {
      const numbers = [...vouchers.keys()];
      const isWhole = numbers.every((number, index) => number === index + 1);
      return isWhole && next === numbers.length + 1
        ? []
        : [`series ${code} of year ${year.id} is not numbered without gaps`];
    }),
  );
}

/** The running sums against the rows they are sums of. */
function misadded({ years }: Tenant): string[] {
  return years.flatMap((year) => {
    const sums = new Map<number, number>();
    for (const { rows } of vouchersOf(year)) {
      for (const row of rows) {
        sums.set(row.account, (sums.get(row.account) ?? 0) + row.debitOre - row.creditOre);
      }
    }
    return [...year.movements].flatMap(([account, ore]) =>
      (sums.get(account) ?? 0) === ore ? [] : [`account ${account} of year ${year.id} is misadded`],
    );
  });
}
