import { SaxesParser, type SaxesTagNS } from 'saxes';

/** Where something stands in a text, counted from 1. */
type Place = { readonly line: number; readonly column: number };

/** What hears of markup as it comes. */
export type XmlListener = {
  open(tag: SaxesTagNS): void;
  close(tag: SaxesTagNS): void;
  /** Text between tags, in pieces; CDATA too. */
  text(text: string): void;
  /** The markup is wrong, stops short, or has a document type: no file needs one, and entities are
   * how small files become large. What comes after that is not to be relied on. */
  broken(code: 'markup' | 'file-truncated', found: string): void;
};

/**
 * Reads XML piece by piece, with namespaces. The declaration's version is not followed: in XML 1.1
 * other characters would end a line.
 */
export class XmlEvents {
  readonly #parser = new SaxesParser({
    xmlns: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  #starts: Place = { line: 1, column: 1 };
  #isClosing = false;

  /** @param place - where the text that the parser has got to stands in the file, if not there */
  constructor(listener: XmlListener, place: (parser: XmlEvents) => Place = placeIn) {
    const parser = this.#parser;
    parser.on('opentagstart', ({ name }) => {
      const { line, column } = place(this);
      // One is before the name, and one behind it has been read.
      this.#starts = { line, column: Math.max(1, column - name.length - 2) };
    });
    parser.on('opentag', (tag) => listener.open(tag));
    parser.on('closetag', (tag) => listener.close(tag));
    parser.on('text', (text) => listener.text(text));
    parser.on('cdata', (text) => listener.text(text));
    parser.on('doctype', () => listener.broken('markup', '<!DOCTYPE>'));
    parser.on('error', ({ message }) => {
      const found = message.replace(/^\S*?\d+:\d+: /, '');
      listener.broken(this.#isClosing ? 'file-truncated' : 'markup', found);
    });
  }

  /** Where the latest tag begins: at its `<`. */
  get starts(): Place {
    return this.#starts;
  }

  /** Lines from 1, columns from 0, and characters from the beginning, as far as it was read. */
  get line(): number {
    return this.#parser.line;
  }
  get column(): number {
    return this.#parser.column;
  }
  get position(): number {
    return this.#parser.position;
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  close(): void {
    this.#isClosing = true;
    this.#parser.close();
  }
}

/** The character after those that were read. */
export function placeIn({ line, column }: Place): Place {
  return { line, column: column + 1 };
}
