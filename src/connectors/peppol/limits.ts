/**
 * What this connector refuses to hold, so that no file can exhaust the process. Each number is far
 * above any real file and far below what memory stands.
 */

/** Characters of one tag or text. Attachments, which may be longer, go by the XML parser. */
export const MARKUP_CHARS_MAX = 65_536;

/** How deep elements may stand in each other. UBL with its envelope needs a dozen. */
export const MARKUP_DEPTH_MAX = 32;

/** Elements kept of a document beside its lines. The fullest example has two hundred. */
export const HEAD_ELEMENTS_MAX = 20_000;

/** Elements of one line. The fullest example has sixty. */
export const LINE_ELEMENTS_MAX = 1_000;

/** Lines of an invoice. A month of a wholesaler's deliveries in one invoice has some thousand. */
export const LINES_MAX = 20_000;

/** A document without its attachments: as many lines of a kilobyte and a half. */
export const EXTRACT_BYTES_MAX = 32_000_000;

/**
 * Bytes of one attachment, and of all of a document: a scanned contract has five million. What is
 * larger stays in the received file, and is told of.
 */
export const ATTACHMENT_BYTES_MAX = 10_000_000;
export const ATTACHMENTS_BYTES_MAX = 20_000_000;

/** Attachments of a document that are looked at. The fullest example has three. */
export const ATTACHMENTS_MAX = 20;

/** The name of an attached file. Systems of files take 255 bytes. */
export const FILE_NAME_CHARS_MAX = 120;

/** Texts for people. Ledgers cut them at 200 or less. */
export const TEXT_CHARS_MAX = 1_000;

/** Invoice number, organisation number, address: they make up an id that is stored and compared. */
export const IDENTITY_CHARS_MAX = 200;

/** Entries of a zip: a day of the largest receiver. Each leaves some 200 bytes behind. */
export const ENTRIES_MAX = 20_000;

/** The end of a zip, kept while the file is looked through: the list of so many entries. */
export const DIRECTORY_BYTES_MAX = 4_000_000;

/** Bytes of one entry and of all entries of a zip when they are unpacked. */
export const ENTRY_BYTES_MAX = 500_000_000;
export const ARCHIVE_BYTES_MAX = 2_000_000_000;

/**
 * How many times larger than its packed bytes an entry may be. XML packs to a tenth, at most to a
 * fiftieth; deflate can do a thousandth, which only a bomb does. Small entries may be anything.
 */
export const RATIO_MAX = 200;
export const RATIO_FREE_BYTES = 1_000_000;
