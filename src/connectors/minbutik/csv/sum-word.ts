const SUM_WORDS = /^(?:del|total)?(?:summa|sum|totalt?|s:a|sammanlagt)(?![\p{L}\p{N}_-])/iu;

/**
 * Whether a row's first text says that the row adds up others. Such a row is never data: counted
 * as a report, it would double the month.
 */
export function isSumWord(text: string): boolean {
  return SUM_WORDS.test(text.trimStart());
}
