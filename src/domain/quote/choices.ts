/** How a company wants its quotes as orders. */
export type QuoteChoices = {
  /** One line with the quote's number on `article`, or one for each group on its own article. */
  readonly lines: 'one' | 'groups';
  readonly article: string;
  /** The groups that a calendar line for the installation takes. */
  readonly installationGroups: readonly string[];
  /** Of what a per cent is when a line takes the installation: of the rest, or of it all. */
  readonly percentOf: 'rest' | 'total';
  /** Before the quoting system's own customer numbers, to keep them apart from the ledger's. */
  readonly customerPrefix: string;
};
