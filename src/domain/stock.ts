/** A quantity in hundredths of a unit, as a whole number: ledgers keep two decimals. 3 is 300. */
export type Hundredths = number;

/** Where stock balances go: only ever one of the two between a shop and its ledger. */
export type StockWay = 'to-shop' | 'to-ledger';

/** What a company has chosen about stock between a shop and its ledger. */
export type StockChoices = {
  readonly stock: {
    /** The flow's target follows its source. */
    readonly follows: boolean;
    /** Whole units of each article that the shop is never told of. */
    readonly keepBack: number;
    /** Numbers of articles that take part; a `*` at the end stands for anything. None: all. */
    readonly only: readonly string[];
  };
};

/** An article's balance on both sides, as they were asked. */
export type StockLine = {
  /** The number that both sides know the article by. */
  readonly number: string;
  /** Where it lies in the system that is written to. */
  readonly place: string;
  /** What the master has. In a ledger: what is not reserved by its own orders. */
  readonly has: Hundredths;
  /** Sold in shops, and not known to the ledger yet. */
  readonly sold: Hundredths;
  /** What stands on the side that is written to. */
  readonly stands: Hundredths;
  /** How much of that is reserved there: what a ledger's own orders will take. */
  readonly reserved: Hundredths;
};

const UNIT: Hundredths = 100;
/** More digits than any warehouse has, and few enough for exact arithmetic. */
const QUANTITY = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/** Reads plain decimal text: `3`, `0.5`, `-2.00`. @returns null when it is not that */
export function parseQuantity(text: string): Hundredths | null {
  const [, sign, whole, fraction = ''] = QUANTITY.exec(text.trim()) ?? [];
  if (whole === undefined || /[1-9]/.test(fraction.slice(2))) return null;
  const size = Number(whole) * UNIT + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return sign === '-' && size !== 0 ? -size : size;
}

/** `3`, `0.5`: plain decimal text without needless zeros. */
export function showQuantity(quantity: Hundredths): string {
  const size = Math.abs(quantity);
  const digits = String(size).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return `${quantity < 0 ? '-' : ''}${text}`;
}

/** Whether an article takes part. */
export function isChosen(number: string, only: readonly string[]): boolean {
  return (
    only.length === 0 ||
    only.some((one) => (one.endsWith('*') ? number.startsWith(one.slice(0, -1)) : one === number))
  );
}

/**
 * What is to stand on the side that is written to.
 *
 * A shop is told of whole units that nobody has bought yet, less those that are kept back, and
 * never of less than none: where it sells beyond that, its own count below zero is left alone. A
 * ledger is told what the shop has and what orders will still take from the ledger's count.
 *
 * @param onlyLower - there may be sales that nobody knows: nothing is raised
 */
export function wantedStock(
  line: StockLine,
  of: { readonly to: StockWay; readonly keepBack: number; readonly onlyLower: boolean },
): Hundredths {
  const { has, sold, stands, reserved } = line;
  if (of.to === 'to-ledger') return has + sold + reserved;
  const left = Math.floor((has - sold) / UNIT) - of.keepBack;
  const wanted = Math.max(0, left) * UNIT;
  if (wanted === 0 && stands < 0) return stands;
  return of.onlyLower ? Math.min(wanted, stands) : wanted;
}
