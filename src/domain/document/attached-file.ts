/**
 * A file that came inside a document, such as a time sheet in an invoice, beside what the document
 * itself says.
 */
export type AttachedFile = {
  /** Its place among the document's files, counted from 1. */
  readonly number: number;
  /** As the sender calls it. */
  readonly name: string;
} & (
  | { readonly kind: 'file'; readonly mediaType: string; /** In bytes. */ readonly size: number }
  /** It is named, and not taken: a person finds it in the received file, or asks the sender. */
  | { readonly kind: 'left-out'; readonly why: LeftOutWhy }
);

/**
 * Why a file inside a document is not taken: it only stands elsewhere (`external`), is of a kind
 * that nobody asked for (`type`), too large or one too many (`size`), or cannot be decoded
 * (`damaged`).
 */
export type LeftOutWhy = 'external' | 'type' | 'size' | 'damaged';
