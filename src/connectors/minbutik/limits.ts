/**
 * What this connector refuses to hold, so that no file can exhaust the process. Each number is far
 * above any real file and far below what memory stands.
 */

/** Bytes read to recognise a format: room for a long preamble before a header line. */
export const HEAD_BYTES = 65_536;

/** A real row has some hundred characters; a wide Excel row of 250 columns some thousand. */
export const LINE_CHARS_MAX = 65_536;

/** Labels and codes. Ledgers cut texts at 200 or less. */
export const FIELD_CHARS_MAX = 1_000;

/** Store, register and report number: they make up an id that is stored and compared. */
export const IDENTITY_CHARS_MAX = 64;

/** Columns of a header. Excel stops at 16 384, people long before. */
export const COLUMNS_MAX = 1_000;

/** Lines looked through for the header that a profile describes. */
export const HEADER_LINES_MAX = 200;

/** Lines that one quoted field may run over where a profile allows it: wrapped Excel headers. */
export const FIELD_LINES_MAX = 20;

/** Reports held open because rows of theirs may still come: two years of a store, and more. */
export const OPEN_REPORTS_MAX = 1_024;

/** Bytes of the rows in all open reports together: as many reports of three kilobytes. */
export const OPEN_BYTES_MAX = 3_000_000;

/** Rows of one report. A store with 500 departments has some thousand. */
export const REPORT_ROWS_MAX = 10_000;
export const REPORT_BYTES_MAX = 1_000_000;

/** Reports of one file: a year of 500 stores. Each leaves some 200 bytes behind. */
export const REPORTS_PER_FILE_MAX = 200_000;

/**
 * Series of numbers that are looked through for gaps: twenty registers of 500 stores. A kilobyte
 * each; of those that a file has besides, gaps are not told.
 */
export const SERIES_MAX = 10_000;

/** Reports that cannot be read, before the file as a whole is given up. */
export const UNREADABLE_MAX = 10_000;

/** Rows of an account statement, held until its end: two years of a busy account. */
export const STATEMENT_ROWS_MAX = 100_000;
export const STATEMENT_BYTES_MAX = 15_000_000;

/** Rows without a readable identity that are compared with the reports around them. */
export const STRAYS_MAX = 1_000;

/**
 * Rows and bytes of a file of credit purchases, which is held until its end: a month's purchases of
 * a customer stand anywhere in it. A store has some thousand rows a month.
 */
export const CREDIT_ROWS_MAX = 100_000;
export const CREDIT_BYTES_MAX = 15_000_000;

/** A customer's reference, which may be part of an id. Invoices hold 50 to 100 characters. */
export const REFERENCE_CHARS_MAX = 200;

/**
 * Bytes of a till's journal held for one day, and for all days whose end has not come: what is kept
 * of a receipt is a kilobyte, and a busy till has two thousand a day.
 */
export const JOURNAL_REPORT_BYTES_MAX = 6_000_000;
export const JOURNAL_OPEN_BYTES_MAX = 16_000_000;

/** Days of tills held open at once: each register of a large store, and one day more. */
export const JOURNAL_OPEN_MAX = 100;

/** Z reports of one register in a SAF-T file, held until its transactions have come: ten years. */
export const SAFT_REPORTS_MAX = 4_000;

/** Codes that a SAF-T file explains. */
export const SAFT_BASICS_MAX = 5_000;

/** Bytes of an Excel workbook, which is held whole: its table of contents stands at its end. */
export const WORKBOOK_BYTES_MAX = 10_000_000;

/** Parts of a workbook, and bytes of one unpacked: a sheet of a hundred thousand rows. */
export const WORKBOOK_ENTRIES_MAX = 1_000;
export const WORKBOOK_PART_BYTES_MAX = 32_000_000;

/** How much larger a part may be than it is packed. Sheets of equal rows reach a hundred. */
export const WORKBOOK_RATIO_MAX = 300;

/** Texts that the cells of a workbook share. */
export const WORKBOOK_TEXTS_MAX = 200_000;

/** Means of payment, and VAT rates, that one receipt or report may have. */
export const JOURNAL_KINDS_MAX = 200;

/** Gaps in report numbers told of one file. */
export const GAP_NOTICES_MAX = 100;

/** Different texts kept once each while a file is read. */
export const TEXTS_KEPT_MAX = 5_000;

/** Characters of one tag or text of XML, and how deep elements may stand in each other. */
export const MARKUP_CHARS_MAX = 65_536;
export const MARKUP_DEPTH_MAX = 32;

/** Elements of one report of XML: a line may give each of its fourteen fields as an element. */
export const ELEMENTS_MAX = 16 * REPORT_ROWS_MAX;

/** Patterns of a profile, what they are tried on, and how many `+` and `*` one may hold. */
export const PATTERN_CHARS_MAX = 200;
export const PATTERN_INPUT_MAX = 200;
export const PATTERN_REPEATS_MAX = 3;

/** Rules of each list in a profile. */
export const PROFILE_RULES_MAX = 500;
