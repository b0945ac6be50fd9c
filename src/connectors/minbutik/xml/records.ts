import type { SaxesTagNS } from 'saxes';
import { placeIn, XmlEvents } from '../../../lib/xml-events.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import { ELEMENTS_MAX, MARKUP_CHARS_MAX, MARKUP_DEPTH_MAX } from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';

/** An element inside a record, the record itself included. */
export type XmlNode = {
  /** Without its prefix. */
  readonly name: string;
  readonly place: Place;
  /** By name without prefix, in the order of the file. A name can stand twice. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly XmlNode[];
  readonly text: string;
};

/** Which elements of a file are its records. */
export type XmlShape = {
  /** The namespace they must be in; null for any. */
  readonly namespace: string | null;
  /** Their names. Inside a record, an element with such a name is part of the record. */
  readonly records: readonly string[];
};

/** A record of the file, or why it cannot be read on. */
export type XmlItem =
  | { readonly kind: 'record'; readonly node: XmlNode }
  | { readonly kind: 'broken'; readonly problem: Problem };

/**
 * Reads the records of an XML file one at a time, in memory that does not grow with the file.
 *
 * A document type is refused: no report needs one, and entities are how small files become large.
 * Markup that is wrong anywhere breaks the file off, because nobody knows what belongs to what.
 */
export async function* readXmlRecords(
  pieces: AsyncIterable<string>,
  shape: XmlShape,
): AsyncGenerator<XmlItem> {
  const reader = new XmlRecordReader(shape);
  for await (const piece of inEqualPieces(pieces)) {
    reader.write(piece);
    yield* reader.take();
    if (reader.isBroken) return;
  }
  reader.close();
  yield* reader.take();
}

const PIECE_CHARS = 8_192;

/** Equal pieces, so that a limit is met at the same place however the bytes arrived. */
async function* inEqualPieces(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    let from = 0;
    for (; held.length - from >= PIECE_CHARS; from += PIECE_CHARS) {
      yield held.slice(from, from + PIECE_CHARS);
    }
    held = held.slice(from);
  }
  if (held !== '') yield held;
}

/** An element whose end has not come. */
type OpenNode = Omit<XmlNode, 'children' | 'text'> & { children: XmlNode[]; text: string };

class XmlRecordReader {
  readonly #shape: XmlShape;
  readonly #xml = new XmlEvents({
    open: (tag) => this.#openTag(tag),
    close: () => this.#closeTag(),
    text: (text) => this.#addText(text),
    broken: (code, found) => this.#breakOff(code, { found }),
  });
  #items: XmlItem[] = [];
  /** Elements that are open inside the record being read. */
  readonly #open: OpenNode[] = [];
  #depth = 0;
  #elements = 0;
  #charsSinceTag = 0;
  isBroken = false;

  constructor(shape: XmlShape) {
    this.#shape = shape;
  }

  write(piece: string): void {
    this.#charsSinceTag += piece.length;
    this.#xml.write(piece);
    if (this.#charsSinceTag <= MARKUP_CHARS_MAX || this.isBroken) return;
    this.#breakOff('record-too-long', { limit: String(MARKUP_CHARS_MAX) });
  }

  close(): void {
    this.#xml.close();
  }

  take(): readonly XmlItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #openTag(tag: SaxesTagNS): void {
    if (this.isBroken) return;
    this.#charsSinceTag = 0;
    this.#depth += 1;
    if (this.#depth > MARKUP_DEPTH_MAX) {
      this.#breakOff('over-limit', { what: 'depth', limit: String(MARKUP_DEPTH_MAX) });
      return;
    }
    const isRecord = this.#shape.records.includes(tag.local) && this.#isOurs(tag);
    if (this.#open.length === 0 && !isRecord) return;
    this.#elements = this.#open.length === 0 ? 1 : this.#elements + 1;
    if (this.#elements > ELEMENTS_MAX) {
      this.#breakOff('over-limit', { what: 'elements', limit: String(ELEMENTS_MAX) });
      return;
    }
    const attributes = Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map(({ local, value }) => [local, value] as const);
    this.#open.push({
      name: tag.local,
      place: this.#xml.starts,
      attributes,
      children: [],
      text: '',
    });
  }

  #closeTag(): void {
    if (this.isBroken) return;
    this.#charsSinceTag = 0;
    this.#depth -= 1;
    const node = this.#open.pop();
    if (node === undefined) return;
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#items.push({ kind: 'record', node });
    else parent.children.push(node);
  }

  #addText(text: string): void {
    const node = this.#open.at(-1);
    if (node !== undefined && !this.isBroken) node.text += text;
  }

  #isOurs(tag: SaxesTagNS): boolean {
    return this.#shape.namespace === null || tag.uri === this.#shape.namespace;
  }

  #breakOff(code: ProblemCode, facts: Readonly<Record<string, string>>): void {
    if (this.isBroken) return;
    this.isBroken = true;
    const problem = problemAt(code, placeIn(this.#xml), facts);
    this.#items.push({ kind: 'broken', problem });
  }
}

/** @returns the first whole record at the start of a file; null when there is none */
export function firstXmlRecord(text: string, shape: XmlShape): XmlNode | null {
  const reader = new XmlRecordReader(shape);
  reader.write(text);
  const [first] = reader.take();
  return first?.kind === 'record' ? first.node : null;
}

/** What a document's first element is called. */
export type XmlRoot = { readonly name: string; readonly namespace: string };

/** @returns null when the text does not begin as XML does */
export function readXmlRoot(text: string): XmlRoot | null {
  if (!text.trimStart().startsWith('<')) return null;
  const roots: XmlRoot[] = [];
  const nothing = (): void => undefined;
  const xml = new XmlEvents({
    open: ({ local, uri }) =>
      void (roots.length === 0 && roots.push({ name: local, namespace: uri })),
    // What is wrong with the markup is told when the file is read; here only its root matters.
    ...{ close: nothing, text: nothing, broken: nothing },
  });
  xml.write(text);
  return roots[0] ?? null;
}
