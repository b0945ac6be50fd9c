/** What this connector refuses to hold, so that no file can exhaust the process. */

/** Bytes of one order; a large one is some ten kilobytes. */
export const ORDER_BYTES_MAX = 2_000_000;

/** How deep values may stand in each other: a component of a bundle is at six. */
export const DEPTH_MAX = 32;

/** Texts for people. Ledgers cut them at 200 or less. */
export const TEXT_CHARS_MAX = 1_000;

/** Numbers of orders and articles: they make up ids that are stored and compared. */
export const IDENTITY_CHARS_MAX = 200;

/** Ways to tax an order that are tried when its articles' rates are not known. */
export const CANDIDATES_TRIED_MAX = 5_000;

/** Of the ways that come to the shop's VAT, so many are shown. */
export const CANDIDATES_SHOWN_MAX = 3;
