import type { Problem } from '../../../ports/source.ts';
import { STRAYS_MAX } from '../limits.ts';
import type { PurchaseIdentity } from './identity.ts';

/** Fields of a damaged row that are looked at: twice as many as the format has. */
const FIELDS_LOOKED_AT = 24;

/**
 * Rows of which nobody knows for certain whose they are, and the documents that may lack them.
 *
 * Such a row is told as unreadable itself. A document that it may belong to is unreadable too: the
 * customer is not invoiced for all but one of the purchases.
 */
export class Suspicions {
  readonly #byKey = new Map<string, Problem>();
  #damaged = 0;

  /** Whether so many rows are damaged that no document of the file can be trusted. */
  get areTooMany(): boolean {
    return this.#damaged > STRAYS_MAX;
  }

  /** A row that is cut wrongly: any of its fields may be its customer, its receipt. */
  addDamaged(fields: readonly string[], problem: Problem): void {
    this.#damaged += 1;
    if (this.areTooMany) return;
    for (const field of fields.slice(0, FIELDS_LOOKED_AT)) this.#add(anyKey(field.trim()), problem);
  }

  /** A row with a field that cannot be read. */
  addUnread(identity: PurchaseIdentity, problem: Problem): void {
    const broken = new Set(identity.faults.map(({ field }) => field));
    if (broken.has('store_no')) this.#add(receiptKey(identity), problem);
    else if (broken.has('purchase_date')) this.#add(customerKey(identity), problem);
  }

  /** Why a row's document may lack a row; none mostly. */
  about(identity: PurchaseIdentity): readonly Problem[] {
    if (this.#byKey.size === 0) return [];
    const keys = [
      anyKey(identity.customer),
      anyKey(identity.receipt),
      receiptKey(identity),
      customerKey(identity),
    ];
    return keys.flatMap((key) => this.#byKey.get(key) ?? []);
  }

  #add(key: string, problem: Problem): void {
    if (!this.#byKey.has(key)) this.#byKey.set(key, problem);
  }
}

function anyKey(text: string): string {
  return `any\n${text}`;
}

function customerKey({ storeNumber, customer }: PurchaseIdentity): string {
  return `customer\n${storeNumber}\n${customer}`;
}

/** Without the store, which could not be read. */
function receiptKey({ customer, register, receipt }: PurchaseIdentity): string {
  return `receipt\n${customer}\n${register}\n${receipt}`;
}
