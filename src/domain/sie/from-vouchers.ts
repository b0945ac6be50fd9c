import { BAS, type BasAccount } from '../chart/bas.ts';
import type { LocalDate } from '../date.ts';
import type { Currency } from '../money.ts';
import type { Voucher, VoucherRow } from '../posting/voucher.ts';
import {
  EMPTY_HEADER,
  sieDate,
  type SieAccount,
  type SieHead,
  type SieObject,
  type SieObjectName,
  type SieRow,
  type SieVoucher,
} from './model.ts';

/** Who the vouchers belong to, and what wrote the file. */
export type SieSender = {
  readonly companyName: string;
  readonly program: { readonly name: string; readonly version: string };
  readonly writtenOn: LocalDate;
};

/** The accounts and objects that vouchers use: a file declares them before the first voucher. */
export class SieUse {
  readonly #accounts = new Set<string>();
  readonly #objects = new Map<string, SieObjectName>();
  #currency: Currency | null = null;

  add(voucher: Voucher): void {
    this.#currency ??= voucher.currency;
    for (const row of voucher.rows) {
      this.#accounts.add(row.account);
      for (const object of objectsOf(row)) {
        this.#objects.set(`${object.dimension} ${object.code}`, { ...object, name: object.code });
      }
    }
  }

  /**
   * The head of a file for another program to read in (4I). Series and numbers are left to that
   * program, as the standard advises.
   */
  head(sender: SieSender): SieHead {
    const objects = [...this.#objects.values()];
    return {
      type: '4I',
      header: {
        ...EMPTY_HEADER,
        program: sender.program,
        generated: { date: sieDate(sender.writtenOn), sign: '' },
        companyName: sender.companyName,
        currency: this.#currency,
      },
      years: [],
      accounts: [...this.#accounts].sort().map(declared),
      dimensions: DIMENSIONS.filter(({ number }) => objects.some((o) => o.dimension === number)),
      objects,
      balances: [],
    };
  }
}

const COST_CENTRE = '1';
const PROJECT = '6';

const DIMENSIONS = [
  { number: COST_CENTRE, name: 'Kostnadsställe', parent: null },
  { number: PROJECT, name: 'Projekt', parent: null },
] as const;

/** How SIE names the kinds of account. */
const TYPES: Readonly<Record<BasAccount['type'], string>> = {
  asset: 'T',
  liability_equity: 'S',
  income: 'I',
  cost: 'K',
  financial: 'K',
};

function declared(number: string): SieAccount {
  const known = BAS.get(number);
  return {
    number,
    name: known?.name ?? `Konto ${number}`,
    type: known === undefined ? null : TYPES[known.type],
    unit: null,
    sru: [],
  };
}

function objectsOf(row: VoucherRow): SieObject[] {
  return [
    ...(row.costCentre === undefined ? [] : [{ dimension: COST_CENTRE, code: row.costCentre }]),
    ...(row.project === undefined ? [] : [{ dimension: PROJECT, code: row.project }]),
  ];
}

/** A voucher as a row of the file; the importing program gives it its number. */
export function sieVoucher(voucher: Voucher): SieVoucher {
  return {
    series: voucher.series ?? '',
    number: '',
    date: sieDate(voucher.date),
    text: voucher.text,
    registered: null,
    sign: '',
    rows: voucher.rows.map((row): SieRow => ({
      account: row.account,
      objects: objectsOf(row),
      amountMinor: row.amount.minor,
      date: sieDate(voucher.date),
      text: row.text,
      quantity: null,
      sign: '',
    })),
    corrections: [],
  };
}
