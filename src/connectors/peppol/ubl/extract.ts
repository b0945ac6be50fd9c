const FLUSH_CHARS = 65_536;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Names and values of attributes, in the order of the file. */
export type Attributes = Iterable<readonly [name: string, value: string]>;

/**
 * Writes a document anew as it is read: without its envelope, comments and the content of its
 * attachments, in UTF-8. It reads alone to the same document.
 */
export class ExtractWriter {
  readonly #parts: Buffer[] = [];
  #text = '<?xml version="1.0" encoding="UTF-8"?>\n';
  byteLength = 0;

  open(name: string, attributes: Attributes): void {
    const written = [...attributes].map(
      ([key, value]) => ` ${key}="${escaped(value, /[&<>"\n\r\t]/g)}"`,
    );
    this.#add(`<${name}${written.join('')}>`);
  }

  text(text: string): void {
    this.#add(escaped(text, /[&<>\r]/g));
  }

  close(name: string): void {
    this.#add(`</${name}>`);
  }

  bytes(): Uint8Array {
    this.#flush();
    return Buffer.concat(this.#parts);
  }

  #add(text: string): void {
    this.#text += text;
    if (this.#text.length >= FLUSH_CHARS) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    this.#parts.push(bytes);
    this.byteLength += bytes.length;
    this.#text = '';
  }
}

function escaped(text: string, which: RegExp): string {
  return text.replaceAll(which, (character) => ESCAPES[character] ?? character);
}
