/**
 * What this connector refuses to hold, so that no file can exhaust the process. Each number is far
 * above any real order and far below what memory stands.
 */

/** Bytes of one order with its refunds; 100 orders with three lines each are 390 kB. */
export const ORDER_BYTES_MAX = 8_000_000;

/** How deep values may stand in each other. A line's meta data is at seven. */
export const DEPTH_MAX = 64;

/** Texts for people. Ledgers cut them at 200 or less. */
export const TEXT_CHARS_MAX = 1_000;

/** Names of shops, orders, articles: they make up ids that are stored and compared. */
export const IDENTITY_CHARS_MAX = 200;
