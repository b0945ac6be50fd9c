import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Problem, ProblemCode } from '../../../ports/source.ts';
import {
  ELEMENTS_BEFORE_MAX,
  ENTRY_ELEMENTS_MAX,
  HEAD_ELEMENTS_MAX,
  MARKUP_CHARS_MAX,
  MARKUP_DEPTH_MAX,
  STATEMENTS_MAX,
} from '../limits.ts';
import { problemAt, type Place } from '../../../ports/problem.ts';
import type { XmlNode } from './node.ts';

/** What a file is expected to be. */
const EXPECTED = 'XML camt.053.001';

/** Every version, as SWIFT and ISO have named them. */
const NAMESPACE = /^urn:(?:iso:std:iso:20022:tech|swift):xsd:(?:\$?)camt\.053\.001\.\d{2}$/;

/** A part of a statement, in the order of the file. */
export type StatementPart =
  | { readonly kind: 'begin'; readonly place: Place }
  /** A child of the statement: its account, a balance, an entry. */
  | { readonly kind: 'node'; readonly node: XmlNode }
  | { readonly kind: 'end' };

/** An element whose end has not come. */
type OpenNode = Omit<XmlNode, 'children' | 'text' | 'attributes'> & {
  readonly attributes: Map<string, string>;
  children: XmlNode[];
  text: string;
};

type Facts = Readonly<Record<string, string>>;

/**
 * Takes a camt.053 message in as text comes, and gives its statements part by part.
 *
 * A document type is refused: no statement needs one, and entities are how small files become
 * large. Wrong markup anywhere breaks the file off, because nobody knows what belongs to what.
 */
export class CamtParser {
  // The declaration's version is not followed: in XML 1.1 other characters would end a line.
  readonly #parser = new SaxesParser({
    xmlns: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  #parts: StatementPart[] = [];
  /** Elements open inside a child of the statement, that child the first. */
  readonly #open: OpenNode[] = [];
  #depth = 0;
  /** How deep the message stands; 0 outside. Its statements are its children. */
  #messageDepth = 0;
  #statementDepth = 0;
  #statements = 0;
  #elementsBefore = 0;
  #headElements = 0;
  #entryElements = 0;
  #charsSinceTag = 0;
  #isClosing = false;
  #starts: Place = { line: 1, column: 1 };
  /** Why it cannot be read on. */
  broken: Problem | null = null;
  /** Whether the message was seen: the file is ours. */
  isOurs = false;

  constructor() {
    const parser = this.#parser;
    parser.on('opentagstart', ({ name }) => {
      const { line, column } = this.#place();
      this.#starts = { line, column: Math.max(1, column - name.length - 2) };
    });
    parser.on('opentag', (tag) => this.#openTag(tag));
    parser.on('closetag', () => this.#closeTag());
    parser.on('text', (text) => this.#addText(text));
    parser.on('cdata', (text) => this.#addText(text));
    parser.on('doctype', () => this.breakOff('markup', { found: '<!DOCTYPE>' }));
    parser.on('error', (error) => {
      const code = this.#isClosing ? 'file-truncated' : 'markup';
      this.breakOff(code, { found: error.message.replace(/^\S*?\d+:\d+: /, '') });
    });
  }

  write(piece: string): void {
    this.#charsSinceTag += piece.length;
    this.#parser.write(piece);
    if (this.#charsSinceTag > MARKUP_CHARS_MAX) {
      this.breakOff('record-too-long', { limit: String(MARKUP_CHARS_MAX) });
    }
  }

  close(): void {
    this.#isClosing = true;
    this.#parser.close();
    if (!this.isOurs) this.breakOff('format-unknown', { found: 'no camt.053' });
  }

  /** What has come since it was last asked. */
  take(): readonly StatementPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Takes note of why the file ends here. The first reason counts. */
  breakOff(code: ProblemCode, facts: Facts): void {
    if (this.broken !== null) return;
    const found = facts['found'] ?? code;
    this.broken =
      this.isOurs || found === '<!DOCTYPE>'
        ? problemAt(code, this.#place(), facts)
        : problemAt('format-unknown', null, { found, expected: EXPECTED });
  }

  #place(): Place {
    const { line, column } = this.#parser;
    return { line, column: column + 1 };
  }

  #openTag(tag: SaxesTagNS): void {
    if (this.broken !== null) return;
    this.#charsSinceTag = 0;
    this.#depth += 1;
    if (this.#depth > MARKUP_DEPTH_MAX) return this.#overLimit('depth', MARKUP_DEPTH_MAX);
    if (this.#messageDepth === 0) {
      this.#elementsBefore += this.isOurs ? 0 : 1;
      if (this.#elementsBefore > ELEMENTS_BEFORE_MAX) {
        return this.breakOff('format-unknown', { found: `{${tag.uri}}${tag.local}` });
      }
      if (tag.local !== 'BkToCstmrStmt' || !NAMESPACE.test(tag.uri)) return;
      this.#messageDepth = this.#depth;
      this.isOurs = true;
    } else if (this.#statementDepth === 0) {
      if (tag.local === 'Stmt' && this.#depth === this.#messageDepth + 1) this.#openStatement();
    } else this.#openNode(tag);
  }

  #openStatement(): void {
    this.#statements += 1;
    if (this.#statements > STATEMENTS_MAX) return this.#overLimit('statements', STATEMENTS_MAX);
    this.#statementDepth = this.#depth;
    this.#headElements = 0;
    this.#parts.push({ kind: 'begin', place: this.#starts });
  }

  #openNode(tag: SaxesTagNS): void {
    if (this.#open.length === 0) this.#entryElements = 0;
    const isInEntry = (this.#open[0]?.name ?? tag.local) === 'Ntry';
    if (isInEntry) this.#entryElements += 1;
    else this.#headElements += 1;
    if (this.#entryElements > ENTRY_ELEMENTS_MAX) {
      return this.#overLimit('elements of an entry', ENTRY_ELEMENTS_MAX);
    }
    if (this.#headElements > HEAD_ELEMENTS_MAX) {
      return this.#overLimit('elements', HEAD_ELEMENTS_MAX);
    }
    const attributes = new Map(
      Object.values(tag.attributes)
        .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
        .map(({ local, value }) => [local, value]),
    );
    this.#open.push({
      ...{ name: tag.local, place: this.#starts, attributes },
      ...{ children: [], text: '' },
    });
  }

  #closeTag(): void {
    if (this.broken !== null) return;
    this.#charsSinceTag = 0;
    this.#depth -= 1;
    const node = this.#open.pop();
    if (node !== undefined) {
      const parent = this.#open.at(-1);
      if (parent === undefined) this.#parts.push({ kind: 'node', node });
      else parent.children.push(node);
    } else if (this.#statementDepth > this.#depth) {
      this.#statementDepth = 0;
      this.#parts.push({ kind: 'end' });
    } else if (this.#messageDepth > this.#depth) this.#messageDepth = 0;
  }

  #addText(text: string): void {
    const node = this.#open.at(-1);
    if (node !== undefined && this.broken === null) node.text += text;
  }

  #overLimit(what: string, limit: number): void {
    this.breakOff('over-limit', { what, limit: String(limit) });
  }
}
