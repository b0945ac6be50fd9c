/**
 * Where a document came from: the hub's idempotency key.
 *
 * Two documents with the same `system`, `account` and `id` are the same document, however
 * often and by whichever way they arrive.
 */
export type SourceRef = {
  /** The connector's id, such as `minbutik`. */
  readonly system: string;
  /** Which shop, store or company in that system. */
  readonly account: string;
  /** The system's own id of the document, as text. */
  readonly id: string;
};

/** `system/account/id`: one text for the three, unique within a company. */
export function refKey(ref: SourceRef): string {
  return `${ref.system}/${ref.account}/${ref.id}`;
}
