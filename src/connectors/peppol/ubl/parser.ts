import type { SaxesTagNS } from 'saxes';
import { placeIn, XmlEvents } from '../../../lib/xml-events.ts';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import {
  ATTACHMENTS_MAX,
  EXTRACT_BYTES_MAX,
  HEAD_ELEMENTS_MAX,
  LINE_ELEMENTS_MAX,
  LINES_MAX,
  MARKUP_CHARS_MAX,
  MARKUP_DEPTH_MAX,
} from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import { AttachmentSkip } from './attachment.ts';
import { Base64Decoder, type Decoded } from './base64.ts';
import { ExtractWriter } from './extract.ts';
import { lineOf, type WireLine } from './line.ts';
import {
  ATTACHED,
  ATTACHMENT,
  documentNameOf,
  EXPECTED,
  isEnvelope,
  KEPT,
  LINES,
  ublNameOf,
  type DocumentName,
} from './names.ts';
import type { UblNode } from './node.ts';

/** A document as it stands in a file. */
export type UblDocument = {
  readonly name: DocumentName;
  readonly isInEnvelope: boolean;
  /** Its children that are read, but for the lines. */
  readonly root: UblNode;
  readonly lines: readonly WireLine[];
  /** What the attachments among its children hold, by their element. */
  readonly contents: ReadonlyMap<UblNode, Decoded>;
  /** The document alone, without the content of its attachments. */
  readonly extract: Uint8Array;
};

/** An element whose end has not come. */
type OpenNode = Omit<UblNode, 'children' | 'text'> & { children: UblNode[]; text: string };

type Facts = Readonly<Record<string, string>>;

/**
 * Takes a UBL document in as text comes.
 *
 * A document type is refused: no invoice needs one, and entities are how small files become large.
 * Wrong markup anywhere breaks the document off, because nobody knows what belongs to what.
 */
export class UblParser {
  readonly #skip = new AttachmentSkip((content) => this.#decoder?.write(content));
  readonly #xml = new XmlEvents(
    {
      open: (tag) => this.#openTag(tag),
      close: (tag) => this.#closeTag(tag),
      text: (text) => this.#addText(text),
      broken: (code, found) => this.breakOff(code, { found }),
    },
    () => this.#place(),
  );
  /** What takes the content of the attachment that is open; null where it is of no interest. */
  #decoder: Base64Decoder | null = null;
  readonly #contents = new Map<UblNode, Decoded>();
  readonly #extract = new ExtractWriter();
  /** Elements that are open inside the document, itself the first. */
  readonly #open: OpenNode[] = [];
  readonly #lines: WireLine[] = [];
  #root: OpenNode | null = null;
  #name: DocumentName | null = null;
  #depth = 0;
  /** How deep the document stands: 1, or 2 in an envelope. 0 before and after it. */
  #documentDepth = 0;
  #isInEnvelope = false;
  #inherited: Readonly<Record<string, string>> = {};
  #headElements = 0;
  #lineElements = 0;
  #charsSinceTag = 0;
  #fed = 0;
  /** Why it cannot be read on. */
  broken: Problem | null = null;
  /** Whether anything of a UBL document or its envelope was seen. */
  isUbl = false;

  /** The document, once its end has come. */
  get document(): UblDocument | null {
    const [name, root] = [this.#name, this.#root];
    if (name === null || root === null || this.#documentDepth > 0) return null;
    const [isInEnvelope, lines] = [this.#isInEnvelope, this.#lines];
    const contents = this.#contents;
    return { name, isInEnvelope, root, lines, contents, extract: this.#extract.bytes() };
  }

  write(piece: string): void {
    const text = this.#skip.pass(piece, this.#xml);
    if (text === '') return;
    this.#charsSinceTag += text.length;
    this.#xml.write(text);
    this.#skip.look(text, this.#fed);
    this.#fed += text.length;
    if (this.#charsSinceTag > MARKUP_CHARS_MAX && !this.#skip.isSkipping) {
      this.breakOff('record-too-long', { limit: String(MARKUP_CHARS_MAX) });
    }
    if (this.#extract.byteLength > EXTRACT_BYTES_MAX) {
      this.#overLimit('bytes', EXTRACT_BYTES_MAX);
    }
  }

  close(): void {
    this.#xml.close();
    if (this.broken === null && this.#root === null) this.#refuseOther('SBDH');
  }

  /** Takes note of why the document ends here. The first reason counts. */
  breakOff(code: ProblemCode, facts: Facts): void {
    if (this.broken !== null) return;
    if (this.isUbl) {
      this.broken = problemAt(code, this.#place(), facts);
      return;
    }
    const isDocumentType = facts['found'] === '<!DOCTYPE>';
    const found = facts['found'] ?? code;
    this.broken = isDocumentType
      ? problemAt(code, this.#place(), facts)
      : problemAt('format-unknown', null, { found, expected: EXPECTED });
  }

  #place(): Place {
    return placeIn(this.#skip.placeOf(this.#xml));
  }

  #refuseOther(found: string): void {
    this.isUbl = false;
    this.breakOff('format-unknown', { found });
  }

  #overLimit(what: string, limit: number): void {
    this.breakOff('over-limit', { what, limit: String(limit) });
  }

  #openTag(tag: SaxesTagNS): void {
    if (this.broken !== null) return;
    this.#charsSinceTag = 0;
    this.#depth += 1;
    if (this.#depth > MARKUP_DEPTH_MAX) return this.#overLimit('depth', MARKUP_DEPTH_MAX);
    if (this.#documentDepth === 0) return this.#openOutside(tag);
    const attributes = attributesOf(tag);
    this.#extract.open(tag.name, attributes);
    const name = ublNameOf(tag);
    if (name === ATTACHMENT) this.#skip.begin(this.#xml.position);
    const isKept = this.#open.length > 1 || KEPT.has(name) || LINES.has(name);
    if (this.#open.length === this.#depth - this.#documentDepth && isKept) {
      this.#openKept(name, tag);
      if (name === ATTACHMENT) this.#openAttachment();
    }
  }

  /** Of a document's own files the first so many are decoded. */
  #openAttachment(): void {
    const isOwn = this.#open[1]?.name === ATTACHED;
    if (isOwn && this.#contents.size < ATTACHMENTS_MAX) this.#decoder = new Base64Decoder();
  }

  /** The root of the file, or what stands in an envelope. */
  #openOutside(tag: SaxesTagNS): void {
    const name = documentNameOf(tag);
    if (this.#depth === 1 && isEnvelope(tag)) {
      this.isUbl = true;
      this.#isInEnvelope = true;
      this.#inherited = tag.ns ?? {};
    } else if (name !== null && this.#depth === (this.#isInEnvelope ? 2 : 1)) {
      if (this.#name !== null) return this.#overLimit('documents in the envelope', 1);
      this.isUbl = true;
      this.#openDocument(name, tag);
    } else if (this.#depth === 1) {
      this.#refuseOther(`{${tag.uri}}${tag.local}`);
    }
  }

  #openDocument(name: DocumentName, tag: SaxesTagNS): void {
    this.#name = name;
    this.#documentDepth = this.#depth;
    const own = attributesOf(tag);
    const inherited = Object.entries(this.#inherited)
      .map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const)
      .filter(([key]) => !own.has(key));
    this.#extract.open(tag.name, [...own, ...inherited]);
    this.#root = { name, place: this.#xml.starts, attributes: new Map(), children: [], text: '' };
    this.#open.push(this.#root);
  }

  #openKept(name: string, tag: SaxesTagNS): void {
    const isInLine = LINES.has(this.#open[1]?.name ?? name);
    if (this.#open.length === 1) this.#lineElements = 0;
    if (isInLine) this.#lineElements += 1;
    else this.#headElements += 1;
    if (this.#lineElements > LINE_ELEMENTS_MAX) {
      return this.#overLimit('elements in a line', LINE_ELEMENTS_MAX);
    }
    if (this.#headElements > HEAD_ELEMENTS_MAX) {
      return this.#overLimit('elements', HEAD_ELEMENTS_MAX);
    }
    const attributes = new Map(
      Object.values(tag.attributes).map(({ local, value }) => [local, value]),
    );
    this.#open.push({ name, place: this.#xml.starts, attributes, children: [], text: '' });
  }

  #closeTag(tag: SaxesTagNS): void {
    if (this.broken !== null) return;
    this.#charsSinceTag = 0;
    this.#depth -= 1;
    if (this.#documentDepth === 0) return;
    if (ublNameOf(tag) === ATTACHMENT) this.#skip.end();
    this.#extract.close(tag.name);
    if (this.#depth < this.#documentDepth) this.#documentDepth = 0;
    else if (this.#open.length <= this.#depth - this.#documentDepth + 1) return;
    const node = this.#open.pop();
    const parent = this.#open.at(-1);
    if (node === undefined || parent === undefined) return;
    if (node.name === ATTACHMENT) this.#closeAttachment(node);
    if (this.#open.length > 1 || !LINES.has(node.name)) parent.children.push(node);
    else if (this.#lines.length < LINES_MAX) this.#lines.push(lineOf(node));
    else this.#overLimit('lines', LINES_MAX);
  }

  #closeAttachment(node: UblNode): void {
    if (this.#decoder !== null) this.#contents.set(node, this.#decoder.end());
    this.#decoder = null;
  }

  #addText(text: string): void {
    if (this.broken !== null || this.#documentDepth === 0) return;
    if (this.#skip.isInAttachment) return this.#skip.text(text);
    this.#extract.text(text);
    const node = this.#open.at(-1);
    const isOwn = this.#open.length === this.#depth - this.#documentDepth + 1;
    if (node !== undefined && isOwn) node.text += text;
  }
}

/** By name as written, namespaces among them. */
function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  return new Map(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
}
