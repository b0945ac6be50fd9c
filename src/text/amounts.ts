import { formatMoney, type Money } from '../domain/money.ts';
import type { Language } from '../domain/posting/words.ts';
import { percentText, type BasisPoints } from '../domain/vat/rates.ts';

/** Groups of three are parted by a space that does not break. */
const SPACE = '\u00a0';

/** `1 234,50`: an amount as people read it, without its currency. */
export function showAmount(amount: Money, language: Language): string {
  const [whole = '', fraction] = formatMoney(amount).split('.');
  const sign = whole.startsWith('-') ? '−' : '';
  const digits = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, SPACE);
  const mark = language === 'en' ? '.' : ',';
  return `${sign}${digits}${fraction === undefined ? '' : `${mark}${fraction}`}`;
}

/** `6 %`, `25,5 %`. */
export function showRate(rate: BasisPoints, language: Language): string {
  const text = percentText(rate);
  return `${language === 'en' ? text : text.replace('.', ',')}${SPACE}%`;
}
