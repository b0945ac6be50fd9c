/** What this connector refuses to hold, so that no file can exhaust the process. */

/** Bytes of one quote; one of fifty groups is some ten kilobytes. */
export const QUOTE_BYTES_MAX = 2_000_000;

/** How deep values may stand in each other; an address is at three. */
export const DEPTH_MAX = 32;

/** Texts for people. Ledgers cut them at 200 or less. */
export const TEXT_CHARS_MAX = 1_000;

/** Ids and numbers: they are stored and compared. */
export const IDENTITY_CHARS_MAX = 200;

/** Bytes of a file of the invoice journal: some hundred thousand invoices. */
export const JOURNAL_BYTES_MAX = 16_000_000;
