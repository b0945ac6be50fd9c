/**
 * Shapes as Tripletex sends and takes them: their names, only what we use. Fields may be missing
 * or null, and numbers come as numbers or as text: the readers take both.
 *
 * @see the vendor's OpenAPI description 2.74.00, held by openapi.test.ts
 */

/** An error answer: words come in the language of the employee, so nothing goes by them. */
export type WireError = {
  readonly code: number;
  readonly message: string;
  readonly problems: readonly { readonly field: string; readonly message: string }[];
};
