/** A company or person on the other side of an invoice, as the document says it. */
export type Party = {
  readonly name: string;
  /** Organisation number or personal number, digits only; null when it is not said. */
  readonly orgNumber: string | null;
  /** With its country's letters: `SE556036079301`. */
  readonly vatNumber: string | null;
  /** Electronic address with its scheme: `0007:5560360793`. */
  readonly endpoint: string | null;
  readonly address: Address | null;
  readonly email: string | null;
};

/** Where a party is. Empty where the document says nothing. */
export type Address = {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166: `SE`. */
  readonly country: string;
};
