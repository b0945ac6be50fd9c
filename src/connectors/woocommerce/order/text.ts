import { decodeHTML } from 'entities';
import { TEXT_CHARS_MAX } from '../limits.ts';

/** Signs that steer a terminal or a printer. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * A text as a person wrote it: WooCommerce stores names with HTML's own signs written out
 * (`&amp;`, `&times;`), and some with tags.
 */
export function readText(text: string): string {
  const plain = decodeHTML(text.replaceAll(/<[^<>]*>/g, ' ')).replaceAll(CONTROL, ' ');
  const trimmed = plain.replaceAll(/ {2,}/g, ' ').trim();
  return [...trimmed].slice(0, TEXT_CHARS_MAX).join('');
}
