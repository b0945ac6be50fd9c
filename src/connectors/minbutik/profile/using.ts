import type { CsvStyle } from '../../../lib/csv-fields.ts';
import type { Terms } from '../terms.ts';

/** What the rows of one file are read with, besides the profile laid over its columns. */
export type Using = {
  readonly style: CsvStyle;
  readonly terms: Terms;
  readonly isDamaged: boolean;
  /** The header to the letter. */
  readonly header: string;
};
