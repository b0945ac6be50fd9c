import type { Problem } from '../../../ports/source.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { CreditField, CreditPlace } from './fields.ts';
import type { PurchaseIdentity } from './identity.ts';

/** A receipt as its first row said it, and the document it went to. */
type Claimed<Owner> = { readonly identity: PurchaseIdentity; readonly owner: Owner };

/** A row that contradicts an earlier row of its receipt. */
export type Contradiction<Owner> = { readonly owner: Owner; readonly problem: Problem };

/** Whose each receipt of a file is, so that no receipt is two customers' or of two days. */
export class Receipts<Owner> {
  readonly #claimed = new Map<string, Claimed<Owner>>();

  /** @returns the document that claimed the receipt first, when the two disagree */
  claim(identity: PurchaseIdentity, owner: Owner, place: CreditPlace): Contradiction<Owner> | null {
    if (identity.receipt === '') return null;
    const key = `${identity.storeNumber}\n${identity.register}\n${identity.receipt}`;
    const first = this.#claimed.get(key);
    if (first === undefined) {
      this.#claimed.set(key, { identity, owner });
      return null;
    }
    const told = TOLD.find(([name]) => first.identity[name] !== identity[name]);
    if (told === undefined) return null;
    const [name, field] = told;
    const facts = { field, found: identity[name], expected: first.identity[name] };
    const at = { line: place.line, column: place.columnOf(field) };
    return { owner: first.owner, problem: problemAt('identity-differs', at, facts) };
  }
}

const TOLD: readonly (readonly ['customer' | 'date' | 'reference', CreditField])[] = [
  ['customer', 'customer_no'],
  ['date', 'purchase_date'],
  ['reference', 'reference'],
];
