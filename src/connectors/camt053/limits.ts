/**
 * What this connector refuses to hold, so that no file can exhaust the process. Each number is far
 * above any real file and far below what memory stands.
 */

/** Characters of one tag or text. The standard allows 500 in the longest. */
export const MARKUP_CHARS_MAX = 65_536;

/** How deep elements may stand in each other. A statement with its envelope needs a dozen. */
export const MARKUP_DEPTH_MAX = 40;

/** Elements before the message: an envelope has some fifty. After so many the file is another's. */
export const ELEMENTS_BEFORE_MAX = 1_000;

/** Elements kept of a statement beside its entries: accounts and balances. */
export const HEAD_ELEMENTS_MAX = 20_000;

/** Elements of one entry. A batch of a thousand payments in one entry has some thirty thousand. */
export const ENTRY_ELEMENTS_MAX = 200_000;

/** Entries of a statement, those of batches counted one by one: a year of a busy company. */
export const ENTRIES_MAX = 200_000;

/**
 * A statement as its entries are written anew: held until its end, where its balances are known.
 */
export const STATEMENT_BYTES_MAX = 64_000_000;

/** Statements of a file. Each leaves some hundred bytes behind for every day it holds. */
export const STATEMENTS_MAX = 10_000;

/** Texts for people. Ledgers never get them. */
export const TEXT_CHARS_MAX = 1_000;

/** Account numbers, references, codes: the standard has 35, and 34 for an IBAN. */
export const NAME_CHARS_MAX = 140;

/** Invoices that one entry names. */
export const INVOICES_MAX = 1_000;
