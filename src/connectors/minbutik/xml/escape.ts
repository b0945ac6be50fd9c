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
