/** One form of each letter, one line, no spaces at the ends: what a ledger can show. */
export function plainText(text: string): string {
  if (VISIBLE_ASCII.test(text)) return text;
  return text.toWellFormed().normalize('NFC').replaceAll(UNSEEN, ' ').trim();
}

const VISIBLE_ASCII = /^[!-~]*$/;
const UNSEEN = /[\s\p{Cc}\p{Zs}]+/gu;
