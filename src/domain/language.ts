/** A language that ledger texts and pages are written in. */
export type Language = 'sv' | 'nb' | 'en';
