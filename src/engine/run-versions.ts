import { money, type Currency, type Money } from '../domain/money.ts';

/** 128 bits: no two contents of a run share them. */
const HASH_CHARS = 32;

/**
 * The versions of each document that a run of previews has seen: by its key, one text with a line
 * for each. As objects those of 200 000 documents took 100 MB, as texts a quarter.
 */
export class RunVersions {
  readonly #of = new Map<string, string>();

  /** Whether the run has seen the document with this content. */
  has(key: string, hash: string): boolean {
    return this.#of.get(key)?.includes(hash.slice(0, HASH_CHARS)) === true;
  }

  /** What the latest version that could be booked came to. */
  turnoverOf(key: string): Money | null {
    const latest = / (-?\d+) ([A-Z]{3})\n(?:[0-9a-f]+\n)*$/.exec(this.#of.get(key) ?? '');
    const [, minor = '0', currency = ''] = latest ?? [];
    return latest === null ? null : money(BigInt(minor), currency as Currency);
  }

  /** Adds a version. @param turnover what it would be booked as; null when it could not be */
  add(
    key: string,
    { hash, turnover }: { readonly hash: string; readonly turnover: Money | null },
  ): void {
    const amount = turnover === null ? '' : ` ${turnover.minor} ${turnover.currency}`;
    const earlier = this.#of.get(key) ?? '';
    const text = `${earlier}${hash.slice(0, HASH_CHARS)}${amount}\n`;
    this.#of.set(ownText(key), ownText(text));
  }
}

/** A text that is put together, or cut out, holds the texts that it came from; a copy does not. */
function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
