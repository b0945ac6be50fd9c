import { decodeHTML } from 'entities';

/** A text as it is shown as HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a page says, without its marks. */
export function plainText(html: string): string {
  return decodeHTML(html.replaceAll(/<[^<>]*>/g, ' '));
}
