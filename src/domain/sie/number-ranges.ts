/** How a voucher number stands to those before it in its series. */
type NumberOrder = 'ascending' | 'lower' | 'taken' | 'not-remembered';

/** Runs kept for one series. Numbers without gaps make one run, however many they are. */
const RUNS_MAX = 10_000;

/**
 * The voucher numbers of one series, as runs of consecutive numbers.
 *
 * Exact for numbers in any order, and small for such as bookkeeping makes: a series counts upwards
 * and has few gaps.
 */
export class NumberRanges {
  readonly #first: number[] = [];
  readonly #last: number[] = [];

  /** Remembers a whole number. */
  add(number: number): NumberOrder {
    const top = this.#last.at(-1);
    if (top === undefined || number > top) return this.#append(number, top);
    const at = this.#find(number);
    if ((this.#first[at] ?? 0) <= number) return 'taken';
    return this.#insert(number, at);
  }

  #append(number: number, top: number | undefined): NumberOrder {
    if (number - 1 === top) this.#last[this.#last.length - 1] = number;
    else if (this.#last.length >= RUNS_MAX) return 'not-remembered';
    else {
      this.#first.push(number);
      this.#last.push(number);
    }
    return 'ascending';
  }

  /** The first run that ends at `number` or above it. */
  #find(number: number): number {
    let low = 0;
    let high = this.#last.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#last[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts a number into the gap below run `at`. */
  #insert(number: number, at: number): NumberOrder {
    const meetsBelow = at > 0 && this.#last[at - 1] === number - 1;
    const meetsAbove = this.#first[at] === number + 1;
    if (meetsBelow && meetsAbove) {
      this.#first.splice(at, 1);
      this.#last.splice(at - 1, 1);
    } else if (meetsBelow) this.#last[at - 1] = number;
    else if (meetsAbove) this.#first[at] = number;
    else if (this.#last.length >= RUNS_MAX) return 'not-remembered';
    else {
      this.#first.splice(at, 0, number);
      this.#last.splice(at, 0, number);
    }
    return 'lower';
  }
}
