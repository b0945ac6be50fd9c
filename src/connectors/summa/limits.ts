/** What this connector refuses to hold, so that no file can exhaust the process. */

/** Bytes of one invoice with the files inside it. */
export const INVOICE_BYTES_MAX = 24_000_000;

/** Bytes of a batch in CSV. */
export const CSV_BYTES_MAX = 50_000_000;

/** How deep values may stand in each other; a cost centre is at four. */
export const DEPTH_MAX = 32;

/** Bytes of an attachment: larger ones are left out and named. */
export const ATTACHMENT_BYTES_MAX = 10_000_000;

/** Attachments of one invoice. */
export const ATTACHMENTS_MAX = 50;

/** Lines of one invoice. */
export const LINES_MAX = 5_000;

/** Texts for people. Ledgers split or cut them at 255 or less. */
export const TEXT_CHARS_MAX = 4_000;

/** Ids and numbers: they are stored and compared. */
export const IDENTITY_CHARS_MAX = 200;

/** Different customers and projects whose cards a batch is taken at its word for. */
export const CARDS_MAX = 100_000;
