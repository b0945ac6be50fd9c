const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** A start tag's name and attributes, the values escaped. */
export function writeTag(
  name: string,
  attributes: Iterable<readonly [name: string, value: string]>,
): string {
  const written = [...attributes].map(([key, value]) => ` ${key}="${escapeValue(value)}"`);
  return `<${name}${written.join('')}`;
}

function escapeValue(value: string): string {
  return value.replaceAll(/[&<>"\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

/** An element to be written: its name, and its text or what stands in it. */
export type Written = readonly [name: string, content: string | readonly Written[]];

/** Elements as text, without spaces between them. */
export function writeElements(elements: readonly Written[]): string {
  return elements
    .map(([name, content]) => {
      const inner = typeof content === 'string' ? escapeValue(content) : writeElements(content);
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}
