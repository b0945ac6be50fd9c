/**
 * What this connector refuses to hold, so that no file can exhaust the process. Each number is far
 * above any real settlement and far below what memory stands.
 */

/**
 * A settlement is held as a whole: its totals stand at its end. A month of a large shop has 30 MB.
 */
export const FILE_BYTES_MAX = 64_000_000;

/** Rows of a file. */
export const ROWS_MAX = 500_000;

/** Columns of a header. Adyen's widest report has some forty. */
export const COLUMNS_MAX = 300;

/** Lines that one row may run over, by line breaks inside quotes. */
export const RECORD_LINES_MAX = 20;

/** Lines before the header: a title, a period, an account. */
export const LINES_BEFORE_MAX = 30;

/** Ids, references and order numbers. */
export const TEXT_CHARS_MAX = 140;
